"""Which nouns are for testing does not decide what is said; where it does, that is undecided."""

from dataclasses import replace

import pytest

from translate.lab.verdicts.bars import settled
from translate.lab.verdicts.results import Results
from translate.lab.verdicts.split_seeds import SEEDS, over_splits
from translate.lab.verdicts.whole_report import concluded
from translate.resources import models


def test_a_verdict_that_changes_with_the_nouns_is_undecided():
    assert settled(["holds"] * 12) == "holds" and settled(["does not hold"] * 2) == "does not hold"
    assert settled(["holds", "does not hold"]) == settled(["holds", "undecided"]) == "undecided"


def test_a_planted_cell_is_found_whatever_the_nouns(set_up):
    _, setup = set_up("one-cell")
    found = over_splits(setup, seeds=(0, 1), jobs=2)
    assert found["units"] == found["gates"] == ("holds", "holds")
    assert found["used-decoder"] == found["contained-encoder"] == found["forgotten-decoder"] == ("holds", "holds")
    assert "stored-decoder" not in found


def test_a_claim_that_wavers_is_undecided_and_says_so(results):
    before = {claim.name: claim for claim in results.claims}
    wavering = next(name for name, claim in before.items() if claim.verdict == "holds")
    steady = next(name for name, claim in before.items() if claim.verdict == "holds" and name != wavering)
    given = {wavering: ("holds", "holds", "does not hold"), steady: ("holds",) * 3}
    after = {claim.name: claim for claim in concluded(replace(results, over_splits=given)).claims}
    assert after[wavering].verdict == "undecided" and "2 of 3 choices of the nouns" in after[wavering].statement
    assert after[steady] == before[steady]


def test_a_fate_that_wavers_is_undecided_everywhere(results):
    fate = replace(results.verdicts[0], verdict="erased")
    given = {f"forgotten-{fate.side}": ("holds", "undecided", "holds")}
    after = concluded(replace(results, verdicts=(fate, *results.verdicts[1:]), over_splits=given))
    assert after.verdicts[0].verdict == "undecided" and "2 of 3 choices" in after.verdicts[0].rule
    assert after.claim(f"forgotten-{fate.side}").verdict == "undecided" and "undecided" in after.answer[1]
    assert concluded(after) == after


@pytest.mark.slow
def test_a_claim_on_the_shipped_model_that_the_nouns_turn_round_is_undecided():
    """Over 12 seeds of the split; printed with -s."""
    from translate.lab.verdicts.whole_report import make_setup
    from translate.model.translator import Translator

    found = over_splits(make_setup(Translator.load()))
    for name, verdicts in found.items():
        print(f"{name:18} {settled(verdicts):14} holds for {verdicts.count('holds')} of {len(verdicts)}")
    for name in ("erased-decoder", "written-encoder"):
        assert settled(found[name]) == "holds", name


def test_what_wavers_in_the_report_that_ships_is_undecided():
    shipped = Results.from_json((models("lesson") / "results.json").read_bytes())
    wavering = {name for name, verdicts in shipped.over_splits.items() if len(set(verdicts)) > 1}
    assert wavering and {len(verdicts) for verdicts in shipped.over_splits.values()} == {len(SEEDS)}
    assert {shipped.claim(name).verdict for name in wavering} == {"undecided"}
