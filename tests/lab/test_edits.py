"""Edits on networks with random weights: theorems that hold for any weights."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import lab
from translate.errors import TranslateError, UsageError
from translate.lab.counterfactual import decode, forced, score
from translate.lab.edited import EditedNetwork, Edits
from translate.lab.edits import Affine, Clamp, Edit, From, InSubspace, Mean, Noise, Resample, Scale, Set, Zero
from translate.lab.sites import LOGITS, sites_of, states_of
from translate.model import search
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.model.translator import Translator
from translate.tokenizer import END, PAD, START, UNKNOWN

UNITS = 7
SOURCES = [[4, 5, 6, 7], [8, 4, 4], [6, 6, 8, 4, 5], [5], [7, 8, 4, 4], [4, 5, 6, 7]]
SEEDS = {("lstm", 1): 13, ("lstm", 2): 9, ("gru", 2): 2, ("rnn", 1): 12}  # with these, outputs differ and end soon
KINDS = [("lstm", 1, False), ("lstm", 2, True), ("gru", 2, False), ("rnn", 1, True)]


def make(kind="lstm", layers=1, reverse=False, numpy=True):
    torch.manual_seed(SEEDS[kind, layers])
    module = EncoderDecoder(ModelConfig(9, 11, kind, layers, UNITS, embedding=5, reverse_source=reverse)).eval()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(2)
        for parameter in (module.target_embedding.weight, module.output.weight):
            parameter.mul_(2)
        module.output.bias[END] += 1
        module.output.bias[[PAD, UNKNOWN, START]] = -99  # what a search never writes
    if numpy:
        return Network(module.config, {name: value.detach().numpy() for name, value in module.state_dict().items()})
    return Network.of(module)


def record(network, source) -> dict[str, np.ndarray]:
    """What one sentence's own free run holds at every site, `[time, unit]`, by position."""
    kept: dict[str, dict[int, np.ndarray]] = {}

    def keep(site, t, value):
        kept.setdefault(site, {})[t] = np.array(value[0])
        return value

    search.decode(network.watched(keep), np.array([source]))
    return {site: np.stack([steps[t] for t in sorted(steps)]) for site, steps in kept.items()}


def own(network) -> list[list[int]]:
    return tokens(search.greedy(network, SOURCES))


def tokens(hypotheses) -> list[list[int]]:
    return [hypothesis.tokens for hypothesis in hypotheses]


def begins(hypotheses) -> list[list[int]]:
    """Where a translation is cut depends on the sentence, which an edit does not change."""
    return [found[: search.longest(1)] for found in tokens(hypotheses)]


def one_by_one(network, edits: list[Edit], source) -> list[int]:
    """The same edits the plain way: a watcher around one sentence."""
    return tokens(search.decode(network.watched(Edits(edits)), np.array([source])))[0]


def orthonormal(rank: int) -> np.ndarray:
    return np.linalg.qr(np.random.default_rng(0).normal(size=(UNITS, rank)))[0]


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
    Scale(1), Noise(0), Clamp(), Affine(np.eye(UNITS)), Affine.projecting_out(np.zeros((UNITS, 0))),
    InSubspace(np.zeros((UNITS, 0)), np.ones(UNITS)), From(np.zeros((0, UNITS))), From(np.full((3, UNITS), np.nan)),
]  # fmt: skip


@pytest.mark.parametrize("operation", IDENTITIES, ids=lambda operation: type(operation).__name__)
@pytest.mark.parametrize("numpy", [True, False])
def test_operations_that_say_nothing_change_no_number(operation, numpy):
    network = make(numpy=numpy)
    runs = [[Edit("dec.l0.c", operation), Edit("enc.l0.f", operation)]] * len(SOURCES)
    edited, plain = decode(network, SOURCES, runs, scores=True), search.greedy(network, SOURCES)
    assert tokens(edited) == tokens(plain)
    for one, other in zip(edited, plain, strict=True):
        assert one.log_probs == pytest.approx(other.log_probs, abs=1e-5)


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


def test_the_whole_state_later_on_is_the_other_run_where_both_have_read_the_same_word():
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
    assert seen["c"] == pytest.approx(np.stack([2 * (plain + 1), 2 * plain + 1]), abs=1e-5)


# -------------------------------------------------------------------------------------- alone, together, numpy, torch


def operations():
    values = st.integers(0, 99).map(lambda seed: np.random.default_rng(seed).normal(size=(6, UNITS)).astype(np.float32))
    return st.one_of(
        st.floats(-2, 2).map(Set),
        st.just(Zero()),
        values.map(lambda v: Mean(v[0])),
        values.map(From),
        st.tuples(st.integers(0, 3), values).map(lambda it: InSubspace(orthonormal(it[0]), it[1])),
        st.tuples(values, st.integers(0, 3)).map(lambda it: Resample(*it)),
        st.floats(-2, 2).map(Scale),
        st.floats(-1, 0).map(lambda low: Clamp(low, low + 0.5)),
        st.integers(0, 3).map(lambda seed: Noise(0.7, seed)),
        values.map(lambda v: Affine(v[:1].T @ v[1:2], v[2])),
    )


