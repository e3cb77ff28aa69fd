"""Further findings of the report, beside the seven claims: each worded from the numbers, also where it failed."""

from collections.abc import Sequence

from translate.lab.experiments.reading.accuracy import Accuracy
from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.experiments.reading.time_course import TimeCourse
from translate.lab.experiments.reading.units import Units
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.bars import FAILS, HOLDS, UNDECIDED, at_least, at_most, pc, place
from translate.lab.verdicts.results import Claim

QUESTION = (
    "A translation into Czech must remember whether it speaks of a boy or a girl. Is that gender in the network's "
    "memory, word by word, and does the network use what is there?"
)


def agreement_claim(found: Accuracy) -> Claim:
    verdict = at_least(found.agreement, 0.95)
    word = {HOLDS: "The model agrees", FAILS: "The model often does not agree", UNDECIDED: "The model mostly agrees"}[
        verdict
    ]
    return Claim(
        "agreement",
        f"{word}: {pc(found.agreement)} of the agreeing words have their noun's gender.",
        verdict, "at least 95 % of the agreeing words of new sentences", found.agreement,
        {"sentences translated exactly": found.exact},
        "Below 95 % there would be little to explain: a state that is not used cannot be caught remembering.",
    )  # fmt: skip


def turns_claim(courses: Sequence[TimeCourse], site: str) -> Claim:
    """Does the reading go over to the second noun's gender?"""
    by_kind = {course.kind: course.course for course in courses if course.site == site}
    toward = [_right_way(by_kind[kind], kind[-1]) for kind in ("m>f", "f>m") if kind in by_kind]
    at = by_kind["m>f"].at
    means = [_mean(values) for values in zip(*toward, strict=True)] if toward else []
    turned = next((offset for offset, p in zip(at, means, strict=True) if p > 0.5 and offset > min(at)), None)
    column = at.index(1)
    sure = min((course.low[column] if kind[-1] == "f" else 1 - course.high[column])
               for kind, course in by_kind.items() if kind in ("m>f", "f>m"))  # fmt: skip
    kinds = [course for kind, course in by_kind.items() if kind in ("m>f", "f>m")]
    value = means[column]
    estimate = Estimate(
        value,
        sure,
        1.0,
        sum(course.n[column] for course in kinds),
        "sentences",
        "bootstrap over noun pairs, worse of both switches",
    )
    verdict = at_least(estimate, 0.9)
    where = "" if turned is None else f" {place(turned)}"
    if verdict == FAILS:
        text = f"The reading does not go over to the second noun: two words after it, it gives its gender {100 * value:.0f} %"
    else:
        text = (
            f"The reading turns{where}: two words after the second noun it gives that noun's gender {100 * value:.0f} %"
        )
    same = {kind: _point(by_kind[kind], column) for kind in ("m>m", "f>f") if kind in by_kind}
    return Claim(
        "turns", text + ".", verdict, "at least 90 % for the second noun's gender two words after it", estimate, same,
        "A reading that also turned where both nouns have one gender would follow the clause, not the gender.",
    )  # fmt: skip


def first_noun_claim(found: FirstNoun) -> Claim:
    """Kept, or the place used again? Both probes together."""
    readable = at_least(found.after_anew, 0.6)
    reused = at_most(found.after_unchanged, 0.65)
    still = {HOLDS: "can still be read", FAILS: "can hardly be read", UNDECIDED: "can perhaps still be read"}[readable]
    if reused == HOLDS:
        place_ = (
            f"but its old place now holds the second noun's ({pc(found.after_second)})"
            if at_least(found.after_second, 0.65) == HOLDS
            else "but not in its old place"
        )
    elif reused == FAILS:
        place_ = f"and in the same place as before ({pc(found.after_unchanged)})"
    else:
        place_ = "and whether in its old place is undecided"
    return Claim(
        "first-noun", f"After the second noun the first one's gender {still} ({pc(found.after_anew)}), {place_}.", reused,
        "the first clause's probe, unchanged, reads the first noun's gender at no more than 65 % after the switch",
        found.after_unchanged, {"fitted anew": found.after_anew, "unchanged, scored by the second noun": found.after_second},
        "The unchanged probe still reading the first noun would mean that its place was not used again.",
    )  # fmt: skip


def units_claim(found: Units) -> Claim:
    verdict = at_least(found.best, 0.9)
    first = found.ranked[0].unit
    if verdict == FAILS:
        text = f"No single unit is enough: the best one, {first}, separates the genders of unseen nouns with AUC {found.best.value:.2f}."
    else:
        text = f"Unit {first} alone separates the genders of unseen nouns with AUC {found.best.value:.3f}."
    return Claim(
        "units", text, verdict, "one unit, chosen on other nouns, with AUC of at least 0.90", found.best, {},
        "A unit that separates the nouns it was chosen on and not the others was chosen by chance.",
    )  # fmt: skip


def gates_claim(gates: Sequence[TimeCourse]) -> Claim | None:
    """Does the forget gate of the best units close around the second noun, and for what?"""
    forget = {course.kind: course.course for course in gates if course.what == "f"}
    if set(forget) != {"switch", "same"}:
        return None
    at = forget["switch"].at
    inside = _mean([forget["switch"].value[i] for i, offset in enumerate(at) if offset <= -6])
    near = [i for i, offset in enumerate(at) if -4 <= offset <= 0]
    low = min(near, key=lambda i: forget["switch"].value[i])
    least = forget["switch"]
    drop = Estimate(inside - least.value[low], inside - least.high[low], inside - least.low[low], least.n[low],
                    "sentences", "bootstrap over noun pairs", is_share=False)  # fmt: skip
    verdict = at_least(drop, 0.3)
    alike = forget["same"].low[low] <= least.high[low] and least.low[low] <= forget["same"].high[low]
    if verdict == FAILS:
        how = "closes only part of the way" if drop.value > 0.1 else "stays as open as it was"
        text = f"The forget valve of these units {how} at the second noun ({inside:.2f} → {least.value[low]:.2f})."
    else:
        why = (
            "no less where the gender stays: the new clause closes it"
            if alike
            else f"{forget['same'].value[low]:.2f} where the gender stays"
        )
        text = (
            f"The forget valve of these units closes {place(at[low])} ({inside:.2f} → {least.value[low]:.2f}), {why}."
        )
    return Claim(
        "gates", text, verdict, "the mean forget gate falls by at least 0.3, from three words before the second noun to one after", drop,
        {"where both nouns have one gender": _point(forget["same"], low)},
        "A gate that stays open would leave the memory valve to overwrite the old value, or nothing to change it.",
    )  # fmt: skip


def _right_way(course, gender: str) -> list[float]:
    return [p if gender == "f" else 1 - p for p in course.value]


def _mean(values) -> float:
    values = [value for value in values if value == value]
    return sum(values) / len(values) if values else float("nan")


def _point(course, column: int) -> Estimate:
    return Estimate(course.value[column], course.low[column], course.high[column], course.n[column], "sentences",
                    "bootstrap over noun pairs")  # fmt: skip
