"""The shape of an encoder–decoder: what must be known to build one and to load its weights."""

from dataclasses import asdict, dataclass, fields

from translate import terms
from translate.errors import TranslateError, UsageError

GATE_BLOCKS = {"lstm": 4, "gru": 3, "rnn": 1}  # blocks of rows in each of a cell's weights
CELLS = tuple(GATE_BLOCKS)


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

    def __post_init__(self) -> None:
        if self.cell not in CELLS:
            raise UsageError(f"There is no cell '{self.cell}'; choose one of {', '.join(CELLS)}.")
        for name in ("source_vocabulary", "target_vocabulary", "layers", "hidden", "embedding"):
            if type(getattr(self, name)) is not int or getattr(self, name) < 1:
                raise UsageError(f"{name} must be a whole number above 0, not {getattr(self, name)!r}.")
        for name in ("dropout", "forget_bias"):
            if type(getattr(self, name)) not in (int, float):
                raise UsageError(f"{name} must be a number, not {getattr(self, name)!r}.")
        if not 0 <= self.dropout < 1:
            raise UsageError(f"dropout must lie between 0 and 1 (below 1), not {self.dropout!r}.")
        if type(self.reverse_source) is not bool:
            raise UsageError(f"reverse_source must be true or false, not {self.reverse_source!r}.")

    def layers_in_words(self) -> str:
        """The size of each side: "1 layer of 128 units"."""
        return f"{self.layers} layer{'s' * (self.layers > 1)} of {self.hidden} units"

    def describe(self) -> str:
        """The network in a few words, by the lesson's name of its cell: "LSTM, 1 layer of 128 units"."""
        return f"{terms.CELLS[self.cell]}, {self.layers_in_words()}"

    def in_words(self) -> str:
        """The whole network: "LSTM encoder–decoder without attention, 1 layer of 128 units"."""
        return f"{self.cell.upper()} encoder–decoder without attention, {self.layers_in_words()}"

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of every weight of an `EncoderDecoder`, by its name there."""
        rows = GATE_BLOCKS[self.cell] * self.hidden
        shapes: dict[str, tuple[int, ...]] = {
            "source_embedding.weight": (self.source_vocabulary, self.embedding),
            "target_embedding.weight": (self.target_vocabulary, self.embedding),
            "output.weight": (self.target_vocabulary, self.hidden),
            "output.bias": (self.target_vocabulary,),
        }
        for side in ("encoder", "decoder"):
            for layer in range(self.layers):
                shapes[f"{side}.weight_ih_l{layer}"] = (rows, self.hidden if layer else self.embedding)
                shapes[f"{side}.weight_hh_l{layer}"] = (rows, self.hidden)
                shapes[f"{side}.bias_ih_l{layer}"] = shapes[f"{side}.bias_hh_l{layer}"] = (rows,)
        return shapes

    def to_dict(self) -> dict:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict) -> "ModelConfig":
        """Rebuild from `to_dict`; raises `TranslateError` when something is missing or unknown."""
        known = {f.name for f in fields(cls)}
        if set(values) != known:
            difference = ", ".join(sorted(set(values) ^ known))
            raise TranslateError(f"The model's configuration does not fit this version ({difference}).")
        return cls(**values)
