"""What there is to say about the model and about the signs on the screen."""

from rich.text import Text

from translate.lab.probes.readout import Readout
from translate.model.checkpoint import Checkpoint
from translate.numerals import percent
from translate.terminal.marks import STYLE
from translate.terminal.screen import Signs


def about_model(checkpoint: Checkpoint, readout: Readout | None) -> dict[str, str]:
    """Facts about the model by name: where it is, what it is, how good it is."""
    weights = checkpoint.numpy_weights().values()
    count, size = sum(w.size for w in weights), sum(w.nbytes for w in weights)
    source, target = checkpoint.source, checkpoint.target
    return {
        "folder": str(checkpoint.folder),
        "hash": f"{checkpoint.hash} (of the weights)",
        "network": f"{checkpoint.config.describe()} on each side, {count:,} weights, {size / 1e6:.1f} MB",
        "words": f"{len(source):,} English, {len(target):,} Czech pieces ({source.kind})",
        "quality": _quality(checkpoint),
        "readout": f"gender, from {', '.join(readout.sites)}" if readout else "none",
    }


def _quality(checkpoint: Checkpoint) -> str:
    """What the training measured last on its dev sentences."""
    metrics = checkpoint.metrics
    shares = {name: value for name, value in metrics.items() if isinstance(value, float) and 0 <= value <= 1}
    quality = ", ".join(
        f"{name.replace('_', ' ')} {percent(value, 2, zeros=True, unit='%')}" for name, value in shares.items()
    )
    sentences = f" (of {metrics['dev_sentences']:,} sentences)" if "dev_sentences" in metrics else ""
    return (quality or "unknown: its training has not ended") + sentences


def about_signs(signs: Signs) -> Text:
    """What the lines under a translation mean."""
    text = Text("Under a word: ")
    for line, gender, meaning in (
        (signs.noun, "m", " masculine noun, "),
        (signs.noun, "f", " feminine noun, "),
        (signs.agreeing, "m", " "),
        (signs.agreeing, "f", " a word that agrees."),
    ):
        text.append(f"{line * 2}{gender}{line * 2}", STYLE[gender]).append(meaning)
    return text
