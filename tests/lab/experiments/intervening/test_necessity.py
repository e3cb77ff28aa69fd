"""Parts of the memory and their complements: enough and needed where that is planted, and only there."""

from dataclasses import replace

import numpy as np
import pytest

from translate.lab.experiments.intervening.necessity import necessity
from translate.lab.experiments.intervening.subspace import subspace
from translate.lab.experiments.reading.units import rank
from translate.lab.planted.language import material
from translate.lab.planted.relative import make_relative
from translate.lab.probes.directions import Beside, difference_of_means, unit
from translate.lab.verdicts.claims import contained, used

CONTROLS = ("random directions", "random units", "same gender")


@pytest.mark.parametrize("name", ["one-cell", "moves", "never-forgets"])
def test_the_part_that_is_planted_is_enough_and_needed_in_either_clause(set_up, name):
    _, setup = set_up(name)
    found = necessity(setup, rank(setup))
    for part, rest in (("difference of means", "all but difference of means"), ("best units", "all but best units")):
        count = 3 if part == "best units" else None
        assert (found.of(part, count).least.value, found.of(rest, count).most.value) == (1.0, 0.0), part
    assert found.of("state").least.value == 1.0 and found.of("state").other.value == 0.0
    assert all(part.turned.value == 0.0 for part in found.parts if part.part.kind in CONTROLS)
    claim = used(found)
    assert claim.verdict == "holds" and not claim.failed and [each.verdict for each in contained(found)] == ["holds"]


def test_a_gender_that_is_held_as_a_difference_from_the_other_leaks():
    """The words of both clauses turn: of the second one in all sentences about two people of one gender."""
    planted = make_relative()
    setup = replace(planted, material=material(rounds=3)).setup()
    found = necessity(setup, rank(setup))
    (claim,) = contained(found)
    assert (found.of("state").by_clause["1"].value, found.of("state").other.value) == (1.0, 0.5)
    assert claim.verdict == "does not hold" and "changes too" in claim.statement
    pairs = setup.material.pairs("switch")
    assert setup.translator.texts([p.source_text for p in pairs]) == [p.target_text for p in pairs]


def test_a_direction_is_not_enough_where_nothing_is_stored(set_up):
    _, setup = set_up("telling-word")
    found = necessity(setup, rank(setup))
    assert found.of("state").most.value == found.of("difference of means").most.value == 0.0
    assert used(found).verdict == "does not hold"


def test_a_complement_that_turns_as_much_leaves_the_claim_open(set_up):
    """Of two cells that hold the same, one unit is made the direction: the other one is enough, too."""
    two, setup = set_up("two-cells")
    one = np.eye(setup.config.hidden)[two.units["G"]]
    found = necessity(setup, rank(setup), trained=one)
    assert found.of("all but trained direction").turned.value == found.of("trained direction").turned.value == 0.5
    assert used(found).verdict != "holds"
    both = necessity(setup, rank(setup))
    assert used(both).verdict == "holds"


def test_the_trained_direction_and_the_difference_of_means_are_two(set_up):
    """In the decoy's network the trained one reads the decoy, too; each is named, with the cosine between them."""
    _, setup = set_up("decoy")
    trained = subspace(setup, ranks=(1,), steps=30).bases[0].basis[:, 0]
    found = necessity(setup, rank(setup), trained=trained)
    assert found.of("trained direction") and found.of("difference of means")
    assert set(found.cosines) >= {"means of clause 1, trained", "means of clause 1, means of clause 2"}
    assert "trained direction of c" in used(found).statement


def test_the_encoder_holds_each_clause_in_its_own_direction(set_up):
    _, setup = set_up("one-cell")
    found = necessity(setup, side="enc")
    assert found.cosines["means of clause 1, means of clause 2"] == pytest.approx(0.0, abs=1e-6)
    assert used(found).verdict == "holds" and next(contained(found)).estimate.value == 0.0


def test_a_control_direction_is_as_long_as_varied_and_orthogonal():
    rng = np.random.default_rng(0)
    scales = np.array([8.0, 4.0, 3.0, 2.0, 1.0, 0.5, 0.1])
    x = rng.normal(size=(4000, 7)) * scales
    feminine = rng.random(4000) < 0.5
    x[:, 3] += 6 * feminine
    own = difference_of_means(x, feminine)
    beside = Beside.of(own, x)
    for _ in range(5):
        other = beside.matched(rng)
        assert np.linalg.norm(other) == pytest.approx(1) and other @ own == pytest.approx(0, abs=1e-9)
        assert x @ other @ (x @ other) / 4000 == pytest.approx(x[:, 3].var(), rel=0.15)
    assert abs(beside.components[:, 0] @ unit(np.eye(7)[0])) > 0.95  # the largest natural component
    assert beside.variances[0] > beside.own > beside.variances[-1]
