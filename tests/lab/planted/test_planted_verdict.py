"""The verdict names the mechanism that is planted, and the report's claims hold or fail as they must."""

from dataclasses import replace

import pytest

from translate.lab.planted.language import material
from translate.lab.planted.networks import NAMES, make_planted
from translate.lab.planted.truths import TRUTHS
from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.rules import ERASED, OVERWRITTEN, USED, Evidence, judge
from translate.lab.verdicts.whole_report import probe

WORDS = 168


def estimate(share: float):
    return wilson(round(share * WORDS), WORDS, "words")


@pytest.mark.parametrize("name", NAMES)
def test_from_what_is_true_the_rules_lead_to_the_mechanism(name):
    truth = TRUTHS[name]
    a, b, c = (estimate(truth.clamped[clamp]) for clamp in "abc")
    used, anew = estimate(truth.exchanged["c"][0]), estimate(truth.first[0])
    evidence = Evidence(
        "decoder", "the first gender", used, later=estimate(0.0), open_forget=a, blocked=b, both=c, anew=anew
    )
    assert judge(evidence).verdict == truth.verdict


@pytest.mark.parametrize("name, rounds", [("never-forgets", 7), ("rereads", 4)])
def test_from_what_is_measured_they_lead_there_too(name, rounds):
    planted = replace(make_planted(name), material=material(rounds))
    truth, found = planted.truth, probe(planted.setup(), depth="quick")
    decoder, encoder = found.verdicts
    assert (decoder.verdict, encoder.verdict) == (truth.verdict, USED)
    claims = {claim.name: claim.verdict for claim in found.claims}
    held = truth.current["dec.l0.c"] == 1.0
    assert claims["stored-decoder"] == ("holds" if held else "does not hold") and claims["stored-encoder"] == "holds"
    assert claims["contained-decoder"] == claims["contained-encoder"] == claims["agreement"] == "holds"
    assert claims["forgotten-decoder"] == ("holds" if truth.verdict in (ERASED, OVERWRITTEN) else "does not hold")
    assert claims["first-noun"] == ("holds" if truth.first[1] == 0.5 else "does not hold")
    if held:
        assert claims["used-decoder"] == claims["written-decoder"] == "holds"
        assert claims["erased-decoder"] == ("does not hold" if truth.erased_by is None else "holds")
