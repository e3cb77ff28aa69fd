"""Which nouns a probe is fitted on and which it is tested on.

A probe tested on the nouns that it was fitted on may have learnt the nouns. So the split goes by noun pair (boy and
girl stand on one side), and masculine nouns in -a (hrdina, policista), whose form looks feminine, are always tested.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np

from translate.corpus.pair import SentencePair


@cache
def _pair_of() -> dict[str, str]:
    from translate.language.lexicon import lexicon

    return {noun.lemma: f"{pair.m.lemma}/{pair.f.lemma}" for pair in lexicon().nouns for noun in (pair.m, pair.f)}


def noun_pair(lemma: str) -> str:
    """The pair that a noun belongs to: "kluk/holka" for both; a noun that the lexicon lacks stands alone."""
    return _pair_of().get(lemma, lemma)


def is_known(lemma: str) -> bool:
    """Whether the lexicon has the noun; what a contrast of one's own is about it need not have."""
    return lemma in _pair_of()


def looks_feminine(pair: str) -> bool:
    """Whether the masculine noun of the pair ends in -a."""
    masculine, slash, _ = pair.partition("/")
    return masculine.endswith("a") and bool(slash) and is_known(masculine)


@dataclass(frozen=True)
class LemmaSplit:
    """Noun pairs to fit on and noun pairs to test on; no pair is on both sides."""

    train: frozenset[str]
    test: frozenset[str]

    def fits(self, pair: SentencePair) -> bool:
        """Whether a probe may be fitted on this sentence: none of its controllers is a test noun."""
        return all(noun_pair(noun.lemma) in self.train for noun in pair.nouns if noun.role == "controller")


def split_lemmas(pairs: Iterable[SentencePair], seed: int = 0, share: float = 0.4) -> LemmaSplit:
    """Split the controllers' noun pairs of `pairs`: `share` of them for testing, those in -a first."""
    nouns = sorted({noun_pair(noun.lemma) for pair in pairs for noun in pair.nouns if noun.role == "controller"})
    disguised = [pair for pair in nouns if looks_feminine(pair)]
    others = [pair for pair in nouns if not looks_feminine(pair)]
    np.random.default_rng(seed).shuffle(others)
    more = max(0, round(share * len(nouns)) - len(disguised))
    test = frozenset(disguised + others[:more])
    return LemmaSplit(frozenset(nouns) - test, test)


def lemma_folds(pairs: Iterable[SentencePair], seed: int = 0, count: int = 8) -> tuple[LemmaSplit, ...]:
    """So many splits of the controllers' noun pairs of `pairs`: each pair is for testing in exactly one of them."""
    nouns = sorted({noun_pair(noun.lemma) for pair in pairs for noun in pair.nouns if noun.role == "controller"})
    np.random.default_rng(seed).shuffle(nouns)
    tested = [frozenset(nouns[fold::count]) for fold in range(min(count, len(nouns)))]
    return tuple(LemmaSplit(frozenset(nouns) - test, test) for test in tested)
