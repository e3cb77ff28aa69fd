"""Further findings of the report, beside the seven claims: each worded from the numbers, also where it failed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from translate.lab.experiments.intervening.attention import Attention, Turned
from translate.lab.experiments.intervening.clamps import ClampAt, Clamps
from translate.lab.experiments.intervening.clause_erasure import BAR
from translate.lab.experiments.intervening.erasure import Erasure
from translate.lab.experiments.intervening.paths import Paths
from translate.lab.experiments.reading.accuracy import Accuracy
from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.experiments.reading.units import Units
from translate.lab.experiments.reading.valves import CHOSEN, RANDOM
from translate.lab.sentences.events import WRITES
from translate.lab.sentences.switch_words import NOUN
from translate.lab.statistics.estimate import Course, Estimate, nothing_measured
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, Outcome, at_least
from translate.lab.verdicts.claim import Claim, against, make
from translate.lab.verdicts.phrases import place, share_of, word_name
from translate.lab.verdicts.results import Results

READABLE = 0.6
"""From that accuracy on a probe fitted anew finds traces of the first noun's gender; half is guessing."""
INSIDE, NEAR = -6, range(-4, 1)
"""Offsets from the second noun: the last one well inside the first clause, and where the forget gate may close."""
SWITCHES, STAYS = ("m>f", "f>m"), ("m>m", "f>f")


def findings_of(results: Results) -> Iterator[Claim]:
    """The findings about the model as a whole."""
    yield agreement(results.accuracy)
    yield turns([measured for measured in results.courses if measured.site == results.units.site])
    yield first_noun(results.first_noun)
    yield units(results.units)
    yield from gates(results.gates)
    if results.erasure:
        yield from without_it(results.erasure[0])
    if results.clamps is not None:
        yield from held_valves(results.clamps, results.paths)
    if results.attention is not None:
        yield from looking_back(results.attention, results.readings[0].probe)


def agreement(accuracy: Accuracy) -> Claim:
    """Does the model agree?"""
    controls = {"sentences translated exactly": accuracy.exact}
    return make("agreement", accuracy.agreement, controls, agreement=accuracy.agreement)


def turns(courses: Sequence[TimeCourse]) -> Claim:
    """Does the reading of one site go over to the second noun's gender?"""
    by_kind = {measured.kind: measured.course for measured in courses}
    switches = [_toward(by_kind[kind], kind[-1]) for kind in SWITCHES if kind in by_kind]
    at = switches[0].at
    means = [_mean(values) for values in zip(*(course.value for course in switches), strict=True)]
    column = at.index(1)
    estimate = Estimate(
        value=means[column],
        low=min(course.low[column] for course in switches),
        high=max(course.high[column] for course in switches),
        n=sum(course.n[column] for course in switches),
        unit="sentences",
        method="bootstrap over noun pairs, worse of both switches",
    )
    turned = [offset for offset, mean in zip(at, means, strict=True) if mean > 0.5 and offset > min(at)]
    where = f" {place(turned[0])}" if turned else ""
    same = {kind: _point(by_kind[kind], column) for kind in STAYS if kind in by_kind}
    return make("turns", estimate, same, where=where, share=100 * estimate.value)


def first_noun(result: FirstNoun) -> Claim:
    """Kept, or the place used again? Both probes together."""
    still = {HOLDS: "can still be read", FAILS: "can hardly be read", UNDECIDED: "can perhaps still be read"}
    readable = still[at_least(result.after_anew, READABLE)]
    again = "but not in its old place"
    if is_second_in_its_place(result):
        again = f"but its old place now holds the second noun's ({share_of(result.after_second)})"
    controls = {"fitted anew": result.after_anew, "unchanged, scored by the second noun": result.after_second}
    return make("first-noun", result.after_unchanged, controls, readable=readable, again=again, result=result)


def is_second_in_its_place(result: FirstNoun) -> bool:
    """Whether the place that told the first noun's gender surely tells the second noun's afterwards."""
    return at_least(result.after_second, 0.65) == HOLDS


def units(result: Units) -> Claim:
    """Is one unit enough?"""
    measured = {"the best unit of an untrained network": result.untrained, "random units": result.random}
    controls = {name: estimate for name, estimate in measured.items() if estimate is not None}
    return make("units", result.best, controls, first=result.ranked[0].unit, area=result.best.value)


def gates(courses: Sequence[TimeCourse]) -> Iterator[Claim]:
    """Does the forget gate of the best units close around the second noun, and for what? No claim without one."""
    forget = {measured.kind: measured.course for measured in courses if measured.what == "f"}
    if not {"switch", "same"} <= set(forget):
        return
    switch, same, chosen = forget["switch"], forget["same"], forget.get(CHOSEN, forget["switch"])
    least = min((place for place, offset in enumerate(switch.at) if offset in NEAR), key=lambda i: chosen.value[i])
    inside, drop = _inside(switch), _drop(switch, least)
    value, low, high = switch.value[least], switch.low[least], switch.high[least]
    why = f"{same.value[least]:.2f} where the gender stays"
    if same.low[least] <= high and low <= same.high[least]:
        why = "no less where the gender stays: the new clause closes it"
    how = "closes only part of the way" if drop.value > 0.1 else "stays as open as it was"
    controls = {"where both nouns have one gender": _drop(same, least)}
    # A valve moves as a word is read, so it is that word's place that is named, not that of the word written then.
    words = {"where": place(switch.at[least] + WRITES), "why": why, "how": how}
    claim = make("gates", drop, controls, "model", inside=inside, least=value, **words)
    if RANDOM in forget:
        claim = against(claim, "random units, where the gender changes", _drop(forget[RANDOM], least))
    yield claim


