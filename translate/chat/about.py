"""What there is to say about the model and about the signs on the screen."""

from rich.text import Text

from translate.errors import TranslateError
from translate.model.translator import Translator
from translate.terminal.marks import STYLE, Glyphs

_CELLS = {"lstm": "LSTM", "gru": "GRU", "rnn": "plain RNN"}


def shape(translator: Translator) -> str:
    """The network in a few words: "LSTM, 1 layer of 128 units"."""
    config = translator.checkpoint.config
    layers = "1 layer" if config.layers == 1 else f"{config.layers} layers"
    return f"{_CELLS[config.cell]}, {layers} of {config.hidden} units"


def model(translator: Translator, readout) -> dict[str, str]:
    """Facts about the model by name: where it is, what it is, how good it is."""
    checkpoint = translator.checkpoint
    weights = checkpoint.numpy_weights().values()
    count, size = sum(w.size for w in weights), sum(w.nbytes for w in weights)
    facts = {
        "folder": str(checkpoint.folder),
        "hash": f"{checkpoint.hash} (of the weights)",
        "network": f"{shape(translator)} on each side, {count:,} weights, {size / 1e6:.1f} MB",
        "words": f"{len(checkpoint.source):,} English, {len(checkpoint.target):,} Czech pieces ({checkpoint.source.kind})",
    }
    try:
        metrics = checkpoint.metrics
    except ValueError as error:
        raise TranslateError(
            f"{checkpoint.folder / 'metrics.json'} is damaged; the model itself still works."
        ) from error
    shares = [
        f"{_name(key)} {value:.2%}" for key, value in metrics.items() if isinstance(value, float) and 0 <= value <= 1
    ]
    facts["quality"] = ", ".join(shares) or "unknown: its training has not ended"
    if "dev_sentences" in metrics:
        facts["quality"] += f" (of {metrics['dev_sentences']:,} sentences)"
    facts["readout"] = f"gender, from {', '.join(readout.sites)}" if readout else "none (translate probe makes one)"
    return facts


def signs(glyphs: Glyphs) -> Text:
    """What the lines under a translation mean."""
    noun, agreeing = glyphs.noun * 2, glyphs.agreeing * 2
    return Text.assemble(
        "Under a word: ",
        (f"{noun}m{noun}", STYLE["m"]), " masculine noun, ", (f"{noun}f{noun}", STYLE["f"]), " feminine noun, ",
        (f"{agreeing}m{agreeing}", STYLE["m"]), " ", (f"{agreeing}f{agreeing}", STYLE["f"]), " a word that agrees.",
    )  # fmt: skip


def _name(key: str) -> str:
    return key.replace("_", " ")
