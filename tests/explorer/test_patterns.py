"""Which units are on in the corpus: coded without loss, and found again by the page."""

import base64
import json

import numpy as np
import pytest

from tests.explorer.float64 import EPSILON, TIMES, ExactTranslator
from translate import lab
from translate.corpus.show import sample
from translate.errors import TranslateError
from translate.explorer.patterns import corpus_patterns
from translate.lab.sentences.labels import label


@pytest.fixture(scope="module")
def pairs():
    return sample("lesson", 60, 3)


@pytest.fixture(scope="module")
def patterns(translator, pairs):
    return corpus_patterns(translator, pairs, count=20, seed=1)


def _floats(text):
    return np.frombuffer(base64.b64decode(text), "<f4")


def _states(translator, pairs, site):
    """What the state holds at every word of all sentences, one after the other, `[word, unit]`."""
    trace = lab.trace(translator, pairs, pairs, [site])
    lengths = trace.lengths[site[:3]].tolist()
    return np.concatenate([row[:length] for row, length in zip(trace[site].numpy(), lengths, strict=True)])


def _bits(coded):
    units = len(_floats(coded["high"]))
    return np.unpackbits(np.frombuffer(base64.b64decode(coded["on"]), np.uint8), bitorder="little").reshape(
        -1, 2, units
    )


@pytest.mark.numerical
@pytest.mark.parametrize("side", ["enc", "dec"])
def test_the_bits_are_units_beyond_the_bounds_and_the_letters_the_gender(side, translator, pairs, patterns):
    coded = patterns[side]
    tokenizer = translator.source if side == "enc" else translator.target
    ids = {tuple(tokenizer.ids(p.source if side == "enc" else p.target)): p for p in pairs}
    chosen = [ids[tuple(words[: len(words) - (side == "dec")])] for words in coded["words"]]
    values, expected = (
        _states(each, chosen, f"{side}.{coded['site']}")
        for each in (translator, ExactTranslator(translator.checkpoint))
    )
    bits, high, low = _bits(coded), _floats(coded["high"]), _floats(coded["low"])
    assert len(bits) == len(values) == sum(map(len, coded["words"]))
    # Another batch adds up in another order, and a value at a bound may then be on its other side.
    near = TIMES * np.abs(values - expected).max() + EPSILON * np.abs(expected).max()
    sure = (np.abs(values - high) > near) & (np.abs(values - low) > near)
    assert sure.mean() > 0.99
    assert (bits[:, 0][sure] == (values > high)[sure]).all() and (bits[:, 1][sure] == (values < low)[sure]).all()
    np.testing.assert_allclose((high + low) / 2, expected.mean(0), rtol=0, atol=near)
    np.testing.assert_allclose((high - low) / 2, expected.std(0), rtol=0, atol=near)
    labels = label(chosen, side)
    for sentence, position, feminine in zip(labels.sentence, labels.position, labels.feminine, strict=True):
        assert coded["gender"][sentence][position] == ("f" if feminine else "m")
    assert sum(letter != "-" for letters in coded["gender"] for letter in letters) == len(labels)


def test_the_same_seed_gives_the_same_sentences_and_they_are_small(translator, pairs, patterns):
    assert corpus_patterns(translator, pairs, count=20, seed=1) == patterns
    assert corpus_patterns(translator, pairs, count=20, seed=2) != patterns
    assert len(json.dumps(patterns)) < 20 * 1600  # 200 sentences stay below a third of a megabyte


def test_without_a_sentence_that_is_translated_there_are_no_patterns(translator):
    with pytest.raises(TranslateError):
        corpus_patterns(translator, [])


def test_the_page_finds_what_a_count_by_hand_finds(open_page, patterns):
    coded, (high, low, length) = patterns["dec"], ([3, 50, 76, 101], [9, 69], 2)
    found = open_page().evaluate(
        """async ([coded, pattern, length]) => {
          const p = await import("app/map/patterns.js");
          return p.matches(p.decoded(coded), pattern, length);
        }""",
        [coded, {"high": high, "low": low}, length],
    )
    bits, start, best, all_ = _bits(coded), 0, [], {"m": 0, "f": 0, "-": 0}
    wanted = np.concatenate([bits[:, 0][:, high], bits[:, 1][:, low]], axis=1)
    for words, genders in zip(coded["words"], coded["gender"], strict=True):
        shares = [wanted[start + k : start + k + length].all(0).mean() for k in range(len(words) - length + 1)]
        best.append(max(shares))
        for letter in genders[length - 1 :]:
            all_[letter] += 1
        start += len(words)
    assert found["all"] == all_
    np.testing.assert_allclose([match["share"] for match in found["best"]], sorted(best, reverse=True))
    assert all(coded["gender"][m["sentence"]][m["from"] + length - 1] == m["gender"] for m in found["best"])


def test_a_planted_pattern_change_and_cluster_are_found(open_page):
    """Units 2 and 5 are high at words 1 and 2; unit 4 changes most at word 2; units 0, 3 and 1, 6 go alike."""
    rng = np.random.default_rng(0)
    steps, units = 8, 7
    values = rng.normal(0, 0.1, (steps, units))
    values[1:3, [2, 5]] = 5
    wave, other = np.sin(np.arange(steps)), np.cos(2.0 * np.arange(steps))
    values[:, 0], values[:, 3], values[:, 1], values[:, 6] = (
        wave,
        2 * wave + 0.01 * rng.normal(size=steps),
        other,
        3 * other,
    )
    values[3:, 4] = 40
    found = open_page().evaluate(
        """async ([values, units]) => {
          const p = await import("app/map/patterns.js");
          const all = (value) => Array(units).fill(value);
          const pattern = p.patternOf({units, high: all(4), low: all(-4)}, values, 1, 2);
          return [pattern, p.byChange(values, units, 2, all(1)), p.byCluster(values, units)];
        }""",
        [values.ravel().tolist(), units],
    )
    pattern, change, cluster = found
    assert pattern == {"high": [2, 5], "low": []}
    assert change[0] == 4
    assert sorted(cluster) == list(range(units)) == sorted(change)
    assert abs(cluster.index(0) - cluster.index(3)) == abs(cluster.index(1) - cluster.index(6)) == 1