def without_it(result: Erasure) -> Iterator[Claim]:
    """Clause by clause: are the words without a gender when what a line reads is taken out of the state?"""
    verdicts: dict[str, Outcome] = {"erased": HOLDS, "undecided": UNDECIDED}
    for clause, name in enumerate(("first", "second")):
        place = result.of(clause)
        if place is None or place.random is None:
            continue
        controls = {"random directions of the same variance": place.random}
        controls |= {f"natural component {n}": kept for n, kept in enumerate(place.components, 1)}
        words = {"outcome": place.outcome, "kept": place.kept, "turned": place.turned, "clause": name}
        words |= {"linear": place.linear[0], "nonlinear": place.nonlinear[0], "site": result.sites[0]}
        claim = make(f"without-{name}", place.kept, controls, "model", **words)
        spoilt = tuple(control for control, kept in controls.items() if at_least(kept, BAR) != HOLDS)
        verdict = verdicts.get(place.outcome, FAILS)
        yield replace(claim, verdict=UNDECIDED if spoilt and verdict == HOLDS else verdict, failed=spoilt)


def held_valves(result: Clamps, ways: Paths | None) -> Iterator[Claim]:
    """When the old gender comes back, and whether the new one comes in spite of a shut memory valve.

    Where none of the `ways` to say the other gender turns its words, as in a language without agreement, every word
    stays what it was, whatever is shut: undecided.
    """
    opened, shut = result.at("forget open", "up to the noun"), result.at("nothing written", "to the end")
    if opened is None or shut is None:
        return
    alone = {clamp.word: clamp.old for clamp in result.moments if clamp.gates == "forget open" and clamp.word}
    by_word = sorted(alone, key=lambda word: -alone[word].value)
    named = [word for word in by_word[:2] if alone[word].value > 0] + [NOUN] * (NOUN in by_word)
    words = ", ".join(f"at {word_name(word)} {share_of(alone[word])}" for word in dict.fromkeys(named))
    controls = {"where both nouns have one gender": opened.alike}
    measured = {"units": _best(opened), "old": opened.old, "words": f"; held at one word alone: {words}" * bool(words)}
    yield make("reopened", opened.old, controls, "model", **measured)
    wider = [clamp for clamp in result.moments if (clamp.gates, clamp.span) == (shut.gates, shut.span)][1:]
    controls = {f"the memory valve of {_best(clamp)} shut": clamp.new for clamp in wider}
    more = "".join(f"; of {_best(clamp)}, {share_of(clamp.new)}" for clamp in wider)
    claim = make("another-way", shut.new, controls, "model", units=_best(shut), new=shut.new, units_more=more)
    follows = ways is None or any(at_least(path.turned, 0.5) == HOLDS for path in ways.effects)
    if claim.verdict == HOLDS and not follows:
        text = f"{claim.statement} That says little: its words follow no gender, whatever is exchanged."
        claim = replace(claim, statement=text, verdict=UNDECIDED)
    yield claim


def _best(clamp: ClampAt) -> str:
    count = clamp.units.count
    return clamp.units.words if count is None else f"best {count} units" if count > 1 else "best unit"


def looking_back(result: Attention, stored: Estimate) -> Iterator[Claim]:
    """What cell and attention each decide where they say different genders, and the cell where attention is cut.

    stored: how well the gender can be read from the cell. Where no sentence has another one like it, the control is
    not measured.
    """
    words = {looked.way: looked.words for looked in result.ways}
    none = Turned(*[nothing_measured("words")] * 3)
    same_cell, same_bank = (words.get(way, none) for way in ("same cell", "same bank"))
    cell, bank, noun, elsewhere = (words[way].turned for way in ("cell", "bank", "bank at noun", "bank elsewhere"))
    controls = {"the state of a sentence of the same genders": same_cell.turned}
    yield make("cell-alone", cell, controls, site=result.site, stored=stored, cell=cell)
    controls = {"the encoder's states of a sentence of the same genders": same_bank.turned}
    yield make("looked-at", bank, controls, bank=bank, noun=noun, elsewhere=elsewhere)
    mean, nothing = words["mean context"], words["no context"].own
    controls = {"attention gives nothing": nothing, "attention reads a sentence of the same genders": same_bank.own}
    said = 100 * (mean.turned.value + mean.kept.value)
    yield make("cut-off", mean.own, controls, own=mean.own, said=said, nothing=nothing, same=same_bank.own)


def _inside(course: Course) -> float:
    """The mean of a gate well inside the first clause."""
    return _mean(value for offset, value in zip(course.at, course.value, strict=True) if offset <= INSIDE)


def _drop(course: Course, place: int) -> Estimate:
    """How far a gate falls from inside the first clause to a place around the second noun."""
    inside, value = _inside(course), course.value[place]
    return Estimate(
        value=inside - value,
        low=inside - course.high[place],
        high=inside - course.low[place],
        n=course.n[place],
        unit="sentences",
        method="bootstrap over noun pairs",
        is_share=False,
    )


def _toward(course: Course, gender: str) -> Course:
    """p(feminine) as what is read for one gender."""
    if gender == "f":
        return course
    value, low, high = ([1 - p for p in values] for values in (course.value, course.high, course.low))
    return Course(course.at, value, low, high, course.n)


def _mean(values: Iterable[float]) -> float:
    known = [value for value in values if value == value]
    return sum(known) / len(known) if known else float("nan")


def _point(course: Course, column: int) -> Estimate:
    return Estimate(
        value=course.value[column],
        low=course.low[column],
        high=course.high[column],
        n=course.n[column],
        unit="sentences",
        method="bootstrap over noun pairs",
    )
