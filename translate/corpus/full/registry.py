"""The constructions of the whole grammar by name; each is a function that draws one meaning."""

from collections.abc import Callable

from translate.corpus.full.draw import Draw
from translate.language.lexicon import lexicon
from translate.language.meaning import AnyClause, Clause, Link, Meaning, Predicate, Sentence, Somebody

Construction = Callable[[Draw], Meaning]
CONSTRUCTIONS: dict[str, Construction] = {}


def construction(name: str) -> Callable[[Construction], Construction]:
    """Register the function below as the construction `name`."""

    def register(draw: Construction) -> Construction:
        CONSTRUCTIONS[name] = draw
        return draw

    return register


def say(name: str, subject: Somebody, predicate: Predicate, draw: Draw) -> Sentence:
    """The sentence of one clause, mostly with a full stop."""
    return one(Clause(name, subject, predicate), draw)


def one(clause: AnyClause, draw: Draw) -> Sentence:
    """The sentence of one clause, mostly with a full stop."""
    return Sentence((clause,), (), "." if draw.chance(0.9) else "")


def link(word: str, draw: Draw, comma: float) -> Link:
    """*and* or *but*; `comma`: how often English writes one before it."""
    return Link(lexicon().conjunctions[word], draw.chance(comma))
