"""The seven claims about a memory, each for the decoder and for the encoder, worded from what was measured.

stored, held, written, erased, used, contained, forgotten: only together do they say that a gender is remembered and
then given up. What each needs to hold stands here, before the sentence that it makes.
"""

from collections.abc import Iterator, Mapping, Sequence

from translate.lab.experiments.intervening.parts import Effect
from translate.lab.experiments.reading.accounts import Accounts
from translate.lab.experiments.reading.held import FAR, Held
from translate.lab.experiments.reading.stored import Reading
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import DECODER_FIRST, Site
from translate.lab.verdicts import findings
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED
from translate.lab.verdicts.claim import Claim, Standard
from translate.lab.verdicts.results import Results
from translate.lab.verdicts.rules import FORGOTTEN, OPEN, Verdict
from translate.lab.verdicts.words import NAMES, Side, capital, share_of, site_of

NEUTRAL = "neutral twin"
"""How the claims name that control."""

STORED = Standard(
    "stored",
    least=0.95,
    bar="at least 95 % of the words, and above every control's interval",
    is_against=True,
    refuted_by="An untrained network or the word itself that reads as well would mean that nothing was learnt or "
    "stored.",
)
HELD = Standard(
    "held",
    least=0.95,
    bar=f"at least 95 % of the words that lie {FAR} words or more behind the noun, and above an untrained network",
    is_against=True,
    refuted_by="An accuracy that falls with the distance would mean that the gender leaks away before it is needed.",
)
WRITTEN = Standard(
    "written",
    least=0.5,
    bar="at least half of it was written by the step that has read the noun and its two neighbours",
    refuted_by="Shares spread over many words would mean that no one word stores the gender.",
)
ERASED = Standard(
    "erased",
    least=0.5,
    bar="the forget gate takes away at least half",
    refuted_by="A gate that stayed open would leave the old gender to be outweighed by the new one, or to stay.",
)
USED = Standard(
    "used",
    least=0.95,
    bar="at least 95 % of the clause's agreeing words turn, random units far fewer",
    is_against=True,
    refuted_by="Agreement that did not follow the exchange would come from somewhere else than this state.",
)
CONTAINED = Standard(
    "contained",
    most=0.05,
    bar="at most 5 % of the other clause's agreeing words turn",
    refuted_by="Words of the other clause that turn as well would mean one gender for the whole sentence.",
)


def claims_of(results: Results) -> tuple[Claim, ...]:
    """All that may be said of some results: the seven claims for the decoder, for the encoder, and the findings."""
    sides = [claim for side in DECODER_FIRST for claim in _of_side(results, side)]
    return (*sides, *findings.findings_of(results))


def _of_side(results: Results, side: str) -> Iterator[Claim]:
    """The seven claims for one side, as far as there is something to say."""
    site = Site(results.units.site).on(side)
    twin = {NEUTRAL: results.twin.probes[site]} if results.twin else {}
    yield from (stored(reading, twin) for reading in results.readings if reading.site == site)
    yield from (held(far) for far in results.held if far.site == site)
    for accounts in results.ledger:
        if accounts.side == side:
            yield written(accounts)
            yield erased(accounts)
    effects = after_noun(results.effects if side == "dec" else results.encoder_effects)
    if effects:
        yield used(effects, NAMES[side])
        if effects[0].other is not None:
            yield contained(effects[0], effects[0].other, NAMES[side])
    yield from (forgotten(verdict) for verdict in results.verdicts if verdict.side == NAMES[side] and verdict.numbers)


def after_noun(effects: Sequence[Effect]) -> list[Effect]:
    """The exchanges in the first clause, one word after its noun; the whole state comes first."""
    return [effect for effect in effects if effect.clause == 0 and effect.moment == "after noun"]


