"""States beside the words of annotated sentences."""

import msgspec
import numpy as np
import pytest

from translate.errors import TranslateError
from translate.lab.planted.language import sentence
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.observed import observe

PAIRS = [sentence((0, "m"), (1, "f")), sentence((2, "f"), (3, "m"))]


def test_a_row_is_the_state_beside_its_label():
    observed = observe(make_planted("one-cell").translator, PAIRS)
    labels = observed.labels["dec"]
    rows = observed.rows("dec.l0.c", labels)
    assert set(observed.sites) == {"dec.l0.c", "dec.l0.h", "enc.l0.c", "enc.l0.h"}
    assert len(rows) == len(labels) == 20
    for row in (0, 13):
        sentence, position = labels.sentence[row], labels.position[row]
        assert (rows[row] == observed.trace["dec.l0.c"][sentence, position].numpy()).all()
    some = observed.labelled(np.array([False, True])).labels["dec"]
    assert set(some.sentence) == {1} and len(some) == 10


def test_words_that_the_model_does_not_know_are_named():
    strange = msgspec.structs.replace(PAIRS[0], source=("the", "lighthouse", *PAIRS[0].source[2:]))
    with pytest.raises(TranslateError, match="does not know lighthouse"):
        observe(make_planted("one-cell").translator, [strange])
