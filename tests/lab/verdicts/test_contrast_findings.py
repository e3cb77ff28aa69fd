"""What may be said of a contrast of one's own: of networks whose answer is known, and of what cannot be asked."""

from types import SimpleNamespace

import pytest

from tests.lab.experiments.test_contrast import contrasts_of
from translate import lab
from translate.lab.planted.looking_back import make_looking_back
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.events import NOT_CROSSED
from translate.lab.verdicts.claim import standards
from translate.lab.verdicts.contrast_claims import contrast_standards


def findings_of(translator, lines):
    return lab.contrast_findings(*lab.contrast(translator, lines))


@pytest.mark.slow
@pytest.mark.numerical
def test_two_contrasts_in_a_sentence_are_followed_to_the_end():
    planted = make_planted("one-cell").fewer(2)
    found = findings_of(planted.translator, contrasts_of(planted))
    verdicts = {claim.name: claim.verdict for claim in found.claims}
    for name in ("stored-decoder", "used-decoder", "contained-decoder", "forgotten-decoder"):
        assert verdicts[name] == "holds", name
    assert found.fate.verdict == planted.truth.verdict and found.first is not None and len(found.turns) == 8
    assert found.answer[0].startswith("Yes") and "erased" in found.answer[2]
    assert found.names.both == "boy / girl and 9 other pairs" and not found.by_sentence
    texts = " ".join([*found.answer, *found.notes, *(f"{claim.statement} {claim.bar}" for claim in found.claims)])
    assert not any(word in texts for word in ("gender", "masculine", "feminine", " noun"))
    assert found._repr_html_().count("<tr") > len(found.claims)


@pytest.mark.numerical
def test_of_one_contrast_a_sentence_it_is_said_what_cannot_be_asked():
    planted = make_planted("one-cell").fewer(3)
    lines = [(m, f) for m, f in contrasts_of(planted) if m.split()[-4] == f.split()[-4]]
    found = findings_of(planted.translator, lines)
    assert found.answer[2] == NOT_CROSSED and NOT_CROSSED in found.notes
    assert found.fate is found.first is found.residual is found.start is None and not found.turns
    claims = {claim.name: claim for claim in found.claims}
    assert claims["used-decoder"].verdict == claims["contained-decoder"].verdict == "holds"
    assert "not one other word changes" in claims["contained-decoder"].statement
    course = {each.side: each.course for each in found.courses if each.site == "dec.l0.c" and not each.untrained}
    read = course["m"].at.index(0)
    assert (
        course["m"].value[read] < 0.3 and course["f"].value[read] > 0.7
    )  # half of its words are about the second noun
    kept = found.sides[0].held.by_distance
    assert set(found.sides[0].anew) <= set(kept) and found.sides[0].anew["0"].value == kept["0"].value == 1.0


@pytest.mark.slow
@pytest.mark.numerical
@pytest.mark.parametrize(("carrier", "remembered"), [("cell", "holds"), ("attention", "does not hold")])
def test_a_decoder_that_looks_back_is_told_from_one_that_remembers(carrier, remembered):
    looking = make_looking_back(carrier)
    switch = looking.material.suites["switch"][:120]
    lines = contrasts_of(SimpleNamespace(material=SimpleNamespace(suites={"switch": switch})))
    found = findings_of(looking.translator, lines)
    claims = {claim.name: claim for claim in found.claims}
    assert claims["cell-alone"].verdict == remembered
    assert found.start.of("state and bank").words.turned.value == 1.0  # the ceiling: the other sentence's run
    assert found.after.of("bank").words.turned.value == (0.0 if carrier == "cell" else 1.0)
    assert any("looks back" in note for note in found.notes)


def test_the_bars_are_the_lessons():
    for name, standard in contrast_standards().items():
        if name != "alone-contained":
            lesson = standards()[name]
            assert (standard.least, standard.most, standard.is_against) == (
                lesson.least,
                lesson.most,
                lesson.is_against,
            )
