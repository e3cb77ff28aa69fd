"""What an edit does, on networks with random weights: theorems that hold for any weights."""

import numpy as np
import pytest

from tests.arithmetic import FLOAT64
from tests.lab.small_networks import KINDS, SOURCES, UNITS, begins, decode, make, orthonormal, own, record, tokens
from translate.errors import TranslateError
from translate.lab.editing.counterfactual import forced
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import EditedNetwork, Edits
from translate.lab.editing.operations import (
    Add,
    Affine,
    Clamp,
    From,
    InSubspace,
    Mean,
    Noise,
    Resample,
    Scale,
    Set,
    Zero,
)
from translate.lab.tracing.site import LOGITS, sites_of, states_of
from translate.model import search
from translate.tokenizer import START

pytestmark = pytest.mark.numerical

# ------------------------------------------------------------------------------------------- what changes nothing


@pytest.mark.parametrize(("kind", "layers", "reverse"), KINDS)
def test_a_runs_own_values_change_nothing_at_any_site(kind, layers, reverse):
    network = make(kind, layers, reverse)
    held = [record(network, source) for source in SOURCES]
    for site in [*sites_of(network.config), LOGITS]:
        assert tokens(decode(network, SOURCES, [[Edit(site, From(values[site]))] for values in held])) == own(network)
    site = states_of(network.config, "dec")[0]
    as_set = [[Edit(site, Set(row), t) for t, row in enumerate(values[site])] for values in held]
    assert tokens(decode(network, SOURCES, as_set)) == own(network)


IDENTITIES = [
    Scale(1),
    Noise(0),
    Clamp(),
    Affine(np.eye(UNITS)),
    Affine.projecting_out(np.zeros((UNITS, 0))),
    InSubspace(np.zeros((UNITS, 0)), np.ones(UNITS)),
    From(np.zeros((0, UNITS))),
    From(np.full((3, UNITS), np.nan)),
    Add(np.zeros(UNITS)),
    Add(np.zeros((2, UNITS))),
]


@pytest.mark.parametrize("operation", IDENTITIES, ids=lambda operation: type(operation).__name__)
@pytest.mark.parametrize("numpy", [True, False])
def test_operations_that_say_nothing_change_no_number(operation, numpy):
    network = make(numpy=numpy)
    runs = [[Edit("dec.l0.c", operation), Edit("enc.l0.f", operation)]] * len(SOURCES)
    edited, plain = decode(network, SOURCES, runs, scores=True), search.greedy(network, SOURCES)
    assert tokens(edited) == tokens(plain)
    for one, other in zip(edited, plain, strict=True):
        assert one.log_probs == pytest.approx(other.log_probs, abs=FLOAT64)


def test_an_edit_of_no_unit_or_no_step_changes_nothing():
    network = make()
    (plain,) = own(network)[:1]
    late = Edit("dec.l0.c", Zero(), len(plain) + 1)
    for edit in (Edit("dec.l0.c", Zero(), units=()), Edit("dec.l0.c", Zero(), steps=()), late):
        assert tokens(decode(network, SOURCES[:1], [[edit]])) == [plain]


# ------------------------------------------------------------------------------------------------ what changes what


@pytest.mark.parametrize(("kind", "layers", "reverse"), KINDS)
def test_the_whole_state_of_another_run_is_that_run(kind, layers, reverse):
    """At step 0 both have read the start mark: from there on the edited run is the other sentence's."""
    network = make(kind, layers, reverse)
    twins = SOURCES[1:] + SOURCES[:1]
    held = [record(network, twin) for twin in twins]
    runs = [[Edit(site, From(values[site]), 0) for site in states_of(network.config, "dec")] for values in held]
    assert begins(decode(network, SOURCES, runs)) == begins(search.greedy(network, twins)) != own(network)


def test_the_whole_state_later_on_is_the_other_run_after_the_same_word():
    network, (base, twin) = make(), (SOURCES[0], SOURCES[2])
    theirs, held = tokens(search.greedy(network, [twin]))[0], record(network, twin)
    for t in range(1, len(theirs)):
        run = [Edit(site, From(held[site]), t) for site in states_of(network.config, "dec")]
        found = decode(network, [base], [[*forced(theirs[:t], 11), *run]])
        assert begins(found)[0] == theirs[: search.longest(1)]


@pytest.mark.parametrize(("kind", "layers", "reverse"), KINDS)
def test_the_encoders_last_state_is_the_other_sentence_for_any_lengths(kind, layers, reverse):
    network = make(kind, layers, reverse)
    twins = SOURCES[1:] + SOURCES[:1]
    runs = []
    for source, twin in zip(SOURCES, twins, strict=True):
        held = record(network, twin)
        mine, theirs = (0, 0) if reverse else (len(source) - 1, len(twin) - 1)
        runs.append([Edit(site, Set(held[site][theirs]), mine) for site in states_of(network.config, "enc")])
    assert begins(decode(network, SOURCES, runs)) == begins(search.greedy(network, twins))


@pytest.mark.parametrize("operation", [From, lambda values: InSubspace(orthonormal(UNITS), values)])
def test_a_subspace_of_full_rank_is_the_whole_site(operation):
    network, held = make(), record(make(), SOURCES[2])
    runs = [[Edit("dec.l0.c", operation(held["dec.l0.c"]), 1)] for _ in SOURCES]
    whole = [[Edit("dec.l0.c", Set(held["dec.l0.c"][1]), 1)] for _ in SOURCES]
    assert tokens(decode(network, SOURCES, runs)) == tokens(decode(network, SOURCES, whole)) != own(network)


