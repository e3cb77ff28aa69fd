"""The first page: what autograd measures is what the closed form says, and what another way to the Jacobians finds."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from translate import lab
from translate.errors import UsageError
from translate.lab.demonstrations.vanishing import (
    LONGEST,
    carousel,
    check,
    elman,
    elman_module,
    lstm_module,
    measure_untrained,
    relative_error,
    scalar,
    through,
)
from translate.lab.tracing.jacobian import Chain, gain

pytestmark = pytest.mark.numerical

LENGTH = 12


@settings(max_examples=30, deadline=None)
@given(st.floats(0.1, 10), st.integers(1, 60))
def test_one_weight_is_its_power(weight, length):
    found = scalar(weight, length)
    assert found.error < 1e-12
    np.testing.assert_allclose(found.left, [weight**age for age in range(length + 1)], rtol=1e-12)


@pytest.mark.parametrize("size", [1e200, 1e-200, 1.0, 0.0])
def test_a_gain_of_any_size_is_a_number(size):
    generator = torch.Generator().manual_seed(2)
    rotation, _ = torch.linalg.qr(torch.randn(2, 5, 5, dtype=torch.float64, generator=generator))
    torch.testing.assert_close(gain(size * rotation), torch.full((2,), size, dtype=torch.float64), rtol=1e-10, atol=0)


def test_below_one_vanishes_above_one_explodes_and_one_stays():
    below, one, above = (scalar(weight, 200).left for weight in (0.9, 1.0, 1.1))
    assert below[-1] < 1e-9 and above[-1] > 1e8 and set(one) == {1.0}
    assert all(later < earlier for earlier, later in pairwise(below))


@pytest.mark.parametrize("radius", [0.5, 0.9, 1.0, 1.1, 2.0])
def test_an_elman_network_without_tanh_goes_by_its_spectral_radius(radius):
    found = elman(radius, LENGTH, seed=1, squash=False)
    assert found.error < 1e-10
    np.testing.assert_allclose(found.left, [radius**age for age in range(LENGTH + 1)], rtol=1e-10)


@pytest.mark.parametrize("radius", [0.5, 1.0, 1.5])
@pytest.mark.parametrize("seed", [0, 1])
def test_with_tanh_it_is_the_product_of_slopes_and_of_single_steps(radius, seed):
    found = elman(radius, LENGTH, seed, squash=True)
    assert found.error < 1e-10
    module, inputs = elman_module(radius, LENGTH, seed)
    by_steps = {
        later - t: float(gain(jacobian)[0])
        for t, later, jacobian in Chain.of_module(module, inputs).total("l0.h")
        if later == LENGTH - 1
    }
    np.testing.assert_allclose(
        [found.left[age] for age in range(LENGTH)], [by_steps[age] for age in range(LENGTH)], rtol=1e-4
    )
    assert all(with_tanh < radius**age for age, with_tanh in enumerate(found.left) if age)


@pytest.mark.parametrize("bias", [0.0, 1.0, 3.0])
def test_the_pipeline_is_the_valves_product_and_all_paths_are_autograds(bias):
    direct, total = carousel(bias, LENGTH, seed=2)
    module, inputs = lstm_module(bias, LENGTH + 1, seed=2)
    forget = lab.trace(module, inputs)["l0.f"][0]  # [time, unit]
    for age in range(LENGTH + 1):
        kept = forget[LENGTH + 1 - age :].prod(0)
        assert direct.left[age] == pytest.approx(float(kept.square().mean().sqrt()), rel=1e-4)
    chain = Chain.of_module(module, inputs)
    for t, later, jacobian in chain.total("l0.c"):
        if later == LENGTH:
            assert total.left[later - t] == pytest.approx(float(gain(jacobian)[0]), rel=1e-4)
    assert direct.error < 1e-10


def test_the_further_open_the_valves_start_the_further_a_nudge_gets():
    half, one, three = (carousel(bias, 20, seed=0)[0].left[-1] for bias in (0.0, 1.0, 3.0))
    assert half < one < three


def test_an_open_valve_and_nothing_through_h_is_the_constant_error_carousel():
    module, inputs = lstm_module(40.0, LENGTH, seed=0)
    with torch.no_grad():
        module.weight_hh_l0.zero_()
    for _, _, jacobian in Chain.of_module(module, inputs).total("l0.c"):
        torch.testing.assert_close(jacobian[0], torch.eye(len(jacobian[0]), dtype=torch.float64))


def test_through_differentiates_a_whole_run():
    generator = torch.Generator().manual_seed(5)
    matrices = torch.randn(4, 3, 3, dtype=torch.float64, generator=generator)
    found = through(lambda h, m: m @ h, torch.ones(3, dtype=torch.float64), list(matrices))
    expected = torch.eye(3, dtype=torch.float64)
    for age, jacobian in enumerate(found):
        torch.testing.assert_close(jacobian, expected)
        if age < 4:
            expected = expected @ matrices[3 - age]


def test_an_error_is_relative_to_what_was_expected():
    one = torch.eye(2, dtype=torch.float64)[None]
    assert relative_error(1.01 * one, one) == pytest.approx(0.01)
    assert relative_error(one * 0, one * 0) == 0 and relative_error(one, one * 0) == pytest.approx(1)


def test_the_same_seed_is_the_same_page_and_chance_elsewhere_is_left_alone():
    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    assert (
        measure_untrained([0.9], 5, seed=3)
        == measure_untrained([0.9], 5, seed=3)
        != measure_untrained([0.9], 5, seed=4)
    )
    assert torch.equal(torch.random.get_rng_state(), before)


@pytest.mark.parametrize("weights", [[], [0.05], [11.0], [-1.0], [float("nan")], [1.0, float("inf")]])
def test_a_weight_that_cannot_be_is_refused(weights):
    with pytest.raises(UsageError, match="W_rec must lie between"):
        check(weights, 5)


@pytest.mark.parametrize("length", [0, -1, LONGEST + 1])
def test_a_length_that_cannot_be_is_refused(length):
    with pytest.raises(UsageError, match="`length`"):
        check([1.0], length)
