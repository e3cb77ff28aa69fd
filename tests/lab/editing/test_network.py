"""Many edited runs at once, in every search, in text, and in a user's own module."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.arithmetic import FLOAT64
from tests.lab.small_networks import KINDS, SOURCES, UNITS, decode, make, one_by_one, orthonormal, record, score, tokens
from translate import lab
from translate.errors import TranslateError, UsageError
from translate.lab.editing.counterfactual import forced
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import EditedNetwork, Edits
from translate.lab.editing.operations import Affine, Clamp, From, InSubspace, Mean, Noise, Resample, Scale, Set, Zero
from translate.lab.tracing.site import sites_of
from translate.model import search
from translate.model.translator import Translator
from translate.tokenizer import PAD

pytestmark = pytest.mark.numerical

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


def test_draws_differ_by_run_and_step_and_not_from_time_to_time():
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
        assert found[0].log_probs == pytest.approx(again.log_probs[: len(found[0].log_probs)], abs=FLOAT64)
        if width > 1:
            assert decode(network, [SOURCES[0]], [[edit]], beam=width) == found[:1]


def test_given_translations_are_scored_under_edits():
    network = make()
    runs = [[Edit("dec.l0.c", Scale(0.3))] for _ in SOURCES]
    found = decode(network, SOURCES, runs, scores=True)
    scored = score(network, SOURCES, runs, tokens(found))
    for one, other in zip(found, scored, strict=True):
        assert one.log_probs == pytest.approx(other.log_probs[: len(one.log_probs)], abs=FLOAT64)


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
    module, inputs = torch.nn.LSTM(3, UNITS, num_layers=2, batch_first=True).double(), torch.randn(4, 6, 3).double()
    edit = Edits([Edit("l1.f", Set(1.0), (2, 3)), Edit("l0.c", Affine.projecting_out(orthonormal(1)))])
    traced = lab.trace(module, inputs, edit=edit, gradients=True)
    assert (traced["l1.f"][:, 2:4] == 1).all() and not (traced["l1.f"][:, 4] == 1).any()
    assert (traced["l0.c"].detach().numpy() @ orthonormal(1)) == pytest.approx(0, abs=FLOAT64)
    gradient = traced.gradient("l0.i", traced.outputs[:, -1].sum())
    assert gradient.abs().sum() > 0


def test_a_batch_needs_a_row_for_each_run_and_a_run_a_sentence(lesson):
    with pytest.raises(TranslateError, match="2 runs and 1 sentences"):
        EditedNetwork(make(), [[], []]).encode(np.array([SOURCES[0]]))
    with pytest.raises(TranslateError, match="sentence 2 of 2"):
        lab.edit(lesson, SENTENCES, [(2, [])])
