"""The numbers of the tour's steps on the switch sentences: what the valves do at the second noun, and what is let out.

The valves are looked at in fixed places, over all sentences, as the report's time courses are: where the second noun is
written, where it has just been read, where the word that leads over (*a*, *ale*) has been read, and inside the first
clause. The lowest value that each sentence has somewhere would be low for any unit that moves.
"""

from collections.abc import Sequence

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.lab.demonstrations.walk import CHANGED, CLEARED, CLOSED, memory_case
from translate.lab.experiments.reading.accounts import accounts
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import TwoNouns, around_second
from translate.lab.sentences.lemmas import split_lemmas
from translate.lab.sentences.material import Material
from translate.lab.statistics.estimate import Estimate, wilson
from translate.lab.verdicts.phrases import place
from translate.lesson import intervals
from translate.lesson.material import BEST, TourMaterial
from translate.lesson.numbers import Number, Numbers, count, gate, share, word

_AROUND = range(-4, 1)  # words around the second noun
_INSIDE = range(-9, -5)  # words before it, inside the first clause
_JOINTS = frozenset(("a", "ale"))
_BEST = Number(BEST, {3: "three"}.get(BEST, str(BEST)))
_DRAWS, _SEED = 5, 0
_KINDS = {
    "relative": "který, která",
    "rad": "rád, ráda",
    "participle": "verbs in the past tense",
    "copula": "byl, byla",
    "predicate": "adjectives after je, byl",
    "attribute": "adjectives before the noun",
    "possessive": "můj, moje",
}


def switch(material: TourMaterial) -> Numbers:
    """What the valves do around the second noun, and what erases the first gender."""
    if not material.reads_gender or not material.switches:
        return {}
    three = material.best[:BEST]
    numbers = {
        "gender_unit": count(int(three[0])),
        "gender_units": _BEST,
        "gender_unit_names": word(_listed([str(unit) for unit in three])),
        "switch_sentences": count(len(material.switches)),
    }
    return numbers | _at_the_noun(material, three) | _at_the_joint(material, three) | _erased(material)


def _at_the_noun(material: TourMaterial, units: np.ndarray) -> Numbers:
    """The mean of the units' valves at places counted from the second noun."""
    lemmas = [each.lemmas[1] for each in material.switches]
    changes = np.array([each.genders[0] != each.genders[1] for each in material.switches])
    places = (*_INSIDE, *_AROUND)
    forget, memory = (_means(material, site, units, places) for site in ("dec.l0.f", "dec.l0.i"))
    lowest = min(_AROUND, key=lambda at: np.nanmean(forget[at]))

    def mean(values: np.ndarray) -> Estimate:
        is_defined = ~np.isnan(values)
        return intervals.mean(values[is_defined], np.asarray(lemmas)[is_defined], "sentences")

    by_change = [[lemma for lemma, change in zip(lemmas, changes, strict=True) if change == c] for c in (False, True)]
    gap = intervals.compared(_difference, [forget[lowest][~changes], forget[lowest][changes]], by_change, "sentences")
    return {
        "forget_noun": gate(mean(forget[lowest])),
        "forget_place": word(place(lowest)),
        "forget_inside": gate(mean(np.nanmean([forget[at] for at in _INSIDE], axis=0))),
        "memory_noun": gate(mean(memory[0])),
        "memory_inside": gate(mean(np.nanmean([memory[at] for at in _INSIDE], axis=0))),
        "forget_change": gate(float(forget[lowest][changes].mean())),
        "forget_same": gate(float(forget[lowest][~changes].mean())),
        "switch_same_gap": gate(gap),
    }


def _means(material: TourMaterial, site: str, units: np.ndarray, places: Sequence[int]) -> dict[int, np.ndarray]:
    """The mean of some units at each place counted from the second noun, `[sentence]`."""
    values = around_second(material.trace, site, material.switches, places)[..., units].mean(-1)
    return dict(zip(places, values.T, strict=True))


def _at_the_joint(material: TourMaterial, units: np.ndarray) -> Numbers:
    """The units' valves where the word that leads over to the second clause has been read, and elsewhere before it."""
    joints = [(each, joint) for each in material.switches if (joint := _joint(material.pairs[each.sentence], each))]
    if not joints:
        return {}
    forget, memory = (material.values(f"dec.l0.{site}")[..., units] for site in "fi")
    rows, steps = np.array([(each.sentence, joint + 1) for each, joint in joints]).T
    lemmas = [each.lemmas[1] for each, _ in joints]
    at_switch = forget[rows, steps]  # [sentence, unit]
    cases = [memory_case(f, i) for f, i in zip(at_switch[:, 0], memory[rows, steps, 0], strict=True)]
    elsewhere = [forget[each.sentence, each.first.dec : joint + 1][:, 0].mean() for each, joint in joints]
    means = [float(values.mean()) for values in at_switch.T]
    return {
        "closing_units": count(sum(value < CLOSED for value in means)),
        "forget_each": word(_listed([f"{value:.2f} in unit {unit}" for unit, value in zip(units, means, strict=True)])),
        "forget_joint": gate(intervals.mean(at_switch[:, 0], lemmas, "sentences")),
        "forget_elsewhere": gate(intervals.mean(elsewhere, lemmas, "sentences")),
        "memory_joint": gate(intervals.mean(memory[rows, steps].mean(-1), lemmas, "sentences")),
        "joint_sentences": count(len(joints)),
        "joint_cleared": share(wilson(cases.count(CLEARED), len(cases), "sentences")),
        "joint_changed": share(wilson(cases.count(CHANGED), len(cases), "sentences")),
    }


