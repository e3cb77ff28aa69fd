"""The numbers of the tour's first half: weights, the memory pipeline, the valves and the memory's cases."""

from collections.abc import Mapping

import numpy as np

from translate.evaluation.quality import exact_match
from translate.lab.demonstrations.vanishing import BIASES, carousel, elman, scalar
from translate.lab.demonstrations.walk import ADDED, BETWEEN, CASES, CHANGED, CLEARED, CLOSED, KEPT, OPEN
from translate.lab.demonstrations.word_gradient import noun_shares
from translate.lab.statistics.estimate import wilson
from translate.lab.tracing.ledger import Ledger
from translate.lesson import intervals
from translate.lesson.material import TourMaterial
from translate.lesson.numbers import Number, Numbers, count, digits, gate, part, share, word
from translate.model.translator import Translator

_STEPS, _SEED = 20, 0
_WEIGHTS = {"below": 0.9, "one": 1.0, "above": 1.1}
_COMPARED = 40  # sentences whose gradients are compared


def weight() -> Numbers:
    """One recurrent weight below, at and above 1."""
    decays = {name: scalar(value, _STEPS) for name, value in _WEIGHTS.items()}
    numbers = {f"w_{name}": digits(decay.left[-1]) for name, decay in decays.items()}
    largest = max(decay.error or 0.0 for decay in decays.values())
    return numbers | {"w_steps": count(_STEPS), "w_error": digits(largest)}


def elman_network() -> Numbers:
    """An Elman network at a spectral radius below, at and above 1."""
    numbers = {"w_steps": count(_STEPS)}
    for name, radius in _WEIGHTS.items():
        numbers[f"radius_{name}"] = digits(radius)
        for squash, kind in ((False, "linear"), (True, "tanh")):
            numbers[f"elman_{kind}_{name}"] = digits(elman(radius, _STEPS, _SEED, squash).left[-1])
    return numbers


def pipeline(material: TourMaterial, rivals: Mapping[str, Translator]) -> Numbers:
    """The untrained pipeline by its forget bias; the trained one's sum; and how far back the loss of a word reaches."""
    config = material.translator.checkpoint.config
    numbers = {f"carousel_{bias:g}": digits(carousel(bias, _STEPS, _SEED)[0].left[-1]) for bias in BIASES}
    numbers |= {"w_steps": count(_STEPS), "forget_bias": digits(config.forget_bias)}
    ledgers = [Ledger.of(material.trace, side) for side in ("enc", "dec")]
    words = sum(int((~np.isnan(ledger.state[..., 0])).sum()) for ledger in ledgers)
    numbers |= {
        "ledger_error": digits(max(ledger.conservation for ledger in ledgers)),
        "ledger_words": count(words),
        "suite_sentences": count(len(material.pairs)),
    }
    return numbers | _reach(material, rivals)


