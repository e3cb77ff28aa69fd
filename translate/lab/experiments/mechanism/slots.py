"""The sentences of `two_slots`: their states at each moment, the two directions there, and the edits that exchange."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.tally import Trial
from translate.lab.experiments.mechanism.directions import directions_as_varied, normal, random_directions
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import Seen, controllers, second_noun
from translate.lab.sentences.lemmas import noun_pair
from translate.lab.sentences.minimal_pairs import Case, versions_of
from translate.lab.sentences.switch_words import switch_window
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import Groups, resample
from translate.language.words import Gender, opposite
from translate.model.search import longest

Moment = Literal["after the first noun", "at its last word"]
"""When something is exchanged: one word after the first noun, or where the last word that agrees with it is written."""
What = Literal["coming", "current", "both", "coming apart", "whole site, coming", "any direction", "as varied"]
"""What is exchanged. coming apart: what of the coming direction is at right angles to the current one."""
MOMENTS: tuple[Moment, ...] = get_args(Moment)
WHATS: tuple[What, ...] = get_args(What)
DRAWS = 5


@dataclass(frozen=True)
class SlotCase(Case):
    """A sentence, and the same with the other second gender, with the other first one, and with both others."""

    coming: SentencePair
    current: SentencePair
    both: SentencePair
    places: dict[Moment, int]

    @property
    def sentences(self) -> tuple[SentencePair, ...]:
        return self.base, self.coming, self.current, self.both

    @property
    def genders(self) -> tuple[bool, bool]:
        """Whether the first noun is feminine, and the second."""
        second = second_noun(self.base)
        assert second is not None
        return controllers(self.base, 0)[-1].gender == "f", second.gender == "f"


def slot_cases(setup: Setup) -> list[SlotCase]:
    """The crossed sentences of the switch suite."""
    found = []
    for versions in versions_of(setup.switch):
        cases = (_case(base, versions, *genders) for genders, base in versions.items() if len(genders) == 2)
        found += [case for case in cases if case is not None]
    return found


def _case(
    base: SentencePair, versions: dict[tuple[Gender, ...], SentencePair], y1: Gender, y2: Gender
) -> SlotCase | None:
    """A sentence as a `SlotCase`; None where a noun or a version is missing, or one is of another length."""
    keys = ((y1, opposite(y2)), (opposite(y1), y2), (opposite(y1), opposite(y2)))
    others = [versions[key] for key in keys if key in versions]
    window, second = switch_window(base, "dec"), second_noun(base)
    if len(others) < 3 or not window or second is None or any(len(p.target) != len(base.target) for p in others):
        return None
    first = Seen.of(controllers(base, 0)[-1]).dec
    places: dict[Moment, int] = {"after the first noun": first, "at its last word": max(window[0] - 1, first)}
    case = SlotCase(base, 1, first, noun_pair(second.lemma), others[0], others[1], others[2], places)
    return case if case.judged else None


class Slots:
    """The cases of a trial, and the directions fitted on other nouns.

    current, coming: by moment, the difference of the means of sentences that differ in the first noun's gender or in
    the second one's, `[unit]`, of length 1. cosine: by moment, of these two.
    """

    def __init__(self, trial: Trial[SlotCase]):
        setup = trial.setup
        self.trial, self.site = trial, setup.memory
        hidden = self.site.named("h")
        self.sites = list(dict.fromkeys([self.site, hidden]))
        fitting = [case for case in slot_cases(setup) if setup.split.fits(case.base)]
        pairs = [case.base for case in fitting]
        run = lab.trace(setup.translator, pairs, pairs, self.site, network=setup.network)
        is_feminine = np.array([case.genders for case in fitting]).reshape(-1, 2)
        self.current: dict[Moment, np.ndarray] = {}
        self.coming: dict[Moment, np.ndarray] = {}
        self.varied: dict[Moment, np.ndarray] = {}
        self.cosine: dict[Moment, Estimate] = {}
        rng = np.random.default_rng(setup.seed)
        for moment in MOMENTS:
            states = run[self.site][range(len(pairs)), [case.places[moment] for case in fitting]].numpy()
            for directions, feminine in zip((self.current, self.coming), is_feminine.T, strict=True):
                directions[moment] = normal(states[feminine].mean(0) - states[~feminine].mean(0))
            self.cosine[moment] = _cosine(states, is_feminine, [case.lemma for case in fitting], setup.seed)
            both = np.stack([self.coming[moment], self.current[moment]])
            self.varied[moment] = directions_as_varied(states, both, DRAWS, rng)
        self.any = random_directions(len(self.coming[MOMENTS[0]]), DRAWS, rng)
        own = {pair.source: trial.own[pair.source] for case in trial.cases for pair in case.sentences}
        self.row = {source: number for number, source in enumerate(own)}
        self.run = lab.trace(setup.translator, list(own), list(own.values()), self.sites, network=setup.network)

    def draws(self, moment: Moment, what: What) -> list[list[Run]]:
        """The edits of all cases, once for each random direction where these are exchanged."""
        if what not in ("any direction", "as varied"):
            return [[self._edits(case, moment, self._value(case, moment, what)) for case in self.trial.cases]]
        directions = self.any if what == "any direction" else self.varied[moment]
        return [
            [self._edits(case, moment, self._pushed(case, moment, direction, draw)) for case in self.trial.cases]
            for draw, direction in enumerate(directions)
        ]

    def _edits(self, case: SlotCase, moment: Moment, value: np.ndarray) -> list[lab.Edit]:
        """c with this value, and h as it was."""
        place = case.places[moment]
        restored = [
            lab.Edit(site, lab.From(self._held(site, case.base, place)), place)
            for site in self.sites
            if site != self.site
        ]
        return [*restored, lab.Edit(self.site, lab.From(value), place)]

    def _held(self, site: str, pair: SentencePair, place: int) -> np.ndarray:
        return self.run[site][self.row[pair.source], place].numpy()

    def _value(self, case: SlotCase, moment: Moment, what: What) -> np.ndarray:
        """What c becomes."""
        place = case.places[moment]
        base = self._held(self.site, case.base, place)
        source = {"current": case.current, "both": case.both}.get(what, case.coming)
        other = self._held(self.site, source, place)
        if what == "whole site, coming":
            return other
        coming, current = self.coming[moment], self.current[moment]
        apart = normal(coming - (coming @ current) * current)
        bases = {"coming": [coming], "current": [current], "both": [current, apart], "coming apart": [apart]}
        basis = np.stack(bases[what])
        return (base + (other - base) @ basis.T @ basis).astype(base.dtype)

    def _pushed(self, case: SlotCase, moment: Moment, direction: np.ndarray, draw: int) -> np.ndarray:
        """The base's c moved along a direction as far as the exchange of the coming one moves it."""
        base = self._held(self.site, case.base, case.places[moment])
        far = np.linalg.norm(self._value(case, moment, "coming") - base)
        return (base + (-1) ** draw * far * direction).astype(base.dtype)


