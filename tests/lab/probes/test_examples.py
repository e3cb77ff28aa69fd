"""What probes are given, and what they refuse: the same of every probe."""

import numpy as np
import pytest
import torch

from translate import lab
from translate.errors import UsageError
from translate.lab.experiments.reading.online_code import code_lengths
from translate.lab.experiments.reading.selectivity import compare
from translate.lab.probes.readout import Readout

N, UNITS = 200, 5


def fitted_on():
    x = np.random.default_rng(0).normal(size=(N, UNITS)).astype(np.float32)
    return x, x[:, 0] > 0, np.arange(N) % 10


def fit_two(x, labels, groups):
    """Two problems, as `fit_probes` takes them."""
    return lab.fit_probes(x, labels if np.ndim(labels) != 1 else np.stack([np.asarray(labels)] * 2, 1), groups)


FITS = {
    "linear": lab.fit_probe,
    "many": fit_two,
    "nonlinear": lab.fit_mlp,
    "leace": lambda x, labels, groups: lab.leace(x, labels),
    "selectivity": lambda x, labels, groups: compare(x, labels, groups, groups),
    "online code": lambda x, labels, groups: code_lengths(x, np.stack([np.asarray(labels)] * 2, 1), groups),
}

TWO = {
    "true and false": (lambda s: s, (False, True)),
    "-1 and 1": (lambda s: np.where(s, 1, -1), (-1, 1)),
    "1 and 2": (lambda s: np.where(s, 2, 1), (1, 2)),
    "0.25 and 0.5": (lambda s: np.where(s, 0.5, 0.25), (0.25, 0.5)),
    "texts": (lambda s: np.where(s, "m", "f"), ("f", "m")),
    "a list": (lambda s: np.where(s, "m", "f").tolist(), ("f", "m")),
    "objects": (lambda s: np.where(s, "m", "f").astype(object), ("f", "m")),
    "a tensor": (lambda s: torch.tensor(s), (False, True)),
    "bfloat16": (lambda s: torch.tensor(s).to(torch.bfloat16), (0.0, 1.0)),
}


@pytest.mark.parametrize("fit", [lab.fit_probe, lab.fit_mlp])
@pytest.mark.parametrize("kind", TWO)
def test_any_two_labels_come_back_by_their_names(fit, kind):
    x, is_true, groups = fitted_on()
    make, classes = TWO[kind]
    probe, expected = fit(x, make(is_true), groups), fit(x, is_true, groups)
    assert probe.classes == classes and [type(each) for each in probe.classes] == [type(each) for each in classes]
    assert (probe.logit(x) == expected.logit(x)).all()  # the larger number and the later text are positive
    assert (probe.predict(x) == np.array(classes)[expected.predict(x).astype(int)]).all()
    assert (probe.right(x, make(is_true)) == expected.right(x, is_true)).all() and probe.right(
        x, make(is_true)
    ).mean() > 0.9


def test_many_probes_share_their_labels():
    x, is_true, groups = fitted_on()
    names = np.where(np.column_stack([is_true, ~is_true]), "m", "f")
    probes = lab.fit_probes(x, names, groups)
    assert probes.classes == probes[0].classes == ("f", "m") and probes.predict(x).shape == (N, 2)
    assert probes.right(x, names).mean() > 0.9
    with pytest.raises(UsageError, match="There are 4 kinds of labels"):
        lab.fit_probes(x, np.column_stack([names[:, 0], np.where(is_true, "sg", "pl")]), groups)
    with pytest.raises(UsageError, match="Problem 1 has labels of one kind alone"):
        lab.fit_probes(x, np.column_stack([is_true, np.ones(N, bool)]), groups)
    with pytest.raises(UsageError, match="`present` has the shape"):
        lab.fit_probes(x, names, groups, np.ones((N, 1), bool))


