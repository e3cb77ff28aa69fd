"""The sum behind each gate of the decoder's last layer, taken apart: word, gender in h, rest of h, bias.

    pre_t = W x_t + U h_{t-1} + b,    h = (v·h) v + rest

v is the readout's direction of the current gender in h, of length 1. With several layers x is what the layer below
says, and not the word itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.events import Seen, controllers
from translate.lab.sentences.switch_words import switch_window
from translate.lab.tracing.site import Site
from translate.tokenizer import START

PartName = Literal["word", "gender", "rest of h"]
PARTS: tuple[PartName, ...] = get_args(PartName)
_BLOCKS = "ifgo"


@dataclass(frozen=True)
class Sums:
    """The sums of some sentences.

    parts: by gate `[sentence, time, part, unit]`, the parts in the order of `PARTS`; pre: the recorded sum
    `[sentence, time, unit]`; both NaN beyond the end. bias: by gate `[unit]`. before: h of the step before,
    `[sentence, time, unit]`. recurrent: by gate the weights U from h to the gate, `[unit, unit]`. errors: the
    largest difference of a sum of parts from what was recorded, `[unit]`.
    """

    parts: dict[str, np.ndarray]
    pre: dict[str, np.ndarray]
    bias: dict[str, np.ndarray]
    before: np.ndarray
    recurrent: dict[str, np.ndarray]
    errors: np.ndarray


def sums_of(
    setup: Setup, pairs: Sequence[SentencePair], targets: Sequence[Sequence[str]], gates: Sequence[str]
) -> Sums:
    """The sums of the gates' units as the decoder writes `targets` (tokens, one each)."""
    layer = setup.config.layers - 1
    hidden = Site.of("dec", layer, "h")
    sites = [hidden, hidden.on("enc"), *(hidden.named(f"{gate}_pre") for gate in gates)]
    below = Site.of("dec", layer - 1, "h")
    run = lab.trace(setup.translator, pairs, targets, [*sites, *([below] if layer else [])], network=setup.network)
    before = run.previous(hidden).numpy().astype(np.float64)
    weights, array = setup.network.decoder[-1], setup.network.lib.to_numpy
    of_h = array(weights.weight_hh).astype(np.float64).reshape(4, -1, before.shape[-1])
    bias = np.zeros((4, before.shape[-1]))
    for given in (weights.bias_ih, weights.bias_hh):
        bias += 0 if given is None else array(given).reshape(bias.shape)
    if layer:
        word = run[below].numpy().astype(np.float64) @ array(weights.weight_ih).astype(np.float64).T
    else:
        read = _words_read(setup, targets, before.shape[1])
        word = array(setup.network.projected("dec", read)).astype(np.float64) - bias.reshape(-1)
    word = word.reshape(*before.shape[:2], 4, -1)
    direction = setup.readout.directions[hidden]
    direction = direction / np.linalg.norm(direction)
    gender = (before @ direction)[..., None] * direction
    parts, pre, errors = {}, {}, np.zeros(before.shape[-1])
    blocks = {gate: _BLOCKS.index(gate) for gate in gates}
    for gate, block in blocks.items():
        rows = of_h[block].T
        parts[gate] = np.stack([word[:, :, block], gender @ rows, (before - gender) @ rows], axis=2)
        pre[gate] = run[hidden.named(f"{gate}_pre")].numpy()
        errors = np.fmax(errors, np.nanmax(np.abs(parts[gate].sum(2) + bias[block] - pre[gate]), axis=(0, 1)))
    biases, recurrent = ({gate: of[block] for gate, block in blocks.items()} for of in (bias, of_h))
    return Sums(parts, pre, biases, before, recurrent, errors)


def held_means(setup: Setup, gates: Sequence[str]) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """What each part is while the first noun's gender is held: by gate `[part, unit]`, and the mean of h `[unit]`.

    Means over the words from the state that has seen the noun to the last word that agrees with it, in the switch
    sentences that probes may be fitted on (in all where there are none).
    """
    pairs = [pair for pair in setup.material.pairs("switch") if switch_window(pair, "dec")]
    pairs = [pair for pair in pairs if setup.split.fits(pair)] or pairs
    sums = sums_of(setup, pairs, [pair.target for pair in pairs], gates)
    at = [
        (row, step)
        for row, pair in enumerate(pairs)
        for step in range(Seen.of(controllers(pair, 0)[-1]).dec, switch_window(pair, "dec")[0])
    ]
    rows, steps = np.array(at, dtype=int).reshape(-1, 2).T
    return {gate: sums.parts[gate][rows, steps].mean(0) for gate in gates}, sums.before[rows, steps].mean(0)


def _words_read(setup: Setup, targets: Sequence[Sequence[str]], time: int) -> np.ndarray:
    """The id of the word that each step reads, `[sentence, time]`; beyond the end it is the start mark."""
    read = np.full((len(targets), time), START, dtype=np.int64)
    for row, target in enumerate(targets):
        ids = setup.translator.target.ids(target)[: time - 1]
        read[row, 1 : len(ids) + 1] = ids
    return read
