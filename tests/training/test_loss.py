"""The loss in blocks is the loss: the same number and the same gradients as torch's own on all logits at once."""

import pytest
import torch

from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.training import loss as module
from translate.training.loss import lean_loss, word_loss


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("words", [1, 16, 53])
def test_loss_and_gradients_are_those_of_cross_entropy(smoothing, words, monkeypatch):
    monkeypatch.setattr(module, "_AT_ONCE", 16 * 11)  # several blocks, the last one shorter
    torch.manual_seed(1)
    parts = [torch.randn(words, 7), torch.randn(11, 7), torch.randn(11)]
    right = torch.randint(11, (words,))
    results = []
    for lean in (True, False):
        hidden, weight, bias = (part.double().requires_grad_() for part in parts)
        if lean:
            loss = word_loss(hidden, weight, bias, right, smoothing)
        else:
            logits = hidden @ weight.t() + bias
            loss = torch.nn.functional.cross_entropy(logits, right, label_smoothing=smoothing)
        (3 * loss).backward()
        results.append([loss.detach(), hidden.grad, weight.grad, bias.grad])
    torch.testing.assert_close(*results)


@pytest.mark.parametrize("options", [{}, {"tied_embeddings": True, "attention": "luong"}])
def test_a_model_has_the_same_loss_either_way(options):
    torch.manual_seed(1)
    model = EncoderDecoder(ModelConfig(9, 30, hidden=8, embedding=6, **options)).double()
    source, target = torch.randint(4, 9, (3, 5)), torch.randint(4, 30, (3, 6))
    target[1, 4:] = target[2, 2:] = 0  # padding counts in neither
    results = []
    for loss_of in (EncoderDecoder.loss, lean_loss):
        model.zero_grad()
        loss = loss_of(model, source, target[:, :-1], target[:, 1:], 0.1)
        loss.backward()
        results.append([loss.detach(), *(parameter.grad for parameter in model.parameters())])
    close = {"rtol": 1e-4, "atol": 1e-6, "check_dtype": False}  # all logits at once are brought to float32
    torch.testing.assert_close(*results, **close)
    with torch.no_grad():
        assert float(lean_loss(model, source, target[:, :-1], target[:, 1:], 0.1)) == float(results[1][0])


def test_in_an_autocast_products_are_narrow_and_the_loss_is_not():
    hidden, weight, bias = torch.randn(20, 8), torch.randn(50, 8, requires_grad=True), torch.zeros(50)
    with torch.autocast("cpu", torch.bfloat16):
        narrow = word_loss(hidden.bfloat16(), weight, bias, torch.arange(20))
    assert narrow.dtype == torch.float32
    narrow.backward()
    assert weight.grad.dtype == torch.float32
    wide = word_loss(hidden, weight.detach(), bias, torch.arange(20))
    assert float(narrow.detach()) == pytest.approx(float(wide), rel=0.02)


def test_no_word_at_all_is_no_loss():
    hidden = torch.zeros(0, 4, requires_grad=True)
    loss = word_loss(hidden, torch.zeros(9, 4), torch.zeros(9), torch.zeros(0, dtype=torch.int64))
    loss.backward()
    assert float(loss.detach()) == 0 and hidden.grad.shape == (0, 4)
