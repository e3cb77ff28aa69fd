"""Does a translation agree where there is no reference? The judge of the sentences that learners type.

What the Czech lacks of the English, or says besides, is found by `translate/doubt`; here is what a learner is told of
the agreement, as the page tells it too (`explorer/page/words/agreement.js`).

The English is cut into clauses at its commas, *and* and *but*, and each clause has the gender of the first word of it
that fixes one (*boy*, *she*; *I* and *you* keep what an earlier clause gave them). The Czech is cut at *,*, *a* and
*ale* into as many parts, wherever that makes the fewest words wrong: the model is given the benefit of the doubt. In a
part every word that shows a gender must show the one of its noun in the nominative (that is the person it is about; one
in another case, *s kamarádkou*, only stands by), or where it has none that of the English clause.

A model that turns the boy into a girl and then says *která* has made a mistake, but not one of agreement, as in
`evaluation/agreement.py`. A word that agrees with the wrong person of two of one gender cannot be told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from translate.doubt.coverage import coverage
from translate.doubt.doubt import Doubt
from translate.language import forms
from translate.language.lexicon import lexicon

_ENGLISH_JOINTS = frozenset((",", "and", "but"))
_CZECH_JOINTS = frozenset((",", "a", "ale"))
_RELATIVE = frozenset(("který", "která"))
_NOT_A_PERSON = frozenset(("his", "her", "himself", "herself"))
_DETERMINERS = frozenset(("a", "an", "the", "my", "your", "his", "her"))
_SPEAKERS = frozenset(("i", "you"))
Gender = str | None
"""A gender, None where none is fixed."""


@dataclass(frozen=True)
class Judgement:
    """What was found in a translation.

    judged: the positions of the words that agree or should. wrong: those of them that show the other gender than the
    one they should. lost: the English nouns for people that no word of the translation stands for. doubts: what else is
    wrong with it, and perhaps the same in other words.
    """

    judged: tuple[int, ...]
    wrong: tuple[int, ...]
    lost: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """The doubts that say more than `wrong` and `lost` do."""
        persons = set(self.lost)
        told = {"gender"} if self.wrong else set()
        return tuple(
            doubt.reason for doubt in self.doubts if doubt.kind not in told and persons.isdisjoint(doubt.words)
        )

    @property
    def breaks(self) -> bool:
        """Whether a word does not agree, or something was lost, invented or turned round."""
        return bool(self.wrong or self.lost or self.doubts)


def judge(english: Sequence[str], czech: Sequence[str]) -> Judgement:
    """Judge the words `czech` that a model wrote for `english`, both as tokens without end mark."""
    judged = tuple(t for t, word in enumerate(czech) if _shown(word) is not None)
    doubts = tuple(coverage(english, czech)) if czech else ()
    return Judgement(judged, tuple(_wrong(english, czech)), tuple(lost(english, czech)), doubts)


def lost(english: Sequence[str], czech: Sequence[str]) -> list[str]:
    """The English nouns for people, by word, that no form of their Czech nouns stands for; a form stands for one."""
    left = [word.lower() for word in czech]
    missing = []
    for place, word in enumerate(english):
        nouns = forms.czech_nouns(word) if _is_said_of_someone(english, place) else frozenset()
        form = next((each for each in left if each in nouns), None)
        if form is not None:
            left.remove(form)
        elif nouns:
            missing.append(word)
    return missing


def _is_said_of_someone(english: Sequence[str], t: int) -> bool:
    """Whether the word stands after *a*, *the*, *my* …, an adjective between them or not: *the cook*, not *to cook*."""
    before = [word.lower() for word in english[max(0, t - 2) : t]]
    return bool(before) and (before[-1] in _DETERMINERS or (before[0] in _DETERMINERS and before[-1] in _adjectives()))


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(word for adjective in lexicon().adjectives.values() for word in adjective.english)


def _wrong(english: Sequence[str], czech: Sequence[str]) -> list[int]:
    genders = clause_genders(english)
    joints = [0, *(t for t in range(len(czech)) if _joins(czech, t)), len(czech)]
    # best[j]: the fewest wrong words of what stands before joint j, cut into as many parts as clauses so far.
    best: list[list[int] | None] = [[] if joint == 0 else None for joint in joints]
    for gender in genders:
        best = [_fewest(czech, joints[: to + 1], best, end, gender) for to, end in enumerate(joints)]
    return best[-1] or []


def _fewest(
    czech: Sequence[str], joints: Sequence[int], best: Sequence[list[int] | None], end: int, gender: Gender
) -> list[int] | None:
    """The fewest wrong words up to `end`, if the last part begins at one of the joints; None where it cannot."""
    cuts = [
        [*before, *wrong_words(czech, start, end, gender)]
        for start, before in zip(joints, best, strict=False)
        if before is not None
    ]
    return min(cuts, key=len, default=None)


def _joins(czech: Sequence[str], t: int) -> bool:
    """Whether a clause may begin here; a comma before *který* begins none, it only says more of its noun."""
    relative = t + 1 < len(czech) and czech[t + 1].lower() in _RELATIVE
    return czech[t].lower() in _CZECH_JOINTS and not relative


def clause_genders(english: Sequence[str]) -> list[Gender]:
    """The gender that each English clause is about, None where no word of it fixes one."""
    clauses: list[list[str]] = [[]]
    for word in english:
        if word.lower() in _ENGLISH_JOINTS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    genders: list[Gender] = []
    speakers: dict[str, Gender] = {}
    for clause in clauses:
        if not any(word.isalpha() for word in clause):
            continue
        fixed = (forms.english_gender(word) for word in clause if word.lower() not in _NOT_A_PERSON)
        gender: Gender = next((each for each in fixed if each), None)
        speaker = next((word.lower() for word in clause if word.lower() in _SPEAKERS), None)
        if speaker:
            gender = gender or speakers.get(speaker)
            speakers[speaker] = gender
        genders.append(gender)
    return genders or [None]


def wrong_words(czech: Sequence[str], start: int, end: int, english: Gender) -> list[int]:
    """The positions from `start` to `end` whose gender is not that of the part."""
    nouns = {noun.gender for noun in map(forms.noun, czech[start:end]) if noun}
    shown = {t: _shown(czech[t]) for t in range(start, end) if _shown(czech[t])}
    gender = next(iter(nouns)) if len(nouns) == 1 else english
    if gender is None:  # then at least all must be one
        counts = [sum(each == which for each in shown.values()) for which in ("m", "f")]
        gender = "m" if counts[0] >= counts[1] else "f"
    return [t for t, each in shown.items() if each != gender]


def _shown(word: str) -> Gender:
    return None if forms.noun(word) else forms.gender_of(word)
