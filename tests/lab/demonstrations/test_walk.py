"""The walk through a cell says what the cell does: to the number, whatever it looks along."""

import numpy as np
import pytest
import torch

from tests.arithmetic import FLOAT64, Exact
from translate import lab
from translate.errors import TranslateError, UsageError
from translate.lab.demonstrations.answer import answer
from translate.lab.demonstrations.direction import GENDER, MEAN
from translate.lab.demonstrations.intervention import intervene
from translate.lab.demonstrations.reference import best_units
from translate.lab.demonstrations.walk import CLOSED, OPEN, best_unit, case_of, memory_case, openness, walk
from translate.lab.probes.readout import Readout
from translate.lab.tracing.ledger import Ledger
from translate.lesson.material import TourMaterial
from translate.model.checkpoint import save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.translator import Translator
from translate.terminal.answer_view import valves
from translate.terminal.screen import PLAIN

pytestmark = pytest.mark.numerical

SENTENCE = "the boy who gladly reads and the queen who gladly sleeps"
SHOWN = "I am a girl who likes to learn"
UNITS = 6
KINDS = [
    ("lstm", 1, False),
    ("lstm", 2, False),
    ("lstm", 1, True),
    ("gru", 1, False),
    ("gru", 2, True),
    ("rnn", 1, False),
]


@pytest.fixture(scope="module")
def translators(planted_model, tmp_path_factory):
    """Models with random weights, in float64, that know the words of the planted networks."""
    frame = planted_model[0].checkpoint
    made = {}
    for kind, layers, reverse in KINDS:
        torch.manual_seed(3)
        config = ModelConfig(len(frame.source), len(frame.target), kind, layers, UNITS, 5, reverse_source=reverse)
        folder = tmp_path_factory.mktemp(kind)
        save_frame(folder, config, frame.source, frame.target)
        save_weights(folder, EncoderDecoder(config))
        made[kind, layers, reverse] = Exact.load(folder, "numpy")
    return made


def directions(kind: str, layers: int) -> Readout:
    memory, rng = "c" if kind == "lstm" else "h", np.random.default_rng(4)
    sites = {f"{side}.l{layer}.{name}" for side in ("enc", "dec") for layer in range(layers) for name in (memory, "h")}
    return Readout({site: rng.normal(size=UNITS) for site in sorted(sites)}, dict.fromkeys(sites, 0.3))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


# ------------------------------------------------------------------------------------------------ the thresholds


@pytest.mark.parametrize(
    ("value", "said"), [(0.0, "closed"), (CLOSED, "half"), (0.5, "half"), (OPEN, "half"), (0.67, "open"), (1.0, "open")]
)
def test_a_valve_in_a_word(value, said):
    assert openness(value) == said


def test_the_four_cases_and_what_is_none_of_them():
    assert memory_case(0.9, 0.1) == "kept"
    assert memory_case(0.1, 0.9) == "changed completely"
    assert memory_case(0.9, 0.9) == "added to"
    assert memory_case(0.1, 0.1) == "cleared"
    assert {memory_case(0.5, other) for other in (0.1, 0.5, 0.9)} == {"between"} == {memory_case(0.9, 0.5)}


def test_a_gru_keeps_or_changes_and_never_both():
    assert case_of("gru", {"z": 0.9, "r": 0.5}) == "kept"
    assert case_of("gru", {"z": 0.1, "r": 0.5}) == "changed completely"
    assert case_of("gru", {"z": 0.5, "r": 0.5}) == "between"
    assert case_of("rnn", {}) is None


def test_the_prompt_says_of_a_valve_what_the_walk_says():
    found = answer(Translator.load(None, "numpy"), SHOWN)
    table = valves(found, "writing", np.array([76]), PLAIN)
    said = {column.header: [str(cell) for cell in column.cells] for column in table.columns}
    for site, name in (("f", "forget valve"), ("i", "memory valve"), ("o", "output valve")):
        assert [cell.split()[-2] for cell in said[name]] == [
            openness(float(value)) for value in found.values[f"dec.l0.{site}"][:, 76]
        ]


