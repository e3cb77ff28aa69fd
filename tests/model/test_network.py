"""Three speeds of one network: fused torch, explicit steps on torch, explicit steps on numpy."""

import numpy as np
import pytest
import torch

from tests.arithmetic import FLOAT64, assert_as_near, in_float64
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.tokenizer import START

pytestmark = pytest.mark.numerical

SHAPES = [
    dict(cell=cell, layers=layers, reverse_source=reverse)
    for cell in ("lstm", "gru", "rnn")
    for layers, reverse in ((1, False), (2, False), (1, True))
]


def module(**options) -> EncoderDecoder:
    torch.manual_seed(0)
    sizes = dict(source_vocabulary=11, target_vocabulary=13, hidden=10, embedding=6)
    return EncoderDecoder(ModelConfig(**sizes, **options)).eval()


def on_numpy(module: EncoderDecoder) -> Network:
    return in_float64(module.config, module.state_dict())


def logits_by_steps(network: Network, source, target) -> np.ndarray:
    state, found = network.encode(source), []
    for t, words in enumerate(target.T):
        logits, state = network.step(state, words, t)
        found.append(logits)
    return np.stack(found, axis=1)


@pytest.mark.parametrize("options", SHAPES, ids=str)
@pytest.mark.parametrize("library", ["numpy", "torch"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_steps_give_the_fused_logits(options, library, dtype):
    fused = module(**options).to(dtype)
    random = np.random.default_rng(1)
    source, target = random.integers(4, 11, (5, 7)), random.integers(4, 13, (5, 6))
    target[:, 0] = START
    weights = {name: value.numpy() for name, value in fused.state_dict().items()}
    network = Network(fused.config, weights) if library == "numpy" else Network.of(fused)
    logits = logits_by_steps(network, source, target)
    with torch.no_grad():
        expected = fused(torch.tensor(source), torch.tensor(target)).numpy()
        exact = fused.double()(torch.tensor(source), torch.tensor(target)).numpy()
    assert logits.dtype == expected.dtype
    if dtype == torch.float64:
        np.testing.assert_allclose(logits, expected, rtol=0, atol=FLOAT64)
    else:
        assert_as_near(logits, expected, exact)


@pytest.mark.parametrize("options", SHAPES, ids=str)
def test_a_watcher_that_changes_nothing_changes_nothing(options):
    network = on_numpy(module(**options))
    random = np.random.default_rng(2)
    source, target = random.integers(4, 11, (3, 5)), random.integers(4, 13, (3, 4))
    seen = []
    watched = network.watched(lambda site, t, value: (seen.append((site, t)), value)[1])
    np.testing.assert_array_equal(logits_by_steps(watched, source, target), logits_by_steps(network, source, target))
    steps = [t for site, t in seen if site == "enc.l0.h"]
    assert steps == ([4, 3, 2, 1, 0] if options["reverse_source"] else [0, 1, 2, 3, 4])
    assert {site for site, _ in seen} >= {"enc.l0.h", "dec.l0.h", "dec.logits"}
    assert not network.is_watched and watched.is_watched


def test_an_edit_changes_what_follows_and_nothing_before():
    network = on_numpy(module())
    source, target = np.full((1, 4), 5), np.array([[START, 6, 7, 8, 9]])

    def close_the_memory(site, t, value):
        return value * 0 if (site, t) == ("dec.l0.c", 2) else value

    plain, edited = (logits_by_steps(n, source, target) for n in (network, network.watched(close_the_memory)))
    np.testing.assert_array_equal(plain[:, :2], edited[:, :2])
    assert (np.abs(plain[:, 2:] - edited[:, 2:]).max(axis=-1) > 1e-4).all()


@pytest.mark.parametrize("options", SHAPES, ids=str)
@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_sentences_of_different_length_are_read_as_if_alone(options, library):
    fused = module(**options).double()
    network = on_numpy(fused) if library == "numpy" else Network.of(fused)
    lengths = np.array([7, 7, 5, 2, 1])
    source = np.random.default_rng(5).integers(4, 11, (5, 7))
    together = network.encode(source, lengths)
    for row, length in enumerate(lengths):
        alone = network.encode(source[row : row + 1, :length])
        for layer, other in zip(together, alone, strict=True):
            for value, expected in zip(layer, other, strict=True):
                np.testing.assert_allclose(np.asarray(value[row]), np.asarray(expected[0]), rtol=0, atol=FLOAT64)


def test_rows_of_a_state_can_be_chosen_and_repeated():
    network = on_numpy(module(layers=2))
    source = np.random.default_rng(3).integers(4, 11, (4, 5))
    chosen = network.select(network.encode(source), np.array([2, 0, 2]))
    for layer, direct in zip(chosen, network.encode(source[[2, 0, 2]]), strict=True):
        for value, other in zip(layer, direct, strict=True):
            np.testing.assert_allclose(value, other, rtol=0, atol=FLOAT64)


def test_forget_gates_start_open():
    closed, opened = module(forget_bias=0.0), module(forget_bias=4.0)
    gates = {}
    for name, each in (("closed", closed), ("open", opened)):
        values = []
        network = on_numpy(each).watched(
            lambda s, t, v, kept=values: (kept.append(v) if s.endswith("l0.f") else None, v)[1]
        )
        network.encode(np.random.default_rng(4).integers(4, 11, (6, 6)))
        gates[name] = np.concatenate(values).mean()
    assert gates["open"] > 0.95 and 0.3 < gates["closed"] < 0.7


def test_the_plain_rnn_starts_at_w_rec_1():
    for weights in (*on_numpy(module(cell="rnn", layers=2)).encoder, *on_numpy(module(cell="rnn")).decoder):
        np.testing.assert_array_equal(weights.weight_hh, np.eye(10))
