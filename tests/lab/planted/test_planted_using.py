"""What the planted networks use, cell by cell: methods that intervene, on what is then written freely.

Clamps, paths and subspaces are held to the same truth beside the other tests of `clamps.py`, `paths.py`, `subspace.py`.
"""

import numpy as np
import pytest

from translate.lab.editing.edit import Edit
from translate.lab.experiments.intervening.ablation import ablation
from translate.lab.experiments.intervening.erasure import clause_steps, erasure, fit_eraser
from translate.lab.experiments.intervening.exchange import (
    Part,
    decoder_exchange,
    encoder_exchange,
    exchange,
    state_parts,
)
from translate.lab.experiments.intervening.parts import Exchange
from translate.lab.experiments.intervening.residual import EXCHANGED, residual
from translate.lab.experiments.intervening.tally import Trial
from translate.lab.experiments.reading.units import rank
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.minimal_pairs import cases_after_noun, find_swaps
from translate.lab.tracing.site import Site


def part_of(planted, name: str) -> Part:
    """A part by its name in the truth: "(c, h)", "c", "h", or cells such as "G" and "G+H"."""
    config = planted.translator.checkpoint.config
    for part in state_parts(config, "dec"):
        if name == part.exchange.words.removesuffix(" alone"):
            return part
    return of_units([planted.units[cell] for cell in name.split("+")])


def of_units(units) -> Part:
    return Part(Exchange("best units", ("c",), len(units)), (Site("dec.l0.c"),), (tuple(units),))


def exchanged(setup, clause: int, moment: str, parts: list[Part]):
    return exchange(setup, find_swaps(setup.switch, clause, moment), parts)


@pytest.mark.parametrize("clause", [0, 1])
def test_exchanging_a_part_turns_what_is_planted_and_nothing_else(planted, planted_setup, clause):
    names = list(planted.truth.exchanged)
    effects = exchanged(planted_setup, clause, "after noun", [part_of(planted, name) for name in names])
    for name, effect in zip(names, effects, strict=True):
        assert effect.flipped.value == planted.truth.exchanged[name][clause], name
        assert effect.rest.value == 1.0 and effect.sentences == len(planted_setup.material.pairs("switch"))
        assert effect.other is None if clause and not planted.truth.returns else effect.other.value == 0.0


def test_no_other_unit_turns_anything(planted, planted_setup):
    others = [unit for name, unit in planted.units.items() if name not in planted.truth.cells]
    (effect,) = exchanged(planted_setup, 0, "after noun", [of_units(others)])
    assert (effect.flipped.value, effect.other.value, effect.rest.value) == (0.0, 0.0, 1.0)


def test_from_the_start_on_the_cell_and_not_the_noun_decides(planted, planted_setup):
    """With c alone the noun stays, and the words that agree turn; only a network that re-reads follows its noun."""
    _, *alone = state_parts(planted_setup.config, "dec")
    memory, said = exchanged(planted_setup, 0, "start", alone)
    assert (memory.flipped.value, said.flipped.value) == (1 - planted.truth.reread[0], planted.truth.reread[0])


@pytest.mark.parametrize("gender, share", [("m", 0.0), ("f", 1.0)])
def test_two_cells_that_contradict_each_other_leave_the_masculine(gender, share):
    """So exchanging one of two turns every feminine word, and no masculine one."""
    two = make_planted("two-cells")
    swaps = find_swaps(two.material.suites["test"], 0, "after noun")
    swaps = [swap for swap in swaps if swap.judged[0].gender == gender]
    (effect,) = exchange(two.setup(), swaps, [part_of(two, "G")])
    assert effect.flipped.value == share


def test_the_best_unit_of_a_ranking_may_be_a_decoy():
    decoy = make_planted("decoy")
    setup = decoy.setup()
    ranking = rank(setup)
    assert ranking.best(1) == [decoy.units["D"]]
    turned = {
        effect.part.words: effect.flipped.value
        for effect in decoder_exchange(setup, ranking)
        if effect.moment == "after noun"
    }
    assert (turned["best 1 of c"], turned["best 3 of c"], turned["random 10 of c"]) == (0.0, 1.0, 0.0)


def test_silencing_cells_shows_which_are_needed_and_which_replace_each_other(planted, planted_setup):
    names, lost = list(planted.units), {}
    for pair in ablation(planted_setup, rank(planted_setup), (1,)).pairs:
        one, two = (names[unit] for unit in pair.units)
        lost |= {one: pair.single[0].value, two: pair.single[1].value, f"{one}+{two}": pair.both.value}
    for cells, shares in planted.truth.silenced.items():
        ranked = "+".join(sorted(cells.split("+"), key=lambda cell: -planted.truth.auc[cell]))
        words = (3, 2) if planted.truth.returns else (2, 2)  # that agree with either noun
        assert lost[ranked] == pytest.approx(1 - np.average(shares, weights=words)), cells
    assert not any(share for units, share in lost.items() if units.startswith("spare"))


def test_a_linear_eraser_leaves_what_each_clause_reads_in_its_own_way():
    planted = make_planted("never-forgets")
    found = erasure(planted.setup())[0]
    assert found.sites == ("dec.l0.c",) and found.before.value == 1.0
    assert found.after.value == planted.truth.without
    assert (found.other.value, found.rest.value) == (0.0, 1.0)
    # Directions along which the states vary as much lie along the cells that hold words: a few of these are lost.
    assert found.random.value > 0.95 and found.random_rest.value > 0.8


def test_the_encoder_keeps_what_the_decoder_will_need():
    setup = make_planted("one-cell").setup()  # the encoders of all networks are the same
    for effect in encoder_exchange(setup):
        expected = 1.0 if effect.part.kind != "random units" and "c" in effect.part.states else 0.0
        assert (effect.flipped.value, effect.other.value, effect.rest.value) == (expected, 0.0, 1.0), effect.part
    assert residual(setup, "enc").of(EXCHANGED, "whole").turned.value == 1.0


@pytest.mark.parametrize("clause, kept, turned", [(0, 1.0, 0.0), (1, 0.0, 1.0)])
def test_an_eraser_fitted_over_both_clauses_may_leave_one_and_turn_the_other(set_up, clause, kept, turned):
    """Together half of the words are right, as if the gender were gone."""
    _, setup = set_up("turns")
    eraser, trial = fit_eraser(setup, "dec.l0.c"), Trial.of(setup, cases_after_noun(setup.switch, clause)).tested
    counted = trial.count([[Edit("dec.l0.c", eraser, clause_steps(case))] for case in trial.cases])
    assert (counted.kept.value, counted.turned.value) == (kept, turned)
