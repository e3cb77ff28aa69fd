"""Drawing sentences of the whole grammar by the weights of its constructions, and what is held out of training.

Held out are some noun pairs from all but the simplest constructions, and some combinations of a noun and a verb from
all of them: suites say them.
"""

import hashlib
from functools import cache
from random import Random

from translate.corpus.full import dependent, dialogue, plural, relative, reported, simple
from translate.corpus.full.draw import Draw
from translate.corpus.full.registry import CONSTRUCTIONS
from translate.corpus.full.words import Pools
from translate.errors import TranslateError
from translate.language.lexicon import lexicon
from translate.language.meaning import Meaning
from translate.language.words import GenderedNoun, NounPair, Verb

MODULES = (simple, relative, reported, dependent, plural, dialogue)  # imported for what they register
_TRIES = 500
# Constructions in which held-out nouns are trained.
# all of these together show every form of a noun.
BASIC = frozenset(
    (
        *("likes", "is", "is-a", "does", "copula", "speaker", "fond", "who"),
        *("sees", "plural", "we-are", "became", "passive", "does-and-does"),
    )
)
_HELD_OUT = (
    *("nephew", "heir", "statesman", "monk", "giant", "chairman", "duke", "host"),
    *("guitarist", "dentist", "farmer", "witness", "translator", "composer"),
)
_HELD_SHARE = 0.02  # of all combinations of a noun and a verb


class Sampler:
    """Draws meanings with the random stream `rng`."""

    def __init__(self, rng: Random, seed: int) -> None:
        self.rng, self.seed = rng, seed
        self._basic, self._others = Draw(rng, _pools("all")), Draw(rng, _pools("trained"))

    def of(self, construction: str) -> Meaning:
        """A meaning of `construction` that says nothing held out."""
        draw = self._basic if construction in BASIC else self._others
        for _ in range(_TRIES):
            meaning = drawn(draw, construction, self.rng)
            if not any(held_out(noun, verb, self.seed) for noun in draw.nouns for verb in draw.verbs):
                return meaning
        raise TranslateError(f"the lexicon leaves nothing to say as {construction}.")


def drawn(draw: Draw, construction: str, rng: Random) -> Meaning:
    """What `construction` draws now; `draw` has its nouns and verbs afterwards."""
    draw.rng = rng
    draw.nouns.clear()
    draw.verbs.clear()
    return CONSTRUCTIONS[construction](draw)


def held_pairs() -> list[NounPair]:
    """The noun pairs that training says in the constructions of `BASIC` alone."""
    return [lexicon().noun(word) for word in _HELD_OUT]


@cache
def _pools(which: str) -> Pools:
    return Pools() if which == "all" else Pools(barred=held_pairs())


@cache
def held_out(noun: GenderedNoun, verb: Verb, seed: int) -> bool:
    """Whether `noun` and `verb` are never said in one sentence of training."""
    text = f"{seed}:{noun.english}:{verb.infinitive}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") < _HELD_SHARE * 2**32
