"""Sentences of your own beside their counterfactuals: pairs that differ in what one wants to ask about.

    A man is running and he is tired.   TAB   A woman is running and she is tired.

A third column may say what the pair is about (`man/woman`), a fourth which words of the first one's translation ought
to change.
"""

from dataclasses import dataclass
from pathlib import Path

from translate.errors import UsageError
from translate.files import read_text

_FORM = (
    "a contrast is a sentence, a tab and its counterfactual; then perhaps a tab and a label, "
    "a tab and the words that ought to change."
)


@dataclass(frozen=True)
class Contrast:
    """A sentence and its counterfactual.

    label: what they are about, over which intervals are drawn; "": the words that differ ("man/woman"). expected: the
    words of the first one's translation that ought to change; none: nobody has said.
    """

    one: str
    other: str
    label: str = ""
    expected: tuple[str, ...] = ()


def read_contrasts(path: Path) -> list[Contrast]:
    """The contrasts of a file, one a line; empty lines are passed over.

    Raises `UsageError` for a line that is something else, `TranslateError` for a file that cannot be read.
    """
    contrasts = []
    for number, line in enumerate(read_text(path, "contrasts").split("\n"), 1):
        parts = [part.strip() for part in line.split("\t")]
        if not any(parts):
            continue
        if not 2 <= len(parts) <= 4 or not (parts[0] and parts[1]):
            raise UsageError(f"{path}, line {number}: {_FORM}")
        one, other, label, words = (*parts, "", "")[:4]
        contrasts.append(Contrast(one, other, label, tuple(words.split())))
    if not contrasts:
        raise UsageError(f"{path} is empty: {_FORM}")
    return contrasts