@st.composite
def edits(draw, sites):
    operation = draw(operations())
    matrices = isinstance(operation, InSubspace | Affine)
    some = st.lists(st.integers(0, UNITS - 1), max_size=3, unique=True)
    units = None if matrices else draw(st.none() | some)
    return Edit(draw(st.sampled_from(sites)), operation, draw(st.none() | st.just(0)), units)


@pytest.mark.parametrize(("kind", "layers", "reverse"), KINDS)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_run_is_the_same_alone_and_in_any_batch_and_on_torch(kind, layers, reverse, data):
    network = make(kind, layers, reverse)
    one = edits(sites_of(network.config))
    runs = [data.draw(st.lists(one, max_size=3)) for _ in SOURCES]
    together = tokens(decode(network, SOURCES, runs))
    for i, (source, run) in enumerate(zip(SOURCES, runs, strict=True)):
        alone = search.decode(EditedNetwork(network, [run], [i]), np.array([source]))
        assert tokens(alone)[0] == together[i]
    assert tokens(decode(network, SOURCES, runs, at_once=2)) == together
    assert tokens(decode(make(kind, layers, reverse, numpy=False), SOURCES, runs)) == together


def test_rows_that_have_ended_are_dropped_and_the_others_keep_their_edits():
    network, times = make(numpy=False), 8
    rows = sorted(SOURCES * times, key=len, reverse=True)
    runs = [[Edit("dec.l0.o", Set(0.1 * (i % 9)), units=(i % UNITS,))] for i in range(len(rows))]
    edited, left = EditedNetwork(network, runs), []
    select = edited.select
    edited.select = lambda state, kept: left.append(len(kept)) or select(state, kept)
    padded, lengths = np.array([[*row, *[PAD] * (5 - len(row))] for row in rows]), np.array([len(row) for row in rows])
    found = tokens(search.decode(edited, padded, lengths=lengths))
    assert left and min(left) < len(rows) / 2
    assert found == [one_by_one(network, run, row) for run, row in zip(runs, rows, strict=True)]


def test_random_draws_differ_from_run_to_run_and_step_to_step_but_not_from_time_to_time():
    network = make()
    held = {}

    def keep(site, t, value):
        if site == "dec.l0.c":
            held[t] = np.array(value)
        return value

    values = np.random.default_rng(0).normal(size=(1000, UNITS))
    run = [Edit("dec.l0.c", Resample(values, 5)), Edit("dec.l0.h", Noise(1))]
    search.decode(EditedNetwork(network.watched(keep), [run] * 100), np.array([SOURCES[0]] * 100))
    assert len({row.tobytes() for t in (0, 1) for row in held[t]}) > 150
    first = dict(held)
    search.decode(EditedNetwork(network.watched(keep), [run] * 3, [0, 70, 99]), np.array([SOURCES[0]] * 3))
    assert (held[0] == first[0][[0, 70, 99]]).all()
    noise = Edits([Edit("l0.c", Noise([0, 1, 2]))])("l0.c", 0, np.zeros((4, 3)))
    assert (noise[:, 0] == 0).all() and (noise[:, 1:] != 0).all()


# ------------------------------------------------------------------------------------------------------- the searches


@pytest.mark.parametrize("width", [1, 2, 4])
def test_a_beam_edits_all_its_rows_and_knows_their_scores(width):
    network = make()
    values = record(network, SOURCES[2])["dec.l0.c"]
    for edit in (Edit("dec.l0.f", Set(0.0)), Edit("enc.l0.i", Scale(0.5)), Edit("dec.l0.c", From(values), 1)):
        found = search.beam(EditedNetwork(network, [[edit]]), [SOURCES[0]], width, width)[0]
        plainly = search.beam(network.watched(Edits([edit])), [SOURCES[0]], width, width)[0]
        assert found == plainly
        (again,) = score(network, [SOURCES[0]], [[edit]], [found[0].tokens])
        assert found[0].log_probs == pytest.approx(again.log_probs[: len(found[0].log_probs)], abs=1e-5)
        if width > 1:
            assert decode(network, [SOURCES[0]], [[edit]], beam=width) == found[:1]


def test_given_translations_are_scored_under_edits():
    network = make()
    runs = [[Edit("dec.l0.c", Scale(0.3))] for _ in SOURCES]
    found = decode(network, SOURCES, runs, scores=True)
    scored = score(network, SOURCES, runs, tokens(found))
    for one, other in zip(found, scored, strict=True):
        assert one.log_probs == pytest.approx(other.log_probs[: len(one.log_probs)], abs=1e-5)