def test_an_eraser_takes_any_two_labels_and_several_as_columns():
    x, is_true, _ = fitted_on()
    expected = lab.leace(x, is_true)
    for make, _ in TWO.values():
        assert lab.leace(x, make(is_true)).matrix == pytest.approx(expected.matrix, abs=1e-6)
    three = np.arange(N) % 3
    eraser = lab.leace(x, three[:, None] == np.arange(3))
    erased = x @ eraser.matrix.T + eraser.shift
    means = [erased[three == kind].mean(0) for kind in range(3)]
    assert np.abs(np.array(means) - means[0]).max() < 1e-5
    with pytest.raises(UsageError, match="columns of several labels"):
        lab.leace(x, np.ones((N, 2)))
    with pytest.raises(UsageError, match="columns of several labels"):
        lab.leace(x, np.where(is_true, "m", "f")[:, None])


LABELS = {
    "missing": (lambda s: np.where(s, 1.0, np.nan), "missing"),
    "infinite": (lambda s: np.where(s, 1.0, np.inf), "missing"),
    "None": (lambda s: np.where(s, True, None), "missing"),
    "three kinds": (lambda s: np.arange(N) % 3, r"3 kinds of labels \(0, 1, 2\)"),
    "as many as rows": (lambda s: np.linspace(0, 1, N), "200 kinds"),
    "one kind": (lambda s: np.ones(N), "All labels are 1.0"),
    "too few": (lambda s: s[:150], r"labels of shape \[150"),
    "complex": (lambda s: s * 1j, "not complex128"),
}


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("kind", LABELS)
def test_labels_that_no_probe_can_mean_are_refused(fit, kind):
    x, is_true, groups = fitted_on()
    make, said = LABELS[kind]
    with pytest.raises(UsageError, match=said) as raised:
        FITS[fit](x, make(is_true), groups)
    assert "\n" not in str(raised.value) and isinstance(raised.value, ValueError)


@pytest.mark.parametrize("fit", ["linear", "nonlinear"])
def test_labels_are_one_for_each_row(fit):
    x, is_true, groups = fitted_on()
    for labels in (is_true[:, None], is_true[None], True, [True, "a"] * 100, ["m", float("nan")] * 100):
        with pytest.raises(UsageError, match=r"one label for each|one for each row|texts and others"):
            FITS[fit](x, labels, groups)


STATES = {
    "NaN": (lambda x: np.where(np.arange(N)[:, None] == 3, np.nan, x), "not finite"),
    "infinite": (lambda x: np.where(np.arange(N)[:, None] == 3, np.inf, x), "not finite"),
    "beyond float32": (lambda x: x.astype(np.float64) * 1e300, "not finite"),
    "one row": (lambda x: x[0], r"\[row, unit\]"),
    "steps": (lambda x: x[:, None], r"\[row, unit\]"),
    "no units": (lambda x: x[:, :0], r"\[row, unit\]"),
    "fewer": (lambda x: x[:150], "150 states"),
    "texts": (lambda x: x.astype(str), "must be numbers"),
    "complex": (lambda x: x * 1j, "must be numbers"),
    "ragged": (lambda x: [[1.0], [1.0, 2.0]], "cannot be read as an array"),
    "a number": (lambda x: 1.0, "must be an array"),
}


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("kind", STATES)
def test_states_that_no_probe_can_read_are_refused(fit, kind):
    x, is_true, groups = fitted_on()
    make, said = STATES[kind]
    with pytest.raises(UsageError, match=said):
        FITS[fit](make(x), is_true, groups)


@pytest.mark.parametrize("fit", ["linear", "many", "nonlinear", "selectivity", "online code"])
def test_a_group_stands_for_each_row(fit):
    x, is_true, groups = fitted_on()
    for wrong in (groups[:100], groups[:, None, None], None):
        with pytest.raises(UsageError, match=r"[Gg]roups"):
            FITS[fit](x, is_true, wrong)


