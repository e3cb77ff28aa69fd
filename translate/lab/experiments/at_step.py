"""What has a training come to after so many steps? The measures of one model by which `emergence` follows it.

The exchanges are counted where a model does not translate yet, too: not by what it writes freely, but by whether the
clause's first agreeing word that is judged would rather have the other gender, under teacher forcing.

Misleads when the gates are taken for those of the units that carry the gender *now*: they are the last weights' units.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.experiments.reading.accuracy import accuracy
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import TwoNouns, two_nouns
from translate.lab.sentences.minimal_pairs import Swap, find_swaps
from translate.lab.statistics.estimate import NAN, Estimate, nothing_measured
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import LOGITS, Site, states_of


@dataclass(frozen=True)
class AtStep(Shown):
    """What a training has come to after a step. The gates are None where the cell has none of this kind.

    decoder, encoder: readout of the current gender from the memory, on nouns it was not fitted on, fitted anew.
    direction: the cosine of the difference of means (feminine − masculine, over minimal pairs one word after their
    noun) and that of the last weights; two random directions of n units have one of about n^-½.
    boundary: share of what the best units hold that their forget gates drop from the clause's last agreeing word to the
    second noun, 1 − Π f. inside: the same over as many words between the noun and its last agreeing word.
    noun, elsewhere: their input gates when a noun is read, and at the words between.
    cell: pairs whose next judged word would rather have the other gender when c alone (of a cell without c, h) comes
    from the other sentence, h restored, of those that preferred their own. axis: the same along `direction` alone;
    complement: the same but for `direction`. agreement: of the words of free translations, by suite.
    """

    step: int
    model: str
    decoder: Estimate
    encoder: Estimate
    direction: Estimate
    boundary: Estimate | None
    inside: Estimate | None
    noun: Estimate | None
    elsewhere: Estimate | None
    cell: Estimate
    axis: Estimate
    complement: Estimate
    agreement: dict[str, Estimate]


def at_step(setup: Setup, step: int, units: Sequence[int], axis: np.ndarray) -> AtStep:
    """All measures of one model. units: whose gates are looked at; axis `[unit]`: the direction of the last weights."""
    fitting, tested = Pairs.of(setup, fitting=True), Pairs.of(setup, fitting=False)
    differences = fitting.differences()
    own = unit_vector(differences.mean(0))
    boundary, inside, noun, elsewhere = _gates(setup, units)
    readings = [words.mean(words.unseen()) for words in map(setup.halves, (setup.memory, setup.memory.on("enc")))]
    return AtStep(
        step=step,
        model=setup.translator.checkpoint.hash,
        decoder=readings[0],
        encoder=readings[1],
        direction=_cosine(differences, fitting.lemmas, axis, setup.seed),
        boundary=boundary,
        inside=inside,
        noun=noun,
        elsewhere=elsewhere,
        cell=tested.turned(None),
        axis=tested.turned(np.outer(own, own)),
        complement=tested.turned(np.eye(len(own)) - np.outer(own, own)),
        agreement=accuracy(setup).by_suite,
    )


@dataclass(frozen=True)
class Pairs:
    """Minimal pairs, and what the decoder holds of each one word after its noun.

    base, source: by site, `[pair, unit]`, while the two sentences are read and written as they should be.
    """

    setup: Setup
    swaps: list[Swap]
    base: dict[Site, np.ndarray]
    source: dict[Site, np.ndarray]

    @classmethod
    def of(cls, setup: Setup, fitting: bool) -> "Pairs":
        """Those about nouns for fitting, or about nouns for testing, of both clauses."""
        swaps = [swap for clause in (0, 1) for swap in find_swaps(setup.switch, clause, "after noun")]
        split = setup.split
        swaps = [each for each in swaps if (split.fits(each.base) if fitting else each.lemma in split.test)]
        if not swaps:
            raise TranslateError("The switch suite has no minimal pairs to exchange anything between.")
        pairs, places = [each.base for each in swaps] + [each.source for each in swaps], [s.place for s in swaps] * 2
        sites = states_of(setup.config, "dec")
        trace = lab.trace(setup.translator, pairs, pairs, sites, network=setup.network)
        held = {site: trace.at(site, step=places).numpy() for site in sites}
        count = len(swaps)
        return cls(
            setup, swaps, {site: held[site][:count] for site in sites}, {site: held[site][count:] for site in sites}
        )

    @property
    def lemmas(self) -> list[str]:
        """The noun pair of each."""
        return [swap.lemma for swap in self.swaps]

    def differences(self) -> np.ndarray:
        """Feminine − masculine at the memory of the last layer, `[pair, unit]`."""
        signs = np.array([1 if swap.first_judged.gender == "m" else -1 for swap in self.swaps])
        return signs[:, None] * (self.source[self.setup.memory] - self.base[self.setup.memory])

    def turned(self, matrix: np.ndarray | None) -> Estimate:
        """Of the pairs that prefer their own form, how many prefer the other's when part of the memory is exchanged.

        matrix `[unit, unit]`: by which the difference of the two is moved into the last layer's memory; None: the
        memory of every layer is exchanged whole. All other states are restored.
        """
        memory = self.setup.memory
        moved = {site: self.source[site] for site in self.base if site.name == memory.name}
        if matrix is not None:
            moved = {memory: self.base[memory] + (self.source[memory] - self.base[memory]) @ matrix}
        values = self.base | moved
        runs = [
            [lab.Edit(site, lab.Set(values[site][row]), swap.place) for site in values]
            for row, swap in enumerate(self.swaps)
        ]
        prefers_own = self._margins([[]] * len(self.swaps)) < 0
        turned = self._margins(runs) > 0
        lemmas = np.array(self.lemmas)[prefers_own]
        return lab.mean_over(turned[prefers_own], lemmas, "words", self.setup.seed)

    def _margins(self, runs: Sequence[Sequence[lab.Edit]]) -> np.ndarray:
        """By how much the first judged word's other form has the higher logit, `[pair]`."""
        words, rows = [swap.first_judged for swap in self.swaps], np.arange(len(self.swaps))
        bases, network = [swap.base for swap in self.swaps], lab.EditedNetwork(self.setup.network, runs)
        trace = lab.trace(self.setup.translator, bases, bases, [LOGITS], network=network)
        logits, ids = trace.at(LOGITS, step=[word.position for word in words]), self.setup.translator.target.ids
        own = ids([pair.target[word.position] for pair, word in zip(bases, words, strict=True)])
        other = ids([word.other for word in words])
        return (logits[rows, other] - logits[rows, own]).numpy()