# ------------------------------------------------------------------------------------------------ the numbers


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("side", ["enc", "dec"])
def test_one_unit_follows_the_equations(translators, kind, side):
    translator, (cell, layers, _) = translators[kind], kind
    for unit in range(UNITS):
        for step in walk(translator, SENTENCE, side, unit, layers - 1).steps:
            for valve in step.valves.values():
                assert valve.value == pytest.approx(sigmoid(valve.from_word + valve.from_hidden), abs=FLOAT64)
            candidate = np.tanh(step.candidate.from_word + step.candidate.from_hidden)
            assert step.candidate.value == pytest.approx(candidate, abs=FLOAT64)
            at = {name: valve.value for name, valve in step.valves.items()}
            if cell == "lstm":
                memory = at["f"] * step.memory_before + at["i"] * step.candidate.value
                assert step.hidden_after == pytest.approx(at["o"] * np.tanh(step.memory_after), abs=FLOAT64)
            elif cell == "gru":
                memory = at["z"] * step.memory_before + (1 - at["z"]) * step.candidate.value
            else:
                memory = step.candidate.value
            assert step.memory_after == pytest.approx(memory, abs=FLOAT64)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind[0] != "rnn"])
@pytest.mark.parametrize("look", [0, MEAN, GENDER])
def test_before_erased_and_written_add_up_along_any_direction(translators, kind, look):
    readout = directions(*kind[:2])
    for side in ("enc", "dec"):
        found = walk(translators[kind], SENTENCE, side, look, kind[1] - 1, readout)
        for before, after in zip(found.steps, found.steps[1:], strict=False):
            assert after.memory_before == before.memory_after and after.hidden_before == before.hidden_after
        for step in found.steps:
            assert step.memory_before + step.erased + step.written == pytest.approx(step.memory_after, abs=FLOAT64)


def test_the_gender_direction_says_what_the_ledger_says(translators):
    translator, readout = translators["lstm", 1, False], directions("lstm", 1)
    trace = lab.trace(translator, [SENTENCE])
    for side in ("enc", "dec"):
        flow = Ledger.of(trace, side).along(readout.directions[f"{side}.l0.c"])
        steps = walk(translator, SENTENCE, side, GENDER, readout=readout).steps
        for name, mine in (
            ("before", "memory_before"),
            ("erased", "erased"),
            ("written", "written"),
            ("after", "memory_after"),
        ):
            np.testing.assert_allclose([getattr(step, mine) for step in steps], getattr(flow, name)[0], atol=FLOAT64)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", [3, MEAN, GENDER])
def test_what_pushes_the_candidate_adds_up_to_the_push_along_the_same_direction(translators, kind, look):
    """The push is the candidate unsquashed, and with its sign: never the push of |u|."""
    translator, (cell, layers, _) = translators[kind], kind
    readout, site = directions(cell, layers), f"l{layers - 1}.{'c' if cell == 'lstm' else 'h'}"
    for side in ("enc", "dec"):
        along = {GENDER: readout.directions[f"{side}.{site}"], MEAN: np.full(UNITS, 1 / UNITS), 3: np.eye(UNITS)[3]}[
            look
        ]
        trace = lab.trace(translator, [SENTENCE])
        name = f"{side}.l{layers - 1}.{ {'lstm': 'g', 'gru': 'n', 'rnn': 'h'}[cell] }"
        pushed, made = (np.asarray(trace[which][0]) @ along for which in (f"{name}_pre", name))
        order = slice(None, None, -1 if trace.is_backward(name) else 1)
        found = [step.candidate for step in walk(translator, SENTENCE, side, look, layers - 1, readout).steps]
        np.testing.assert_allclose([one.from_word + one.from_hidden for one in found], pushed[order], atol=FLOAT64)
        np.testing.assert_allclose([one.value for one in found], made[order], atol=FLOAT64)


def test_the_mean_is_the_mean_of_the_units(translators):
    translator = translators["lstm", 1, False]
    units = [walk(translator, SENTENCE, "dec", unit).steps for unit in range(UNITS)]
    for t, step in enumerate(walk(translator, SENTENCE, "dec", MEAN).steps):
        assert step.memory_after == pytest.approx(np.mean([unit[t].memory_after for unit in units]))
        for site, valve in step.valves.items():
            assert valve.value == pytest.approx(np.mean([unit[t].valves[site].value for unit in units]))
            assert valve.from_word == pytest.approx(np.mean([unit[t].valves[site].from_word for unit in units]))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind[1] == 1])
