"""The report's answer in two sentences, worded from the numbers."""

from collections.abc import Sequence

from translate.lab.experiments.intervening.parts import Effect
from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.experiments.reading.stored import Reading
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, at_least, memory_name, pc, worst
from translate.lab.verdicts.results import Claim


def answer(
    readings: Sequence[Reading], effects: Sequence[Effect], found: FirstNoun, claims: Sequence[Claim]
) -> tuple[str, str]:
    """The report's two sentences: what is stored and used, and what that does not yet show."""
    by = {claim.id: claim for claim in claims if claim.side != "encoder"}
    used = by.get("used")
    lead = {HOLDS: "Yes", FAILS: "No", UNDECIDED: "Not certainly"}[worst(by[name].verdict if name in by else UNDECIDED
                                                                        for name in ("stored", "used", "contained"))]  # fmt: skip
    here = readings[0]
    one = (
        f"{lead}, in this one model: one direction of {memory_name(here.site, short=True)} tells the current gender of unseen nouns at "
        f"{pc(here.probe)} of the words (an untrained network: {pc(here.untrained)})"
    )
    if used is None:
        one += "; whether it is used could not be tried, since no pair of sentences is translated well enough."
    else:
        whole = next(e for e in effects if e.clause == 0 and e.moment == "after noun")
        other = "" if whole.other is None else f" and {pc(whole.other)} of the other clause's"
        one += f", and exchanging the state turns {pc(whole.flipped)} of its clause's agreeing words{other}."
    return one, _what_it_does_not_show(by["first-noun"], found)


def _what_it_does_not_show(claim: Claim, found: FirstNoun) -> str:
    traces = (
        f"After the second noun a new probe still finds the first one's gender in {pc(found.after_anew)} of the words"
    )
    if at_least(found.after_anew, 0.6) != HOLDS:
        traces = f"After the second noun a new probe finds the first one's gender in only {pc(found.after_anew)} of the words"
    if claim.verdict == HOLDS and at_least(found.after_second, 0.65) != HOLDS:
        return f"{traces}, and its old place tells neither gender ({pc(found.after_second)} for the second noun's)."
    if claim.verdict == HOLDS:
        return (f"{traces}, but the place that held it now tells the second noun's ({pc(found.after_second)}): it is used again, which "
                "a probe's accuracy alone would not have shown.")  # fmt: skip
    return (f"{traces}, and the first clause's own probe in {pc(found.after_unchanged)}: these readings do not show that anything is "
            "forgotten or overwritten.")  # fmt: skip
