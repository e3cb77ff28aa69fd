"""Clauses that depend on others by a conjunction: when, because, although, if, until, so that …"""

from dataclasses import replace

from translate.corpus.full.draw import Draw
from translate.corpus.full.registry import construction, one
from translate.corpus.full.relative import whoever
from translate.language.meaning import (
    Acting,
    Because,
    Being,
    Clause,
    Doing,
    Meaning,
    Predicate,
    Pronoun,
    Somebody,
)
from translate.language.words import Tense

# English conjunction of the lexicon, how often it stands in front, and how often the sentence is past.
_COMMON = (
    *(("when", 0.6, 0.5), ("because", 0.05, 0.5), ("although", 0.6, 0.4), ("if", 0.6, 0.0), ("so", 0.0, 0.6)),
    *(("therefore", 0.0, 0.6), ("before", 0.6, 1.0), ("while", 0.2, 0.7)),
)


def pair(draw: Draw, ambiguous: float = 0.25) -> tuple[Somebody, Pronoun]:
    """Somebody, and the pronoun that takes them up."""
    somebody = draw.someone(ambiguous=ambiguous)
    if draw.chance(0.12):
        pronoun = draw.third(somebody.who)
        return pronoun, pronoun
    if draw.chance(0.1):
        somebody = whoever(draw, draw.the())
    return somebody, draw.third(somebody.who)


# After these one may be loved, feared or known; *before*, *until* and *as soon as* want something that happens.
_LASTING = frozenset(("when", "because", "although", "if", "so", "therefore"))


def _order(draw: Draw, name: str, word: str, fronted: bool, parts: tuple[Predicate, Predicate], other: bool) -> Meaning:
    """The noun stands in the clause that comes first, the pronoun in the other; `other`: somebody else there."""
    main, dependent = parts
    # *Although the doctor found Peter, he was tired*: who of the two?
    noun, pronoun = pair(draw, 0.0 if other or any(isinstance(part, Acting) for part in parts) else 0.25)
    second: Somebody = draw.someone() if other else pronoun
    if other and name == "when" and word in _LASTING and draw.chance(0.3):  # *Susan is happy because Thomas loves her*
        tense: Tense = "past" if _past(dependent) else "present"
        taken = Acting(draw.act(draw.pools.lasting, tense), pronoun, tense)
        main, dependent = (taken, dependent) if fronted else (main, taken)
    subjects = (second, noun) if fronted else (noun, second)
    clauses = [Clause(name, who, said) for who, said in zip(subjects, (main, dependent), strict=True)]
    return one(Because(name, clauses[0], draw.book.conjunctions[word], clauses[1], fronted), draw)


def _past(said: Predicate) -> bool:
    return getattr(said, "tense", "present") == "past"


@construction("when")
def _when(draw: Draw) -> Meaning:
    """*When the girl is at home, she is happy. The boy is tired because he likes to read. Although the man is …*"""
    word, front, past = draw.pick(_COMMON)
    tense: Tense = "past" if draw.chance(past) else "present"
    dependent = draw.predicate(None, tense)
    if draw.chance(0.12):
        dependent = draw.meeting(tense, deep=False)
    if word == "before":
        dependent = _event(draw, "past")
    return _order(draw, "when", word, draw.chance(front), (draw.predicate(None, tense), dependent), draw.chance(0.25))


def _event(draw: Draw, tense: Tense) -> Doing:
    """*returned, fell asleep*: perfective, so that its present means the future."""
    return Doing(draw.pick([verb for verb in draw.pools.events if verb.aspect == "pf"]), None, tense)


@construction("as-soon-as")
def _as_soon_as(draw: Draw) -> Meaning:
    """*As soon as the wife returned, she fell asleep. The mother sang until the son fell asleep.*"""
    until = draw.chance(0.35)
    dependent = _event(draw, "past")
    main: Predicate = draw.being("past", 0.0)
    if draw.chance(0.6):
        main = draw.activity("past") if until else replace(draw.doing(None, "past", 0.0), perfect=False)
    word = "until" if until else "as soon as"
    return _order(
        draw, "as-soon-as", word, not until and draw.chance(0.8), (main, dependent), until or draw.chance(0.2)
    )


@construction("when-future")
def _when_future(draw: Draw) -> Meaning:
    """*My daughter will be happy when she returns. If the emperor learns, he will be educated.*"""
    fronted, until = draw.chance(0.4), draw.chance(0.2)
    main: Predicate = replace(draw.being("future"), tense="future", frequency="")
    if draw.chance(0.15):
        main = draw.activity("future")
    dependent = _event(draw, "present")
    word = "until" if until and not fronted else "if" if draw.chance(0.4) else "when (future)"
    if word != "until" and draw.chance(0.35):
        dependent = draw.doing(None, "future")
    return _order(draw, "when-future", word, fronted, (main, dependent), draw.chance(0.2))


@construction("unreal")
def _unreal(draw: Draw) -> Meaning:
    """*If my sister learned, she would be happy. The husband would be happy if the wife returned.*"""
    main: Predicate = Being(draw.adjective(), "conditional")
    if draw.chance(0.15):
        main = draw.liking(None, "conditional", mid=False)
        main = replace(main, mid=())
    chance = draw.rng.random()
    dependent: Predicate = _event(draw, "past") if chance < 0.3 else draw.doing(None, "past", 0.15)
    if isinstance(dependent, Doing):
        dependent = replace(dependent, used=False)
    if chance > 0.75:
        dependent = draw.liking(None, "past", mid=False)
    return _order(draw, "unreal", "if (unreal)", draw.chance(0.7), (main, dependent), draw.chance(0.2))


@construction("so-that")
def _so_that(draw: Draw) -> Meaning:
    """*Eve learned so that she would be successful.*"""
    main = draw.doing(None, "past", 0.0)
    dependent: Predicate = Being(draw.adjective(), "conditional")
    if draw.chance(0.3):
        dependent = replace(_event(draw, "past"), tense="conditional")
    return _order(draw, "so-that", "so that", False, (main, dependent), False)
