"""The shape of an encoder–decoder: what must be known to build one and to load its weights."""

from dataclasses import asdict, dataclass, fields

from translate import terms
from translate.errors import TranslateError, UsageError

GATE_BLOCKS = {"lstm": 4, "gru": 3, "rnn": 1}  # blocks of rows in each of a cell's weights
CELLS = tuple(GATE_BLOCKS)
ATTENTIONS = ("", "none", "luong")


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """Sizes and options of an `EncoderDecoder`.

    Attributes:
        source_vocabulary, target_vocabulary: number of pieces on each side.
        cell: `lstm`, `gru` or `rnn` (Elman, tanh).
        layers: stacked layers on each side.
        hidden: units a layer.
        embedding: numbers a word vector.
        dropout: share of numbers dropped between layers and before the output while training.
        reverse_source: read the source from its last word to its first.
        forget_bias: where the LSTM's forget gates start (before the sigmoid); 3 to 5 is open, so that a new
            network remembers by default: the constant error carousel, W_rec ≈ 1.
        attention: `luong` (see `attention.py`); empty or `none` without.
        bidirectional: half of the encoder's units read the source from its end; the decoder starts from the last
            states of both halves, side by side.
        recurrent_dropout: share of the recurrent weights W_hh dropped while training, one draw for a whole batch
            (DropConnect, Merity et al. 2018).
        tied_embeddings: the output's weights are the target's word vectors behind a projection of h to their size
            (Press & Wolf 2017): a third of the weights and of the time, where the vocabulary is large.
        embedding_start: the standard deviation of the word vectors' numbers at the start (PyTorch's is 1).
    """

    source_vocabulary: int
    target_vocabulary: int
    cell: str = "lstm"
    layers: int = 1
    hidden: int = 128
    embedding: int = 64
    dropout: float = 0.0
    reverse_source: bool = False
    forget_bias: float = 4.0
    attention: str = ""
    bidirectional: bool = False
    recurrent_dropout: float = 0.0
    tied_embeddings: bool = False
    embedding_start: float = 1.0

    def __post_init__(self) -> None:
        if self.cell not in CELLS:
            raise UsageError(f"There is no cell '{self.cell}'; choose one of {', '.join(CELLS)}.")
        for name in ("source_vocabulary", "target_vocabulary", "layers", "hidden", "embedding"):
            if type(getattr(self, name)) is not int or getattr(self, name) < 1:
                raise UsageError(f"{name} must be a whole number above 0, not {getattr(self, name)!r}.")
        for name in ("dropout", "forget_bias", "recurrent_dropout", "embedding_start"):
            if type(getattr(self, name)) not in (int, float):
                raise UsageError(f"{name} must be a number, not {getattr(self, name)!r}.")
        for name in ("dropout", "recurrent_dropout"):
            if not 0 <= getattr(self, name) < 1:
                raise UsageError(f"{name} must lie between 0 and 1 (below 1), not {getattr(self, name)!r}.")
        if not self.embedding_start > 0:
            raise UsageError(f"embedding_start must be above 0, not {self.embedding_start!r}.")
        for name in ("reverse_source", "bidirectional", "tied_embeddings"):
            if type(getattr(self, name)) is not bool:
                raise UsageError(f"{name} must be true or false, not {getattr(self, name)!r}.")
        if self.attention not in ATTENTIONS:
            raise UsageError(f"There is no attention '{self.attention}'; choose luong or none.")
        if self.attention == "none":  # one spelling of the same network
            object.__setattr__(self, "attention", "")
        problem = both_ways_problem(self.bidirectional, self.hidden, self.reverse_source)
        if problem:
            raise UsageError(f"{problem}.")

    @property
    def encoder_units(self) -> int:
        """Units of one layer and direction of the encoder: half of `hidden` where it reads both ways."""
        return self.hidden // 2 if self.bidirectional else self.hidden

    def layers_in_words(self) -> str:
        """The size of each side: "1 layer of 128 units"."""
        return f"{self.layers} layer{'s' * (self.layers > 1)} of {self.hidden} units"

    def describe(self) -> str:
        """The network in a few words, by the lesson's name of its cell: "LSTM, 1 layer of 128 units"."""
        return f"{terms.CELLS[self.cell]}{self._extras()}, {self.layers_in_words()}"

    def _extras(self) -> str:
        """What it has that the lesson's models have not."""
        extras = ["attention"] * bool(self.attention) + ["a bidirectional encoder"] * self.bidirectional
        return f" with {' and '.join(extras)}" if extras else ""

    def in_words(self) -> str:
        """The whole network: "LSTM encoder–decoder without attention, 1 layer of 128 units"."""
        kind = f"{'bidirectional ' if self.bidirectional else ''}{self.cell.upper()} encoder–decoder"
        return f"{kind} {'with' if self.attention else 'without'} attention, {self.layers_in_words()}"

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of every weight of an `EncoderDecoder`, by its name there."""
        shapes: dict[str, tuple[int, ...]] = {
            "source_embedding.weight": (self.source_vocabulary, self.embedding),
            "target_embedding.weight": (self.target_vocabulary, self.embedding),
            "output.bias": (self.target_vocabulary,),
        }
        if self.tied_embeddings:
            shapes["output.projection.weight"] = (self.embedding, self.hidden)
        else:
            shapes["output.weight"] = (self.target_vocabulary, self.hidden)
        if self.attention:
            shapes["attention.score.weight"] = (self.hidden, self.hidden)
            shapes["attention.combine.weight"] = (self.hidden, 2 * self.hidden)
        backward = ["_reverse"] if self.bidirectional else []
        for side, units, directions in (
            ("encoder", self.encoder_units, ["", *backward]),
            ("decoder", self.hidden, [""]),
        ):
            rows = GATE_BLOCKS[self.cell] * units
            for name in (f"l{layer}{direction}" for layer in range(self.layers) for direction in directions):
                shapes[f"{side}.weight_ih_{name}"] = (rows, self.embedding if name[:2] == "l0" else self.hidden)
                shapes[f"{side}.weight_hh_{name}"] = (rows, units)
                shapes[f"{side}.bias_ih_{name}"] = shapes[f"{side}.bias_hh_{name}"] = (rows,)
        return shapes

    def to_dict(self) -> dict:
        """All fields, but those that came later only where they are used: older files stay as they are."""
        return {name: value for name, value in asdict(self).items() if name not in _LATER or value != _LATER[name]}

    @classmethod
    def from_dict(cls, values: dict) -> "ModelConfig":
        """Rebuild from `to_dict`; raises `TranslateError` when something is missing or unknown."""
        known = {f.name for f in fields(cls)}
        if set(values) | set(_LATER) != known:
            difference = ", ".join(sorted((set(values) | set(_LATER)) ^ known))
            raise TranslateError(f"The model's configuration does not fit this version ({difference}).")
        return cls(**values)


_LATER = {
    "attention": "",
    "bidirectional": False,
    "recurrent_dropout": 0.0,
    "tied_embeddings": False,
    "embedding_start": 1.0,
}
"""Fields that a written configuration may lack, and what they are then."""


def both_ways_problem(bidirectional: bool, hidden: int, reverse_source: bool) -> str:
    """Why an encoder of this kind cannot read both ways; empty where it can, or need not."""
    if bidirectional and reverse_source:
        return "a bidirectional encoder reads both ways; leave reverse_source out"
    if bidirectional and hidden % 2:
        return f"hidden must be even for a bidirectional encoder, half for each direction, not {hidden}"
    return ""
