"""The seven claims about a memory, each for the decoder and for the encoder, worded from what was measured.

stored, held, written, erased, used, contained, forgotten: only together do they say that a gender is remembered and
then given up. What each needs to hold, and how it is worded, stands in `claims.toml`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from translate.lab.experiments.intervening.necessity import Necessity, Part
from translate.lab.experiments.intervening.parts import Effect, Kind
from translate.lab.experiments.reading.accounts import Accounts
from translate.lab.experiments.reading.held import FAR, Held
from translate.lab.experiments.reading.stored import Reading
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import DECODER_FIRST, Site
from translate.lab.verdicts import findings
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, Outcome, at_least, settled
from translate.lab.verdicts.claim import Claim, against, make
from translate.lab.verdicts.phrases import EXAMPLES, NAMES, share_of, word_name
from translate.lab.verdicts.results import Results
from translate.lab.verdicts.rules import FORGOTTEN, Verdict
from translate.lab.verdicts.rules import UNDECIDED as OPEN_FATE
from translate.numerals import percent
from translate.terms import GENDERS

NEUTRAL = "neutral twin"
"""How the claims name that control."""
_APART = 0.01
"""A gender of whose words fewer turn than of both together, by more than this, is named."""
OWN = 0.5
"""From this share of its own clause's words on, a part has been exchanged that could have turned others, too."""


def claims_of(results: Results) -> tuple[Claim, ...]:
    """All that may be said of some results: the seven claims for the decoder, for the encoder, and the findings."""
    sides = [claim for side in DECODER_FIRST for claim in _of_side(results, side)]
    return tuple(over_splits(claim, results.over_splits) for claim in (*sides, *findings.findings_of(results)))


def over_splits(claim: Claim, given: Mapping[str, Sequence[Outcome]]) -> Claim:
    """The claim, undecided where other nouns for testing change its verdict. given: its verdicts, by its name."""
    verdicts = given.get(claim.name, ())
    if settled([claim.verdict, *verdicts]) == claim.verdict:
        return claim
    held = sum(verdict == HOLDS for verdict in verdicts)
    text = f"{claim.statement} That holds for {held} of {len(verdicts)} choices of the nouns for testing."
    return replace(claim, statement=text, verdict=UNDECIDED)


def fate_over_splits(verdict: Verdict, given: Mapping[str, Sequence[Outcome]]) -> Verdict:
    """What became of a gender, undecided where other nouns for testing say otherwise; given: as in `over_splits`."""
    outcomes = given.get(f"forgotten-{verdict.side}", ())
    if len(set(outcomes)) < 2 or verdict.verdict == OPEN_FATE:
        return verdict
    held = sum(outcome == HOLDS for outcome in outcomes)
    rule = (
        f"{verdict.verdict} with these nouns for testing, and forgotten with {held} of {len(outcomes)} choices of them"
    )
    return replace(verdict, verdict=OPEN_FATE, rule=rule, otherwise="More nouns, or an effect further from the bars.")


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
    for parts in results.necessity:
        if parts.side == side:
            yield used(parts)
            yield from contained(parts)
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
    best, side = max(controls, key=lambda name: controls[name].value), NAMES[Site(reading.site).side]
    words = {"site": reading.site, "probe": reading.probe, "best": controls[best], "name": best}
    return make("stored", reading.probe, controls, side, range=_range(reading), **words)


def _range(reading: Reading) -> str:
    """The constructions and the nouns that it is read worst in, to follow the mean; nothing where there is but one."""
    if len(reading.by_construction) < 2 or not reading.by_noun:
        return ""
    worst = min(reading.by_construction, key=lambda name: reading.by_construction[name].value)
    noun = min(reading.by_noun, key=reading.by_noun.__getitem__)
    in_worst, of_noun = share_of(reading.by_construction[worst]), percent(reading.by_noun[noun])
    example = EXAMPLES.get(worst, worst)
    return f", each noun held out in turn (least in “{example}”, {in_worst}, and of {noun}, {of_noun})"


def held(far: Held) -> Claim:
    """Is it still told far from the noun?"""
    controls, side = {"untrained network": far.untrained}, NAMES[Site(far.site).side]
    claim = make("held", far.far, controls, side, away=FAR, site=far.site, far=far.far, counted_from=far.counted_from)
    if far.far.n:
        return claim
    text = (
        f"Not tested: too few places in these sentences have {FAR} words or more after the last one that tells the "
        f"gender (noun pairs with such a place in the {side}: {far.nouns})."
    )
    return replace(claim, statement=text)


def written(accounts: Accounts) -> Claim:
    """Is it the noun that writes it?"""
    at_noun, brought = accounts.at_noun, accounts.brought
    came = f", and {share_of(brought)} had come with the encoder's state" if brought.low > 0 else ""
    controls = {"brought by the encoder's state": brought}
    return make("written", at_noun, controls, NAMES[accounts.side], at_noun=at_noun, brought=came)


def erased(accounts: Accounts) -> Claim:
    """Is it the forget gate that takes the first gender away?"""
    forgetting, writing = accounts.by_forgetting, accounts.by_writing
    beside = {"taken away in all": accounts.gone, "by writing": writing}
    words = {"forgetting": forgetting, "writing": writing, "where": _where_it_is_taken(accounts)}
    claim = make("erased", forgetting, beside, NAMES[accounts.side], **words)
    inside = accounts.inside
    return claim if inside is None else against(claim, "in as many words inside the first clause", inside)


