"""Which units are on at every word of some hundred corpus sentences, coded compactly for the explorer's memory map.

A unit of the cell state c (of h, where there is no c) is *high* at a word if it lies more than one standard deviation
above its mean over these sentences, and *low* if it lies as far below (the idea of selecting sentences by the units
that are on: LSTMVis, Strobelt et al. 2018). The page looks for words with the same pattern; the current gender stands
beside each word, so that a pattern can be counted and not only admired.
"""

import base64
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np

from translate import lab
from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.sentences.labels import current_nouns
from translate.lab.tracing.trace import Trace
from translate.model.translator import Translator
from translate.terms import SIDES

SENTENCES = 200


def corpus_patterns(
    translator: Translator, pairs: Sequence[SentencePair], count: int = SENTENCES, seed: int = 0
) -> dict[str, dict]:
    """The patterns of `count` of `pairs`, drawn by `seed` among those that the model translates without a mistake.

    Returns, ready for JSON, by side ("enc", "dec"):

    - site: the state's name in the page, "l0.c" of the last layer;
    - high, low: the bounds of each unit, float32 little-endian in base64, `[unit]`;
    - words: by sentence, the ids of what stands at each step (the decoder's end mark included);
    - gender: by sentence, the current gender at each step, "m", "f" or "-" (none yet), as one string;
    - on: base64 of `[step, 2, unit]` bits, all sentences' steps one after the other: high, then low, each filled up to
      whole bytes; the lowest bit of a byte is the first of its eight units.

    Raises `TranslateError` where no sentence is translated as it should be.
    """
    pairs = Random(seed).sample(list(pairs), min(len(pairs), 2 * count))
    written = translator.texts([pair.source_text for pair in pairs])
    pairs = [pair for pair, text in zip(pairs, written, strict=True) if text == pair.target_text][:count]
    if not pairs:
        raise TranslateError("The model translates none of these sentences as it should; leave the patterns out.")
    config = translator.checkpoint.config
    site = f"l{config.layers - 1}.{'c' if config.cell == 'lstm' else 'h'}"
    trace = lab.trace(translator, pairs, pairs, [f"{side}.{site}" for side in SIDES])
    return {side: _coded(translator, trace, pairs, side, site) for side in SIDES}


def _coded(translator: Translator, trace: Trace, pairs: Sequence[SentencePair], side: str, site: str) -> dict[str, Any]:
    lengths = trace.lengths[side].tolist()
    rows = trace[f"{side}.{site}"].numpy()
    values = np.concatenate([row[:length] for row, length in zip(rows, lengths, strict=True)])
    mean, deviation = values.mean(0), values.std(0)
    high, low = mean + deviation, mean - deviation
    bits = np.packbits(np.stack([values > high, values < low], axis=1), axis=-1, bitorder="little")
    ids = translator.source.ids if side == "enc" else translator.target.ids
    return {
        "site": site,
        "high": _base64(high.astype("<f4")),
        "low": _base64(low.astype("<f4")),
        "words": [ids(tokens) for tokens in trace.tokens[side]],
        "gender": ["".join(_gender(pair, noun) for noun in current_nouns(pair, side)) for pair in pairs],
        "on": _base64(bits),
    }


def _gender(pair: SentencePair, noun: int | None) -> str:
    return "-" if noun is None else pair.nouns[noun].gender


def _base64(values: np.ndarray) -> str:
    return base64.b64encode(values.tobytes()).decode("ascii")
