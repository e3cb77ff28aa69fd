"""The numbers of the tour's second half: the boy and the girl, the switch, the output valve, and what breaks it."""

from collections.abc import Sequence

import numpy as np

from translate.corpus.pair import SentencePair
from translate.evaluation.agreement import agreement
from translate.lesson.judge import judge
from translate.lesson.material import BEST, TourMaterial, suite
from translate.lesson.numbers import Numbers, count, gate, share, word
from translate.lesson.steps import sentences
from translate.model import search
from translate.text import split
from translate.tokenizer import END, START

_WINDOW = range(-3, 2)  # steps around the one that writes the second noun
_INSIDE = range(-8, -3)  # as many inside the first clause
_DRAWS, _SEED = 5, 0
_KINDS = {
    "relative": "který, která", "rad": "rád, ráda", "participle": "verbs in the past tense", "copula": "byl, byla",
    "predicate": "adjectives after je, byl", "attribute": "adjectives before the noun", "possessive": "můj, moje",
}  # fmt: skip


def boy_girl(material: TourMaterial) -> Numbers:
    """The lesson's two sentences, and the agreement of many like them."""
    said = sentences()
    boy, girl = (material.translator.translate([said[who]], scores=False)[0][0] for who in ("boy", "girl"))
    pairs = [pair for pair, _ in suite("boy-girl")]
    found = agreement(pairs, material.texts(pairs))
    numbers = {
        "boy_czech": word(boy.text),
        "girl_czech": word(girl.text),
        "boy_girl_changed": count(differing_words(boy.tokens, girl.tokens)),
        "pairs_sentences": count(len(pairs)),
        "pairs_words": count(len(found.verdicts)),
        "pairs_right": share(found.accuracy.value),
    }
    return numbers | (_held(material) if material.reads_gender else {})


