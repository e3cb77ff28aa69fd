"""Pairs written by hand, several right answers each: how many a model gets, and whether their gendered words agree.

A TSV with a header: `english`, `czech` (right answers, `|` between them), and what there is of `accepted` (further
right answers), `gendered` or `adjective_czech` (words of the first answer, in their order), `section`, `kind` or `role`
(by which results are parted). A row without an answer is left out. Case and the final mark do not count.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rapidfuzz.distance import Levenshtein

from translate.errors import TranslateError
from translate.evaluation.agreement import neutral
from translate.evaluation.proportion import Proportion
from translate.evaluation.variants import accepts
from translate.files import read_text
from translate.text import join, normal, split

if TYPE_CHECKING:
    from translate.model.translator import Translator

_GROUPS = ("section", "kind", "role")


@dataclass(frozen=True, slots=True)
class HandWritten:
    """An English sentence, its right answers (the first decides), its gendered words, and its part of the file.

    All is made `normal`, as translations are.
    """

    english: str
    answers: tuple[str, ...]
    gendered: tuple[str, ...]
    group: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "english", normal(self.english))
        for name in ("answers", "gendered"):
            object.__setattr__(self, name, tuple(map(normal, getattr(self, name))))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one pair: the translation, whether it is one of the answers or a variant of one, and its words.

    words: for each gendered word the one found in its place, None where there is none.
    """

    pair: HandWritten
    translation: str
    exact: bool
    accepted: bool
    words: tuple[str | None, ...]

    @property
    def right_words(self) -> int:
        """How many gendered words are in their place in their right form."""
        return sum(a.lower() == (b or "").lower() for a, b in zip(self.pair.gendered, self.words, strict=True))


@dataclass(frozen=True)
class PairsResult:
    """All outcomes of a file."""

    outcomes: tuple[Outcome, ...]

    @property
    def exact(self) -> Proportion:
        """The translations that are one of the written answers."""
        return Proportion(sum(one.exact for one in self.outcomes), len(self.outcomes))

    @property
    def accepted(self) -> Proportion:
        """The same, or a variant of one."""
        return Proportion(sum(one.accepted for one in self.outcomes), len(self.outcomes))

    @property
    def agreement(self) -> Proportion:
        """The gendered words in their right form at their place; all of them where the whole is accepted."""
        return Proportion(sum(one.right_words for one in self.outcomes), sum(len(one.words) for one in self.outcomes))

    def groups(self) -> dict[str, "PairsResult"]:
        """The same for each part of the file."""
        names = dict.fromkeys(one.pair.group for one in self.outcomes)
        return {name: PairsResult(tuple(one for one in self.outcomes if one.pair.group == name)) for name in names}

    def shares(self) -> dict[str, Any]:
        """The three shares as plain data."""
        names = ("exact", "accepted", "agreement")
        return {name: getattr(self, name).to_json() for name in names}

    def to_json(self) -> dict[str, Any]:
        """The shares of the whole and of each part, and what is not accepted."""
        mistakes = [
            {"english": one.pair.english, "czech": one.pair.answers[0], "translation": one.translation}
            for one in self.outcomes
            if not one.accepted
        ]
        by = {name: part.shares() for name, part in self.groups().items() if name}
        return self.shares() | {"by": by, "mistakes": mistakes}


def read_hand_written(path: Path) -> list[HandWritten]:
    """The rows of a file that have an answer; raises `TranslateError` where there are none."""
    lines = io.StringIO(read_text(path, "file of pairs"), newline=None)  # not `splitlines`, which breaks at U+2028
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if not {"english", "czech"} <= set(rows.fieldnames or ()):
        raise TranslateError(f"{path} has no columns english and czech in its first line.")
    pairs = []
    for row in rows:
        answers = [answer for answer in f"{row['czech']}|{row.get('accepted') or ''}".split("|") if answer]
        gendered = (row.get("gendered") or row.get("adjective_czech") or "").split()
        group = next((row[name] for name in _GROUPS if row.get(name)), "")
        if answers:
            pairs.append(HandWritten(row["english"], tuple(answers), tuple(gendered), group))
    if not pairs:
        raise TranslateError(f"{path} has no pairs; there is nothing to evaluate.")
    return pairs


def evaluate_hand_written(translator: "Translator", pairs: Sequence[HandWritten]) -> PairsResult:
    """Translate `pairs` greedily and judge them."""
    texts = translator.texts([pair.english for pair in pairs])
    return PairsResult(tuple(judge_hand_written(pair, text) for pair, text in zip(pairs, texts, strict=True)))


def judge_hand_written(pair: HandWritten, text: str) -> Outcome:
    """What became of `pair`, translated as `text`."""
    said = _plain(normal(text))
    answers = [_plain(answer) for answer in pair.answers]
    exact = said in answers
    accepted = exact or any(accepts(answer, said) for answer in answers)
    # Word order and synonyms may differ where the whole is accepted, and nothing in it is wrong.
    words = pair.gendered if accepted else _beside(pair, text)
    return Outcome(pair, text, exact, accepted, tuple(words))


def _plain(text: str) -> str:
    """Without its final mark and the case of its first letter."""
    tokens = split(text)
    if tokens and tokens[-1] in (".", "!"):
        tokens = tokens[:-1]
    return join(token.lower() if place == 0 else token for place, token in enumerate(tokens))


def _beside(pair: HandWritten, text: str) -> list[str | None]:
    """For each gendered word, the word of `text` in its place; of the answer that is nearest."""
    words = split(text)
    left, right = split(pair.answers[0]), [neutral(word) for word in words]
    steps = Levenshtein.opcodes([neutral(word) for word in left], right)
    places: dict[int, int] = {}
    for step in steps:
        if step.tag in ("equal", "replace"):
            places.update(zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=False))
    found: list[str | None] = []
    start = 0
    lower = [word.lower() for word in left]
    for word in pair.gendered:
        at = lower.index(word.lower(), start) if word.lower() in lower[start:] else None
        start = start if at is None else at + 1
        place = None if at is None else places.get(at)
        found.append(None if place is None else words[place])
    return found
