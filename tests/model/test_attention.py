"""Attention and the bidirectional encoder: the equations written out, three speeds that agree, and no padding."""

import numpy as np
import pytest
import torch

from tests.arithmetic import FLOAT64, in_float64
from translate.errors import UsageError
from translate.model import search
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import Attention, EncoderDecoder
from translate.model.network import Network
from translate.tokenizer import PAD, START, UNKNOWN

pytestmark = pytest.mark.numerical

SHAPES = [
    dict(cell=cell, layers=layers, attention=attention, bidirectional=bidirectional)
    for cell in ("lstm", "gru", "rnn")
    for layers in (1, 2)
    for attention, bidirectional in (("luong", False), ("luong", True), ("", True))
]
SHAPES += [dict(cell="lstm", layers=2, attention="luong", reverse_source=True)]
SHAPES += [dict(cell="lstm", attention=attention, tied_embeddings=True) for attention in ("luong", "")]
SOURCES = [[4, 5, 6, 7], [8, 4, 4], [6, 6, 8, 4, 5], [5], [7, 8, 4, 4], [], [9, 10, 4, 5, 5, 6, 7]]


def module(**options) -> EncoderDecoder:
    torch.manual_seed(3)
    fused = EncoderDecoder(ModelConfig(11, 13, hidden=10, embedding=6, **options)).double().eval()
    with torch.no_grad():
        for parameter in fused.parameters():
            parameter.mul_(2)
        fused.output.weight.mul_(2)
        fused.output.bias[[PAD, UNKNOWN, START]] = -99  # what a search never writes
    return fused


def networks(fused) -> dict[str, Network]:
    return {"numpy": in_float64(fused.config, fused.state_dict()), "torch": Network.of(fused)}


def logits_by_steps(network: Network, source, target, lengths=None) -> np.ndarray:
    state, found = network.encode(source, lengths), []
    for t, words in enumerate(target.T):
        logits, state = network.step(state, words, t)
        found.append(logits)
    return np.stack(found, axis=1)


def written_out(hidden, memory, score, combine):
    """Luong et al.'s equations for one row, word by word: h~ `[time, unit]`, the weights `[time, source time]`."""
    attended, weights = [], []
    for h in hidden:
        scores = [sum(h_s[i] * score[i, j] * h[j] for i in range(len(h_s)) for j in range(len(h))) for h_s in memory]
        powers = [np.exp(value) for value in scores]
        weights.append([power / sum(powers) for power in powers])
        context = sum(weight * h_s for weight, h_s in zip(weights[-1], memory, strict=True))
        attended.append(np.tanh(combine @ np.concatenate([context, h])))
    return np.array(attended), np.array(weights)


def test_attention_is_what_the_equations_say():
    torch.manual_seed(0)
    layer = Attention(4).double()
    hidden, memory = torch.randn(3, 2, 4).double(), torch.randn(5, 2, 4).double()
    attended = layer(hidden, memory).detach().numpy()
    score, combine = layer.score.weight.detach().numpy(), layer.combine.weight.detach().numpy()
    for row in range(2):
        expected, _ = written_out(hidden[:, row].numpy(), memory[:, row].numpy(), score, combine)
        np.testing.assert_allclose(attended[:, row], expected, rtol=0, atol=FLOAT64)


def test_the_gradients_of_attention():
    torch.manual_seed(0)
    layer = Attention(4).double()
    inputs = [torch.randn(n, 2, 4).double().requires_grad_() for n in (3, 5)]
    assert torch.autograd.gradcheck(lambda *x: layer(*x), inputs)
    names = dict(layer.named_parameters())

    def of_weights(*weights):
        return torch.func.functional_call(layer, dict(zip(names, weights, strict=True)), tuple(inputs))

    assert torch.autograd.gradcheck(of_weights, tuple(names.values()))


@pytest.mark.parametrize("options", SHAPES, ids=str)
@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_steps_give_the_fused_logits(options, library):
    fused = module(**options)
    random = np.random.default_rng(1)
    source, target = random.integers(4, 11, (5, 7)), random.integers(4, 13, (5, 6))
    target[:, 0] = START
    with torch.no_grad():
        expected = fused(torch.tensor(source), torch.tensor(target)).numpy()
    logits = logits_by_steps(networks(fused)[library], source, target)
    np.testing.assert_allclose(logits, expected, rtol=0, atol=FLOAT64)


