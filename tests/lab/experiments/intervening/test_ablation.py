"""Silenced units: which are needed, and which stand in for each other."""

from dataclasses import replace

import numpy as np

from translate.lab.experiments.intervening.ablation import KINDS, ablation
from translate.lab.experiments.reading.units import rank
from translate.lab.sentences.material import Material


def test_agreement_without_the_cells_is_what_is_planted(planted, planted_setup):
    """Both clauses are pooled, half of the words from each; without a gender the masculine is said by habit."""
    count = len(planted.truth.cells)
    found = ablation(planted_setup, rank(planted_setup), (count,))
    wanted = np.mean(planted.truth.silenced["+".join(planted.truth.cells)])
    zero, mean, null = found.of("zero", count), found.of("mean", count), found.of("mean", count, random=True)
    assert set(zero.units) == {planted.units[cell] for cell in planted.truth.cells}
    assert zero.agreement.value == mean.agreement.value == wanted
    if not planted.truth.returns:  # there the first clause lasts beyond the second, which then lacks its gender, too
        assert zero.rest.value == 1.0 and zero.other.value == 0.0
    assert null.agreement.value > 0.9 and null.draws == 3 and null.is_random  # what varies as much holds a word or two


def test_two_cells_stand_in_for_each_other_and_a_decoy_for_nobody(set_up):
    for name, silent, beyond in (("two-cells", "H", 0.5), ("decoy", "D", 0.0)):
        planted, setup = set_up(name)
        cells = {planted.units[cell] for cell in planted.truth.cells}
        (pair,) = [pair for pair in ablation(setup, rank(setup), (1,)).pairs if set(pair.units) == cells]
        alone = pair.single[pair.units.index(planted.units[silent])]
        assert alone.value == 0.0 and pair.beyond.value == beyond
        assert pair.both.value == 0.5


def test_random_units_are_drawn_from_the_others_and_the_same_again(set_up):
    _, setup = set_up("one-cell")
    first, again = (ablation(setup, rank(setup), (1,)) for _ in range(2))
    assert first == again
    assert {(one.kind, one.is_random) for one in first.sets} == {(kind, random) for kind in KINDS for random in (0, 1)}


def test_without_sentences_there_is_no_ablation(set_up):
    _, setup = set_up("one-cell")
    assert ablation(replace(setup, material=Material({}, "nothing")), rank(setup)) is None


def test_the_shipped_model_needs_its_best_units(lesson_setup):
    found = ablation(lesson_setup, rank(lesson_setup), (10,))
    for kind in KINDS:
        assert found.of(kind, 10).agreement.value < 0.7 < found.of(kind, 10, random=True).agreement.value