def _cosine(differences: np.ndarray, lemmas: Sequence[str], axis: np.ndarray, seed: int) -> Estimate:
    """The cosine of the mean of `differences` `[pair, unit]` and the unit vector `axis`, with an interval."""
    groups = lab.Groups.of(lemmas)

    def cosine(means: np.ndarray) -> np.ndarray:
        return (means @ axis) / np.linalg.norm(means, axis=-1)

    with np.errstate(invalid="ignore", divide="ignore"):
        value = float(cosine(differences.mean(0)))
    if not np.isfinite(value):
        return nothing_measured("pairs", is_share=False)
    sums = groups.sums(differences)
    low, high = lab.resample(len(groups), lambda weights: cosine(weights @ sums), seed)
    ends = min(float(low), value), max(float(high), value)  # of the last direction with itself all draws lie below
    return Estimate(value, *ends, len(differences), "pairs", groups.method, is_share=False)


def _gates(setup: Setup, units: Sequence[int]) -> tuple[Estimate | None, ...]:
    """What the units' forget gates drop at the boundary and inside the clause, their input gates at nouns and not."""
    if setup.config.cell != "lstm":
        return (None,) * 4
    pairs = setup.material.pairs("switch")
    sentences = [each for each in two_nouns(pairs) if each.lemmas[1] in setup.split.test]
    sites = [setup.memory.named(gate) for gate in "fi"]
    trace = lab.trace(setup.translator, pairs, pairs, sites, network=setup.network)
    forget, write = (trace[site].numpy()[..., list(units)] for site in sites)
    values = np.array(
        [_gates_of(each, _last_word(pairs[each.sentence], each), forget, write) for each in sentences]
    ).reshape(-1, 4)
    lemmas = np.array([each.lemmas[1] for each in sentences], dtype=str)
    known = ~np.isnan(values)
    return tuple(
        lab.mean_over(column[rows], lemmas[rows], "sentences", setup.seed)
        for column, rows in zip(values.T, known.T, strict=True)
    )


def _last_word(pair: SentencePair, sentence: TwoNouns) -> int:
    """The position of the first clause's last agreeing word, or of its noun."""
    return max((w.position for w in pair.agreements if w.clause == 0), default=sentence.first.dec - 1)


def _gates_of(
    sentence: TwoNouns, last: int, forget: np.ndarray, write: np.ndarray
) -> tuple[float, float, float, float]:
    """The four numbers of one sentence; those inside the clause are NaN where it has no word in between."""
    first, second, row = sentence.first.dec, sentence.second.dec, sentence.sentence
    boundary, inside = slice(last + 1, second + 1), slice(first + 1, last + 1)
    kept_there = forget[row, boundary].prod(0)
    noun = float(write[row, [first, second]].mean())
    if last <= first:
        return float(1 - kept_there.mean()), NAN, noun, NAN
    words = (second - last) / (last - first)
    kept_inside = forget[row, inside].prod(0) ** words
    return float(1 - kept_there.mean()), float(1 - kept_inside.mean()), noun, float(write[row, inside].mean())


def unit_vector(direction: np.ndarray) -> np.ndarray:
    """A direction with length 1; zeros stay."""
    return direction / max(float(np.linalg.norm(direction)), 1e-12)
