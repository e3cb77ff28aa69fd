"""The report's answer in two sentences of at most 25 words each, worded from the numbers."""

from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, worst
from translate.lab.verdicts.claims import part_used
from translate.lab.verdicts.phrases import share_of, site_of
from translate.lab.verdicts.results import Results
from translate.lab.verdicts.rules import UNDECIDED as OPEN_FATE

QUESTION = (
    "A translation into Czech must remember whether it speaks of a boy or a girl. Is that gender in the network's "
    "memory, word by word, and does the network use what is there?"
)
_LEADS = {HOLDS: "Yes", FAILS: "No", UNDECIDED: "Not certainly"}


def answer(results: Results) -> tuple[str, str]:
    """The report's two sentences: whether the gender is stored and used, and what becomes of it after the switch."""
    by_id = {claim.id: claim for claim in results.claims if claim.side != "encoder"}
    verdicts = [by_id[name].verdict if name in by_id else UNDECIDED for name in ("stored", "used", "contained")]
    reading = results.readings[0]
    used = "whether it is used could not be tried"
    if "used" in by_id:
        used = f"exchanging {_part(results)} turns {share_of(by_id['used'].estimate)}"
    text = (
        f"{_LEADS[worst(verdicts)]}, in one model: {site_of(reading.site)} tells gender at "
        f"{share_of(reading.probe)} of words; {used}."
    )
    return text, _afterwards(results)


def _part(results: Results) -> str:
    """What was exchanged: "c alone", or "its trained direction"."""
    part, _ = part_used(next(parts for parts in results.necessity if parts.side == "dec"))
    return part.part.words if part.part.kind == "state" else f"its {part.part.kind}"


def _afterwards(results: Results) -> str:
    """What becomes of the first gender once the second noun has come."""
    read = f"a probe reads it at {share_of(results.first_noun.after_anew)}"
    fate = next((verdict for verdict in results.verdicts if verdict.side == "decoder"), None)
    if fate is None:
        return f"After the second noun {read.replace('it', 'the first gender')}; whether that is used was not asked."
    is_open = fate.verdict == OPEN_FATE
    became = "the first gender's fate is undecided" if is_open else f"the first gender is {fate.verdict}"
    later = fate.numbers.get("later")
    turned = f", exchanging it turns {share_of(later)}" if later else ""
    return f"After the second noun {became}: {read}{turned}."
