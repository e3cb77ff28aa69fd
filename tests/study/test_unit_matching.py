"""A model with its units renumbered and turned round is found again unit by unit; another model is not."""

import numpy as np
import pytest

from translate.corpus.files import load_suite
from translate.corpus.splits import build
from translate.errors import TranslateError
from translate.lab.sentences.observed import observe
from translate.lab.tracing.site import Site
from translate.model.checkpoint import save_frame, save_weights
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.translator import Translator
from translate.study.unit_matching import carried, match, match_seeds, over_pairs


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """79 switch sentences of the lesson."""
    folder = tmp_path_factory.mktemp("corpus")
    build("lesson", 1_000, 0, folder, workers=1)
    return [pair for pair, _ in load_suite(folder, "switch")]


@pytest.fixture(scope="module")
def lesson():
    return Translator.load()


def renumbered(module: EncoderDecoder, order: np.ndarray, sign: np.ndarray) -> None:
    """Let unit k of `module` be what unit order[k] was, times sign[k]: another numbering of the very same function.

    The sign of a unit of an LSTM turns with its candidate g: c and h turn with it, the gates do not.
    """
    import torch

    units = len(order)
    rows = np.concatenate([block * units + order for block in range(4)])  # i f g o
    turned = np.concatenate([np.ones(2 * units), sign, np.ones(units)])
    with torch.no_grad():
        for layer in (module.encoder, module.decoder):
            for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
                old = getattr(layer, name)
                new = old[rows] * torch.tensor(turned, dtype=old.dtype).reshape(-1, *[1] * (old.dim() - 1))
                if name == "weight_hh_l0":
                    new = new[:, order] * torch.tensor(sign, dtype=old.dtype)
                old.copy_(new)
        module.output.weight.copy_(module.output.weight[:, order] * torch.tensor(sign, dtype=torch.float32))


@pytest.fixture(scope="module")
def twin(lesson, tmp_path_factory):
    """(folder of the lesson's model renumbered, order, sign)."""
    rng, checkpoint = np.random.default_rng(0), lesson.checkpoint
    order, sign = rng.permutation(checkpoint.config.hidden), rng.choice((-1, 1), checkpoint.config.hidden)
    module, folder = checkpoint.module(), tmp_path_factory.mktemp("twin")
    renumbered(module, order, sign)
    save_frame(folder, checkpoint.config, checkpoint.source, checkpoint.target)
    save_weights(folder, module)
    return folder, order, sign


def test_a_renumbered_model_is_matched_exactly(lesson, twin, pairs):
    folder, order, sign = twin
    other = Translator.load(folder)
    sentences = [pair.source_text for pair in pairs[:20]]
    assert other.texts(sentences) == lesson.texts(sentences)  # it is the same function
    for side, state in (("dec", "c"), ("enc", "h")):
        site = Site.of(side, 0, state)
        first, second = (observe(translator, pairs, sites=[site]) for translator in (lesson, other))
        labels = first.labels[side]
        matching = match(first.rows(site, labels), second.rows(site, labels))
        assert np.array_equal(order[matching.partner], np.arange(len(order)))
        assert np.array_equal(matching.sign, sign[matching.partner])
        assert matching.quality > 0.9999 > 0.5 > matching.any_pair


def test_the_gender_units_of_a_renumbered_model_are_its_gender_units(lesson, twin, pairs):
    folder, order, _ = twin
    decoder, encoder = match_seeds({1: lesson.checkpoint.folder, 2: folder}, pairs)
    assert (decoder.site, encoder.site) == ("dec.l0.c", "enc.l0.c")
    assert decoder.carried.value == decoder.sure == 1 and decoder.by_chance == pytest.approx(10 / 128)
    assert all(order[partner[0].unit] == unit for unit, partner in decoder.units.items())
    assert [partner[0].rank for partner in decoder.units.values()] == list(range(1, 11))
    # The best matching of two networks that have learnt nothing is far from that.
    assert decoder.quality.value > 0.9999 and decoder.untrained < 0.9


def test_what_has_nothing_in_common_is_matched_no_better_than_chance_allows():
    rng = np.random.default_rng(1)
    matching = match(rng.normal(size=(500, 40)), rng.normal(size=(500, 40)))
    assert matching.quality < 0.15 and matching.any_pair < 0.06
    chance = [
        carried(match(rng.normal(size=(60, 30)), rng.normal(size=(60, 30))), range(5), range(5)) for _ in range(60)
    ]
    assert 0.4 < np.mean([pair.hits for pair in chance]) < 1.3 and chance[0].expected == pytest.approx(5 / 6)
    assert np.mean([pair.p <= 0.05 for pair in chance]) < 0.15


def test_a_unit_that_never_moves_has_a_partner_and_no_correlation():
    x = np.random.default_rng(2).normal(size=(50, 3))
    still = x.copy()
    still[:, 1] = 7
    matching = match(x, still)
    assert matching.r[1] == 0 and sorted(matching.partner) == [0, 1, 2]


def test_models_that_cannot_be_compared_are_refused():
    with pytest.raises(TranslateError, match="equally many units"):
        match(np.zeros((4, 3)), np.zeros((4, 2)))
    with pytest.raises(TranslateError, match="same sentences"):
        match(np.zeros((4, 3)), np.zeros((5, 3)))


def test_pairs_of_models_are_bootstrapped_by_model():
    alike = np.full((6, 6), 0.5)
    same = over_pairs(alike, "pairs")
    assert (same.low, same.value, same.high, same.n) == (0.5, 0.5, 0.5, 15)
    alike[0] = alike[:, 0] = 0.1  # one model that is like no other: five of the fifteen pairs
    odd = over_pairs(alike, "pairs")
    assert odd.value == pytest.approx((10 * 0.5 + 5 * 0.1) / 15) and odd.low < 0.3 and odd.high == 0.5
    assert np.isnan(over_pairs(alike[:2, :2], "pairs").low) and over_pairs(alike[:1, :1], "pairs").n == 0
