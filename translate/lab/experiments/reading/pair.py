"""One pair of sentences seen whole: every unit of the memory at every word, for the boy, for the girl, and between."""

from dataclasses import dataclass

import numpy as np

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.observed import observe


@dataclass(frozen=True)
class HeatMap:
    """A boy/girl pair: c `[unit][time]` of both and their difference, units sorted by the readout's weight.

    words: what the step writes, by m and f. order: unit numbers from the most feminine weight to the most masculine.
    share: how much of the squared difference the ten units that differ most carry. same: whether the model's own
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
    pair = _pair(setup)
    site = setup.memory
    observed = observe(setup.translator, list(pair.values()), sites=[site])
    steps = len(pair["m"].target) + 1
    m, f = (observed.trace[site][row, :steps].numpy().T for row in (0, 1))
    # The weight per standard deviation: a unit that hardly moves may have a large weight and say nothing.
    labels = setup.fitting.labels["dec"]
    weight = setup.readout.directions[site] * setup.fitting.rows(site, labels).std(0)
    order = np.argsort(-weight, kind="stable")
    squared = ((f - m) ** 2).sum(1)
    written = setup.translator.texts([sentence.source_text for sentence in pair.values()])
    return HeatMap(
        site,
        source={gender: sentence.source_text for gender, sentence in pair.items()},
        words={gender: [*sentence.target, "</s>"] for gender, sentence in pair.items()},
        order=order.tolist(),
        weight=weight[order].tolist(),
        m=m[order].tolist(),
        f=f[order].tolist(),
        difference=(f - m)[order].tolist(),
        share=float(np.sort(squared)[::-1][:10].sum() / max(squared.sum(), 1e-12)),
        exact=written == [sentence.target_text for sentence in pair.values()],
    )


def _pair(setup: Setup) -> dict[str, SentencePair]:
    """Twins of one length, which can be subtracted word by word; best with a full stop, to show how a sentence ends."""
    found = []
    for name in ("lesson", "boy-girl"):
        by_rest: dict[tuple, dict[str, SentencePair]] = {}
        for sentence, tags in setup.material.suites.get(name, []):
            rest = tuple(sorted((key, str(value)) for key, value in tags.items() if key != "gender"))
            twins = by_rest.setdefault(rest, {})
            twins[tags["gender"]] = sentence
            if len(twins) == 2 and len(twins["m"].target) == len(twins["f"].target):
                found.append({gender: twins[gender] for gender in ("m", "f")})
    if not found:
        raise TranslateError("The corpus has no boy/girl pair (suites lesson and boy-girl); make it again.")
    return next((twins for twins in found if twins["m"].target[-1] == "."), found[0])
