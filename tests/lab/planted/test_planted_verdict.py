"""The verdict names the mechanism that is planted, and the report's claims hold or fail as they must."""

import pytest

from translate.lab.experiments.intervening.clamps import clamps
from translate.lab.experiments.intervening.paths import paths
from translate.lab.experiments.intervening.residual import residual
from translate.lab.experiments.reading.first_noun import first_noun
from translate.lab.experiments.reading.units import rank
from translate.lab.planted.networks import NAMES, make_planted
from translate.lab.planted.truths import SURE, TRUTHS
from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.answer import answer
from translate.lab.verdicts.evidence import of_decoder
from translate.lab.verdicts.rules import FORGOTTEN, USED, Evidence, judge
from translate.lab.verdicts.whole_report import probe

WORDS = 168


def estimate(share: float):
    return wilson(round(share * WORDS), WORDS, "words")


@pytest.mark.parametrize("name", NAMES)
def test_from_what_is_true_the_rules_lead_to_the_mechanism(name):
    truth = TRUTHS[name]
    a, b, c = (estimate(truth.clamped[clamp]) for clamp in "abc")
    evidence = Evidence(
        "decoder",
        "the first gender",
        used=estimate(truth.exchanged["c"][0]),
        anew=estimate(truth.first[0]),
        curved=estimate(truth.first[0]),
        unchanged=estimate(truth.first[1]),
        later=estimate(0.0),
        returning=estimate(SURE) if truth.returns else None,
        amplified=estimate(0.0),
        open_forget=a,
        blocked=b,
        both=c,
    )
    assert judge(evidence).verdict == truth.verdict


def test_from_what_is_measured_they_lead_there_too(planted, planted_setup):
    """Each question is asked of its own experiment; where it is kept, the place is named, too."""
    ranking = rank(planted_setup)
    first, rest = first_noun(planted_setup), residual(planted_setup)
    verdict = judge(of_decoder(paths(planted_setup), first, clamps(planted_setup, ranking, (3,)), rest))
    assert verdict.verdict == planted.truth.verdict, verdict.answers
    if verdict.verdict in (USED, "kept but unused"):
        assert verdict.mechanism == ("moved elsewhere" if planted.truth.moved else "where it was")


@pytest.mark.parametrize("name", ["never-forgets", "telling-word"])
def test_a_whole_report_says_so_and_its_claims_hold_or_fail(name):
    planted = make_planted(name).fewer(3)
    truth, found = planted.truth, probe(planted.setup(), depth="quick")
    decoder, encoder = found.verdicts
    assert (decoder.verdict, encoder.verdict) == (truth.verdict, USED)
    claims = {claim.name: claim.verdict for claim in found.claims}
    held = truth.current["dec.l0.c"] == 1.0
    assert claims["stored-decoder"] == ("holds" if held else "does not hold") and claims["stored-encoder"] == "holds"
    assert claims["contained-encoder"] == claims["agreement"] == "holds"
    assert claims["contained-decoder"] == ("holds" if held else "undecided")  # where nothing turns, nothing was tried
    assert claims["used-encoder"] == "holds" and claims["used-decoder"] == ("holds" if held else "does not hold")
    assert claims["forgotten-decoder"] == ("holds" if truth.verdict in FORGOTTEN else "does not hold")
    assert claims["first-noun"] == ("holds" if truth.first[1] == 0.5 else "does not hold")
    if held:
        assert claims["written-decoder"] == "holds"
        assert claims["erased-decoder"] == ("does not hold" if truth.erased_by is None else "holds")
    assert answer(found)[0].startswith("Yes" if held else "No")
    assert all(len(sentence.split()) <= 25 for sentence in found.answer)