def _reach(material: TourMaterial, rivals: Mapping[str, Translator]) -> Numbers:
    """How much of the gradient is left at the noun in the model and its rivals, and how well each translates."""
    every = max(1, len(material.pairs) // _COMPARED)
    chosen = [
        (pair, lemma)
        for pair, lemma in zip(material.pairs[::every], material.lemmas[::every], strict=True)
        if pair.agreements
    ]
    pairs, lemmas = [pair for pair, _ in chosen], [lemma for _, lemma in chosen]
    own, ages = noun_shares(material.translator, pairs)
    numbers = {
        "reach_words": count(round(float(np.mean(ages)))),
        "reach_sentences": count(len(pairs)),
        "exact_sentences": count(len(material.pairs)),
    }
    for kind, model in {**rivals, "lstm": material.translator}.items():
        left = own if kind == "lstm" else noun_shares(model, pairs)[0]
        exact = exact_match(
            model.texts([pair.source_text for pair in material.pairs]), [pair.target_text for pair in material.pairs]
        )
        numbers |= {
            f"{kind}_left": part(intervals.compared(np.median, [left], [lemmas], "sentences")),
            f"{kind}_exact": share(wilson(exact.successes, exact.count, "sentences")),
        }
        if kind != "lstm":
            numbers[f"lstm_over_{kind}"] = digits(
                intervals.compared(
                    lambda one, other: np.median(one) / max(np.median(other), 1e-12),
                    [own, left],
                    [lemmas] * 2,
                    "sentences",
                )
            )
    return numbers


def valves(material: TourMaterial) -> Numbers:
    """Where the decoder's valves stand, what moves the forget valve, and whether it moves."""
    is_word = ~np.isnan(material.values("dec.l0.f")[..., 0])
    lemmas = _of_words(material, is_word)
    numbers = {
        name: gate(intervals.mean(material.values(f"dec.l0.{site}")[is_word].mean(-1), lemmas, "words"))
        for name, site in (("forget_mean", "f"), ("memory_mean", "i"), ("output_mean", "o"))
    }
    forget = material.values("dec.l0.f")
    by_word = _say_of_words(material)
    moving = (np.nanmax(forget, axis=1) > OPEN) & (np.nanmin(forget, axis=1) < CLOSED)
    return numbers | {
        "valve_words": count(int(is_word.sum())),
        "moving_sentences": count(len(material.pairs)),
        "forget_say_x": share(by_word),
        "forget_say_h": share(1 - by_word),
        "forget_say_least": share(min(by_word, 1 - by_word)),
        "valves_moving": share(intervals.mean(moving.mean(-1), material.lemmas, "sentences")),
    }


def _of_words(material: TourMaterial, is_word: np.ndarray) -> list[str]:
    """The noun pair of each word's sentence, where `is_word` `[sentence, time]`, in its order."""
    return [material.lemmas[row] for row in np.nonzero(is_word)[0]]


def _say_of_words(material: TourMaterial) -> float:
    """Which share of the forget valve's movement (before the sigmoid) follows the word, averaged over units.

    pre = x + W h; the share of x is cov(x, pre) / var(pre) over all words, and that of h is the rest.
    """
    network = material.translator.network()
    units = network.config.hidden
    weight = np.asarray(network.decoder[0].weight_hh)[units : 2 * units]  # blocks of rows: i f g o
    hidden = material.trace.previous("dec.l0.h").numpy()
    is_word = ~np.isnan(material.values("dec.l0.f")[..., 0])
    pre = material.values("dec.l0.f_pre")[is_word].astype(np.float64)
    from_word = pre - hidden[is_word] @ weight.T
    pre, from_word = pre - pre.mean(0), from_word - from_word.mean(0)
    moves = pre.var(0) > 0
    return float(np.mean((pre * from_word).mean(0)[moves] / pre.var(0)[moves]))


def cases(material: TourMaterial) -> Numbers:
    """Which of the four cases each unit's memory was in at each word."""
    forget, memory = material.values("dec.l0.f"), material.values("dec.l0.i")
    is_word = ~np.isnan(forget[..., 0])
    lemmas, forget, memory = _of_words(material, is_word), forget[is_word], memory[is_word]
    stands = {case: _stands(forget, one) & _stands(memory, other) for (one, other), case in CASES.items()}
    stands[BETWEEN] = ~np.any(list(stands.values()), axis=0)
    shares = {case: intervals.mean(units.mean(-1), lemmas, "words") for case, units in stands.items()}
    other = intervals.mean((stands[CLEARED] | stands[BETWEEN]).mean(-1), lemmas, "words")
    names = {KEPT: "kept", CHANGED: "changed", ADDED: "added", CLEARED: "cleared", BETWEEN: "between"}
    numbers: dict[str, Number] = {f"case_{names[case]}": share(value) for case, value in shares.items()}
    least = min((shares[case] for case in (KEPT, CHANGED, ADDED)), key=lambda estimate: estimate.value)
    return numbers | {
        "commonest_case": word(max(shares, key=lambda case: shares[case].value)),
        "case_least": share(least),
        "case_other": share(other),
        "case_words": count(len(lemmas)),
    }


def _stands(values: np.ndarray, how: str) -> np.ndarray:
    return values > OPEN if how == "open" else values < CLOSED