def _joint(pair: SentencePair, nouns: TwoNouns) -> int | None:
    """The place of the last *a* or *ale* between the two nouns."""
    return next(
        (t for t in range(nouns.second.dec - 2, nouns.first.dec - 1, -1) if pair.target[t].lower() in _JOINTS), None
    )


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _difference(first: np.ndarray, second: np.ndarray) -> float:
    return float(first.mean() - second.mean())


def _erased(material: TourMaterial) -> Numbers:
    """Which share of the first gender the forget valve has taken away once the second noun was read, by the ledger."""
    setup = Setup(
        material.translator, Material({"switch": material.items}, ""), split_lemmas(material.pairs, _SEED), _SEED
    )
    books = accounts(setup, "dec")
    if books is None:
        return {}
    return {"erased_share": share(books.by_forgetting), "erased_pairs": count(books.by_forgetting.n)}


def output(material: TourMaterial) -> Numbers:
    """Where the best unit's output valve opens, and what becomes of the agreement where the best units' are shut."""
    if not material.reads_gender:
        return {}
    valve = material.values("dec.l0.o")[..., material.best[0]]
    rows = [(row, step) for row, pair in enumerate(material.pairs) for step in range(len(pair.target))]
    kinds = np.array([_kind(material.pairs[row], step) for row, step in rows])
    values = np.array([valve[place] for place in rows], dtype=float)
    lemmas = np.array([material.lemmas[row] for row, _ in rows])
    agrees = kinds != ""
    agreeing, elsewhere = (values[agrees], lemmas[agrees]), (values[~agrees], lemmas[~agrees])
    least = min(set(kinds[agrees].tolist()), key=lambda kind: values[kinds == kind].mean())
    gap = intervals.compared(_difference, [agreeing[0], elsewhere[0]], [agreeing[1], elsewhere[1]], "words")
    numbers = {
        "gender_unit": count(int(material.best[0])),
        "gender_units": _BEST,
        "output_agreeing_words": count(len(agreeing[0])),
        "output_agreeing": gate(intervals.mean(*agreeing, "words")),
        "output_elsewhere": gate(intervals.mean(*elsewhere, "words")),
        "output_gap": gate(gap),
        "output_least": gate(intervals.mean(values[kinds == least], lemmas[kinds == least], "words")),
        "output_least_kind": word(_KINDS.get(least, least)),
    }
    return numbers | _shut(material)


def _kind(pair: SentencePair, step: int) -> str:
    """What kind of agreeing word stands there; "" for none."""
    return next((word.kind for word in pair.agreements if word.position == step), "")


def _shut(material: TourMaterial) -> Numbers:
    """How often the right form wins with the best units' output valves shut at the agreeing words, and with others'."""
    pairs = [pair for pair in material.pairs if pair.agreements]
    lemmas = [lemma for pair, lemma in zip(material.pairs, material.lemmas, strict=True) if pair.agreements]
    rng = np.random.default_rng(_SEED)
    draws = [rng.choice(material.best[BEST:], BEST, replace=False).tolist() for _ in range(_DRAWS)]
    rows, free = right_forms(material, pairs, ())
    shut = right_forms(material, pairs, material.best[:BEST].tolist())[1]
    random = np.mean([right_forms(material, pairs, units)[1] for units in draws], axis=0)
    of = [lemmas[row] for row in rows]
    loss = intervals.compared(_difference, [free, shut], [of, of], "words")
    return {
        "output_free_right": share(intervals.mean(free, of, "words")),
        "output_shut_right": share(intervals.mean(shut, of, "words")),
        "output_random_right": share(intervals.mean(random, of, "words")),
        "output_shut_loss": share(loss),
        "output_shut_words": count(len(free)),
        "output_draws": count(_DRAWS),
    }


def right_forms(
    material: TourMaterial, pairs: Sequence[SentencePair], units: Sequence[int]
) -> tuple[list[int], list[bool]]:
    """For each agreeing word whether the right form is likelier than the other gender's, after the right words.

    units: their output valves are shut where an agreeing word is chosen. Words whose other form the model does not know
    are left out. Returns the words' places in `pairs`, and the answers, word by word.
    """
    target = material.translator.target
    known = set(target.vocabulary)
    agreeing = [(row, word) for row, pair in enumerate(pairs) for word in pair.agreements if word.other in known]
    runs: list[list[lab.Edit]] = [[] for _ in pairs]
    if units:
        for row, word in agreeing:
            runs[row].append(lab.Edit("dec.l0.o", lab.Zero(), word.position, units))
    edited = lab.EditedNetwork(material.network, runs)
    logits = lab.trace(material.translator, pairs, pairs, ["dec.logits"], network=edited)["dec.logits"]
    right = []
    for row, word in agreeing:
        form, other = target.ids([pairs[row].target[word.position], word.other])
        right.append(bool(logits[row, word.position, form] > logits[row, word.position, other]))
    return [row for row, _ in agreeing], right