def _cosine(states: np.ndarray, is_feminine: np.ndarray, lemmas: list[str], seed: int) -> Estimate:
    """Of the differences of means by the first gender and by the second, with an interval over noun pairs.

    states `[row, unit]`, is_feminine `[row, noun]`.
    """
    groups = Groups.of(lemmas)
    split = [(rows, ~rows) for rows in is_feminine.T]
    sums = [[groups.sums(states * rows[:, None]) for rows in both] for both in split]  # [noun][gender] [group, unit]
    counts = [[groups.sums(rows.astype(float)) for rows in both] for both in split]

    def cosines(weights: np.ndarray) -> np.ndarray:
        one, other = (
            normal(weights @ f / (weights @ n_f)[:, None] - weights @ m / (weights @ n_m)[:, None])
            for (f, m), (n_f, n_m) in zip(sums, counts, strict=True)
        )
        return (one * other).sum(-1)

    low, high = resample(len(groups), cosines, seed)
    value = float(cosines(np.ones((1, len(groups))))[0])
    return Estimate(value, float(low), float(high), len(states), "sentences", groups.method, False)


def steps_to_the_end(case: Case) -> range:
    """From the first word of the switch on, as long as a translation may be."""
    return range(switch_window(case.base, "dec")[0], longest(len(case.base.source)))
