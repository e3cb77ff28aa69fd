"""What the exported graphs compute in onnxruntime is what the network computes, as far as float32 tells."""

import numpy as np
import pytest
import torch

from tests.arithmetic import assert_as_near, in_float64
from tests.export.running import Exported, padded
from translate.model import search
from translate.model.cells import SITES, STATES
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.tokenizer import PAD, START, UNKNOWN

pytestmark = pytest.mark.numerical

SHAPES = [
    dict(cell=cell, layers=layers, attention=attention, bidirectional=bidirectional)
    for cell in ("lstm", "gru", "rnn")
    for layers in (1, 2)
    for attention in ("", "luong")
    for bidirectional in (False, True)
]
SHAPES += [dict(cell=cell, layers=2, attention="luong", reverse_source=True) for cell in ("lstm", "gru", "rnn")]
SHAPES += [dict(cell="lstm", attention=attention, tied_embeddings=True) for attention in ("luong", "")]
SOURCES = [[4, 5, 6, 7], [8, 4, 4], [6, 6, 8, 4, 5], [5], [], [9, 10, 4, 5, 5, 6, 7], [7, 8, 4, 4]]


def made(**options) -> tuple[ModelConfig, dict[str, np.ndarray]]:
    """A small network with weights large enough that its translations differ."""
    torch.manual_seed(3)
    fused = EncoderDecoder(ModelConfig(11, 13, hidden=10, embedding=6, **options))
    with torch.no_grad():
        for parameter in fused.parameters():
            parameter.mul_(2)
        fused.output.weight.mul_(2)
        fused.output.bias[[PAD, UNKNOWN, START]] = -99  # what a search never writes
    return fused.config, {name: value.numpy() for name, value in fused.state_dict().items()}


def falling(sources: list[list[int]]) -> list[list[int]]:
    """The longest first, as the network wants them; an exported graph takes them in any order."""
    return sorted(sources, key=len, reverse=True)


def run_network(network: Network, source, lengths, target) -> dict[str, np.ndarray]:
    """The states, the memory and the logits of each step, by the names of the graphs."""
    state = network.encode(source, lengths)
    values = {}
    for place, part in enumerate(STATES[network.config.cell]):
        values[part] = np.stack([layer[place] for layer in state[: network.config.layers]])
    if network.config.attention:
        values["memory"] = state[-1].hidden
    logits = []
    for t, words in enumerate(target.T):
        step, state = network.step(state, words, t)
        logits.append(step)
    return {**values, "logits": np.stack(logits)}


@pytest.mark.parametrize("gates", [False, True], ids=["", "gates"])
@pytest.mark.parametrize("options", SHAPES, ids=str)
def test_states_and_logits_are_the_networks(options, gates):
    config, weights = made(**options)
    source, lengths = padded(falling(SOURCES))
    target = np.random.default_rng(1).integers(4, 13, (len(SOURCES), 5))
    target[:, 0] = START
    exact = run_network(in_float64(config, weights), source, lengths, target)
    ours = run_network(Network(config, weights), source, lengths, target)
    exported = Exported.of(config, weights, gates)
    theirs = exported.encode(source, lengths)
    theirs["logits"] = np.stack([step["logits"] for step in exported.steps(source, lengths, target)])
    for name, value in exact.items():
        assert_as_near(theirs[name], ours[name], value)
    if config.attention:
        np.testing.assert_array_equal(theirs["mask"], np.arange(source.shape[1]) < lengths[:, None])


@pytest.mark.parametrize("options", SHAPES, ids=str)
def test_greedy_translations_of_unequal_sentences_are_the_same_words(options):
    config, weights = made(**options)
    expected = [h.tokens for h in search.greedy(Network(config, weights), SOURCES)]
    assert Exported.of(config, weights).greedy(SOURCES) == expected
    assert len(set(map(tuple, expected))) > 1


@pytest.mark.parametrize("gates", [False, True], ids=["", "gates"])
@pytest.mark.parametrize("options", SHAPES, ids=str)
def test_what_stands_in_the_padding_changes_nothing(options, gates):
    exported = Exported.of(*made(**options), gates)
    target = np.full((len(SOURCES), 1), START)
    (one,), (other,) = (exported.steps(*padded(SOURCES, filler), target) for filler in (PAD, 9))
    for name, value in one.items():
        np.testing.assert_array_equal(value, other[name])


@pytest.mark.parametrize("options", SHAPES, ids=str)
def test_the_gates_are_those_that_a_watcher_sees(options):
    config, weights = made(**options)
    source, lengths = padded(falling(SOURCES))
    target = np.array([[START, 6]] * len(SOURCES))
    seen = []
    for network in (Network(config, weights), in_float64(config, weights)):
        seen.append({})
        watched = network.watched(lambda site, t, value, kept=seen[-1]: kept.setdefault((site, t), value))
        run_network(watched, source, lengths, target)
    exported = Exported.of(config, weights, gates=True)
    steps = exported.steps(source, lengths, target)
    outputs = exported.encode(source, lengths)
    for (site, t), exact in seen[1].items():
        if site == "dec.logits":
            continue
        if site.startswith("dec."):
            theirs = steps[t][site]
        else:  # only the rows that read; from the end they begin together, and t is the place in the longest of them
            from_end = config.reverse_source or ".rev." in site
            places = lengths[: len(exact)] - (lengths[0] - t) if from_end else t
            theirs = outputs[site][np.arange(len(exact)), places]
        assert_as_near(theirs, seen[0][site, t], exact)
    beyond = np.arange(source.shape[1]) >= lengths[:, None]
    sites = {site for site, _ in seen[1] if site.startswith("enc.")}
    assert len(sites) == config.layers * (1 + config.bidirectional) * len(SITES[config.cell])
    assert all((outputs[site][beyond] == 0).all() for site in sites)


def test_a_batch_of_nothing_but_empty_sentences_starts_from_zeros():
    exported = Exported.of(*made(bidirectional=True, attention="luong"))
    state = exported.encode(np.zeros((2, 0), np.int64), np.zeros(2, np.int64))
    assert not state["h"].any() and not state["c"].any() and state["memory"].shape == (2, 0, 10)
    assert np.isfinite(exported.step(state, np.full(2, START))["logits"]).all()


def test_a_graph_names_its_axes_and_its_sites():
    exported = Exported.of(*made(attention="luong", layers=2), gates=True)
    shapes = {value.name: value.shape for value in exported.decoder.get_outputs()}
    assert shapes["logits"] == ["batch", 13] and shapes["next_c"] == [2, "batch", 10]
    assert shapes["dec.l1.f"] == ["batch", 10] and shapes["dec.attention"] == ["batch", "source_time"]
    shapes = {value.name: value.shape for value in exported.encoder.get_outputs()}
    assert shapes["memory"] == shapes["enc.l1.f_pre"] == ["batch", "source_time", 10]
