"""The report's answer in two sentences, worded from the numbers."""

from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, at_least, worst
from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.claims import after_noun
from translate.lab.verdicts.findings import READABLE, is_second_in_its_place
from translate.lab.verdicts.phrases import share_of, site_of
from translate.lab.verdicts.results import Results

QUESTION = (
    "A translation into Czech must remember whether it speaks of a boy or a girl. Is that gender in the network's "
    "memory, word by word, and does the network use what is there?"
)
_LEADS = {HOLDS: "Yes", FAILS: "No", UNDECIDED: "Not certainly"}


def answer(results: Results) -> tuple[str, str]:
    """The report's two sentences: what is stored and used, and what that does not yet show."""
    by_id = {claim.id: claim for claim in results.claims if claim.side != "encoder"}
    verdicts = [by_id[name].verdict if name in by_id else UNDECIDED for name in ("stored", "used", "contained")]
    reading = results.readings[0]
    text = (
        f"{_LEADS[worst(verdicts)]}, in this one model: one direction of {site_of(reading.site)} tells the current "
        f"gender of unseen nouns at {share_of(reading.probe)} of the words (an untrained network: "
        f"{share_of(reading.untrained)})"
    )
    if "used" in by_id:
        whole = after_noun(results.effects)[0]
        other = "" if whole.other is None else f" and {share_of(whole.other)} of the other clause's"
        flipped = share_of(whole.flipped)
        text += f", and exchanging the state turns {flipped} of its clause's agreeing words{other}."
    else:
        text += "; whether it is used could not be tried, since no pair of sentences is translated well enough."
    return text, _what_it_does_not_show(by_id["first-noun"], results.first_noun)


def _what_it_does_not_show(claim: Claim, first: FirstNoun) -> str:
    still = "still finds" if at_least(first.after_anew, READABLE) == HOLDS else "finds"
    only = "" if still == "still finds" else "only "
    anew, second = share_of(first.after_anew), share_of(first.after_second)
    traces = f"After the second noun a new probe {still} the first one's gender in {only}{anew} of the words"
    if claim.verdict != HOLDS:
        return (
            f"{traces}, and the first clause's own probe in {share_of(first.after_unchanged)}: these readings do not "
            "show that anything is forgotten or overwritten."
        )
    if is_second_in_its_place(first):
        return (
            f"{traces}, but the place that held it now tells the second noun's ({second}): it is used again, which a "
            "probe's accuracy alone would not have shown."
        )
    return f"{traces}, and its old place tells neither gender ({second} for the second noun's)."
