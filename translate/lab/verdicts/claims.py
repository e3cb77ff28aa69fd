"""The seven claims about a memory, each for the decoder and for the encoder, worded from what was measured.

stored, held, written, erased, used, contained, forgotten: only together do they say that a gender is remembered and
then given up. A control that comes too near makes a claim undecided, whatever its own number is.
"""

from dataclasses import replace

from translate.lab.experiments.intervening.parts import Effect, Exchange
from translate.lab.experiments.reading.accounts import Accounts
from translate.lab.experiments.reading.held import FAR, Held
from translate.lab.experiments.reading.stored import Reading
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, at_least, at_most, memory_name, pc
from translate.lab.verdicts.results import Claim
from translate.lab.verdicts.rules import ERASED, OVERWRITTEN, Verdict

SIDES = {"dec": "decoder", "enc": "encoder"}


def stored(reading: Reading, more: dict[str, Estimate] | None = None) -> Claim:
    """Does one direction tell the current gender of unseen nouns? `more`: further controls by name."""
    controls = {
        "shuffled labels": reading.shuffled, "untrained network": reading.untrained,
        "the word's embedding": reading.embedding, "always the more frequent": reading.majority, **(more or {}),
    }  # fmt: skip
    best = max(controls, key=lambda name: controls[name].value)
    name, verdict = memory_name(reading.site), at_least(reading.probe, 0.95)
    if verdict == FAILS:
        text = f"{name} does not tell the current gender of unseen nouns reliably: {pc(reading.probe)} of the words"
    else:
        text = f"{name} tells the current gender of unseen nouns at {pc(reading.probe)} of the words"
    return _against(Claim(
        "stored", f"{text}; the best control reaches {pc(controls[best])} ({best}).", verdict,
        "at least 95 % of the words, and above every control's interval", reading.probe, controls,
        "An untrained network or the word itself that reads as well would mean that nothing was learnt or stored.",
        side=SIDES[Site(reading.site).side],
    ))  # fmt: skip


def held(found: Held) -> Claim:
    """Is it still told far from the noun?"""
    verdict = at_least(found.far, 0.95)
    still = {HOLDS: "still tells", FAILS: "no longer tells", UNDECIDED: "mostly still tells"}[verdict]
    return _against(Claim(
        "held", f"{FAR} words and more after the noun {memory_name(found.site, short=True)} {still} its gender: "
        f"{pc(found.far)} of the words.", verdict,
        f"at least 95 % of the words that lie {FAR} words or more behind the noun, and above an untrained network",
        found.far, {"untrained network": found.untrained},
        "An accuracy that falls with the distance would mean that the gender leaks away before it is needed.",
        side=SIDES[Site(found.site).side],
    ))  # fmt: skip


def written(found: Accounts) -> Claim:
    """Is it the noun that writes it?"""
    verdict = at_least(found.at_noun, 0.5)
    text = f"Of the gender in the {SIDES[found.side]}'s cell where it is needed, {pc(found.at_noun)} was written at its noun"
    text += {HOLDS: "", FAILS: " only", UNDECIDED: ""}[verdict]
    if found.brought.low > 0:
        text += f", and {pc(found.brought)} had come with the encoder's state"
    return Claim(
        "written", text + ".", verdict,
        "at least half of it was written by the step that has read the noun and its two neighbours", found.at_noun,
        {"brought by the encoder's state": found.brought},
        "Shares spread over many words would mean that no one word stores the gender.", side=SIDES[found.side],
    )  # fmt: skip


def erased(found: Accounts) -> Claim:
    """Is it the forget gate that takes the first gender away?"""
    verdict = at_least(found.by_forgetting, 0.5)
    only = " only" if verdict == FAILS else ""
    return Claim(
        "erased", f"Once the {SIDES[found.side]} has read the second noun, its forget gate has taken away {pc(found.by_forgetting)}{only} "
        f"of the first noun's gender, and writing {pc(found.by_writing)}.", verdict,
        "the forget gate takes away at least half", found.by_forgetting,
        {"taken away in all": found.gone, "by writing": found.by_writing},
        "A gate that stayed open would leave the old gender to be outweighed by the new one, or to stay.",
        side=SIDES[found.side],
    )  # fmt: skip


def used(whole: Effect, random: dict[Exchange, Estimate], side: str) -> Claim:
    """Does exchanging the state exchange the agreement?"""
    verdict = at_least(whole.flipped, 0.95)
    only = " only" if verdict == FAILS else ""
    text = f"Exchanging the {side}'s {whole.part.words} one word after the noun turns {pc(whole.flipped)} of its clause's agreeing words{only}"
    if random:
        most = max(random, key=lambda part: part.count or 0)
        text += f"; {most.count} random units of {most.states[0]} turn {pc(random[most])}"
    return _against(Claim(
        "used", text + ".", verdict, "at least 95 % of the clause's agreeing words turn, random units far fewer", whole.flipped,
        {part.words: flipped for part, flipped in random.items()}, "Agreement that did not follow the exchange would come from somewhere else than this state.", side=side,
    ))  # fmt: skip


def contained(whole: Effect, side: str) -> Claim:
    """Does the exchange leave the other clause alone?"""
    other = whole.other
    verdict = at_most(other, 0.05)
    word = {HOLDS: "stays as it was", FAILS: "changes too", UNDECIDED: "mostly stays as it was"}[verdict]
    return Claim(
        "contained", f"When the {side}'s state is exchanged, the other clause {word}: {pc(other)} of its agreeing words turn.",
        verdict, "at most 5 % of the other clause's agreeing words turn", other, {"rest of the sentence unchanged": whole.rest},
        "Words of the other clause that turn as well would mean one gender for the whole sentence.", side=side,
    )  # fmt: skip


def forgotten(verdict: Verdict, side: str) -> Claim:
    """Is the first gender given up when the second one comes?"""
    estimate = next(reversed(verdict.numbers.values()))
    holds = (
        HOLDS if verdict.verdict in (ERASED, OVERWRITTEN) else UNDECIDED if verdict.verdict == "undecided" else FAILS
    )
    return Claim(
        "forgotten", f"After the second noun the first one's gender is {verdict.verdict} in the {side}: {verdict.rule}.", holds,
        "the verdict is erased or overwritten", estimate, dict(verdict.numbers), verdict.otherwise, side=side,
    )  # fmt: skip


def _against(claim: Claim) -> Claim:
    """The claim with the controls that reach into its interval named; they make one that holds undecided."""
    near = tuple(name for name, control in claim.controls.items() if control.n and control.high >= claim.estimate.low)
    verdict = UNDECIDED if near and claim.verdict == HOLDS else claim.verdict
    return replace(claim, verdict=verdict, failed=near)
