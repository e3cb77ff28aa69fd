"""Usable information: how many bits about the gender a linear probe gets out of a state (Xu et al. 2020).

I_V(X → Y) = H_V(Y|∅) - H_V(Y|X) for the family V of linear probes: what the labels cost one who knows only how often
each occurs, less what they cost one who reads the state, in bits a word, on nouns that neither was fitted on. It is 1
where a balanced gender is read with certainty, about 0 where nothing can be read, and negative where a probe is sure
and wrong. Unlike accuracy it counts how sure the probe is.
"""

from dataclasses import dataclass, replace

import numpy as np

from translate.lab.experiments.setup import Bench
from translate.lab.probes.probe import fit_probes, surprisal
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over

SHUFFLES = 5


@dataclass(frozen=True)
class UsableInformation:
    """Bits about the current gender in the states of a site, a word, on unseen nouns.

    bits: I_V. entropy: H_V(Y|∅), the most there is to know. shuffled: the same of probes fitted to shuffled labels
    (mean of several). untrained: the same of the network with random weights.
    """

    site: str
    bits: Estimate
    entropy: float
    shuffled: Estimate
    untrained: Estimate


def usable_information(bench: Bench, site: str) -> UsableInformation:
    """The usable information at a site ("dec.l0.c") that the bench observed, over all words."""
    side, rng = site[:3], np.random.default_rng(bench.seed)
    fit, test = bench.fitting.labels[side], bench.tested(side)
    x, x_test = bench.observed.rows(site, fit), bench.observed.rows(site, test)
    shuffled = np.column_stack([rng.permutation(fit.feminine) for _ in range(SHUFFLES)])
    controls = fit_probes(x, shuffled, fit.lemma, seed=bench.seed)
    twin = fit_probes(bench.untrained.rows(site, fit), fit.feminine[:, None], fit.lemma, seed=bench.seed)
    prior = log_odds(fit.feminine)

    def known(logit: np.ndarray) -> Estimate:
        bits = saved_bits(logit, test.feminine[:, None], prior).mean(1)
        return replace(mean_over(bits, test.lemma, "words", bench.seed), is_share=False)

    return UsableInformation(
        site,
        known(bench.readout.logit(site, x_test)[:, None]),
        float(surprisal(prior, test.feminine).mean()),
        known(controls.logit(x_test)),
        known(twin.logit(bench.untrained.rows(site, test))),
    )


def saved_bits(logit: np.ndarray, labels: np.ndarray, prior: float) -> np.ndarray:
    """What knowing each label's log-odds saves of its cost to one who knows but the prior's; the mean of it is I_V."""
    return surprisal(prior, labels) - surprisal(logit, labels)


def log_odds(labels: np.ndarray) -> float:
    """The log-odds of the labels' share, one of each label added so that it is finite (Laplace)."""
    return float(np.log(labels.sum() + 1) - np.log((~labels).sum() + 1))
