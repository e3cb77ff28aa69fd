"""Jacobians multiplied step by step are what autograd finds through the whole run."""

import numpy as np
import pytest
import torch
from torch import nn

from tests.arithmetic import FLOAT64
from translate import lab
from translate.errors import TranslateError
from translate.lab.experiments.reading.gradients import gradient_course
from translate.lab.planted import networks as planted
from translate.lab.tracing.jacobian import Chain, gain
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.tokenizer import START

pytestmark = pytest.mark.numerical

MODULES = {"lstm": nn.LSTM, "gru": nn.GRU, "rnn": nn.RNN}
BATCH, TIME, INPUT, UNITS = 2, 5, 3, 4


def make(kind, **options):
    torch.manual_seed(6)
    return MODULES[kind](INPUT, UNITS, batch_first=True, **options).double()


def some_inputs():
    return torch.randn(BATCH, TIME, INPUT, dtype=torch.float64, generator=torch.Generator().manual_seed(7))


def relative(found, expected):
    return float((found - expected).norm() / expected.norm().clamp_min(1e-30))


@pytest.mark.parametrize("kind", MODULES)
@pytest.mark.parametrize("layers", [1, 2])
def test_total_is_autograd_through_the_unrolled_module(kind, layers):
    module, inputs = make(kind, num_layers=layers), some_inputs()
    chain = Chain.of_module(module, inputs)
    trace = lab.trace(module, inputs, gradients=True)
    assert set(chain.sites) == {site for site in trace.sites if site.rpartition(".")[2] in ("c", "h")}
    for site in chain.sites:
        seen = []
        for t, later, jacobian in chain.total(site):
            whole = [trace.gradient(site, of=trace[site][:, later, unit].sum())[:, t] for unit in range(UNITS)]
            assert relative(jacobian, torch.stack(whole, dim=1)) < FLOAT64
            seen.append((t, later))
        assert seen == [(t, later) for t in range(TIME) for later in range(t, TIME)]


def test_direct_is_the_product_of_the_gates_and_only_where_there_is_one():
    trace = lab.trace(make("lstm"), some_inputs())
    for t, later, kept in Chain.of_module(make("lstm"), some_inputs()).direct("l0.c"):
        torch.testing.assert_close(kept, trace["l0.f"][:, t + 1 : later + 1].prod(1))
    trace = lab.trace(make("gru"), some_inputs())
    for t, later, kept in Chain.of_module(make("gru"), some_inputs()).direct("l0.h"):
        torch.testing.assert_close(kept, trace["l0.z"][:, t + 1 : later + 1].prod(1))
    assert Chain.of_module(make("lstm"), some_inputs()).direct("l0.h") is None
    assert Chain.of_module(make("rnn"), some_inputs()).direct("l0.h") is None
    with pytest.raises(TranslateError, match=r"l0\.f is not a state here"):
        Chain.of_module(make("lstm"), some_inputs()).direct("l0.f")


def test_where_nothing_comes_back_through_h_direct_and_total_are_one():
    module = make("lstm")
    with torch.no_grad():
        module.weight_hh_l0.zero_()
    chain = Chain.of_module(module, some_inputs())
    for (_, _, total), (_, _, direct) in zip(chain.total("l0.c"), chain.direct("l0.c"), strict=True):
        torch.testing.assert_close(total, torch.diag_embed(direct))


def test_gain_is_what_becomes_of_a_random_nudge():
    generator = torch.Generator().manual_seed(8)
    jacobian = torch.randn(UNITS, UNITS, dtype=torch.float64, generator=generator)
    nudges = torch.randn(UNITS, 100_000, dtype=torch.float64, generator=generator) / UNITS**0.5
    assert float(gain(jacobian)) == pytest.approx(float((jacobian @ nudges).square().sum(0).mean().sqrt()), rel=0.01)
    assert float(gain(torch.eye(7))) == pytest.approx(1)


@pytest.mark.parametrize("cell", MODULES)
@pytest.mark.parametrize("reverse_source", [False, True])
def test_encoder_and_decoder_of_a_translation(planted_model, cell, reverse_source):
    """With the words that the decoder reads held fixed it is autograd through the whole run."""
    from dataclasses import replace

    translator, _, suite = planted_model
    torch.manual_seed(9)
    config = replace(translator.checkpoint.config, cell=cell, hidden=12, layers=2, reverse_source=reverse_source)
    network = Network.of(EncoderDecoder(config).eval().double())
    pair = suite[0][0]
    trace = lab.trace(translator, [pair], [pair], network=network, gradients=True)
    source = np.array([translator.source.ids(pair.source)])
    target = np.array([[START, *translator.target.ids(pair.target)]])
    chains = {
        "enc": Chain.of_side(network, "enc", source[:, ::-1] if reverse_source else source),
        "dec": Chain.of_side(network, "dec", target, network.encode(source)),
    }
    for side, chain in chains.items():
        for site in chain.sites:
            name, count = f"{side}.{site}", len(chain)
            jacobians = {(t, later): jacobian[0] for t, later, jacobian in chain.total(site)}
            order = range(count)[:: -1 if side == "enc" and reverse_source else 1]  # the positions as they are read
            for unit in (0, 11):
                whole = trace.gradient(name, of=trace[name][0, order[-1], unit])[0]
                found = torch.stack([jacobians[t, count - 1][unit] for t in range(count)])
                assert relative(found, whole[list(order)]) < FLOAT64


def test_two_directions_are_no_chain():
    with pytest.raises(TranslateError, match="one way"):
        Chain.of_module(make("gru", bidirectional=True), some_inputs())


def test_a_numpy_network_is_told_to_come_as_torch(planted_model):
    translator = planted_model[0]
    with pytest.raises(TranslateError, match=r"Network\.of"):
        Chain.of_side(translator.network(1), "enc", np.zeros((1, 3), dtype=np.int64))


def test_the_courses_of_a_planted_network():
    found = {one.site: one for one in gradient_course(planted.make_planted("one-cell").setup(), sentences=4, words=40)}
    assert set(found) == {"dec.l0.c", "dec.l0.h", "enc.l0.c", "enc.l0.h"}
    for one in found.values():
        assert one.total.value[0] == pytest.approx(1) and (one.direct is None) == one.site.endswith("h")
        assert one.sentences == 4 and one.total.n[0] == 4
    cell = found["dec.l0.c"].direct
    assert cell.value[0] == 1 and all(b <= a + 1e-9 for a, b in zip(cell.value, cell.value[1:], strict=False) if b == b)
    assert any(value > 0 for value in found["dec.l0.c"].score.value)
