"""Transplants on a network with random weights: theorems that hold for any weights."""

import numpy as np
import pytest
import torch

from translate.lab.editing.network import EditedNetwork
from translate.lab.editing.transplant import Part, Record, Transplant, exchanged, transplant
from translate.model import search
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network

PARTS = [
    Part("whole", ("c", "h")),
    Part("c", ("c",)),
    Part("h", ("h",)),
    Part("units", ("c",), (1, 4)),
    Part("top", ("c",), None, 1),
]


def make(kind="lstm", layers=2, numpy=False):
    torch.manual_seed(3)
    module = EncoderDecoder(ModelConfig(9, 11, kind, layers, hidden=7, embedding=5)).eval()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(4)  # so that the random outputs differ from sentence to sentence
    if numpy:
        return Network(module.config, {name: value.detach().numpy() for name, value in module.state_dict().items()})
    return Network.of(module)


BASE = np.array([[4, 5, 6, 7], [8, 4, 4, 5], [6, 6, 8, 4]])
SOURCE = np.array([[4, 8, 6, 7], [5, 4, 4, 5], [7, 7, 7, 4]])


@pytest.mark.parametrize("numpy", [False, True])
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_runs_own_values_change_nothing_bit_for_bit(part, numpy):
    network = make(numpy=numpy)
    record, kept = Record(network, BASE), {}

    def logits(store):
        def watch(site, t, value):
            if site == "dec.logits":
                store[t] = np.asarray(value).copy()
            return value

        return network.watched(watch)

    search.decode(logits(kept), BASE)
    for step in (0, 2, 5):
        again = {}
        runs = [exchanged(record, record, Transplant(row, step, part)) for row in range(3)]
        search.decode(EditedNetwork(logits(again), runs), BASE)
        assert all((kept[t] == again[t]).all() for t in kept)


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
def test_the_whole_state_at_the_start_is_the_source_sentence(kind):
    network = make(kind)
    states = ("c", "h") if kind == "lstm" else ("h",)
    found = transplant(network, BASE, SOURCE, [Transplant(row, 0, Part("whole", states)) for row in range(3)])
    assert found == [hypothesis.tokens for hypothesis in search.decode(network, SOURCE)]
    assert found != [hypothesis.tokens for hypothesis in search.decode(network, BASE)]


def test_what_was_written_before_the_edit_stays():
    network = make()
    plain = [hypothesis.tokens for hypothesis in search.decode(network, BASE)]
    found = transplant(network, BASE, SOURCE, [Transplant(row, 3, PARTS[0]) for row in range(3)])
    assert [words[:3] for words in found] == [words[:3] for words in plain]


def test_edits_in_one_batch_do_not_touch_each_other():
    network = make()
    edits = [Transplant(row, step, part) for row in range(3) for step in (0, 1, 4) for part in PARTS]
    together = transplant(network, BASE, SOURCE, edits)
    assert together == [transplant(network, BASE, SOURCE, [edit])[0] for edit in edits]
    assert together == transplant(network, BASE, SOURCE, edits, at_once=7)
