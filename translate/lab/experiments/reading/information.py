"""How many bits about the gender does a linear probe get out of a state? Usable information (Xu et al. 2020).

I_V(X → Y) = H_V(Y|∅) - H_V(Y|X) for the family V of linear probes: what the labels cost one who knows only how often
each occurs, less what they cost one who reads the state, in bits a word, on nouns that neither was fitted on. It is 1
where a balanced gender is read with certainty, about 0 where nothing can be read, and negative where a probe is sure
and wrong. Unlike accuracy it counts how sure the probe is.

Misleads when it is taken for all the information in the state: it is what a linear probe can use, and the penalty of
the probe keeps it unsure. Shuffled labels and an untrained network stand beside it.
"""

from dataclasses import dataclass, replace

import numpy as np

from translate.lab.experiments.setup import Setup
from translate.lab.probes.probe import surprisal
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown

SHUFFLES = 5


@dataclass(frozen=True)
class UsableInformation(Shown):
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
    """The usable information at a site of the setup ("dec.l0.c"), over all words."""
    words, untrained = setup.halves(site), setup.halves(site, setup.untrained_at(site).array(site))
    prior = log_odds(words.fit.feminine)

    def mean_bits(logit: np.ndarray) -> Estimate:
        """logit `[word]` or, of several probes that are averaged, `[word, probe]`."""
        bits = saved_bits(logit.T, words.test.feminine, prior)
        return replace(words.mean(bits if bits.ndim == 1 else bits.mean(0)), is_share=False)

    return UsableInformation(
        site=site,
        bits=mean_bits(setup.readout.logit(site, words.test_x)),
        entropy=float(surprisal(prior, words.test.feminine).mean()),
        shuffled=mean_bits(words.shuffled(SHUFFLES).logit(words.test_x)),
        untrained=mean_bits(untrained.probe().logit(untrained.test_x)),
    )


def saved_bits(logit: np.ndarray, labels: np.ndarray, prior: float) -> np.ndarray:
    """What knowing each label's log-odds saves of its cost to one who knows but the prior's; the mean of it is I_V."""
    return surprisal(prior, labels) - surprisal(logit, labels)


def log_odds(labels: np.ndarray) -> float:
    """The log-odds of the labels' share, one of each label added so that it is finite (Laplace)."""
    return float(np.log(labels.sum() + 1) - np.log((~labels).sum() + 1))
