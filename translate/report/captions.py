"""What stands around each figure: its claim, how to read it, what it counts, and what it cannot show."""

from dataclasses import dataclass

from translate.lab.results import Claim, Results
from translate.lab.statistics import Estimate


@dataclass(frozen=True)
class Caption:
    """part: heading of its section ("" = same as before). claims: ids; the first is the figure's title.

    title: the title where no claim fits. how: how to read it. counts: n and interval. remark: what it does not show.
    """

    part: str
    claims: tuple[str, ...]
    title: str
    how: str
    counts: str
    remark: str = ""


def captions(results: Results) -> dict[str, Caption]:
    """A caption for each figure that there is something to draw for, in the report's order."""
    found = {
        "accuracy": _accuracy(results), "time-course": _time_course(results), "controls": _controls(results),
        "first-noun": _first_noun(results), "units": _units(results),
    }  # fmt: skip
    if results.gates:
        found["gates"] = _gates(results)
    found["pair"] = _pair(results)
    if results.effects:
        found["effects"] = _effects(results)
    return found


def _accuracy(results: Results) -> Caption:
    found = results.accuracy
    return Caption(
        "Does it translate?", ("agreement",), "",
        "Each mark is the share of Czech words that take the gender of their noun; the line through it is the interval. "
        "Further right, or higher, is better.",
        f"Agreement {interval(found.agreement)}; whole sentences exact {interval(found.exact)}. Distances come from a suite that fills "
        "each of them evenly.",
    )  # fmt: skip


def _time_course(results: Results) -> Caption:
    rows = sum(max(c.course.n) for c in results.courses if c.site == results.courses[0].site)
    return Caption(
        "Is the gender there, word by word?", ("turns",), "",
        "One straight line through the state, fitted once and never changed, says at each word: masculine (0) or feminine (1). Solid lines "
        "are sentences in which the gender changes at the second noun, dashed ones those in which it stays.",
        f"Up to {rows:,} switch sentences at a word, all with nouns that the probe was not fitted on; shaded: 95 % interval over nouns.",
        "This is reading, not use: what can be read need not be what the decoder looks at.",
    )  # fmt: skip


def _controls(results: Results) -> Caption:
    probe = results.readings[0].probe
    return Caption(
        "", ("stored",), "",
        "The diamond is the probe on nouns it has never seen. A control that comes near it would mean that training or memory had nothing "
        "to do with it: the untrained network has the same architecture and random weights, the embedding is the word just read.",
        f"n = {probe.n:,} words in the decoder; intervals: {probe.method}.",
    )  # fmt: skip


def _first_noun(results: Results) -> Caption:
    found = results.first_noun
    return Caption(
        "Is the first noun forgotten?", ("first-noun",), "",
        "Diamonds: a new probe at each word still finds the first noun's gender. Circles: the probe that read it in the first clause, left as it "
        "is. Squares: the same answers, scored against the second noun. Half is guessing.",
        f"Words after the second noun: anew {interval(found.after_anew)}, unchanged {interval(found.after_unchanged)}, unchanged and scored by "
        f"the second noun {interval(found.after_second)}.",
        "A probe fitted anew may find traces that the decoder never looks at, so its accuracy does not show that the gender is remembered. "
        "And a low accuracy would not show that it was forgotten: it may be kept in a form that a straight line misses.",
    )  # fmt: skip


def _units(results: Results) -> Caption:
    found = results.units
    return Caption(
        "Which units carry it, and what do their valves do?", ("units",), "",
        "Each row is one unit of the decoder's memory. Hollow: how well it tells the genders of the nouns it was chosen on; filled: of all "
        "other nouns. Hollow and filled together: not chosen by luck.",
        f"Chosen on {found.n_chosen:,} words, shown on {found.n_shown:,}; the best unit's AUC {found.best.value:.3f} "
        f"({found.best.low:.3f}–{found.best.high:.3f}). {found.at_chance} of {len(found.ranked)} units lie between 0.4 and 0.6.",
    )  # fmt: skip


def _gates(results: Results) -> Caption:
    best = ", ".join(str(unit.unit) for unit in results.units.ranked[:3])
    rows = sum(max(c.course.n) for c in results.gates if c.what == results.gates[0].what)
    return Caption(
        "", ("gates",), "",
        "The mean valves of the three best units. A closed forget valve erases, an open memory valve writes, an open output valve shows what "
        "is stored. Solid: the second noun has the other gender; dashed: the same.",
        f"Units {best}; {rows:,} switch sentences with test nouns; shaded: 95 % interval over nouns.",
        "That a valve closes when the gender changes is no proof that it closes because of it; the dashed line is the test.",
    )  # fmt: skip


def _pair(results: Results) -> Caption:
    found = results.pair
    title = f"The two sentences differ in few units: ten of {len(found.order)} carry {100 * found.share:.0f} % of the difference."
    if found.share < 0.5:
        title = f"The two sentences differ in many units: the ten that differ most carry only {100 * found.share:.0f} % of it."
    own = (
        "The model translates both so by itself."
        if found.exact
        else "The model itself translates at least one of them otherwise."
    )
    return Caption(
        "A boy and a girl", (), title,
        "Columns are the words that the decoder writes, rows its units, sorted by what one standard deviation of each adds to the reading. Colour is the value in the cell: green above 0, purple below, "
        "the stronger the larger; white (or the page's dark) is 0. What is coloured on the right is all that tells girl from boy.",
        f"“{found.source['m']}” and “{found.source['f']}”: one pair of sentences, an example and no statistic. {own}",
    )  # fmt: skip


def _effects(results: Results) -> Caption:
    first = results.effects[0]
    return Caption(
        "Is it used?", ("used", "contained"), "",
        "A part of the state is replaced by that of the same sentence about the other gender, and the decoder then writes on freely. "
        "Diamonds: how many words of that clause turn. Circles: of the other clause, which should stay.",
        f"{first.flipped.n:,} agreeing words in {first.sentences:,} sentences with test nouns in the first panel; random units: mean of "
        f"{max(e.draws for e in results.effects)} draws. Whole state: {interval(first.flipped)} turn, the rest of the sentence is "
        f"unchanged in {interval(first.rest)}.",
        "A transplanted state is one that the model could have had itself; single units from another run may never occur together.",
    )  # fmt: skip


def interval(estimate: Estimate) -> str:
    """ "99.2 % (98.7–99.6), n = 1,204 words"."""
    if estimate.n == 0:
        return "not measured"
    return f"{estimate.text()}, n = {estimate.n:,} {estimate.unit}"


MARKS = {"holds": "●", "does not hold": "✕", "undecided": "◐"}


def failed_first(claims: tuple[Claim, ...]) -> list[Claim]:
    """The claims, those that did not hold before those that are undecided before those that hold."""
    order = ("does not hold", "undecided", "holds")
    return sorted(claims, key=lambda claim: order.index(claim.verdict))
