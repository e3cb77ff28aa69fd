"""What closes the valve? The sum that a gate is told, word by word, taken apart exactly; then the paths are cut.

A gate is σ(W x + U h + b): what the word that is read says to it, what the state says, and its bias. At the words at
which a sentence turns from its first noun to its second (`switch_words`) the sum is that of its parts: the word; h
along the readout's direction of gender; the rest of h; the bias. The account is exact (`conservation`), for the best
units' forget gate f and input gate i, and each part is told as its difference from what it is while the first noun's
gender is held (the mean over those words, on nouns for fitting).

A part that is large need not matter. So it is cut: at those words it is set to that mean (z − part + mean, the part as
it is in the sentence's own run), and what the decoder then writes shows whether the valve stays open, and whether the
old gender comes back. Controls: sentences of one gender, in which the right gender must stay; the same cut on random
units; and the forget gate held open as the ceiling.

Misleads when: parts are called independent. The state has heard the words before: a valve that is closed by "the rest
of h" may be closed by the last word but one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from translate import lab
from translate.lab.editing.network import Run
from translate.lab.experiments.intervening.tally import Tally, Trial
from translate.lab.experiments.mechanism.told import PARTS, Sums, held_means, sums_of
from translate.lab.experiments.reading.units import Ranking
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import two_nouns
from translate.lab.sentences.minimal_pairs import ClampCase, find_clamp_cases
from translate.lab.sentences.switch_words import in_order, switch_words
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.statistics.shown import Shown

GATES = ("f", "i")
UNITS, DRAWS, LOUDEST = 3, 3, 5
Cutting = Literal["word", "gender", "rest of h", "all", "open"]
"""Which part is cut; all: all three; open: the ceiling, f = 1 (with i: i = 0)."""
CUTS: tuple[Cutting, ...] = ("word", "gender", "rest of h", "all", "open")
_HELD = {"f": lab.Set(1.0), "i": lab.Set(0.0)}


@dataclass(frozen=True)
class Told:
    """What one gate is told in sentences of one kind ("m>f"): courses over `words`, by their place in that list.

    pre: the whole sum; gate: σ of it. word, gender, rest: how far each part is from what it is while the gender is
    held. Means over the best units.
    """

    gate: str
    kind: str
    words: list[str]
    pre: Course
    open: Course
    word: Course
    gender: Course
    rest: Course


@dataclass(frozen=True)
class Cut:
    """What came of one cut, at all of the words, on sentences that switch the gender.

    gates: "f", "i" or "f, i". is_random: on random units instead of the best ones. old, new, neither: the words that
    agree with the second noun, by the gender they took; rest: sentences whose other words all stayed. same: of the
    words in sentences without a switch, those that kept the right gender. kept: what the forget gates leave of the cell
    over the words, ∏ f; let_in: the largest i. Means over the units.
    """

    gates: str
    cut: Cutting
    is_random: bool
    old: Estimate
    new: Estimate
    neither: Estimate
    rest: Estimate
    same: Estimate
    kept: Estimate
    let_in: Estimate


@dataclass(frozen=True)
class Speaker:
    """A unit of h, and what it adds to a gate at a word, beyond what it adds while the gender is held."""

    unit: int
    adds: Estimate


@dataclass(frozen=True)
class Closing(Shown):
    """The accounts and the cuts.

    units: whose gates. told: by gate and kind of sentence. held: by gate, what each part and the bias are while the
    gender is held. loudest: by gate, the units of h that say most at the word where f is lowest and i highest.
    conservation: the largest error of any sum. switching, same: sentences.
    """

    units: list[int]
    told: tuple[Told, ...]
    held: dict[str, dict[str, float]]
    loudest: dict[str, list[Speaker]]
    cuts: tuple[Cut, ...]
    conservation: float
    switching: int
    same: int

    def of(self, gates: str, cut: Cutting, is_random: bool = False) -> Cut | None:
        """One of the cuts, None where it was not made."""
        return next((c for c in self.cuts if (c.gates, c.cut, c.is_random) == (gates, cut, is_random)), None)


def closing(setup: Setup, ranking: Ranking, count: int = UNITS) -> Closing | None:
    """Take the sums of the best units' gates apart, and cut their parts; on sentences whose second noun is a test noun.

    ranking: of the decoder's units. count: how many of the best. None for a cell without these gates, and where no
    sentence can be judged.
    """
    if setup.config.cell != "lstm":
        return None
    trial = Trial.of(setup, find_clamp_cases(setup.switch, setup.split.test))
    if not any(case.same is not None for case in trial.cases):
        return None
    best = tuple(map(int, ranking.best(count)))
    pairs = [case.base for case in trial.cases]
    sums = sums_of(setup, pairs, [trial.own[pair.source] for pair in pairs], GATES)
    held, mean = held_means(setup, GATES)
    rows: dict[str, list[int]] = {}
    for each in two_nouns(pairs):
        rows.setdefault(each.kind, []).append(each.sentence)
    return Closing(
        units=list(best),
        told=tuple(
            _told(sums, held[gate], best, gate, kind, rows[kind], trial) for gate in GATES for kind in sorted(rows)
        ),
        held={gate: _named(held[gate], sums.bias[gate], best) for gate in GATES},
        loudest={gate: _loudest(sums, mean, best, gate, trial) for gate in GATES},
        cuts=_Cutter(trial, sums, held, best, ranking).cuts(),
        conservation=float(sums.errors[list(best)].max()),
        switching=sum(case.same is not None for case in trial.cases),
        same=sum(case.same is None for case in trial.cases),
    )


def _named(held: np.ndarray, bias: np.ndarray, units: tuple[int, ...]) -> dict[str, float]:
    """What each part, `[part, unit]`, and the bias are by name, as means over these units."""
    means = [*held[:, units].mean(1), bias[list(units)].mean()]
    return {name: float(mean) for name, mean in zip((*PARTS, "bias"), means, strict=True)}


def _told(
    sums: Sums,
    held: np.ndarray,
    units: tuple[int, ...],
    gate: str,
    kind: str,
    rows: Sequence[int],
    trial: Trial[ClampCase],
) -> Told:
    """One gate's account in the sentences `rows`, word by word; held: what each part is else, `[part, unit]`."""
    from scipy.special import expit

    named = [switch_words(trial.cases[row].base, "dec") for row in rows]
    words = in_order(name for names in named for name in names.values())
    pre = sums.pre[gate][:, :, units]
    values = {
        "pre": pre.mean(-1),
        "open": expit(pre).mean(-1),
        **{
            name: (sums.parts[gate][:, :, part] - held[part])[..., units].mean(-1)
            for name, part in zip(("word", "gender", "rest"), range(len(PARTS)), strict=True)
        },
    }
    lemmas = [trial.cases[row].lemma for row in rows]

    def course(of: np.ndarray) -> Course:
        at = [[[step for step, name in names.items() if name == word] for word in words] for names in named]
        table = [
            [of[row, steps].mean() if steps else np.nan for steps in by_word]
            for row, by_word in zip(rows, at, strict=True)
        ]
        return lab.course_over(np.array(table), lemmas, range(len(words)), trial.setup.seed)

    return Told(gate=gate, kind=kind, words=words, **{name: course(of) for name, of in values.items()})


