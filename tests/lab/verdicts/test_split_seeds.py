"""Which nouns are for testing does not decide what is said; where it does, that is undecided."""

import pytest

from translate.lab.verdicts.split_seeds import over_splits, settled


def test_a_verdict_that_changes_with_the_nouns_is_undecided():
    assert settled(["holds"] * 12) == "holds" and settled(["does not hold"] * 2) == "does not hold"
    assert settled(["holds", "does not hold"]) == settled(["holds", "undecided"]) == "undecided"


def test_a_planted_cell_is_found_whatever_the_nouns(set_up):
    _, setup = set_up("one-cell")
    found = over_splits(setup, (0, 1))
    assert settled(claim.verdict for claim in found["units"]) == "holds"
    assert found["stored-decoder"][0].estimate.value == found["stored-decoder"][1].estimate.value == 1.0


@pytest.mark.slow
def test_a_claim_on_the_shipped_model_that_the_nouns_turn_round_is_undecided():
    """Over 12 seeds of the split; printed with -s. One that wavers between a verdict and undecided is only listed."""
    from translate.lab.verdicts.whole_report import make_setup
    from translate.model.translator import Translator

    found = over_splits(make_setup(Translator.load()))
    for name, claims in found.items():
        values = [claim.estimate.value for claim in claims]
        print(f"{name:18} {settled(claim.verdict for claim in claims):14} {min(values):.3f} to {max(values):.3f}")
    both = {"holds", "does not hold"}
    turned_round = [name for name, claims in found.items() if both <= {claim.verdict for claim in claims}]
    assert {found[name][0].verdict for name in turned_round} <= {"undecided"}, turned_round
    for name in ("erased-decoder", "written-encoder"):
        assert settled(claim.verdict for claim in found[name]) == "holds", name
