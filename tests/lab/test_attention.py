"""A model with attention and a bidirectional encoder in the laboratory: traced, edited, and cut off from the source."""

import numpy as np
import pytest
import torch

from tests.arithmetic import FLOAT64, in_float64
from translate import lab
from translate.errors import UsageError
from translate.lab.demonstrations.intervention import intervene
from translate.lab.demonstrations.walk import walk
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import EditedNetwork
from translate.lab.editing.operations import Clamp, From, Set, Zero
from translate.lab.tracing.recorder import record
from translate.lab.tracing.site import ATTENTION, CONTEXT, sites_of
from translate.model import search
from translate.model.checkpoint import save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.model.translator import Translator
from translate.terminal.intervention_view import edit_in_words
from translate.tokenizer import PAD, START, UNKNOWN

pytestmark = pytest.mark.numerical

SOURCES = [[4, 5, 6, 7], [8, 4, 4], [6, 6, 8, 4, 5], [5], [7, 8, 4, 4]]


def module(source=11, target=13, **options) -> EncoderDecoder:
    torch.manual_seed(3)
    config = ModelConfig(source, target, hidden=10, embedding=6, attention="luong", **options)
    fused = EncoderDecoder(config).double().eval()
    with torch.no_grad():
        for parameter in fused.parameters():
            parameter.mul_(2)
        fused.output.bias[[PAD, UNKNOWN, START]] = -99
    return fused


@pytest.fixture(params=[dict(bidirectional=True, layers=2), dict(cell="gru"), dict(reverse_source=True)], ids=str)
def network(request) -> Network:
    fused = module(**request.param)
    return in_float64(fused.config, fused.state_dict())


def sentences(planted_model):
    translator, _, suite = planted_model
    pairs = [pair for pair, _ in suite[:3]]
    return translator, [pairs[0].source[:5], pairs[1].source, pairs[2].source[:3]]


@pytest.mark.parametrize("gradients", [False, True])
def test_a_trace_has_the_attention_of_every_word(planted_model, gradients):
    translator, some = sentences(planted_model)
    fused = module(len(translator.source), len(translator.target), bidirectional=True)
    network = Network.of(fused)
    trace = lab.trace(translator, some, network=network, gradients=gradients)
    assert [site for site in trace.sites if site != "dec.logits"] == sites_of(fused.config)
    attention, read, written = trace["dec.attention"], trace.lengths["enc"], trace.lengths["dec"]
    assert attention.shape == (3, int(written.max()), int(read.max()))
    for row in range(3):
        real = attention[row, : written[row], : read[row]]
        torch.testing.assert_close(real.sum(-1), torch.ones(len(real)).double(), rtol=0, atol=FLOAT64)
        assert attention[row, :, read[row] :].isnan().all() and attention[row, written[row] :].isnan().all()
    memory = torch.cat([trace["enc.l0.h"], trace["enc.l0.rev.h"]], dim=-1)
    context = trace["dec.attention"][1, :3] @ memory[1]
    torch.testing.assert_close(trace["dec.context"][1, :3], context, rtol=0, atol=FLOAT64)
    assert trace.initial["dec.l0.c"].shape == (3, 10)
    first = torch.cat([trace["enc.l0.c"][0, 4], trace["enc.l0.rev.c"][0, 0]])
    torch.testing.assert_close(trace.initial["dec.l0.c"][0], first, rtol=0, atol=FLOAT64)
    some_sites = lab.trace(translator, some, None, "???.l0.c", network=network, gradients=gradients)
    assert [site for site in some_sites.sites if site != "dec.logits"] == ["enc.l0.c", "dec.l0.c"]
    assert torch.equal(some_sites.initial["dec.l0.c"], trace.initial["dec.l0.c"])
    if gradients:
        of = trace.log_probability(0, 2, translator.target.vocabulary[5])
        through = trace.gradient("dec.attention", of)
        assert through[0, 2].abs().nansum() > 0 and not through[0, 3:].nansum() and not through[1:].nansum()
        assert trace.gradient("enc.l0.rev.h", of)[0].abs().nansum() > 0


def test_a_trace_with_attention_is_saved_and_made_smaller(planted_model, tmp_path):
    translator, some = sentences(planted_model)
    network = Network.of(module(len(translator.source), len(translator.target)))
    trace = lab.trace(translator, some, network=network)
    trace.save(tmp_path / "trace")
    for other in (type(trace).load(tmp_path / "trace"), trace.select(rows=[0, 1, 2], units=[3])):
        torch.testing.assert_close(other["dec.attention"], trace["dec.attention"], equal_nan=True)