@pytest.mark.parametrize("options", SHAPES, ids=str)
def test_both_libraries_find_the_same_words_by_every_search(options):
    ours, theirs = networks(module(**options)).values()
    full = [source for source in SOURCES if source]
    for find in (
        lambda network: search.greedy(network, SOURCES),
        lambda network: search.greedy(network, SOURCES, prefix=[5, 6]),
        lambda network: search.sample(network, SOURCES, temperature=1.5, seed=4),
        lambda network: [h for best in search.beam(network, full, 3, 3) for h in best],
        lambda network: search.score(network, full, [[5, 6], [7], [8, 9, 4], [], [6, 6], [12]]),
    ):
        one, other = find(ours), find(theirs)
        assert [h.tokens for h in one] == [h.tokens for h in other]
        for a, b in zip(one, other, strict=True):
            np.testing.assert_allclose(a.log_probs, b.log_probs, rtol=0, atol=1e-8)
    assert len({tuple(h.tokens) for h in search.greedy(ours, full)}) > 1


@pytest.mark.parametrize("options", SHAPES, ids=str)
@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_a_sentence_alone_is_as_in_a_batch(options, library):
    network = networks(module(**options))[library]
    lengths = np.array([7, 7, 5, 2, 1])
    random = np.random.default_rng(5)
    source, target = random.integers(4, 11, (5, 7)), random.integers(4, 13, (5, 4))
    together = logits_by_steps(network, source, target, lengths)
    for row, length in enumerate(lengths):
        alone = logits_by_steps(network, source[row : row + 1, :length], target[row : row + 1])
        np.testing.assert_allclose(together[row], alone[0], rtol=0, atol=FLOAT64)
    together = search.greedy(network, SOURCES)
    assert [h.tokens for h in together] == [search.greedy(network, [source])[0].tokens for source in SOURCES]


@pytest.mark.parametrize("options", SHAPES, ids=str)
def test_a_watcher_that_changes_nothing_changes_nothing(options):
    network = networks(module(**options))["numpy"]
    random = np.random.default_rng(2)
    source, target = random.integers(4, 11, (3, 5)), random.integers(4, 13, (3, 4))
    seen = []
    watched = network.watched(lambda site, t, value: (seen.append((site, t)), value)[1])
    np.testing.assert_array_equal(logits_by_steps(watched, source, target), logits_by_steps(network, source, target))
    assert len(set(seen)) == len(seen)
    sites = {site for site, _ in seen}
    assert ("dec.attention" in sites) == bool(options["attention"])
    assert ("enc.l0.rev.h" in sites) == options.get("bidirectional", False)
    if options.get("bidirectional"):
        assert [t for site, t in seen if site == "enc.l0.rev.h"] == [4, 3, 2, 1, 0]


def test_the_steps_attend_as_the_equations_say():
    fused, seen = module(attention="luong", bidirectional=True), {}
    network = networks(fused)["numpy"].watched(lambda site, t, value: seen.setdefault((site, t), value))
    source = np.array([[5, 6, 7, 8]])
    logits_by_steps(network, source, np.array([[START, 6, 7]]))
    memory = np.array([np.concatenate([seen[f"enc.l0.{mark}h", t][0] for mark in ("", "rev.")]) for t in range(4)])
    hidden = np.array([seen["dec.l0.h", t][0] for t in range(3)])
    weights = [fused.state_dict()[f"attention.{name}.weight"].numpy() for name in ("score", "combine")]
    attended, attention = written_out(hidden, memory, *weights)
    for t in range(3):
        np.testing.assert_allclose(seen["dec.attention", t][0], attention[t], rtol=0, atol=FLOAT64)
        np.testing.assert_allclose(seen["dec.context", t][0], attention[t] @ memory, rtol=0, atol=FLOAT64)
        np.testing.assert_allclose(seen["dec.attentional", t][0], attended[t], rtol=0, atol=FLOAT64)


@pytest.mark.parametrize("options", SHAPES, ids=str)
def test_the_shapes_are_those_of_the_module(options):
    fused = module(**options)
    assert fused.config.shapes() == {name: tuple(value.shape) for name, value in fused.state_dict().items()}
    assert ModelConfig.from_dict(fused.config.to_dict()) == fused.config


