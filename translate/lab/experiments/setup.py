"""What all parts of a report share: the model, the sentences, and which nouns are for testing."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from translate.corpus.pair import SentencePair
from translate.lab.probes.readout import Readout
from translate.lab.sentences.labels import Labels
from translate.lab.sentences.lemmas import LemmaSplit
from translate.lab.sentences.material import READ, Material
from translate.lab.sentences.observed import Observed, fit_directions, observe
from translate.lab.tracing.site import states_of


@dataclass(frozen=True)
class Bench:
    """A model on the bench.

    translator: the model. material: the sentences. split: the nouns to fit on and to test on. seed: of every random choice.
    """

    translator: object
    material: Material
    split: LemmaSplit
    seed: int

    @cached_property
    def config(self):
        return self.translator.checkpoint.config

    @cached_property
    def network(self):
        """The network for large batches."""
        return self.translator.network(10_000)

    @cached_property
    def pairs(self) -> list[SentencePair]:
        """The sentences whose states are read."""
        return self.material.pairs("switch", *READ)

    @cached_property
    def fits(self) -> np.ndarray:
        """For each of `pairs`, whether probes may be fitted on it."""
        return np.array([self.split.fits(pair) for pair in self.pairs])

    @cached_property
    def observed(self) -> Observed:
        """The states of the last layer of both sides for all of `pairs`."""
        return observe(self.translator, self.pairs, sites=self.sites)

    @cached_property
    def untrained_module(self):
        """The same architecture with random weights, drawn with the bench's seed + 1."""
        import torch

        from translate.model.encoder_decoder import EncoderDecoder

        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed + 1)
            return EncoderDecoder(self.config).eval().requires_grad_(False)

    @cached_property
    def untrained(self) -> Observed:
        """The same sentences through the untrained network."""
        from translate.model.network import Network

        return observe(self.translator, self.pairs, network=Network.of(self.untrained_module), sites=self.sites)

    @cached_property
    def sites(self) -> list[str]:
        """c and h of the decoder's last layer and of the encoder's (h alone where the cell has no c)."""
        layer = f"l{self.config.layers - 1}."
        return [site for side in ("dec", "enc") for site in states_of(self.config, side) if layer in site]

    @property
    def memory(self) -> str:
        """The site that carries the memory: the decoder's cell state, or its hidden state where there is none."""
        return self.sites[0]

    @cached_property
    def readout(self) -> Readout:
        """The readout of the current gender, fitted on the sentences for fitting alone."""
        return fit_directions(self.fitting, self.translator.checkpoint.hash, self.split, self.seed)

    @cached_property
    def fitting(self) -> Observed:
        """The observed sentences with the labels of those for fitting alone."""
        labels = {side: at.where(self.fits[at.sentence]) for side, at in self.observed.labels.items()}
        return Observed(self.observed.pairs, self.observed.values, labels)

    def tested(self, side: str) -> Labels:
        """The labels whose noun is a test noun."""
        labels = self.observed.labels[side]
        return labels.where(np.isin(labels.lemma, list(self.split.test)))