def _where_it_is_taken(accounts: Accounts) -> str:
    """The words at which the forget gate took it, to follow how much it took; nothing where they are not known."""
    if not accounts.forgotten_at:
        return ""
    most = sorted(accounts.forgotten_at.items(), key=lambda named: -named[1].value)[:4]
    words = ", ".join(f"{word_name(name)} {share_of(share)}" for name, share in most)
    return f" ({percent(accounts.before_noun)} before it has read that noun; at {words})"


_DIRECTIONS: tuple[tuple[Kind, Kind, str], ...] = (
    ("trained direction", "all but trained direction", "one trained direction"),
    ("difference of means", "all but difference of means", "the direction of the difference of means"),
)
CONTROLS: tuple[Kind, ...] = ("random directions", "natural component", "random units", "same gender")


def direction_of(parts: Necessity) -> tuple[Part, Part, str]:
    """The direction that the claims name, all but it, and what they call it: the trained one, if there is one.

    Which one is fixed before it is measured: the better of two would be chosen by its number.
    """
    for kind, all_but, name in _DIRECTIONS:
        part, rest = parts.of(kind), parts.of(all_but)
        if part and rest:
            return part, rest, f"{name} of {Site(parts.site).name}"
    raise ValueError("the memory was exchanged along no direction")


def part_used(parts: Necessity) -> tuple[Part, str]:
    """The part that the claims rest on: c alone, with h restored; one direction where the memory is the whole state."""
    direction, _, name = direction_of(parts)
    alone = parts.of("state")
    return (alone, alone.part.words) if alone and Site(parts.site).name == "c" else (direction, name)


def used(parts: Necessity) -> Claim:
    """Do the words follow the memory, and in it one direction?"""
    part, name = part_used(parts)
    direction, rest, of_direction = direction_of(parts)
    controls = {f"all but {of_direction}": rest.most}
    controls |= {
        each.part.words: each.most for each in parts.parts if each.part.kind in (*CONTROLS, "all but best units")
    }
    nulls = [each for each in parts.parts if each.part.kind in CONTROLS]
    whole, broken = [[each for each in nulls if each.is_broken is is_broken] for is_broken in (False, True)]
    near = max((each.part.words for each in whole), key=lambda name: controls[name].value, default="")
    near = near or f"all but {of_direction}"
    return make(
        "used",
        part.least,
        controls,
        NAMES[parts.side],
        part=name,
        turned=_in_clauses(part),
        direction=of_direction,
        along=_in_clauses(direction),
        rest=rest.most,
        near=controls[near],
        name=near,
        broken="".join(f"; {_in_neither(each)}" for each in broken),
    )


def _in_neither(part: Part) -> str:
    """ "c of the same gender says little: it leaves 51 % of the words in neither form"."""
    assert part.kept is not None
    share = percent(1 - part.kept.value - part.turned.value, 0)
    return f"{part.part.words} says little, it leaves {share} of the words in neither form"


def _in_clauses(part: Part) -> str:
    """ "100 % of clause 1 and 98.5 % of clause 2 (97.3 % of its feminine words)"."""
    said = []
    for clause, turned in sorted(part.by_clause.items()):
        of_clause = {name.split()[1]: share for name, share in part.by_gender.items() if name.startswith(clause)}
        gender = min(of_clause, key=lambda name: of_clause[name].value, default="")
        apart = gender and of_clause[gender].value < turned.value - _APART
        fewer = f" ({share_of(of_clause[gender])} of its {GENDERS[gender]} words)" if apart else ""
        said.append(f"{share_of(turned)} of clause {clause}{fewer}")
    return " and ".join(said)


def contained(parts: Necessity) -> Iterator[Claim]:
    """Does the exchange of that part leave the other clause alone? No claim where all of it was written before.

    Where the part hardly turns its own clause nothing was exchanged that could have changed the other: undecided.
    """
    part, name = part_used(parts)
    if part.other is None:
        return
    controls = {"words of its own clause that turn": part.least, "rest of the sentence unchanged": part.rest}
    claim = make("contained", part.other, controls, NAMES[parts.side], part=name, other=part.other, own=part.least)
    if claim.verdict == HOLDS and at_least(part.least, OWN) != HOLDS:
        text = f"{claim.statement} That says little, where so few of its own turn."
        claim = replace(claim, statement=text, verdict=UNDECIDED, failed=tuple(controls)[:1])
    yield claim


def forgotten(verdict: Verdict) -> Claim:
    """Is the first gender given up when the second one comes? A claim without a bar: the rules have theirs."""
    holds = HOLDS if verdict.verdict in FORGOTTEN else UNDECIDED if verdict.verdict == OPEN_FATE else FAILS
    text = f"After the second noun the first one's gender is {verdict.verdict} in the {verdict.side}: {verdict.rule}."
    return Claim(
        id="forgotten",
        statement=text,
        verdict=holds,
        bar="the verdict is erased, overwritten, both, or lost",
        estimate=verdict.numbers.get("later") or next(reversed(verdict.numbers.values())),
        controls=dict(verdict.numbers),
        refuted_by=verdict.otherwise,
        side=verdict.side,
    )
