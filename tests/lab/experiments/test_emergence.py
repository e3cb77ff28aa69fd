"""What comes first, on trainings whose order is known: planted weights, parts of which come later."""

import itertools
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from translate.errors import TranslateError, UsageError
from translate.lab.experiments.emergence import Emergence, emergence, follow
from translate.lab.experiments.setup import Setup, untrained
from translate.lab.planted.language import material
from translate.lab.planted.networks import made, make_planted
from translate.lab.planted.weights import units_of, weights_of
from translate.lab.statistics.crossing import rise
from translate.model.checkpoint import save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.translator import Translator

GENDER_CELL = units_of("one-cell")["G"]
Weights = dict[str, np.ndarray]


def unwritten(weights: Weights) -> Weights:
    """The input gate of the gender cell never opens."""
    rows = weights["decoder.weight_ih_l0"].copy()
    rows[GENDER_CELL] = 0  # its input gate: the first rows are those of i
    return weights | {"decoder.weight_ih_l0": rows}


def unheard(weights: Weights) -> Weights:
    """No word follows the gender cell."""
    output = weights["output.weight"].copy()
    output[:, GENDER_CELL] = 0
    return weights | {"output.weight": output}


def setup_of(name: str, *changes: Callable[[Weights], Weights]) -> Setup:
    """A planted network with changed weights."""

    def weights(*shape) -> Weights:
        planted = weights_of(name, *shape)
        for change in changes:
            planted = change(planted)
        return planted

    return replace(made("one-cell", weights), material=material(rounds=2)).setup()


def history(*models: Setup) -> Emergence:
    """A training that was each of these models for a decade of steps."""
    units, at = emergence({10**number: lambda model=model: model for number, model in enumerate(models)})
    return Emergence("", "", "", 0, "", "", "", "", "dec.l0.c", units, at)


@pytest.fixture(scope="module")
def held_before_it_is_heard() -> Emergence:
    """The forget gate is there from the start; first the cell is written; a decade later the words follow it."""
    end = setup_of("one-cell")
    return history(setup_of("one-cell", unwritten, unheard), setup_of("one-cell", unheard), end, end)


@pytest.fixture(scope="module")
def forgets_last() -> Emergence:
    """First the cell is written over, and the words follow it; a decade later it is emptied at the boundary."""
    end = setup_of("one-cell")
    return history(setup_of("overwritten", unwritten), setup_of("overwritten"), end, end)


def test_what_is_held_before_it_is_heard(held_before_it_is_heard):
    rises = held_before_it_is_heard.rises
    assert held_before_it_is_heard.units[0] == GENDER_CELL
    assert rises["decoder"].half == pytest.approx(0.5)
    assert np.isnan(rises["boundary"].half) and rises["boundary"].last == pytest.approx(1 / 3)  # one cell of three
    for name in ("cell", "axis"):
        assert rises[name].half == pytest.approx(1.5), name
        assert rises[name].sudden == pytest.approx(0.8)
    assert (rises["cell"].first, rises["cell"].last, rises["axis"].last) == (0, 1, 1)
    assert rises["agreement, switch"].first == 1  # by habit the nouns are masculine, too, and so all words agree
    directions = [each.direction.value for each in held_before_it_is_heard.at]
    assert np.isnan(directions[0]) and directions[1:] == pytest.approx([1, 1, 1])


def test_what_forgets_last(forgets_last):
    rises = forgets_last.rises
    assert rises["boundary"].half == pytest.approx(1.5)
    for name in ("decoder", "cell", "axis"):
        assert rises[name].half == pytest.approx(0.5), name


def test_controls_do_not_move(held_before_it_is_heard, forgets_last):
    for training, name in itertools.product(
        (held_before_it_is_heard, forgets_last), ("inside", "elsewhere", "complement")
    ):
        assert np.isnan(training.rises[name].half) and training.rises[name].last < 0.05, name


@pytest.mark.parametrize(
    "shape",
    [{"cell": "gru"}, {"cell": "rnn"}, {"layers": 2}, {"bidirectional": True}],
    ids=["gru", "rnn", "two layers", "both ways"],
)
def test_every_shape_is_measured(shape, tmp_path):
    planted = make_planted("one-cell")
    frame = planted.translator.checkpoint
    config = ModelConfig(len(frame.source), len(frame.target), **{"hidden": 8, "embedding": 8} | shape)
    save_frame(tmp_path, config, frame.source, frame.target)
    save_weights(tmp_path, untrained(config, seed=3))
    setup = replace(planted.setup(), translator=Translator.load(tmp_path, "cpu"), material=material(rounds=1))
    _, (first, _) = emergence({1: lambda: setup, 2: lambda: setup})
    assert (first.boundary is None) == (first.noun is None) == (config.cell != "lstm")
    assert first.direction.value == pytest.approx(1)  # its own
    assert 0 <= first.axis.value <= 1 and first.cell.n == first.complement.n > 0


def test_a_training_is_read_again_from_its_file(forgets_last):
    again = Emergence.from_json(forgets_last.to_json())
    assert again.to_json() == forgets_last.to_json() and again.steps == [1, 10, 100, 1000]
    for text in ("{", "[]", "{}", '{"format": "translate-emergence 0"}'):
        with pytest.raises(TranslateError, match="measure it again"):
            Emergence.from_json(text)


def test_a_model_that_kept_nothing_cannot_be_followed():
    with pytest.raises(UsageError, match="0 checkpoints of its training"):
        follow(make_planted("one-cell").setup())


@pytest.mark.parametrize(
    "values, half, sudden",
    [
        ([0.5, 0.5, 1.0, 1.0], 1.5, 0.8),  # at chance in the beginning
        ([0.0, 1.0, 1.0, 1.0], 0.5, 0.8),
        ([1.0, 1.0, 1.0, 0.0], 2.5, 0.8),  # a fall has a half way, too
        ([0.0, 1 / 3, 2 / 3, 1.0], 1.5, 2.4),
        ([float("nan"), 0.0, 1.0, 1.0], 1.5, 0.8),  # what was not measured is left out
    ],
)
def test_half_way_and_how_suddenly(values, half, sudden):
    found = rise([1, 10, 100, 1000], values)
    assert (found.half, found.sudden) == (pytest.approx(half), pytest.approx(sudden))


@pytest.mark.parametrize("values", [[0.5, 0.9, 0.2, 0.55], [float("nan")] * 3 + [1.0]])
def test_what_has_not_moved_has_no_half_way(values):
    assert np.isnan(rise([1, 10, 100, 1000], values).half)