def test_a_subspace_edit_moves_what_lies_in_it_and_nothing_else():
    z, v = np.random.default_rng(1).normal(size=(2, 5, UNITS))
    basis = orthonormal(2)
    new = Edits([Edit("l0.c", InSubspace(basis, v[0]))])("l0.c", 0, z)
    assert new @ basis == pytest.approx(np.tile(v[0] @ basis, (5, 1)))
    rest = np.eye(UNITS) - basis @ basis.T
    assert new @ rest == pytest.approx(z @ rest)


def test_operations_say_what_they_do():
    z = np.arange(6, dtype=np.float64).reshape(2, 3)
    basis = np.array([[1.0], [0.0], [0.0]])

    def made(operation, units=None):
        return Edits([Edit("l0.c", operation, units=units)])("l0.c", 4, z).tolist()

    assert made(Set(9), (1,)) == [[0, 9, 2], [3, 9, 5]]
    assert made(Set([7, 8, 9]), (2, 0)) == [[7, 1, 9], [7, 4, 9]]  # one number for each unit of the site
    assert made(Set([7, 8]), (2, 0)) == [[8, 1, 7], [8, 4, 7]]  # one for each edited unit, in their order
    assert made(Zero()) == [[0] * 3] * 2
    assert made(Mean([1, 2, 3])) == [[1, 2, 3]] * 2
    assert made(Scale([1, 2, 3])) == [[0, 2, 6], [3, 8, 15]]
    assert made(Clamp(1, 4)) == [[1, 1, 2], [3, 4, 4]]
    assert made(Clamp(high=[0, 9, 9])) == [[0, 1, 2], [0, 4, 5]]
    assert made(Affine(2 * np.eye(3), 1)) == [[1, 3, 5], [7, 9, 11]]
    assert made(Affine(np.array([[0, 1], [1, 0]])), (0, 2)) == [[2, 1, 0], [5, 4, 3]]
    assert made(Affine.projecting_out(basis, [5, 6, 7])) == [[5, 1, 2], [5, 4, 5]]
    assert made(From([[0, 0, 0]] * 4 + [[1, 1, 1]])) == [[1, 1, 1]] * 2
    assert made(From([[0, 0, 0]] * 4)) == z.tolist()
    assert made(Add([[0, 0, 0]] * 4 + [[1, 2, 3]])) == [[1, 3, 5], [4, 6, 8]]
    assert made(Add([10]), (1,)) == [[0, 11, 2], [3, 14, 5]]
    assert z.tolist() == [[0, 1, 2], [3, 4, 5]]


def test_edits_at_one_place_are_made_in_their_order():
    network = make()
    add, double = Affine(np.eye(UNITS), 1.0), Scale(2)
    seen = {}

    def keep(site, t, value):
        if site == "dec.l0.c" and t == 1:
            seen["c"] = np.array(value)
        return value

    plain = record(network, SOURCES[0])["dec.l0.c"][1]
    runs = [
        [Edit("dec.l0.c", add, 1), Edit("dec.l0.c", double, 1)],
        [Edit("dec.l0.c", double, 1), Edit("dec.l0.c", add, 1)],
    ]
    search.decode(EditedNetwork(network.watched(keep), runs), np.array([SOURCES[0]] * 2))
    assert seen["c"] == pytest.approx(np.stack([2 * (plain + 1), 2 * plain + 1]), abs=FLOAT64)


# ------------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda: Edit("dec.l0.fg", Set(1)), "did you mean dec.l0.f?"),
        (lambda: Edit("dec.l1.f", Set(1)), "did you mean dec.l0.f?"),
        (lambda: Edit("c", Set(1)), "There is no site c in this model"),
        (lambda: Edit("dec.l0.c", Set(1), units=(UNITS,)), "the last is 6"),
        (lambda: Edit("enc.l0.c", Set(1), 4), "its last step is 3"),
        (lambda: Edit("dec.l0.c", Set(1), 99), "its last step is 27"),
        (lambda: Edit("dec.l0.c", Set([1, 2])), r"values of shape \[2\] for 7 units"),
        (lambda: Edit("dec.l0.c", Affine(np.eye(3))), "a matrix for 3 units, but edits 7"),
        (lambda: Edit("dec.l0.c", Set(1), -1), "from 0 on"),
        (lambda: Edit("dec.l0.c", Set(1), units=(1, 1)), "different numbers"),
        (lambda: Edit("dec.l0.c", Set(1), 1.5), "whole numbers"),
        (lambda: Edit("dec.l0.c", 1.0), "needs an operation such as Set"),
        (lambda: Edit("dec.l0.c", Set(float("nan"))), "NaN"),
        (lambda: Edit("dec.l0.c", From(np.zeros((2, 3, 4)))), "shape"),
        (lambda: Edit("dec.l0.c", InSubspace(np.ones((UNITS, 2)), np.zeros(UNITS))), "orthonormal"),
        (lambda: Edit("dec.l0.c", Affine(np.ones((2, 3)))), "square"),
        (lambda: Edit("dec.l0.c", Clamp(2, 1)), "above its high end"),
        (lambda: Edit("dec.l0.c", Resample(np.zeros((0, 3)))), "no values"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(edit, said):
    with pytest.raises(TranslateError, match=said):
        decode(make(), [SOURCES[0]], [[edit()]])


def test_the_first_step_reads_the_start_mark():
    """The convention on which every step number rests."""
    network = make()
    state = network.encode(np.array([SOURCES[0]]))
    _, state = network.step(state, np.array([START]), 0)
    assert state[0][1][0] == pytest.approx(record(network, SOURCES[0])["dec.l0.c"][0], abs=FLOAT64)


def test_a_notebook_shows_where_an_edit_is_and_what_it_does():
    html = Edit("dec.l0.f", Set(1.0), units=(1, 2))._repr_html_()
    assert "<b>Edit</b> of dec.l0.f" in html and "(1, 2)" in html and ">all<" in html and "Set" in html