def test_what_a_word_says_to_a_valve_is_the_same_wherever_it_stands(translators, kind):
    steps = walk(translators[kind], SENTENCE, "enc", 2).steps
    one, other = (step for step in steps if step.read == "who")
    assert one.candidate.from_word == pytest.approx(other.candidate.from_word, abs=FLOAT64)
    for site in one.valves:
        assert one.valves[site].from_word == pytest.approx(other.valves[site].from_word, abs=FLOAT64)
    assert one.candidate.from_hidden != pytest.approx(other.candidate.from_hidden, abs=FLOAT64)


def test_the_words_come_as_they_are_read_and_written(translators):
    english = SENTENCE.split()
    assert [step.read for step in walk(translators["lstm", 1, False], SENTENCE, "enc", 0).steps] == english
    assert [step.read for step in walk(translators["lstm", 1, True], SENTENCE, "enc", 0).steps] == english[::-1]
    found = walk(translators["lstm", 1, False], SENTENCE, "dec", 0)
    assert found.steps[0].read == "(start)" and {step.writes for step in found.steps} != {None}
    for before, after in zip(found.steps, found.steps[1:], strict=False):
        assert after.read == before.writes


def test_the_decoder_begins_where_the_encoder_ended(translators):
    for kind in KINDS:
        ends, begins = (walk(translators[kind], SENTENCE, side, 1, kind[1] - 1).steps for side in ("enc", "dec"))
        assert begins[0].memory_before == pytest.approx(ends[-1].memory_after, abs=FLOAT64)
        assert begins[0].hidden_before == pytest.approx(ends[-1].hidden_after, abs=FLOAT64)


def test_a_planted_cell_is_changed_completely_at_the_new_clause_and_kept_elsewhere(set_up):
    planted, _ = set_up("one-cell")
    steps = walk(planted.translator, SENTENCE, "dec", planted.units["G"]).steps
    cases = {step.read: step.case for step in steps}
    assert cases["a"] == "changed completely"
    assert {cases[word] for word in ("kluk", "který", "rád", "čte")} == {"kept"}


def test_the_best_unit_is_the_one_that_the_readout_weighs_most():
    translator = Translator.load(None, "numpy")
    readout = Readout.load(translator.checkpoint.folder)
    unit, leans = best_unit(translator, "dec", readout)
    assert leans == ("f" if readout.directions["dec.l0.c"][unit] > 0 else "m")
    only = Readout({"dec.l0.c": -np.eye(128)[7]}, {"dec.l0.c": 0.0})
    assert best_unit(translator, "dec", only) == (7, "m")


def test_the_best_units_are_one_order_everywhere():
    """Those of `translate intervene --units top:3`, of the tour and of the walk; each readout ranks for itself."""
    translator = Translator.load(None, "numpy")
    readout = Readout.load(translator.checkpoint.folder)
    three = best_units(translator, "dec.l0.c", 3)
    assert intervene(translator, SHOWN, "dec.l0.f", "top:3", draws=0).units == three
    assert (
        tuple(TourMaterial(translator, readout).best[:3]) == three
        and best_unit(translator, "dec", readout)[0] == three[0]
    )
    only = Readout({"dec.l0.c": np.eye(128)[7] + 1e-6 * np.eye(128)[9]}, {"dec.l0.c": 0.0})
    assert best_units(translator, "dec.l0.c", 2, only) == (7, 9) and len(best_units(translator, "dec.l0.c")) == 128


# ------------------------------------------------------------------------------------------------ what is refused


def test_what_is_not_there_is_refused(translators):
    translator = translators["lstm", 1, False]
    for unit in (-1, UNITS):
        with pytest.raises(UsageError, match=f"no unit {unit}; the 6 units"):
            walk(translator, SENTENCE, "enc", unit)
    with pytest.raises(UsageError, match="no layer 1"):
        walk(translator, SENTENCE, "enc", 0, layer=1)
    with pytest.raises(TranslateError, match="No gender is read"):
        walk(translator, SENTENCE, "enc", GENDER)
    with pytest.raises(TranslateError, match=r"does not read enc\.l0\.c"):
        walk(translator, SENTENCE, "enc", GENDER, readout=Readout({"dec.l0.c": np.ones(UNITS)}, {"dec.l0.c": 0.0}))


@pytest.mark.parametrize(
    ("value", "said"), [(0, "closed"), (0.33, "closed"), (0.34, "half"), (0.66, "half"), (0.67, "open")]
)
def test_the_verdict_on_a_valve(value, said):
    assert openness(value) == said
