"""What closes a planted valve is known: the account names it, and cutting it brings the old gender back."""

from dataclasses import replace

import numpy as np
import pytest

from translate.lab.experiments.mechanism.closing import closing
from translate.lab.experiments.reading.units import rank
from translate.lab.planted.language import VERBS, material
from translate.lab.planted.layers import BIG, FULL, Layer
from translate.lab.planted.networks import made
from translate.lab.planted.weights import units_of, weights_of
from translate.lab.sentences.material import Material
from translate.lab.sentences.switch_words import FIRST_CLAUSE, LAST
from translate.model.config import ModelConfig


def closed_by_the_state():
    """ "erased", but the valve hears of the first clause's last word one step later, from the unit that says it."""

    def weights(config, source, target):
        planted, units = weights_of("erased", config, source, target), units_of("erased")
        layer = Layer(planted, "decoder", units, target)
        layer.word("f", "G", VERBS[0], FULL)  # what closed it is taken back
        layer.unit("f", "G", f"word {VERBS[0]}", -3 * BIG)  # BIG - 3·0.76·BIG
        return planted

    return replace(made("erased", weights), material=material(rounds=3)).setup()


@pytest.fixture(scope="module")
def found(set_up):
    """By the name of a network, what closes its valve."""
    results = {}

    def of(name):
        if name not in results:
            setup = closed_by_the_state() if name == "by the state" else set_up(name)[1]
            results[name] = closing(setup, rank(setup), 1)
        return results[name]

    return of


def said(result, gate, word):
    """What each part says at a word, beyond what it else says; the same in sentences of every kind.

    To a tenth of some hundred: the direction of the gender is a mean over nouns, and leans a little to others' cells.
    """
    shares = {
        tuple(round(part.value[told.words.index(word)], 1) + 0.0 for part in (told.word, told.gender, told.rest))
        for told in result.told
        if told.gate == gate
    }
    (only,) = shares
    return only


def test_the_account_is_exact_and_names_the_word_that_closes(found):
    result = found("erased")
    assert result.conservation < 1e-4 * BIG / 10 and len(result.told) == 8
    assert said(result, "f", FIRST_CLAUSE) == (-2 * BIG, 0.0, 0.0)  # čte
    assert said(result, "f", LAST) == said(result, "f", "a") == (0.0, 0.0, 0.0)
    assert said(result, "i", "a") == (BIG, 0.0, 0.0)
    assert result.held["f"] == {"word": 0.0, "gender": 0.0, "rest of h": 0.0, "bias": BIG}


def test_cutting_what_closes_it_brings_the_old_gender_back_and_nothing_else_does(found):
    result = found("erased")
    assert (
        result.of("f", "word").old.value == result.of("f", "all").old.value == result.of("f", "open").old.value == 1.0
    )
    assert result.of("f", "word").kept.value == 1.0 and result.of("f", "gender").kept.value == 0.0
    assert result.of("f", "gender").old.value == result.of("f", "rest of h").old.value == 0.0
    assert result.of("f", "all", is_random=True).old.value == 0.0
    assert {cut.rest.value for cut in result.cuts} == {1.0}
    assert result.of("f", "word").same.value == 1.0 and result.of("f", "word").neither.value == 0.0


def test_a_valve_that_the_state_closes_is_not_said_to_be_closed_by_the_word(found):
    result = found("by the state")
    word, gender, rest = said(result, "f", "a")
    assert word == 0.0 and gender + rest == pytest.approx(-3 * BIG * np.tanh(1), rel=1e-3)
    assert result.of("f", "word").old.value == 0.0 and result.of("f", "rest of h").old.value == 1.0
    loudest = result.loudest["f"][0]
    assert loudest.unit == units_of("erased")[f"word {VERBS[0]}"] and loudest.adds.low <= loudest.adds.high < 0


def test_where_the_same_word_writes_the_new_gender_both_paths_must_be_cut(found):
    """ "one-cell": with f alone cut old and new cancel, and habit decides; with i alone nothing is left."""
    result = found("one-cell")
    assert said(result, "f", "a") == (-2 * BIG, 0.0, 0.0) and said(result, "i", "a") == (2 * BIG, 0.0, 0.0)
    assert [result.of(gates, "word").old.value for gates in ("f", "i", "f, i")] == [0.5, 0.5, 1.0]
    assert result.of("i", "word").let_in.value == 0.0 and result.of("f", "word").let_in.value == 1.0


def test_a_valve_that_never_closes_has_nothing_to_cut(found):
    result = found("overwritten")
    assert {said(result, "f", word) for word in (LAST, FIRST_CLAUSE, "a")} == {(0.0, 0.0, 0.0)}
    assert result.of("f", "all").old.value == 0.0 and result.of("i", "word").old.value == 1.0


@pytest.mark.parametrize("kind", ["gru", "rnn"])
def test_a_cell_without_these_gates_has_no_account(set_up, kind):
    from types import SimpleNamespace

    _, setup = set_up("one-cell")
    other = SimpleNamespace(checkpoint=SimpleNamespace(config=ModelConfig(5, 5, kind)))
    assert closing(replace(setup, translator=other), rank(setup)) is None


def test_without_sentences_there_is_no_account(set_up):
    _, setup = set_up("one-cell")
    assert closing(replace(setup, material=Material({}, "nothing")), rank(setup)) is None