@pytest.mark.parametrize("fit", [lab.fit_probe, lab.fit_mlp])
def test_a_probe_is_judged_by_labels_that_it_knows_one_for_each_state(fit):
    x, is_true, groups = fitted_on()
    probe = fit(x, is_true, groups)
    assert probe.right(x, is_true.astype(int)).shape == (N,)
    for states, labels, said in (
        (x, is_true[:, None], r"one label for each, \[200\]"),
        (x, is_true[:150], r"labels of shape \[150\]"),
        (x, np.where(is_true, 1, -1), "tells False from True; a label is -1"),
        (x, np.where(is_true, "m", "f"), "tells False from True; a label is"),
        (x, np.where(is_true, np.nan, 1), "missing"),
        (x[:, :3], is_true, r"reads \[..., 5\]"),
        (np.full_like(x, np.nan), is_true, "not finite"),
    ):
        with pytest.raises(UsageError, match=said):
            probe.right(states, labels)
    for states in (x[:, :3], np.full_like(x, np.nan)):
        with pytest.raises(UsageError):
            probe.predict(states)
    assert np.isnan(probe.logit(np.full(UNITS, np.nan)))  # beyond a sentence's end nothing is told


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float64])
def test_tensors_of_any_type_and_with_a_gradient_are_probed(dtype):
    x, is_true, groups = fitted_on()
    states = torch.tensor(x, dtype=dtype, requires_grad=True) * 1.0
    expected = lab.fit_probe(states.detach().double().numpy(), is_true, groups)
    probe = lab.fit_probe(states, torch.tensor(is_true), torch.tensor(groups))
    assert probe.weight == pytest.approx(expected.weight, rel=1e-4)
    assert probe.right(states, torch.tensor(is_true)).mean() > 0.9
    assert probe.logit(states).shape == lab.fit_mlp(states, is_true, groups).logit(states).shape == (N,)
    assert lab.leace(states, is_true).matrix.shape == (UNITS, UNITS)
    readout = Readout({"l0.c": expected.weight}, {"l0.c": expected.bias})
    assert readout.logit("l0.c", states) == pytest.approx(expected.logit(states), rel=1e-4, abs=1e-5)


@pytest.mark.parametrize("fit", [lab.fit_probe, lab.fit_mlp])
@pytest.mark.parametrize("size", [1e-30, 1e-9, 1e20, 1e35])
def test_states_of_any_size_are_read_alike(fit, size):
    """Gradients are tiny: a probe of them must not say that nothing can be read."""
    x, is_true, groups = fitted_on()
    probe, small = fit(x, is_true, groups), (x.astype(float) * size).astype(np.float32)
    other = fit(small, is_true, groups)
    np.testing.assert_allclose(other.logit(small), probe.logit(x), rtol=1e-2, atol=1e-2)
    assert other.right(small, is_true).mean() > 0.9


def test_one_unit_too_large_hides_no_other():
    x, is_true, groups = fitted_on()
    x[:, 3] *= 1e30
    assert lab.fit_probe(x, is_true, groups).right(x, is_true).mean() > 0.9


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (dict(labels=np.ma.array(np.arange(N) % 2, mask=np.arange(N) < 3)), "labels are masked"),
        (dict(x=np.ma.array(np.ones((N, UNITS)), mask=np.eye(N, UNITS) > 0)), "states are masked"),
        (dict(labels=[{n % 2} for n in range(N)]), "not set"),
        (dict(groups=[None] * N), "groups are missing"),
        (dict(seed=-1), "`seed`"),
        (dict(seed="a"), "`seed`"),
        (dict(most=0), "`most`"),
        (dict(most=1), "`most`"),
        (dict(strengths=[]), "`strengths`"),
        (dict(strengths=[0.1, -1]), "`strengths`"),
        (dict(strengths=["a"]), "`strengths`"),
    ],
)
def test_what_no_fit_can_have_is_named(given, said):
    x, is_true, groups = fitted_on()
    for labels, fit in ((is_true, lab.fit_probe), (np.stack([is_true] * 2, 1), lab.fit_probes)):
        asked = {"x": x, "labels": labels, "groups": groups, **given}
        if fit is lab.fit_probes and "labels" in given:
            continue
        with pytest.raises(UsageError, match=said):
            fit(**asked)


def test_float8_is_read():
    x, is_true, groups = fitted_on()
    given = torch.tensor(x).to(torch.float8_e4m3fn)
    assert lab.fit_probe(given, is_true, groups).right(given, is_true).mean() > 0.9