def differing_words(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words of two translations differ, place by place; one that only one of them has counts."""
    together = sum(a != b for a, b in zip(one, other, strict=False))
    return together + abs(len(one) - len(other))


def _held(material: TourMaterial) -> Numbers:
    """In how many sentences the memory tells the right gender where the last agreeing word is written."""
    right = []
    for row, pair in enumerate(material.pairs):
        last = max(pair.agreements, key=lambda one: one.position)
        p = material.readout.p_feminine("dec.l0.c", material.values("dec.l0.c")[row, last.position])
        right.append((p > 0.5) == (last.gender == "f"))
    return {"held_share": share(float(np.mean(right)))}


def switch(material: TourMaterial) -> Numbers:
    """What the valves do around the second noun, and what erases the first gender."""
    if not material.reads_gender:
        return {}
    best, three = material.best[:1], material.best[:BEST]
    everything = np.arange(len(material.best))
    changes = np.array([one.kind[0] != one.kind[2] for one in material.switches])
    forget = _extreme(material, "f", best, _WINDOW, np.min)
    inside = _extreme(material, "f", best, _INSIDE, np.min)
    numbers = {
        "gender_unit": count(int(best[0])),
        "gender_units": count(BEST),
        "switch_sentences": count(len(changes)),
        "switch_window": count(len(_WINDOW)),
        "forget_at_switch": gate(float(forget.mean())),
        "forget_before": gate(float(np.nanmean(inside))),
        "forget_three": gate(float(_extreme(material, "f", three, _WINDOW, np.min).mean())),
        "forget_all": gate(float(_extreme(material, "f", everything, _WINDOW, np.min).mean())),
        "memory_at_switch": gate(float(_extreme(material, "i", best, _WINDOW, np.max).mean())),
        "memory_before": gate(float(np.nanmean(_extreme(material, "i", best, _INSIDE, np.max)))),
        "forget_change": gate(float(forget[changes].mean())),
        "forget_same": gate(float(forget[~changes].mean())),
        "switch_same_gap": gate(float(forget[~changes].mean() - forget[changes].mean())),
    }
    return numbers | _erased(material)


def _extreme(material: TourMaterial, site: str, units: np.ndarray, window: range, which) -> np.ndarray:
    """The lowest or highest value of each unit in the window of each switch, the mean over `units`, `[switch]`.

    NaN where the window does not lie between the first noun and the sentence's end.
    """
    values, found = material.values(f"dec.l0.{site}"), []
    for one in material.switches:
        first, last = one.at + window.start, one.at + window.stop
        inside = first > one.first and last <= one.end + 1
        found.append(which(values[one.sentence, first:last][:, units], axis=0).mean() if inside else np.nan)
    return np.array(found)


def _erased(material: TourMaterial) -> Numbers:
    """Which share of the first gender the forget valve has taken away once the second noun was read, by the ledger."""
    from translate.lab.accounts import accounts
    from translate.lab.bench import Bench
    from translate.lab.lemmas import split_lemmas
    from translate.lab.material import Material

    items = list(suite("switch"))
    bench = Bench(material.translator, Material({"switch": items}, ""), split_lemmas(material.pairs, _SEED), _SEED)
    found = accounts(bench, "dec")
    if found is None:
        return {}
    return {"erased_share": share(found.by_forgetting.value), "erased_pairs": count(found.pairs)}


def output(material: TourMaterial) -> Numbers:
    """Where the output valve of the best unit opens, and what becomes of the agreement where the best units' are shut."""
    if not material.reads_gender:
        return {}
    valve = material.values("dec.l0.o")[..., material.best[0]]
    agreeing, elsewhere, by_kind = [], [], {}
    for row, pair in enumerate(material.pairs):
        kinds = {one.position: one.kind for one in pair.agreements}
        for step in range(len(pair.target)):
            (agreeing if step in kinds else elsewhere).append(float(valve[row, step]))
            if step in kinds:
                by_kind.setdefault(kinds[step], []).append(float(valve[row, step]))
    means = {kind: float(np.mean(values)) for kind, values in by_kind.items()}
    least = min(means, key=means.get)
    gap = float(np.mean(agreeing) - np.mean(elsewhere))
    numbers = {
        "gender_unit": count(int(material.best[0])),
        "gender_units": count(BEST),
        "output_agreeing_words": count(len(agreeing)),
        "output_agreeing": gate(float(np.mean(agreeing))),
        "output_elsewhere": gate(float(np.mean(elsewhere))),
        "output_gap": gate(gap),
        "output_least": gate(means[least]),
        "output_least_kind": word(_KINDS.get(least, least)),
    }
    return numbers | _shut(material)


def _shut(material: TourMaterial) -> Numbers:
    """How often the right form wins with the best units' output valves shut at the agreeing words, and with others'."""
    pairs = [pair for pair in material.pairs if pair.agreements]
    others = material.best[BEST:]
    rng = np.random.default_rng(_SEED)
    draws = [rng.choice(others, BEST, replace=False) for _ in range(_DRAWS)]
    free, shut = (right_forms(material, pairs, units) for units in ((), material.best[:BEST]))
    return {
        "output_free_right": share(free),
        "output_shut_right": share(shut),
        "output_random_right": share(float(np.mean([right_forms(material, pairs, units) for units in draws]))),
        "output_shut_loss": share(free - shut),
        "output_draws": count(_DRAWS),
    }


def right_forms(material: TourMaterial, pairs: Sequence[SentencePair], units: Sequence[int]) -> float:
    """In which share of the agreeing words the right form is likelier than the other gender's, after the right words.

    units: their output valves are shut where an agreeing word is chosen. Words whose other form the model does not know
    are left out.
    """
    target, units = material.translator.target, np.asarray(units, dtype=int)
    known = set(target.vocabulary)
    right = []
    for rows, batch in search.same_length([material.translator.source.ids(pair.source) for pair in pairs]):
        some = [pairs[row] for row in rows]
        chosen = [{one.position: one for one in pair.agreements if one.other in known} for pair in some]

        def shut(site: str, t: int, value, chosen=chosen):
            if site == "dec.l0.o" and len(units):
                value = value + 0
                for row in (row for row, words in enumerate(chosen) if t in words):
                    value[row, units] = 0
            return value

        network = material.network.watched(shut)
        words = np.full((len(some), max(len(pair.target) for pair in some) + 1), END, dtype=np.int64)
        words[:, 0] = START
        for row, pair in enumerate(some):
            words[row, 1 : len(pair.target) + 1] = target.ids(pair.target)
        state = network.encode(batch)
        for t in range(words.shape[1]):
            logits, state = network.step(state, words[:, t], t)
            for row, agreeing in enumerate(chosen):
                if t in agreeing:
                    form, other = target.ids([some[row].target[t], agreeing[t].other])
                    right.append(bool(logits[row, form] > logits[row, other]))
    return float(np.mean(right))


def breaking(material: TourMaterial) -> Numbers:
    """How often three kinds of hard sentences break the model: a word that does not agree, or a person that is lost."""
    numbers, broken = {}, {}
    for name, of in (("longer", "test-longer"), ("distance", "distance"), ("attractor", "attractor")):
        pairs = [pair for pair, _ in suite(of)]
        found = [judge(pair.source, split(text)) for pair, text in zip(pairs, material.texts(pairs), strict=True)]
        broken[name] = float(np.mean([one.breaks for one in found]))
        numbers |= {
            f"{name}_sentences": count(len(pairs)),
            f"{name}_broken": share(broken[name]),
            f"{name}_wrong": share(float(np.mean([bool(one.wrong) for one in found]))),
            f"{name}_lost": share(float(np.mean([bool(one.lost) for one in found]))),
        }
    return numbers | {"hardest": word(max(broken, key=broken.get))}
