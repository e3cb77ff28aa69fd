"""What does one pair of sentences look like as a whole? Every unit of the memory, for the boy and for the girl.

Misleads when one pair is taken for the rule: it is an example to look at, and nothing is concluded from it.
"""

from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.experiments.setup import Setup
from translate.lab.statistics.shown import Shown


@dataclass(frozen=True)
class HeatMap(Shown):
    """A boy/girl pair: c `[unit][time]` of both and their difference, units sorted by the readout's weight.

    words: what the step writes, by m and f. order: unit numbers from the most feminine weight to the most masculine.
    share: how much of the squared difference the ten units that differ most carry. exact: whether the model's own
    translations are the sentences shown.
    """

    site: str
    source: dict[str, str]
    words: dict[str, list[str]]
    order: list[int]
    weight: list[float]
    m: list[list[float]]
    f: list[list[float]]
    difference: list[list[float]]
    share: float
    exact: bool


def boy_girl(setup: Setup) -> HeatMap:
    """The maps of the lesson's *I am a boy who likes to learn* and its twin (or of the first pair there is)."""
    twins, site = _twins(setup), setup.memory
    pairs = list(twins.values())
    trace = lab.trace(setup.translator, pairs, pairs, [site])
    m, f = (trace[site][row, : len(pairs[0].target) + 1].numpy().T for row in (0, 1))
    # The weight per standard deviation: a unit that hardly moves may have a large weight and say nothing.
    weight = setup.readout.directions[site] * setup.halves(site).fit_x.std(0)
    order = np.argsort(-weight, kind="stable")
    squared = ((f - m) ** 2).sum(1)
    own = lab.edit(setup.translator, [pair.source for pair in pairs], [(0, []), (1, [])])
    return HeatMap(
        site=site,
        source={gender: pair.source_text for gender, pair in twins.items()},
        words={gender: [*pair.target, "</s>"] for gender, pair in twins.items()},
        order=order.tolist(),
        weight=weight[order].tolist(),
        m=m[order].tolist(),
        f=f[order].tolist(),
        difference=(f - m)[order].tolist(),
        share=float(np.sort(squared)[::-1][:10].sum() / max(squared.sum(), 1e-12)),
        exact=[tuple(translation.tokens) for translation in own] == [pair.target for pair in pairs],
    )


def _twins(setup: Setup) -> dict[str, SentencePair]:
    """Twins of one length, which can be subtracted word by word; best with a full stop, to show how a sentence ends."""
    all_twins = []
    for name in ("lesson", "boy-girl"):
        by_rest: dict[tuple, dict[str, SentencePair]] = {}
        for pair, tags in setup.material.suites.get(name, []):
            rest = tuple(sorted((key, str(value)) for key, value in tags.items() if key != "gender"))
            twins = by_rest.setdefault(rest, {})
            twins[tags["gender"]] = pair
            if len(twins) == 2 and len(twins["m"].target) == len(twins["f"].target):
                all_twins.append({gender: twins[gender] for gender in ("m", "f")})
    if not all_twins:
        raise TranslateError("The corpus has no boy/girl pair (suites lesson and boy-girl); make it again.")
    return next((twins for twins in all_twins if twins["m"].target[-1] == "."), all_twins[0])