def test_a_plain_model_is_written_as_before_there_was_attention():
    values = ModelConfig(9, 9, attention="none").to_dict()
    assert not {"attention", "bidirectional", "recurrent_dropout", "tied_embeddings", "embedding_start"} & set(values)
    assert ModelConfig.from_dict(values) == ModelConfig(9, 9)
    torch.manual_seed(0)
    plain = EncoderDecoder(ModelConfig(9, 9, hidden=4)).state_dict()
    torch.manual_seed(0)
    attending = EncoderDecoder(ModelConfig(9, 9, hidden=4, attention="luong")).state_dict()
    assert all(torch.equal(value, attending[name]) for name, value in plain.items())


def test_in_words():
    both = ModelConfig(9, 9, attention="luong", bidirectional=True)
    assert both.in_words() == "bidirectional LSTM encoder–decoder with attention, 1 layer of 128 units"
    assert both.describe() == "LSTM with attention and a bidirectional encoder, 1 layer of 128 units"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        (dict(attention="bahdanau"), "no attention 'bahdanau'; choose luong or none"),
        (dict(bidirectional=True, hidden=5), "hidden must be even"),
        (dict(bidirectional=True, reverse_source=True), "leave reverse_source out"),
        (dict(embedding_start=0.0), "embedding_start must be above 0"),
        (dict(recurrent_dropout=1.0), "recurrent_dropout must lie between"),
    ],
)
def test_what_cannot_be_is_refused(values, problem):
    with pytest.raises(UsageError, match=problem):
        ModelConfig(9, 9, **values)


def test_a_tied_output_is_one_of_its_own_with_the_word_vectors_projected():
    tied = module(tied_embeddings=True)
    plain = module()
    weights = tied.state_dict()
    weights["output.weight"] = tied.target_embedding.weight @ weights.pop("output.projection.weight")
    plain.load_state_dict(weights)
    source, target = torch.randint(4, 11, (3, 5)), torch.randint(4, 13, (3, 4))
    torch.testing.assert_close(tied(source, target), plain(source, target), rtol=0, atol=FLOAT64)
    torch.testing.assert_close(tied.output.weight, plain.output.weight, rtol=0, atol=FLOAT64)


def test_word_vectors_start_as_wide_as_is_asked():
    narrow, wide = (EncoderDecoder(ModelConfig(400, 400, embedding_start=start)) for start in (0.3, 1.0))
    for embedding in ("source_embedding", "target_embedding"):
        ratio = getattr(narrow, embedding).weight.std() / getattr(wide, embedding).weight.std()
        assert ratio.item() == pytest.approx(0.3, rel=0.05)


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_dropped_recurrent_weights_are_those_of_a_network_without_them(cell):
    """In training each draw gives what a network would whose W_hh has the same zeros."""
    config = ModelConfig(9, 9, cell, 2, hidden=6, embedding=4, bidirectional=True, recurrent_dropout=0.5)
    fused = EncoderDecoder(config).double()
    source, target = torch.randint(4, 9, (3, 5)), torch.randint(4, 9, (3, 4))
    torch.manual_seed(1)
    dropped = fused.train()(source, target)
    torch.manual_seed(1)
    with torch.no_grad():
        for side in (fused.encoder, fused.decoder):
            for name, parameter in side.named_parameters():
                if name.startswith("weight_hh"):
                    parameter.copy_(torch.nn.functional.dropout(parameter, 0.5))
    torch.testing.assert_close(dropped, fused.eval()(source, target), rtol=0, atol=FLOAT64)


def test_label_smoothing_is_the_formula():
    fused, smoothing = module(attention="luong"), 0.2
    source = torch.randint(4, 11, (3, 5))
    target_in, target_out = torch.full((3, 4), START), torch.randint(4, 13, (3, 4))
    target_out[1, 2:] = PAD
    log_probs = fused(source, target_in).log_softmax(-1)
    losses = [
        -(1 - smoothing) * log_probs[row, t, word] - smoothing * log_probs[row, t].mean()
        for row, words in enumerate(target_out.tolist())
        for t, word in enumerate(words)
        if word != PAD
    ]
    loss = fused.loss(source, target_in, target_out, smoothing)
    torch.testing.assert_close(loss, sum(losses).float() / len(losses))