def test_a_forced_beginning_is_a_prefix():
    network = make()
    runs = [[Edit("dec.l0.f", Set(0.5)), *forced([4, 9], 11)] for _ in SOURCES]
    as_prefix = decode(network, SOURCES, [run[:1] for run in runs], prefix=[4, 9])
    assert tokens(decode(network, SOURCES, runs)) == tokens(as_prefix)
    assert all(found[:2] == [4, 9] for found in tokens(as_prefix))
    wide = decode(network, SOURCES[:2], runs[:2], beam=3)
    assert all(found[:2] == [4, 9] for found in tokens(wide))


# ---------------------------------------------------------------------------------------------- the front function


@pytest.fixture(scope="module")
def lesson() -> Translator:
    return Translator.load(device="numpy")


SENTENCES = ["I am a girl who likes to learn.", "I am a boy who likes to earn"]


def test_without_edits_it_is_the_models_own_translation(lesson):
    found = lab.edit(lesson, SENTENCES, [(1, []), (0, []), (1, [])])
    assert [t.text for t in found] == [lesson.texts(SENTENCES)[i] for i in (1, 0, 1)]
    tokens_ = [lesson.source.split(sentence) for sentence in SENTENCES]
    assert lab.edit(lesson, tokens_, [(0, [])])[0].tokens == found[1].tokens


def test_the_boys_state_makes_the_girl_a_boy_word_for_word(lesson):
    own_, held = lesson.texts(["I am a boy who likes to learn."])[0], {}

    def keep(site, t, value):
        held.setdefault(site, {})[t] = np.array(value[0])
        return value

    search.decode(lesson.network().watched(keep), np.array([lesson.source.encode("I am a boy who likes to learn.")]))
    run = [Edit(site, Set(held[site][0]), 0) for site in ("dec.l0.c", "dec.l0.h")]
    assert lab.edit(lesson, SENTENCES, [(0, run)])[0].text == own_ != lesson.texts(SENTENCES)[0]


def test_prefixes_and_targets_one_for_each_run(lesson):
    found = lab.edit(lesson, SENTENCES, [(0, []), (0, []), (0, [])], prefix=["Jsem kluk", "", ["jsem", "holka"]])
    assert found[0].text.startswith("Jsem kluk,") and found[1].text == found[2].text == lesson.texts(SENTENCES)[0]
    (alike,) = lab.edit(lesson, SENTENCES, [(0, [])], prefix="Jsem kluk", beam=2)
    assert alike.text.startswith("Jsem kluk,") and alike.log_probs
    scored = lab.edit(lesson, SENTENCES, [(0, []), (1, [])], targets=[lesson.texts(SENTENCES)[0]] * 2)
    assert scored[0].score > -0.5 > scored[1].score
    for wrong in (
        dict(prefix=["x"]),
        dict(prefix=[["Jsem"]]),
        dict(prefix="Jsem xyz"),
        dict(targets=[]),
        dict(targets=["Jsem"], beam=2),
        dict(beam=0),
    ):
        with pytest.raises(UsageError):
            lab.edit(lesson, SENTENCES, [(0, [])], **wrong)


# -------------------------------------------------------------------------------------------------- as a watcher


def test_a_users_own_module_is_edited_and_can_still_be_differentiated():
    torch.manual_seed(0)
    module, inputs = torch.nn.LSTM(3, UNITS, num_layers=2, batch_first=True), torch.randn(4, 6, 3)
    edit = Edits([Edit("l1.f", Set(1.0), (2, 3)), Edit("l0.c", Affine.projecting_out(orthonormal(1)))])
    traced = lab.trace(module, inputs, edit=edit, gradients=True)
    assert (traced["l1.f"][:, 2:4] == 1).all() and not (traced["l1.f"][:, 4] == 1).any()
    assert (traced["l0.c"].detach().numpy() @ orthonormal(1)) == pytest.approx(0, abs=1e-6)
    gradient = traced.gradient("l0.i", traced.outputs[:, -1].sum())
    assert gradient.abs().sum() > 0


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
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_sentence(edit, said):
    with pytest.raises(TranslateError, match=said):
        decode(make(), [SOURCES[0]], [[edit()]])


def test_a_batch_needs_a_row_for_each_run_and_a_run_a_sentence(lesson):
    with pytest.raises(TranslateError, match="2 runs and 1 sentences"):
        EditedNetwork(make(), [[], []]).encode(np.array([SOURCES[0]]))
    with pytest.raises(TranslateError, match="sentence 2 of 2"):
        lab.edit(lesson, SENTENCES, [(2, [])])


def test_the_first_step_reads_the_start_mark():
    """The convention on which every step number rests."""
    network = make()
    state = network.encode(np.array([SOURCES[0]]))
    _, state = network.step(state, np.array([START]), 0)
    assert state[0][1][0] == pytest.approx(record(network, SOURCES[0])["dec.l0.c"][0], abs=1e-6)
