"""Exchanges on a network with random weights: theorems that hold for any weights."""

import numpy as np
import pytest
import torch

from translate.lab.editing.network import EditedNetwork
from translate.lab.editing.operations import From
from translate.lab.experiments.intervening.exchange import exchanged, state_parts
from translate.lab.tracing.recorder import record
from translate.lab.tracing.site import Site, states_of
from translate.model import search
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network

WHOLE = tuple(map(Site, ("dec.l1.c", "dec.l1.h", "dec.l0.c", "dec.l0.h")))
PARTS = {
    "whole": (WHOLE, None),
    "c": ((WHOLE[0], WHOLE[2]), None),
    "h": ((WHOLE[1], WHOLE[3]), None),
    "units": ((WHOLE[0], WHOLE[2]), (1, 4)),
    "top": (WHOLE[:1], None),
}
BASE = [[4, 5, 6, 7], [8, 4, 4, 5], [6, 6, 8, 4]]
SOURCE = [[4, 8, 6, 7], [5, 4, 4, 5], [7, 7, 7, 4]]


def make(kind="lstm", layers=2, numpy=False):
    torch.manual_seed(3)
    module = EncoderDecoder(ModelConfig(9, 11, kind, layers, hidden=7, embedding=5)).eval()
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(4)  # so that the random outputs differ from sentence to sentence
    if numpy:
        return Network(module.config, {name: value.detach().numpy() for name, value in module.state_dict().items()})
    return Network.of(module)


def held(network, sentences):
    """What the runs of sentences hold at the decoder's states, ready to be put into another."""
    sites = states_of(network.config, "dec")
    values, _ = record(network, sentences, sites=sites)
    return [{site: From(values[site][row]) for site in sites} for row in range(len(sentences))]


def write(network, sentences, runs=None, at_once=512):
    edited = network if runs is None else EditedNetwork(network, runs)
    return [hypothesis.tokens for hypothesis in search.greedy(edited, sentences, (), False, at_once)]


def exchange(network, edits, at_once=512):
    """What runs write in which a part (its sites and units) is exchanged: for each edit (row, step, part)."""
    base, source = held(network, BASE), held(network, SOURCE)
    runs = [exchanged(*part, step, base[row], source[row], "restored") for row, step, part in edits]
    return write(network, [BASE[row] for row, _, _ in edits], runs, at_once)


@pytest.mark.parametrize("numpy", [False, True])
@pytest.mark.parametrize("rest", ["restored", "follows"])
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_runs_own_values_change_nothing_bit_for_bit(part, rest, numpy):
    network = make(numpy=numpy)
    base, kept = held(network, BASE), {}

    def logits(store):
        def watch(site, t, value):
            if site == "dec.logits":
                store[t] = np.asarray(value).copy()
            return value

        return network.watched(watch)

    search.decode(logits(kept), np.array(BASE))
    for step in (0, 2, 5):
        again = {}
        runs = [exchanged(*part, step, base[row], base[row], rest) for row in range(3)]
        search.decode(EditedNetwork(logits(again), runs), np.array(BASE))
        assert all((kept[t] == again[t]).all() for t in kept)


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
def test_the_whole_state_at_the_start_is_the_source_sentence(kind):
    network = make(kind)
    whole = state_parts(network.config, "dec")[0].sites
    written = exchange(network, [(row, 0, (whole, None)) for row in range(3)])
    assert written == write(network, SOURCE) != write(network, BASE)


def test_what_was_written_before_the_edit_stays():
    network = make()
    written = exchange(network, [(row, 3, PARTS["whole"]) for row in range(3)])
    assert [words[:3] for words in written] == [words[:3] for words in write(network, BASE)]


def test_with_c_alone_h_is_restored_or_follows():
    """What the step of the exchange writes is the base's where h is restored; where h follows it need not be."""
    network, seen = make(layers=1), {}
    base, source = held(network, BASE), held(network, SOURCE)

    def watch(site, t, value):
        if (site, t) == ("dec.l0.h", 1):
            seen["h"] = np.asarray(value).copy()
        return value

    for rest in ("restored", "follows"):
        runs = [exchanged((WHOLE[2],), None, 1, base[row], source[row], rest) for row in range(3)]
        search.decode(EditedNetwork(network.watched(watch), runs), np.array(BASE))
        own = np.stack([base[row]["dec.l0.h"].values[1] for row in range(3)])
        assert (seen["h"] == own).all() == (rest == "restored")


def test_edits_in_one_batch_do_not_touch_each_other():
    network = make()
    edits = [(row, step, part) for row in range(3) for step in (0, 1, 4) for part in PARTS.values()]
    together = exchange(network, edits)
    assert together == [exchange(network, [edit])[0] for edit in edits]
    assert together == exchange(network, edits, at_once=7)
