"""What all experiments share: the model, the sentences, and which nouns are for testing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from translate import __version__
from translate.corpus.pair import SentencePair
from translate.lab.probes.fitting import fit_directions
from translate.lab.probes.halves import Folds, Halves
from translate.lab.probes.readout import Readout
from translate.lab.sentences.events import TwoNouns, around_second, two_nouns
from translate.lab.sentences.lemmas import LemmaSplit, lemma_folds, split_lemmas
from translate.lab.sentences.material import DISTANT, READ, Material, Suite
from translate.lab.sentences.observed import AT_ONCE, Observed, observe
from translate.lab.tracing.run import trace
from translate.lab.tracing.site import DECODER_FIRST, Site, memory_site, states
from translate.model.config import ModelConfig
from translate.model.network import Network
from translate.model.translator import Translator

if TYPE_CHECKING:
    from translate.model.encoder_decoder import EncoderDecoder


OF_ALL_SPLITS = (
    *("network", "pairs", "many", "own", "observed", "around_second"),
    *("untrained_module", "untrained", "distant", "untrained_distant"),
)
"""What of a `Setup` does not depend on which nouns are for testing."""


@dataclass(frozen=True)
class Setup:
    """A model ready for experiments; what one experiment has computed serves the next.

    translator: the model. material: the sentences. split: the nouns to fit on and to test on. seed: of every random
    choice.
    """

    translator: Translator
    material: Material
    split: LemmaSplit
    seed: int

    @property
    def config(self) -> ModelConfig:
        """The shape of the model."""
        return self.translator.checkpoint.config

    @cached_property
    def network(self) -> Network:
        """The network for large batches."""
        return self.translator.network(10_000)

    @cached_property
    def pairs(self) -> list[SentencePair]:
        """The sentences whose states are read."""
        return self.material.pairs("switch", *READ)

    @property
    def switch(self) -> Suite:
        """The switch suite, with the tags of its sentences; empty where the material has none."""
        return self.material.suites.get("switch", [])

    @cached_property
    def own(self) -> dict[Sequence[str], list[str]]:
        """The model's own translation of each sentence, by its source, as far as one was asked for (`Trial.of`)."""
        return {}

    @cached_property
    def fits(self) -> np.ndarray:
        """For each of `pairs`, whether probes may be fitted on it."""
        return np.array([self.split.fits(pair) for pair in self.pairs])

    @cached_property
    def observed(self) -> Observed:
        """The states of the last layer of both sides for all of `pairs`."""
        return observe(self.translator, self.pairs, sites=self.sites)

    @cached_property
    def many(self) -> list[SentencePair]:
        """`pairs`, and those beside them that are for probes alone."""
        return [*self.pairs, *(pair for pair, _ in self.material.more)]

    @cached_property
    def around_second(self) -> np.ndarray:
        """The memory at the offsets from each second noun, `[sentence, offset, unit]`, for `two_nouns(many)`."""
        parts = [around_second(self.observed.trace(self.memory), self.memory, two_nouns(self.pairs))]
        more = self.many[len(self.pairs) :]
        for some in (more[first : first + AT_ONCE] for first in range(0, len(more), AT_ONCE)):
            sources, targets = [pair.source for pair in some], [pair.target for pair in some]
            states = trace(self.translator, sources, targets, self.memory, network=self.network)
            parts.append(around_second(states, self.memory, two_nouns(some)))
        return np.concatenate(parts)

    @cached_property
    def distant(self) -> Observed:
        """The memory for the suites of long distances; no sentences where the material has none."""
        return self._distant(self.network, self._memories)

    @cached_property
    def untrained_distant(self) -> Observed:
        """The same sentences through the untrained network."""
        return self._distant(Network.of(self.untrained_module), self._memories)

    @cached_property
    def untrained_module(self) -> "EncoderDecoder":
        """The same architecture with random weights, drawn with the seed + 1."""
        return untrained(self.config, self.seed + 1)

    @cached_property
    def untrained(self) -> Observed:
        """The memory of the untrained network for the same sentences."""
        return self._untrained(self._memories)

    def untrained_at(self, site: str) -> Observed:
        """`untrained` with any site; it is run again where that is no memory."""
        return self.untrained if site in self._memories else self._untrained([Site(site)])

    def distant_at(self, site: str) -> Observed:
        """`distant` with any site, in the same way."""
        return self.distant if site in self._memories else self._distant(self.network, [Site(site)])

    def untrained_distant_at(self, site: str) -> Observed:
        """`untrained_distant` with any site, in the same way."""
        network = Network.of(self.untrained_module)
        return self.untrained_distant if site in self._memories else self._distant(network, [Site(site)])

    def _untrained(self, sites: list[Site]) -> Observed:
        return observe(self.translator, self.pairs, network=Network.of(self.untrained_module), sites=sites)

    def _distant(self, network: Network, sites: list[Site]) -> Observed:
        return observe(self.translator, self.material.pairs(*DISTANT), network=network, sites=sites)

    @cached_property
    def sites(self) -> list[Site]:
        """c and h of the decoder's last layer and of the encoder's (h alone where the cell has no c)."""
        last = self.config.layers - 1
        return [Site.of(side, last, state) for side in DECODER_FIRST for state in states(self.config)]

    @property
    def memory(self) -> Site:
        """The site that carries the memory: the decoder's cell state, or its hidden state where there is none."""
        return memory_site(self.config, "dec")

    @property
    def _memories(self) -> list[Site]:
        return [self.memory.on(side) for side in DECODER_FIRST]

    @cached_property
    def readout(self) -> Readout:
        """The readout of the current gender, fitted on the sentences for fitting alone."""
        return fit_directions(self.fitting, self.translator.checkpoint.hash, self.split, self.seed)

    @cached_property
    def fitting(self) -> Observed:
        """The observed sentences with the labels of those for fitting alone."""
        return self.observed.labelled(self.fits)

    def halves(self, site: str, vectors: np.ndarray | None = None) -> Halves:
        """The states of a site beside the words of nouns for fitting, and of test nouns.

        vectors `[sentence, time, unit]`: what to take beside these words instead (an untrained network's states).
        """
        side, vectors = Site(site).side, self.observed.array(site) if vectors is None else vectors
        labels = self.observed.labels[side]
        test = labels.where(np.isin(labels.lemma, list(self.split.test)))
        return Halves(vectors, self.fitting.labels[side], test, self.seed)

    @cached_property
    def lemma_folds(self) -> tuple[LemmaSplit, ...]:
        """Splits in which each noun pair is for testing once; what is intervened on is tested on `split` alone."""
        return lemma_folds(self.pairs, self.seed)

    def folds(self, site: str, vectors: np.ndarray | None = None) -> Folds:
        """The states of a site beside all words, each noun pair held out in turn; vectors: as in `halves`."""
        side, vectors = Site(site).side, self.observed.array(site) if vectors is None else vectors
        labels, parts = self.observed.labels[side], []
        for split in self.lemma_folds:
            may_fit = np.array([split.fits(pair) for pair in self.pairs])
            test = labels.where(np.isin(labels.lemma, list(split.test)))
            if len(test):
                parts.append(Halves(vectors, labels.where(may_fit[labels.sentence]), test, self.seed))
        return Folds(tuple(parts))

    def is_read(self, site: str) -> np.ndarray:
        """Whether the readout tells the gender at each word of a test noun, as in the second of the `halves`."""
        words = self.halves(site)
        return words.right(self.readout.logit(site, words.test_x))

    def with_split(self, seed: int) -> "Setup":
        """The same with other nouns for testing; what does not depend on them is not computed again."""
        other = replace(self, split=split_lemmas(self.pairs, seed), seed=seed)
        vars(other).update(self.at_hand(*OF_ALL_SPLITS))
        return other

    def at_hand(self, *names: str) -> dict[str, Any]:
        """What these properties hold, by name; a copy of this setup that is made afterwards has them too."""
        return {name: getattr(self, name) for name in names}

    def may_fit(self, sentences: Sequence[TwoNouns]) -> np.ndarray:
        """A mask of those of `two_nouns(setup.pairs)` that probes may be fitted on."""
        return np.array([self.fits[each.sentence] for each in sentences], dtype=bool)


@dataclass(frozen=True)
class Provenance:
    """By what numbers can be made again.

    model: first digits of the SHA-256 of its weights. seed: of the analysis. training_seed: of the model, as text.
    command: what was typed. corpus: which sentences.
    """

    model: str
    folder: str
    shape: str
    seed: int
    training_seed: str
    command: str
    version: str
    corpus: str


def provenance(setup: Setup, command: str) -> dict[str, Any]:
    """The fields of `Provenance` for what is measured with a setup."""
    checkpoint = setup.translator.checkpoint
    return {
        "model": checkpoint.hash,
        "folder": checkpoint.folder.name,
        "shape": setup.config.in_words(),
        "seed": setup.seed,
        "training_seed": str(checkpoint.metrics.get("seed", "unknown")),
        "command": command,
        "version": __version__,
        "corpus": setup.material.origin,
    }


def untrained(config: ModelConfig, seed: int) -> "EncoderDecoder":
    """A network of this shape with random weights."""
    import torch

    from translate.model.encoder_decoder import EncoderDecoder

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return EncoderDecoder(config).eval().requires_grad_(False)