def test_attention_is_cut(network):
    """With no weights, or no context, h~ is what the decoder alone makes of its state, at the steps that were cut."""
    for edit in (Edit(ATTENTION, Zero(), steps=(1, 2)), Edit(CONTEXT, Zero(), steps=(1, 2))):
        edited = EditedNetwork(network, [[edit]] * len(SOURCES))
        targets = [[5, 6, 7]] * len(SOURCES)
        values, _ = record(edited, SOURCES, targets, ["dec.*"])
        plain, _ = record(network, SOURCES, targets, ["dec.*"])
        assert not values[CONTEXT][:, 1:3].any() and plain[CONTEXT][:, 1:3].all()
        np.testing.assert_array_equal(values[CONTEXT][:, [0, 3]], plain[CONTEXT][:, [0, 3]])
        h = plain[f"dec.l{network.config.layers - 1}.h"][:, 1]  # without input feeding an edit reaches no state
        combine = network._attention.combine
        np.testing.assert_allclose(
            values["dec.attentional"][:, 1], np.tanh(h @ combine[:, 10:].T), rtol=0, atol=FLOAT64
        )


def test_edited_runs_are_the_same_alone_and_in_any_batch(network):
    random = np.random.default_rng(0)
    site = "enc.l0.rev.h" if network.config.bidirectional else "enc.l0.h"
    width = network.config.encoder_units
    runs = [
        [Edit(ATTENTION, From(random.random((3, 4))))],
        [Edit(ATTENTION, Set(1.0), units=2), Edit(site, Set(random.normal(size=width)), steps=1)],
        [Edit(site, From(random.normal(size=(2, width))))],
        [Edit(CONTEXT, Clamp(-0.01, 0.01))],
        [Edit(ATTENTION, Zero()), Edit(site, Zero(), steps=3)],
    ]
    for targets in (None, [[5, 6, 7, 8]] * 5):
        together, written = record(EditedNetwork(network, runs), SOURCES, targets)
        free = search.greedy(EditedNetwork(network, runs), SOURCES)
        for row, (source, run) in enumerate(zip(SOURCES, runs, strict=True)):
            alone, (words,) = record(EditedNetwork(network, [run]), [source], None if targets is None else targets[:1])
            assert words == written[row]
            for name, values in alone.items():
                beside = together[name][row, : values.shape[1], : values.shape[2]]
                np.testing.assert_allclose(beside, values[0], rtol=0, atol=FLOAT64)
            assert free[row].tokens == search.greedy(EditedNetwork(network, [run]), [source])[0].tokens
    assert [h.tokens for h in free] != [h.tokens for h in search.greedy(network, SOURCES)]


def test_a_word_that_the_source_has_not_is_refused(network):
    edited = EditedNetwork(network, [[Edit(ATTENTION, Zero(), units=3)]] * 2)
    with pytest.raises(UsageError, match="no unit 3"):
        search.greedy(edited, [[4, 5, 6, 7], [4, 5, 6]])


def test_what_people_ask_for_at_a_prompt(planted_model, tmp_path):
    """The cell of either direction is walked through, and edits of attention are made and said in words."""
    frame = planted_model[0].checkpoint
    fused = module(len(frame.source), len(frame.target), bidirectional=True)
    save_frame(tmp_path, fused.config, frame.source, frame.target)
    save_weights(tmp_path, fused.float())
    translator, sentence = Translator.load(tmp_path, "numpy"), " ".join(frame.source.words[:4])
    assert (walk(translator, sentence, "enc").units, walk(translator, sentence, "dec").units) == (5, 10)
    for site, width, name in (
        ("dec.context", 10, "context vector"),
        ("dec.attention", 4, "attention weights"),
        ("enc.l0.rev.f", 5, "forget gate (forget valve) (reading from the end)"),
    ):
        intervention = intervene(translator, sentence, site=site, at="1", units="1-3", set_to="0", draws=0)
        assert intervention.width == width
        assert edit_in_words(intervention)["where"].endswith(f"coder's {name}")
    with pytest.raises(UsageError, match="in no layer"):
        intervene(translator, sentence, site="dec.context", at="1", units="top:2", set_to="0")
