"""Usable information: how many bits about the gender a linear probe gets out of a state (Xu et al. 2020).

I_V(X → Y) = H_V(Y|∅) - H_V(Y|X) for the family V of linear probes: what the labels cost one who knows only how often
each occurs, less what they cost one who reads the state, in bits a word, on nouns that neither was fitted on. It is 1
where a balanced gender is read with certainty, about 0 where nothing can be read, and negative where a probe is sure
and wrong. Unlike accuracy it counts how sure the probe is.
"""

from dataclasses import dataclass, replace

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import fit_probes, surprisal
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import mean_over
from translate.lab.tracing.site import Site

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


def usable_information(setup: Setup, site: str) -> UsableInformation:
    """The usable information at a site ("dec.l0.c") that the bench observed, over all words."""
    side, rng = Site(site).side, np.random.default_rng(setup.seed)
    fit, test = setup.fitting.labels[side], setup.tested(side)
    x, x_test = setup.observed.rows(site, fit), setup.observed.rows(site, test)
    shuffled = np.column_stack([rng.permutation(fit.feminine) for _ in range(SHUFFLES)])
    controls = fit_probes(x, shuffled, fit.lemma, seed=setup.seed)
    twin = fit_probes(setup.untrained.rows(site, fit), fit.feminine[:, None], fit.lemma, seed=setup.seed)
    prior = log_odds(fit.feminine)

    def known(logit: np.ndarray) -> Estimate:
        bits = saved_bits(logit, test.feminine[:, None], prior).mean(1)
        return replace(mean_over(bits, test.lemma, "words", setup.seed), is_share=False)

    return UsableInformation(
        site,
        known(setup.readout.logit(site, x_test)[:, None]),
        float(surprisal(prior, test.feminine).mean()),
        known(controls.logit(x_test)),
        known(twin.logit(setup.untrained.rows(site, test))),
    )


def saved_bits(logit: np.ndarray, labels: np.ndarray, prior: float) -> np.ndarray:
    """What knowing each label's log-odds saves of its cost to one who knows but the prior's; the mean of it is I_V."""
    return surprisal(prior, labels) - surprisal(logit, labels)


def log_odds(labels: np.ndarray) -> float:
    """The log-odds of the labels' share, one of each label added so that it is finite (Laplace)."""
    return float(np.log(labels.sum() + 1) - np.log((~labels).sum() + 1))
