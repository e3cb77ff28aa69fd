"""States of annotated sentences as rows that a probe can be fitted to."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.probes.probe import fit_probe
from translate.lab.probes.readout import Readout
from translate.lab.sentences.labels import SIDES, Labels, label
from translate.lab.sentences.lemmas import LemmaSplit
from translate.lab.tracing.site import states_of


@dataclass(frozen=True)
class Observed:
    """Annotated sentences and the states of a model that read and wrote them.

    values: `[sentence, time, unit]` by site, NaN beyond a sentence's end. labels: by side ("enc", "dec").
    """

    pairs: list[SentencePair]
    values: dict[str, np.ndarray]
    labels: dict[str, Labels]

    @property
    def sites(self) -> list[str]:
        return list(self.values)

    def rows(self, site: str, labels: Labels) -> np.ndarray:
        """The states that stand beside some labels, `[row, unit]`."""
        return self.values[site][labels.sentence, labels.position]


def observe(translator, pairs: Sequence[SentencePair], network=None, sites: Sequence[str] | None = None) -> Observed:
    """Let a model read and write `pairs` (teacher forcing) and keep its states.

    sites: what to keep (default: c and h of every layer). network: a `Network` to run instead of the translator's own.
    Raises `TranslateError` where a word of the sentences is unknown to the model: a state would then stand beside a
    word that the model never saw.
    """
    pairs = list(pairs)
    check_words(translator, pairs)
    config = (network or translator.network(len(pairs))).config
    if sites is None:
        sites = [site for side in SIDES for site in states_of(config, side)]
    trace = lab.trace(
        translator, [pair.source for pair in pairs], [pair.target for pair in pairs], sites, network=network
    )
    values = {site: trace[site].numpy() for site in trace.sites}
    return Observed(pairs, values, {side: label(pairs, side) for side in SIDES})


def check_words(translator, pairs: Sequence[SentencePair]) -> None:
    """Raise `TranslateError` unless each token of the sentences is one known step of the model."""
    for tokenizer, side in ((translator.source, "source"), (translator.target, "target")):
        if tokenizer.kind != "word":
            raise TranslateError(
                f"The model reads {tokenizer.kind} pieces, and the laboratory's sentences are annotated by word; "
                "train one with tokenizer.pieces = word."
            )
        known = set(tokenizer.vocabulary)
        unknown = sorted({word for pair in pairs for word in getattr(pair, side)} - known)
        if unknown:
            more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
            raise TranslateError(
                f"The model does not know {', '.join(unknown[:3])}{more}; give the corpus that it was trained on (--corpus)."
            )


def fit_directions(observed: Observed, model: str, split: LemmaSplit, seed: int, most: int = 6000) -> Readout:
    """The readout of the current gender at every site of `observed`, whose sentences must all be for fitting."""
    directions, biases = {}, {}
    for site in observed.sites:
        labels = observed.labels[site[:3]]
        probe = fit_probe(observed.rows(site, labels), labels.feminine, labels.lemma, seed, most)
        directions[site], biases[site] = probe.weight, probe.bias
    about = {"model": model, "seed": str(seed), "fitted_on": " ".join(sorted(split.train))}
    return Readout(directions, biases, about)
