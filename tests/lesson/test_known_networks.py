"""The tour's numbers about networks whose truth is known: written by hand, nothing is trained."""

from functools import cache

import numpy as np
import pytest

from translate.lab.planted.language import material
from translate.lab.planted.networks import make_planted
from translate.lesson.material import BEST, TourMaterial
from translate.lesson.mechanics import cases, valves
from translate.lesson.steps import steps
from translate.lesson.switching import output, switch

pytestmark = pytest.mark.numerical


class Known(TourMaterial):
    """Its units are not ranked, as the lesson's sentences are not in its words: the gender cells come first anyway."""

    best = np.arange(0)


@cache
def known(name: str) -> tuple[Known, object]:
    planted = make_planted(name)
    found = Known(planted.translator, planted.setup().readout, material(rounds=3).suites["switch"])
    found.best = np.arange(planted.translator.checkpoint.config.hidden)
    return found, planted.truth


@pytest.mark.parametrize(
    ("name", "closing", "changed", "erased"),
    [("one-cell", 1, 1.0, 1.0), ("two-cells", 2, 1.0, 1.0), ("overwritten", 0, 0.0, 0.0), ("erased", 0, 0.0, 1.0)],
)
def test_what_the_valves_do_at_the_switch(name, closing, changed, erased):
    found, truth = known(name)
    numbers = switch(found)
    assert numbers["closing_units"].value == closing
    assert numbers["joint_changed"].value == changed and numbers["joint_cleared"].value == 0
    assert numbers["forget_joint"].value == pytest.approx(1 - (closing > 0), abs=1e-6)
    # What "erased" loses is lost with the last word of the first clause, before the joint.
    assert numbers["erased_share"].value == pytest.approx(erased, abs=1e-4)
    assert numbers["switch_same_gap"].value == pytest.approx(0, abs=1e-6)
    assert steps()[6].answer(numbers).id == {0: "none", 1: "some", 2: "some"}[closing]
    assert len(truth.cells) >= closing


def test_the_mean_at_one_place_is_that_of_the_units_not_of_the_lowest_words():
    """Of three units one closes: the mean falls by a third, at the one place where it does."""
    numbers = switch(known("one-cell")[0])
    assert numbers["forget_noun"].value == pytest.approx(1 - 1 / BEST, abs=1e-6)
    assert numbers["forget_place"].value == "at the second noun" and numbers["forget_inside"].value == pytest.approx(1)


def test_where_the_cell_is_shut_the_agreement_is_a_habit_and_other_units_do_nothing():
    numbers = output(known("one-cell")[0])
    assert numbers["output_free_right"].value == 1 == numbers["output_random_right"].value
    assert numbers["output_shut_right"].value == 0.5 == numbers["output_shut_loss"].value
    assert numbers["output_shut_loss"].low > 0.1


def test_valves_that_stand_open_or_closed_are_never_between():
    found, _ = known("one-cell")
    numbers = cases(found)
    assert sum(numbers[f"case_{name}"].value for name in ("kept", "changed", "added", "cleared")) > 0.9
    forget = found.values("dec.l0.f")
    moving = (np.nanmax(forget, 1) > 2 / 3) & (np.nanmin(forget, 1) < 1 / 3)
    assert moving[:, 0].all() and valves(found)["valves_moving"].value == pytest.approx(moving.mean())
