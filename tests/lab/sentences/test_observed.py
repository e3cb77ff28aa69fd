"""States beside the words of annotated sentences."""

import msgspec
import numpy as np
import pytest

from translate.errors import TranslateError
from translate.lab.planted.language import sentence
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.observed import observe
from translate.lab.tracing.run import trace

PAIRS = [sentence((0, "m"), (1, "f")), sentence((2, "f"), (3, "m"))]


def test_a_row_is_the_state_beside_its_label():
    observed_by = make_planted("one-cell").translator
    observed = observe(observed_by, PAIRS)
    labels = observed.labels["dec"]
    rows = observed.rows("dec.l0.c", labels)
    assert set(observed.sites) == {"dec.l0.c", "dec.l0.h", "enc.l0.c", "enc.l0.h"}
    assert len(rows) == len(labels) == 20
    whole = trace(observed_by, PAIRS, [pair.target for pair in PAIRS], "dec.l0.c")["dec.l0.c"].numpy()
    assert (rows == whole[labels.sentence, labels.position]).all()
    some = observed.labelled(np.array([False, True])).labels["dec"]
    assert set(some.sentence) == {1} and len(some) == 10


def test_the_states_are_those_of_the_whole_trace_and_of_no_sentence_there_are_none():
    short = msgspec.structs.replace(PAIRS[0], source=PAIRS[0].source[:3])  # as much padding as words
    model, pairs = make_planted("one-cell").translator, [PAIRS[0], short, PAIRS[1]]
    observed, whole = observe(model, pairs), trace(model, pairs, [pair.target for pair in pairs])
    for site in observed.sites:
        np.testing.assert_array_equal(observed.array(site), whole[site].numpy())
    nothing = observe(model, [])
    assert {nothing.array(site).shape[:2] for site in nothing.sites} == {(0, 0)}


def test_words_that_the_model_does_not_know_are_named():
    strange = msgspec.structs.replace(PAIRS[0], source=("the", "lighthouse", *PAIRS[0].source[2:]))
    with pytest.raises(TranslateError, match="does not know lighthouse"):
        observe(make_planted("one-cell").translator, [strange])