def _loudest(sums: Sums, mean: np.ndarray, units: tuple[int, ...], gate: str, trial: Trial[ClampCase]) -> list[Speaker]:
    """The units of h that say most, beyond what they else say, where the sum is furthest from what it else is.

    mean `[unit]`: h while the gender is held. Where the sum is furthest is asked of each sentence by itself.
    """
    weights = sums.recurrent[gate][list(units)].mean(0)
    sign = -1 if gate == "f" else 1
    heard = []
    for row, case in enumerate(trial.cases):
        window = list(case.windows["dec"])
        step = window[int(np.argmax(sign * sums.pre[gate][row][window][:, units].mean(-1)))]
        heard.append((sums.before[row, step] - mean) * weights)
    said = np.array(heard)
    loudest = np.argsort(-np.abs(said.mean(0)), kind="stable")[:LOUDEST]
    return [Speaker(int(unit), replace(_mean(trial, said[:, unit]), is_share=False)) for unit in loudest]


def _mean(trial: Trial[ClampCase], values: np.ndarray) -> Estimate:
    """The mean of a number for each sentence, `[case]`, with an interval over noun pairs."""
    return lab.mean_over(values, trial.lemmas, "sentences", trial.setup.seed)


class _Cutter:
    """The sentences, what each part gives there, and what it gives else."""

    def __init__(
        self,
        trial: Trial[ClampCase],
        sums: Sums,
        held: Mapping[str, np.ndarray],
        best: tuple[int, ...],
        ranking: Ranking,
    ):
        self.trial, self.sums, self.held, self.site = trial, sums, held, ranking.site
        rng = np.random.default_rng(trial.setup.seed)
        self.best = [best]
        self.random = [ranking.others(len(best), rng) for _ in range(DRAWS)]

    def cuts(self) -> tuple[Cut, ...]:
        """Each part cut in f, in i and in both; the whole sum also on random units."""
        gates: tuple[tuple[str, ...], ...] = (("f",), ("i",), GATES)
        wanted = [(which, cut, self.best) for which in gates for cut in CUTS]
        wanted += [(which, cut, self.random) for which in gates for cut in ("all", "open")]
        draws = [[self._runs(which, cut, units) for units in sets] for which, cut, sets in wanted]
        tallies = self.trial.count_each(draws)
        return tuple(
            self._cut(which, cut, sets, runs, counted)
            for (which, cut, sets), runs, counted in zip(wanted, draws, tallies, strict=True)
        )

    def _cut(
        self, gates: tuple[str, ...], cut: Cutting, sets: list[tuple[int, ...]], draws: list[list[Run]], counted: Tally
    ) -> Cut:
        switches = np.array([case.same is not None for case in self.trial.cases])
        words, turned, kept = switches[counted.word_cases], counted.turned_words, counted.kept_words
        switching = self.trial.only([case for case in self.trial.cases if case.same is not None])
        left, let_in = self._gates_of(
            switching, [run for run, of in zip(draws[0], switches, strict=True) if of], sets[0]
        )
        return Cut(
            gates=", ".join(gates),
            cut=cut,
            is_random=sets is self.random,
            old=counted.share(turned, words),
            new=counted.share(kept, words),
            neither=counted.share(1 - turned - kept, words),
            rest=_mean(switching, counted.rest_of_cases[switches]),
            same=counted.share(kept, ~words),
            kept=left,
            let_in=let_in,
        )

    def _runs(self, gates: tuple[str, ...], cut: Cutting, units: tuple[int, ...]) -> list[Run]:
        """The edits of all sentences."""
        return [
            [self._edit(row, case, gate, cut, units) for gate in gates] for row, case in enumerate(self.trial.cases)
        ]

    def _edit(self, row: int, case: ClampCase, gate: str, cut: Cutting, units: tuple[int, ...]) -> lab.Edit:
        window = case.windows["dec"]
        if cut == "open":
            return lab.Edit(self.site.named(gate), _HELD[gate], window, units)
        parts = range(len(PARTS)) if cut == "all" else [PARTS.index(cut)]
        given = self.sums.parts[gate][row][:, parts][..., units]  # [time, part, unit]
        more = (self.held[gate][parts][:, units] - given).sum(1)
        return lab.Edit(self.site.named(f"{gate}_pre"), lab.Add(more[: window[-1] + 1]), window, units)

    def _gates_of(
        self, trial: Trial[ClampCase], runs: Sequence[Run], units: tuple[int, ...]
    ) -> tuple[Estimate, Estimate]:
        """∏ f and the largest i over the words of these sentences, as the edited runs have them; means."""
        network = lab.EditedNetwork(trial.setup.network, runs)
        sites = [self.site.named(gate) for gate in GATES]
        pairs = [case.base for case in trial.cases]
        own = [trial.own[pair.source] for pair in pairs]
        run = lab.trace(trial.setup.translator, pairs, own, sites, network=network)
        kept, let_in = [], []
        for row, case in enumerate(trial.cases):
            f, i = (run[site][row, list(case.windows["dec"])][:, list(units)].numpy() for site in sites)
            kept.append(f.prod(0).mean())
            let_in.append(i.max(0).mean())
        return _mean(trial, np.array(kept)), _mean(trial, np.array(let_in))
