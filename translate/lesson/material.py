"""The sentences that the tour's numbers are measured on, and the model's runs over them."""

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np

from translate import lab
from translate.corpus.grammar import load_grammar
from translate.corpus.heldout import HeldOut
from translate.corpus.pair import SentencePair
from translate.corpus.suites.all import Suites
from translate.lab.demonstrations.reference import best_units
from translate.lab.probes.readout import Readout
from translate.lab.sentences.events import TwoNouns, two_nouns
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.sentences.material import Suite
from translate.lab.tracing.trace import Trace
from translate.model.network import Network
from translate.model.translator import Translator

SENTENCES = 120
"""Of each suite; the suites' own grammar and seed 0."""
BEST = 3
"""Units that are looked at beside the best one."""


@cache
def suite(name: str) -> tuple[tuple[SentencePair, dict], ...]:
    """About `SENTENCES` annotated sentences that vary one thing: "boy-girl", "switch", "distance", …"""
    grammar = load_grammar("lesson")
    return tuple(Suites(grammar, HeldOut(grammar, 0), 0).make(name, SENTENCES))


class TourMaterial:
    """A model, its readout (or None), and its runs over the switch sentences; the decoder reads the right Czech."""

    def __init__(self, translator: Translator, readout: Readout | None, items: Suite | None = None):
        """items: the switch sentences with their records (None: the suite's)."""
        self.translator, self.readout = translator, readout
        self.items = list(suite("switch") if items is None else items)

    @cached_property
    def network(self) -> Network:
        """The network for many sentences."""
        return self.translator.network(10_000)

    @cached_property
    def pairs(self) -> list[SentencePair]:
        """The switch sentences: two clauses, two nouns, the same or another gender."""
        return [pair for pair, _ in self.items]

    @cached_property
    def trace(self) -> Trace:
        """What the decoder's valves and states were, in `pairs`."""
        sites = ["*.l0.[figoch]", "dec.l0.f_pre"]
        return lab.trace(self.translator, self.pairs, self.pairs, sites, network=self.network)

    def values(self, site: str) -> np.ndarray:
        """A site of `trace`, `[sentence, time, unit]`, NaN beyond a sentence's end."""
        return self.trace[site].numpy()

    @cached_property
    def switches(self) -> list[TwoNouns]:
        """Where the second noun stands in each of `pairs`."""
        return two_nouns(self.pairs)

    @cached_property
    def best(self) -> np.ndarray:
        """The decoder's units, those first that weigh most in the gender read from c, `[unit]`."""
        return np.array(best_units(self.translator, "dec.l0.c", readout=self.readout))

    @cached_property
    def lemmas(self) -> list[str]:
        """The noun pair of each of `pairs` that its last agreeing word follows: what is drawn for an interval."""
        last = [max(pair.agreements, key=lambda word: word.position, default=None) for pair in self.pairs]
        words = zip(self.pairs, last, strict=True)
        return [noun_pair(pair.nouns[word.controller].lemma) if word else "" for pair, word in words]

    @property
    def reads_gender(self) -> bool:
        """Whether the readout is there and reads the decoder's memory."""
        return self.readout is not None and "dec.l0.c" in self.readout.sites

    @property
    def p_feminine(self) -> np.ndarray:
        """The readout's probability of feminine at every word of `pairs`, `[sentence, time]`."""
        assert self.readout is not None, "ask `reads_gender` first"
        return self.readout.p_feminine("dec.l0.c", self.values("dec.l0.c"))

    def texts(self, pairs: Sequence[SentencePair]) -> list[str]:
        """The model's own translations."""
        return self.translator.texts([pair.source_text for pair in pairs])