def stored(reading: Reading, more: Mapping[str, Estimate] | None = None) -> Claim:
    """Does one direction tell the current gender of unseen nouns? `more`: further controls by name."""
    controls = {
        "shuffled labels": reading.shuffled,
        "untrained network": reading.untrained,
        "the word's embedding": reading.embedding,
        "always the more frequent": reading.majority,
        **(more or {}),
    }
    best = max(controls, key=lambda name: controls[name].value)
    text = (
        f"{capital(site_of(reading.site))} {{}} {share_of(reading.probe)} of the words; the best control reaches "
        f"{share_of(controls[best])} ({best})."
    )
    tells = "tells the current gender of unseen nouns at"
    tells_not = "does not tell the current gender of unseen nouns reliably:"
    side = NAMES[Site(reading.site).side]
    return STORED.claim(reading.probe, text, (tells, tells_not, tells), controls, side)


def held(far: Held) -> Claim:
    """Is it still told far from the noun?"""
    text = f"{FAR} words and more after the noun {site_of(far.site)} {{}} its gender: {share_of(far.far)} of the words."
    words = ("still tells", "no longer tells", "mostly still tells")
    return HELD.claim(far.far, text, words, {"untrained network": far.untrained}, NAMES[Site(far.site).side])


def written(accounts: Accounts) -> Claim:
    """Is it the noun that writes it?"""
    side, at_noun, brought = NAMES[accounts.side], share_of(accounts.at_noun), accounts.brought
    text = f"Of the gender in the {side}'s cell where it is needed, {at_noun} was written at its noun{{}}"
    if brought.low > 0:
        text += f", and {share_of(brought)} had come with the encoder's state"
    controls = {"brought by the encoder's state": brought}
    return WRITTEN.claim(accounts.at_noun, f"{text}.", ("", " only", ""), controls, side)


def erased(accounts: Accounts) -> Claim:
    """Is it the forget gate that takes the first gender away?"""
    side, taken = NAMES[accounts.side], accounts.by_forgetting
    text = (
        f"Once the {side} has read the second noun, its forget gate has taken away {share_of(taken)}{{}} of the first "
        f"noun's gender, and writing {share_of(accounts.by_writing)}."
    )
    controls = {"taken away in all": accounts.gone, "by writing": accounts.by_writing}
    return ERASED.claim(taken, text, ("", " only", ""), controls, side)


def used(effects: Sequence[Effect], side: Side) -> Claim:
    """Does exchanging the state exchange the agreement? `effects`: of the whole state first, and of random units."""
    whole, random = effects[0], [effect for effect in effects if effect.part.kind == "random units"]
    text = (
        f"Exchanging the {side}'s {whole.part.words} one word after the noun turns {share_of(whole.flipped)} of its "
        "clause's agreeing words{}"
    )
    if random:
        most = max(random, key=lambda effect: effect.part.count or 0)
        text += f"; {most.part.count} random units of {most.part.states[0]} turn {share_of(most.flipped)}"
    controls = {effect.part.words: effect.flipped for effect in random}
    return USED.claim(whole.flipped, f"{text}.", ("", " only", ""), controls, side)


def contained(whole: Effect, other: Estimate, side: Side) -> Claim:
    """Does the exchange leave the other clause alone? other: how many of its words turn."""
    text = f"When the {side}'s state is exchanged, the other clause {{}}: {share_of(other)} of its agreeing words turn."
    words = ("stays as it was", "changes too", "mostly stays as it was")
    return CONTAINED.claim(other, text, words, {"rest of the sentence unchanged": whole.rest}, side)


def forgotten(verdict: Verdict) -> Claim:
    """Is the first gender given up when the second one comes? A claim without a bar: the rules have theirs."""
    holds = HOLDS if verdict.verdict in FORGOTTEN else UNDECIDED if verdict.verdict == OPEN else FAILS
    text = f"After the second noun the first one's gender is {verdict.verdict} in the {verdict.side}: {verdict.rule}."
    return Claim(
        id="forgotten",
        statement=text,
        verdict=holds,
        bar="the verdict is erased or overwritten",
        estimate=next(reversed(verdict.numbers.values())),
        controls=dict(verdict.numbers),
        refuted_by=verdict.otherwise,
        side=verdict.side,
    )
