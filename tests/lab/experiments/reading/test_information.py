"""Usable information where the truth is known."""

import numpy as np
import pytest

from translate.lab.experiments.reading.information import log_odds, saved_bits
from translate.lab.probes.probe import fit_probe


def test_a_noisy_channel_carries_one_bit_less_its_noise():
    rng = np.random.default_rng(1)
    feminine, noise = rng.random((2, 20_000)) < np.array([[0.5], [0.1]])
    x = np.column_stack([feminine ^ noise, rng.random(20_000)]).astype(float)
    probe = fit_probe(x[:10_000], feminine[:10_000], np.arange(10_000), strengths=(1.0,))
    bits = saved_bits(probe.logit(x[10_000:]), feminine[10_000:], log_odds(feminine[:10_000])).mean()
    assert bits == pytest.approx(1 + 0.1 * np.log2(0.1) + 0.9 * np.log2(0.9), abs=0.02)  # Shannon 1948
    assert saved_bits(np.zeros(4), np.array([True, False] * 2), 0.0).sum() == 0  # who knows nothing more saves nothing


def test_one_label_alone_leaves_finite_odds():
    assert log_odds(np.ones(3, bool)) == pytest.approx(np.log(4))
