"""The numbers of the tour's first half: weights, the memory pipeline, the valves and the memory's cases."""

from statistics import median

import numpy as np

from translate.lab.ledger import Ledger
from translate.lab.vanishing import BIASES, carousel, elman, scalar
from translate.lab.walk import ADDED, BETWEEN, CASES, CHANGED, CLEARED, CLOSED, KEPT, OPEN
from translate.lab.word_gradient import noun_shares
from translate.lesson.material import TourMaterial
from translate.lesson.numbers import Number, Numbers, count, digits, gate, part, share, word

_STEPS, _SEED = 20, 0
_WEIGHTS = {"below": 0.9, "one": 1.0, "above": 1.1}
_COMPARED = 40  # sentences whose gradients are compared


def weight() -> Numbers:
    """One recurrent weight below, at and above 1."""
    found = {name: scalar(value, _STEPS) for name, value in _WEIGHTS.items()}
    numbers = {f"w_{name}": digits(one.left[-1]) for name, one in found.items()}
    return numbers | {"w_steps": count(_STEPS), "w_error": digits(max(one.error for one in found.values()))}


def elman_network() -> Numbers:
    """An Elman network at a spectral radius below, at and above 1."""
    numbers = {"w_steps": count(_STEPS)}
    for name, radius in _WEIGHTS.items():
        numbers[f"radius_{name}"] = digits(radius)
        for squash, kind in ((False, "linear"), (True, "tanh")):
            numbers[f"elman_{kind}_{name}"] = digits(elman(radius, _STEPS, _SEED, squash).left[-1])
    return numbers


def pipeline(material: TourMaterial, rivals: dict[str, object]) -> Numbers:
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
    pairs = material.pairs[:: max(1, len(material.pairs) // _COMPARED)]
    own, ages = noun_shares(material.translator, pairs)
    numbers |= {"lstm_left": part(median(own)), "reach_words": count(round(float(np.mean(ages))))}
    for kind, rival in rivals.items():
        numbers[f"{kind}_left"] = part(median(noun_shares(rival, pairs)[0]))
    if "rnn_left" in numbers:
        numbers["lstm_over_rnn"] = digits(numbers["lstm_left"].value / max(numbers["rnn_left"].value, 1e-12))
    return numbers


def valves(material: TourMaterial) -> Numbers:
    """Where the decoder's valves stand, what moves the forget valve, and whether it moves."""
    numbers = {
        name: gate(float(np.nanmean(material.values(f"dec.l0.{site}"))))
        for name, site in (("forget_mean", "f"), ("memory_mean", "i"), ("output_mean", "o"))
    }
    forget = material.values("dec.l0.f")
    by_word = _say_of_words(material)
    moving = (np.nanmax(forget, axis=1) > OPEN) & (np.nanmin(forget, axis=1) < CLOSED)
    return numbers | {
        "valve_words": count(int((~np.isnan(forget[..., 0])).sum())),
        "forget_say_x": share(by_word),
        "forget_say_h": share(1 - by_word),
        "forget_say_least": share(min(by_word, 1 - by_word)),
        "valves_moving": share(float(moving.mean())),
    }


def _say_of_words(material: TourMaterial) -> float:
    """Which share of the forget valve's movement (before the sigmoid) follows the word, averaged over units.

    pre = x + W h; the share of x is cov(x, pre) / var(pre) over all words, and that of h is the rest.
    """
    network = material.translator.network()
    units = network.config.hidden
    weight = np.asarray(network.decoder[0].weight_hh)[units : 2 * units]  # blocks of rows: i f g o
    hidden = material.trace.previous("dec.l0.h").numpy()
    there = ~np.isnan(material.values("dec.l0.f")[..., 0])
    pre = material.values("dec.l0.f_pre")[there].astype(np.float64)
    told = pre - hidden[there] @ weight.T
    pre, told = pre - pre.mean(0), told - told.mean(0)
    return float(np.mean((pre * told).mean(0) / pre.var(0)))


def cases(material: TourMaterial) -> Numbers:
    """Which of the four cases each unit's memory was in at each word."""
    forget, memory = material.values("dec.l0.f"), material.values("dec.l0.i")
    there = ~np.isnan(forget)
    forget, memory = forget[there], memory[there]
    shares = {
        case: float((_stands(forget, one) & _stands(memory, other)).mean()) for (one, other), case in CASES.items()
    }
    shares[BETWEEN] = 1 - sum(shares.values())
    names = {KEPT: "kept", CHANGED: "changed", ADDED: "added", CLEARED: "cleared", BETWEEN: "between"}
    numbers: dict[str, Number] = {f"case_{names[case]}": share(value) for case, value in shares.items()}
    least = min(shares[case] for case in (KEPT, CHANGED, ADDED))
    return numbers | {
        "commonest_case": word(max(shares, key=shares.get)),
        "case_least": share(least),
        "case_other": share(1 - sum(shares[case] for case in (KEPT, CHANGED, ADDED))),
    }


def _stands(values: np.ndarray, how: str) -> np.ndarray:
    return values > OPEN if how == "open" else values < CLOSED
