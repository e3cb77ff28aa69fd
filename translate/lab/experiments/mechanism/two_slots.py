"""Is there a slot for the gender that is still to come? Its direction is exchanged alone, the current one alone, both.

While the decoder writes about the first noun its state must also hold what it will write about the second one. Is that
a gender, in a direction of its own? Two directions of c are fitted, each as the difference of the means of minimal
pairs on nouns for fitting: *current*, of sentences that differ in the first noun's gender, and *coming*, in the second
one's. Their angle is told word by word (`cosine`; `again` is what two fits of the same direction on other nouns give).
Then each is exchanged, h restored, one word after the first noun and at the last word that agrees with it, long before
the second noun is written, and both clauses' words are counted.

And with the memory valve shut from the switch to the end (i = 0 in the best units), where does the new gender come
from? Before the valve shuts the coming direction is exchanged, too: words that then turn took their gender from there.

Controls: random directions with a step as long as the coming one's, of any sort and such along which the states vary as
much; the whole of c as the ceiling; sentences without a switch where the valve is shut.

Misleads when: the direction turns nothing on new nouns, and that is read as if nothing were held. A decoder may hold
the noun to come, and each noun in another place, and learn its gender when it has written it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from translate import lab
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.mechanism.directions import Differences, gender_differences, normal
from translate.lab.experiments.mechanism.slots import MOMENTS, WHATS, Moment, Slots, What, slot_cases, steps_to_the_end
from translate.lab.experiments.reading.units import Ranking
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.places import Place, common_places, places_of
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.statistics.resample import resample
from translate.lab.statistics.shown import Shown

COUNTS = (3, 10, 30)
_HALVES, _COMMON = 20, 0.5


@dataclass(frozen=True)
class Exchanged:
    """What an exchange at a moment did. coming, current: the second and first clause's words still to come that turned.

    rest: sentences whose other words all stayed. draws: of random directions.
    """

    moment: Moment
    what: What
    coming: Estimate
    current: Estimate | None
    rest: Estimate
    draws: int


@dataclass(frozen=True)
class Shut:
    """The memory valve shut to the end, in so many best units (0: none), and what was exchanged before ("": nothing).

    old, new, neither: of the second clause's words in sentences that switch, by the gender they took, where `new` is
    the sentence's own second gender. same: right words of sentences that do not switch. rest: as above.
    """

    count: int
    exchanged: What | Literal["", "random units"]
    old: Estimate
    new: Estimate
    neither: Estimate
    same: Estimate
    rest: Estimate


@dataclass(frozen=True)
class TwoSlots(Shown):
    """The angle, the exchanges, and what is left with the valve shut.

    places: of the decoder, from the first noun to the second. cosine: of the two directions there. again: of each with
    itself, fitted on one half of the nouns and on the other, as means over halves ("current", "coming"). angle: the
    cosine of the two directions that are exchanged, by moment; empty in older results.
    """

    site: str
    places: list[Place]
    cosine: Course
    again: dict[str, list[float]]
    exchanged: tuple[Exchanged, ...]
    shut: tuple[Shut, ...]
    sentences: int
    angle: dict[str, Estimate] = field(default_factory=dict)

    def of(self, moment: Moment, what: What) -> Exchanged | None:
        """One of the exchanges, None where it was not made."""
        return next((each for each in self.exchanged if (each.moment, each.what) == (moment, what)), None)

    def with_shut(self, count: int, exchanged: str = "") -> Shut | None:
        """One of the runs with a shut valve, None where it was not made."""
        return next((each for each in self.shut if (each.count, each.exchanged) == (count, exchanged)), None)


def two_slots(setup: Setup, ranking: Ranking, counts: Sequence[int] = COUNTS) -> TwoSlots | None:
    """Fit both directions of the decoder's memory, exchange them, and shut the memory valve.

    ranking: of the decoder's units; counts: in how many of the best the valve is shut. None where no sentence can be
    judged; nothing is shut in a cell that has no such valve.
    """
    trial = Trial.of(setup, [case for case in slot_cases(setup) if case.lemma in setup.split.test])
    if not trial.cases:
        return None
    every = [places_of(case.base, "dec") for case in trial.cases]
    places = [p for p in common_places(every, _COMMON) if Place(0, -1) <= p <= Place(1, 0)]
    fitted = gender_differences(setup, [setup.memory], places)[setup.memory]
    slots = Slots(trial)
    shut: tuple[Shut, ...] = ()
    if setup.config.cell == "lstm":
        shut = _shut(slots, ranking, counts)
    return TwoSlots(
        site=setup.memory,
        places=places,
        cosine=_cosine(fitted, setup.seed),
        again={name: _again(fitted, clause, setup.seed) for clause, name in enumerate(("current", "coming"))},
        exchanged=_exchanged(slots),
        shut=shut,
        sentences=len(trial.cases),
        angle={moment: slots.cosine[moment] for moment in MOMENTS},
    )


def _cosine(fitted: Differences, seed: int) -> Course:
    """The cosine of the two directions at each place, with an interval over the nouns that they were fitted on."""

    def cosines(weights: np.ndarray) -> np.ndarray:
        drawn = normal(np.tensordot(weights, fitted.sums, 1))  # [draw, clause, place, unit]
        return (drawn[:, 0] * drawn[:, 1]).sum(-1)

    count, places = len(fitted.lemmas), fitted.sums.shape[2]
    low, high = resample(count, cosines, seed)
    value = cosines(np.ones((1, count)))[0]
    return Course(list(range(places)), value.tolist(), low.tolist(), high.tolist(), [count] * places)


def _again(fitted: Differences, clause: int, seed: int) -> list[float]:
    """The cosine of a direction fitted on one half of the nouns with that of the other half, at each place."""
    rng, count = np.random.default_rng(seed), len(fitted.lemmas)
    cosines = []
    for _ in range(_HALVES):
        half = rng.permutation(count) < count // 2
        one, other = (normal(fitted.sums[rows, clause].sum(0)) for rows in (half, ~half))
        cosines.append((one * other).sum(-1))
    return [float(mean) for mean in np.mean(cosines, axis=0)]


def _exchanged(slots: Slots) -> tuple[Exchanged, ...]:
    """Every exchange at every moment."""
    found = []
    for moment in MOMENTS:
        trial = slots.trial.only([replace(case, step=case.places[moment]) for case in slots.trial.cases])
        sets = [slots.draws(moment, what) for what in WHATS]
        for what, draws, counted in zip(WHATS, sets, trial.count_each(sets), strict=True):
            found.append(
                Exchanged(
                    moment=moment,
                    what=what,
                    coming=counted.turned,
                    current=counted.other,
                    rest=counted.rest,
                    draws=len(draws),
                )
            )
    return tuple(found)


def _shut(slots: Slots, ranking: Ranking, counts: Sequence[int]) -> tuple[Shut, ...]:
    """The valve open and shut, and shut after an exchange."""
    least = counts[0]
    wanted: list[tuple[int, What | Literal["", "random units"]]] = [(0, ""), *((count, "") for count in counts)]
    wanted += [(least, "random units"), (0, "coming")]
    wanted += [(least, what) for what in WHATS if what not in ("current", "both", "coming apart")]
    random = np.array(ranking.others(least, np.random.default_rng(slots.trial.setup.seed)), dtype=int)
    sets = []
    for count, what in wanted:
        units = random if what == "random units" else ranking.best(count)
        before = slots.draws(MOMENTS[-1], what) if what and what != "random units" else [[[]] * len(slots.trial.cases)]
        sets.append([_with_shut(slots, draw, units) for draw in before])
    switches = np.array([case.genders[0] != case.genders[1] for case in slots.trial.cases])
    return tuple(
        _counted(counted, switches, count, what)
        for (count, what), counted in zip(wanted, slots.trial.count_each(sets), strict=True)
    )


def _with_shut(slots: Slots, draw: Sequence[Run], units: np.ndarray) -> list[Run]:
    """The runs with the memory valve of these units shut from the switch on."""
    if not len(units):
        return list(draw)
    gate, which = slots.site.named("i"), tuple(map(int, units))
    return [
        [*edits, lab.Edit(gate, lab.Set(0.0), steps_to_the_end(case), which)]
        for edits, case in zip(draw, slots.trial.cases, strict=True)
    ]


def _counted(counted: Tally, switches: np.ndarray, count: int, what: What | Literal["", "random units"]) -> Shut:
    words, turned, kept = switches[counted.word_cases], counted.turned_words, counted.kept_words
    return Shut(
        count=count,
        exchanged=what,
        old=counted.share(turned, words),
        new=counted.share(kept, words),
        neither=counted.share(1 - turned - kept, words),
        same=counted.share(kept, ~words),
        rest=counted.rest,
    )
