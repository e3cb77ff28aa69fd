"""Exchanges inside a trained subspace: exact where theory says so, right on planted networks and on the shipped one."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.arithmetic import FLOAT64
from translate.lab.experiments.intervening import das
from translate.lab.experiments.intervening.subspace import dormant_parts, moved_runs, natural_directions, subspace
from translate.lab.experiments.intervening.tally import Trial
from translate.lab.sentences.material import Material
from translate.lab.sentences.minimal_pairs import find_swaps
from translate.lab.tracing.site import Site
from translate.model import search
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network


@pytest.mark.numerical
@pytest.mark.parametrize("kind, layers, site", [("lstm", 1, "c"), ("lstm", 2, "h"), ("gru", 2, "h"), ("rnn", 1, "h")])
def test_forced_logits_are_the_bases_own_or_with_a_whole_exchange_the_sources(set_up, kind, layers, site):
    """One fused call from the edit on gives what the network gives step by step."""
    planted, setup = set_up("one-cell")
    torch.manual_seed(0)
    source, target = len(planted.translator.source), len(planted.translator.target)
    config = ModelConfig(source, target, kind, layers, hidden=9, embedding=6)
    module = EncoderDecoder(config).eval().double().requires_grad_(False)
    network, site = Network.of(module), Site.of("dec", layers - 1, site)
    swaps = find_swaps(planted.material.suites["switch"], 0, "after noun")[:6]
    texts = [(swap.base.target, swap.base.target) for swap in swaps]
    some = das.examples(setup, site, swaps, texts, network)
    logits = das.forced_logits(module, some, some.base).numpy()

    kept = {}
    watched = network.watched(lambda name, t, value: kept.update({(name, t): np.asarray(value).copy()}) or value)
    sources = np.array([planted.translator.source.ids(swap.base.source) for swap in swaps])
    for _ in search.read(watched, sources, [planted.translator.target.ids(swap.base.target) for swap in swaps]):
        pass
    step = swaps[0].step
    own = np.stack([kept["dec.logits", t] for t in range(step, len(swaps[0].base.target) + 1)], axis=1)
    assert np.abs(logits - own).max() < FLOAT64
    whole = torch.eye(9, dtype=torch.float64)
    assert (some.moved(whole) - some.source).abs().max() < FLOAT64


@pytest.mark.numerical
@pytest.mark.parametrize("rank", [1, 2])
def test_a_trained_basis_is_orthonormal_and_the_same_again(set_up, rank):
    planted, setup = set_up("one-cell")
    trial = Trial.of(setup, find_swaps(planted.material.suites["switch"], 0, "after noun"))
    texts = [(trial.own[swap.base.source], trial.own[swap.source.source]) for swap in trial.cases]
    some = das.examples(setup, setup.memory, trial.cases, texts, setup.network)
    module = setup.translator.checkpoint.module().requires_grad_(False)
    basis, again = (das.fit_basis(module, some, rank, 10) for _ in range(2))
    assert np.allclose(basis.T @ basis, np.eye(rank), atol=1e-5) and (basis == again).all()


def test_it_finds_the_one_cell_and_nothing_else_does_it(set_up):
    planted, setup = set_up("one-cell")
    found = subspace(setup, ranks=(1, 2), steps=40)
    assert found.trained and found.tested and found.whole.iia.value == 1.0
    for one in found.bases:
        assert one.iia.value == one.trained_on.value == one.held_out.rest.value == 1.0
        assert one.held_out.other.value == one.random.value == one.dormant.value == 0.0
        assert one.natural.value == one.row_space.value == 1.0 and one.by_clause.keys() == {0, 1}
    assert np.abs(found.bases[0].basis[:, 0]).argmax() == planted.units["G"]
    assert found.untrained.value < 0.2


def test_a_direction_that_reads_the_decoy_is_found_out_by_its_row_space(set_up):
    """The trained direction reads G and D alike; reading G alone it moves it half as far, which is not enough."""
    planted, setup = set_up("decoy")
    found = subspace(setup, ranks=(1,), steps=40)
    (one,) = found.bases
    assert found.unheard and abs(one.basis[planted.units["D"], 0]) > 0.3
    assert one.iia.value == 1.0 and one.row_space.value == 0.0


def test_nothing_is_found_where_nothing_is_stored(set_up):
    _, setup = set_up("rereads")
    found = subspace(setup, ranks=(1,), steps=10)
    assert found.whole.iia.value == found.bases[0].iia.value == found.bases[0].trained_on.value == 0.0


def test_a_dormant_direction_is_told_from_a_natural_one(set_up):
    """In the first clause G2 never differs, but is heard: a basis that reads G1 and writes both works half by G2."""
    planted, setup = set_up("never-forgets")
    trial = Trial.of(setup, find_swaps(planted.material.suites["switch"], 0, "after noun"))
    texts = [(trial.own[swap.base.source], trial.own[swap.source.source]) for swap in trial.cases]
    held = das.examples(setup, setup.memory, trial.cases, texts, setup.network)
    basis = np.zeros((setup.config.hidden, 1), np.float32)
    basis[[planted.units["G1"], planted.units["G2"]]] = np.sqrt(0.5)
    inside, natural = basis @ basis.T, natural_directions((held.source - held.base).numpy())

    def iia(matrix):
        return trial.count(moved_runs(setup.memory, trial.cases, held.moved(matrix).numpy())).turned.value

    assert natural.shape[1] == 1
    assert iia(inside) == 1.0
    for part in dormant_parts(inside, natural):  # either alone leaves a tie, and habit decides
        assert iia(part) == 0.5


def test_a_model_that_writes_nothing_in_its_place_has_no_subspace(set_up):
    _, setup = set_up("one-cell")
    assert subspace(replace(setup, material=Material({}, "nothing"))) is None


def test_one_direction_of_the_shipped_model_carries_unseen_nouns_genders(lesson_setup):
    found = subspace(lesson_setup, ranks=(1,), steps=30)
    (one,) = found.bases
    assert one.iia.low > 0.6 and one.held_out.other.value < 0.1
    assert one.random.value < 0.05 and one.dormant.value < 0.05 and one.row_space is None
    assert found.untrained.value < 0.4
