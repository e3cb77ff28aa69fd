"""What the two sides of a contrast are called: by the words that differ (*man*, *woman*), or by its label."""

import string
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from translate.difference import changed_words
from translate.lab.sentences.contrast import Contrast

_AROUND = string.punctuation + "„“”‚‘’«»–—…"


@dataclass(frozen=True)
class SideNames:
    """one, other: of the first column and the second, by the commonest contrast. others: how many others there are."""

    one: str
    other: str
    others: int = 0

    @property
    def both(self) -> str:
        """ "man / woman"; with others beside it "man / woman and 3 other pairs"."""
        more = f" and {self.others} other pair{'s' * (self.others > 1)}" if self.others else ""
        return f"{self.one} / {self.other}{more}"


def side_names(contrasts: Iterable[Contrast]) -> SideNames:
    """The names of the two sides of some contrasts; "one", "other" where no name can be found."""
    (commonest, _), *others = Counter(map(_names, contrasts)).most_common()
    return SideNames(*commonest, len(others))


def _names(contrast: Contrast) -> tuple[str, str]:
    """A label of two parts ("man/woman"), or the first word that differs on each side."""
    parts = [part.strip() for part in contrast.label.split("/")]
    if len(parts) == 2 and all(parts):
        return parts[0], parts[1]
    for old, new in changed_words(_words(contrast.one), _words(contrast.other)):
        if old and new:
            return old, new
    return "one", "other"


def _words(sentence: str) -> list[str]:
    """The words without punctuation; the first one's capital is the sentence's."""
    words = [word.strip(_AROUND) for word in sentence.split()]
    return [words[0][:1].lower() + words[0][1:], *words[1:]] if words else []
