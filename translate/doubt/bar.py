"""How unsure a model may be: a bar for its own probabilities, fitted on right translations."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from translate.doubt.doubt import Doubt
from translate.errors import TranslateError
from translate.files import read_text, write_atomic

FILE = "doubt.json"
SHARE = 0.001
"""Of right translations, how many may be doubted for their probability: few, since a model is less sure of right ones
that are unlike its corpus, and the words are held against the lexicon besides."""


@dataclass(frozen=True)
class Bar:
    """Natural log-probabilities below which there is doubt.

    word: of the worst word, the end mark among them. total: of the whole translation. sentences: how many right
    translations it was fitted on. model: the hash of the weights it holds for.
    """

    word: float
    total: float
    sentences: int
    model: str

    def save(self, folder: Path) -> None:
        """Write it beside the model's weights."""
        write_atomic(folder / FILE, json.dumps(asdict(self), indent=2) + "\n")

    @classmethod
    def load(cls, folder: Path) -> "Bar | None":
        """The bar in a model folder, None if it has none; raises `TranslateError` if it is damaged."""
        path = folder / FILE
        if not path.is_file():
            return None
        try:
            values = json.loads(read_text(path))
            return cls(float(values["word"]), float(values["total"]), int(values["sentences"]), str(values["model"]))
        except (ValueError, KeyError, TypeError) as error:
            raise TranslateError(f"{path} is damaged; copy the model again or delete the file.") from error


def fit(log_probs: Sequence[Sequence[float]], model: str, share: float = SHARE) -> Bar:
    """The highest bar that at most `share` of right translations fall below, in their worst word or in total.

    log_probs: of each right translation, those of its words and of its end; at least one.
    """
    worst = [min(each) for each in log_probs]
    totals = [sum(each) for each in log_probs]
    ranked = list(zip(sorted(worst), sorted(totals), strict=True))
    word, total = ranked[0]
    for lower, lower_total in ranked[1 : int(share * len(ranked)) + 1]:
        below = sum(w < lower or t < lower_total for w, t in zip(worst, totals, strict=True))
        if below <= share * len(ranked):
            word, total = lower, lower_total
    return Bar(word, total, len(ranked), model)


def unlikely(words: Sequence[str], log_probs: Sequence[float], bar: Bar) -> Iterator[Doubt]:
    """The doubt about a translation under the bar. words: one for each log-probability but the last, the end's."""
    under = tuple(t for t, log_prob in enumerate(log_probs) if log_prob < bar.word)
    doubtful = tuple(words[t] for t in under if t < len(words))
    if under:
        named = ", ".join(f"'{word}'" for word in doubtful) or "where to end"
        yield Doubt(
            "unlikely", f"the model is unsure of {named}", doubtful, (), tuple(t for t in under if t < len(words))
        )
    elif sum(log_probs) < bar.total:
        lowest = min(range(len(log_probs)), key=log_probs.__getitem__)
        at = (lowest,) if lowest < len(words) else ()
        yield Doubt("unlikely", "the model is unsure of the whole", tuple(words[t] for t in at), (), at)
