"""Many probes at once are the probes that scikit-learn fits one by one."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from translate.lab.probes.logistic import STRENGTHS
from translate.lab.probes.probe import fit_columns, fit_probe, fit_probes, surprisal

pytestmark = pytest.mark.numerical


def states(rng, n: int, units: int) -> np.ndarray:
    """States as a network has them: correlated, of unequal scale, and not around 0."""
    x = rng.normal(size=(n, max(2, units // 4))) @ rng.normal(size=(max(2, units // 4), units))
    x += 0.3 * rng.normal(size=x.shape)
    return (x * np.geomspace(0.01, 10, units) + rng.normal(size=units)).astype(np.float32)


def labelled(rng, kind: str, n: int, units: int) -> tuple[np.ndarray, np.ndarray]:
    """States and labels `[n, 3]` of one kind of difficulty."""
    x = states(rng, n, units)
    standard = (x - x.mean(0)) / x.std(0)
    margin = standard @ rng.normal(size=(units, 3)) / units**0.5
    if kind == "separable":
        return x, margin > 0
    if kind == "imbalanced":
        return x, margin + rng.normal(size=margin.shape) > np.quantile(margin, 0.95)
    if kind == "noise":
        return x, rng.random((n, 3)) < 0.5
    if kind == "constant":
        x[:, ::2] = 7.0
    if kind == "repeated":
        x[:, 1::2] = x[:, ::2]
    return x, margin + 0.5 * rng.normal(size=margin.shape) > 0


def reference(x: np.ndarray, labels: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """scikit-learn's weights in standardised units, `[unit]`, and its logits, `[n]`."""
    scale = x.std(0)
    scale[scale < 1e-6] = 1
    x = ((x - x.mean(0)) / scale).astype(float)
    solver = "newton-cholesky" if len(x) > x.shape[1] else "lbfgs"
    model = LogisticRegression(C=strength, solver=solver, tol=1e-8, max_iter=5000).fit(x, labels)
    return model.coef_[0], model.decision_function(x)


KINDS = ["separable", "imbalanced", "noise", "constant", "repeated", "plain"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("n", "units"), [(30, 64), (150, 20), (700, 40)])
def test_they_are_those_of_scikit_learn(kind, n, units):
    x, labels = labelled(np.random.default_rng(n), kind, n, units)
    scale = x.std(0)
    scale[scale < 1e-6] = 1
    for strength in (1e-4, 1e-2, 1e-1, 1.0):
        probes = fit_probes(x, labels, np.arange(n), strengths=(strength,))
        for problem in range(3):
            weight, logit = reference(x, labels[:, problem], strength)
            ours = probes.weight[problem] * scale
            assert ours @ weight >= 0.9999 * np.linalg.norm(ours) * np.linalg.norm(weight)
            assert probes.logit(x)[:, problem] == pytest.approx(logit, abs=0.005 * np.abs(logit).max())
            right, expected = probes.right(x, labels)[:, problem].mean(), ((logit > 0) == labels[:, problem]).mean()
            assert abs(right - expected) <= max(0.002, 1 / n)


def chosen_one_by_one(x: np.ndarray, labels: np.ndarray, aside: np.ndarray) -> float:
    """The strength that scikit-learn finds best on the rows that are set aside."""
    x = (x - x.mean(0)) / x.std(0)
    losses = []
    for strength in STRENGTHS:
        model = LogisticRegression(C=strength, tol=1e-9, max_iter=5000).fit(x[~aside], labels[~aside])
        margin = np.where(labels[aside], 1, -1) * model.decision_function(x[aside])
        losses.append(np.logaddexp(0, -margin).mean())
    return STRENGTHS[int(np.argmin(losses))]


def test_the_strength_is_chosen_by_groups_that_are_set_aside():
    """So a label that is a mere function of the group, of no use for other groups, gets a stronger penalty."""
    rng = np.random.default_rng(3)
    groups = np.repeat(np.arange(12), 40)
    x, labels = labelled(rng, "plain", 480, 24)
    x[:, :12] += 40 * (groups[:, None] == np.arange(12)) * x.std(0)[:12]
    labels[:, 1] = groups % 2 == 0
    probes = fit_probes(x, labels, groups, seed=5)
    drawn = np.random.default_rng(5)
    rows = drawn.permutation(480)
    names = drawn.permutation(np.unique(groups[rows].astype(str)))
    aside = np.isin(groups.astype(str), names[:3])
    assert list(probes.strength) == [chosen_one_by_one(x, column, aside) for column in labels.T]
    assert probes.strength[1] < probes.strength[0]


def test_alone_and_among_a_thousand_others_it_is_the_same():
    rng = np.random.default_rng(1)
    x, labels = labelled(rng, "plain", 200, 16)
    groups = rng.integers(0, 8, 200)
    many = np.column_stack([labels, rng.random((200, 997)) < 0.5])
    together = fit_probes(x, many, groups)
    for problem in range(3):
        alone = fit_probe(x, labels[:, problem], groups)
        assert alone.strength == together[problem].strength and alone.n == together[problem].n
        assert alone.weight == pytest.approx(together[problem].weight, rel=1e-3, abs=1e-5)
        assert alone.bias == pytest.approx(together[problem].bias, rel=1e-3, abs=1e-4)


def test_absent_rows_do_not_count():
    """A problem that lacks rows is that of the rows it has, whatever the absent states and labels are."""
    rng = np.random.default_rng(2)
    x, labels = labelled(rng, "plain", 400, 10)
    present = rng.random((400, 3)) < 0.6
    present[:, 2] = present[:, 0]  # these two are fitted together
    present[7] = False
    groups = rng.integers(0, 10, 400)
    absent = x.copy()
    absent[7] = np.nan
    some = fit_probes(absent, np.where(present, labels, ~labels), groups, present)
    assert some.n.tolist() == present.sum(0).tolist()
    for problem, there in enumerate(present.T):
        alone = fit_probe(x[there], labels[there, problem], groups[there])
        assert alone.strength == some.strength[problem]
        assert alone.weight == pytest.approx(some.weight[problem], rel=1e-3, abs=1e-4)


def test_groups_may_differ_by_problem():
    rng = np.random.default_rng(4)
    x, labels = labelled(rng, "noise", 300, 12)
    groups = np.array(list("abcdefgh"))[rng.integers(0, 8, (300, 3))]
    labels[:, 2] = True  # not fitted; the others keep their groups
    together = fit_columns(x, labels, groups)
    for problem in range(2):
        alone = fit_probe(x, labels[:, problem], groups[:, problem])
        assert alone.strength == together[problem].strength
        assert alone.weight == pytest.approx(together[problem].weight, rel=1e-3, abs=1e-5)


def test_an_experiments_labels_may_all_be_one_and_then_the_probe_says_it():
    x = np.random.default_rng(0).normal(size=(50, 4))
    labels = np.column_stack([np.ones(50, bool), np.zeros(50, bool), x[:, 0] > 0])
    probes = fit_columns(x, labels, np.arange(50))
    assert probes.right(x, labels)[:, :2].all()
    assert not probes.weight[:2].any() and probes.bias[:2].tolist() == [1, -1]
    nothing = fit_columns(x, labels, np.arange(50), present=np.zeros((50, 3), bool))
    assert not nothing.weight.any() and nothing.n.tolist() == [0, 0, 0]


def test_states_without_variation_leave_the_share_of_labels():
    for share in (0.25, 0.5):  # at 0.5 the gradient is 0 from the start
        labels = np.arange(40) < 40 * share
        probe = fit_probe(np.full((40, 5), 3.0), labels, np.arange(40))
        assert 1 / (1 + np.exp(-probe.logit(np.full(5, 3.0)))) == pytest.approx(share, abs=0.005)


def test_labels_that_no_state_tells_get_no_weight():
    """Each state has both labels, so that the best weights are 0, which no share of them is small beside."""
    x = np.repeat(np.random.default_rng(0).normal(size=(500, 30)), 2, axis=0)
    probe = fit_probe(x, np.arange(1000) % 2 == 0, np.arange(1000) // 2, strengths=(0.1,))
    assert np.abs(probe.logit(x)).max() < 1e-4


def test_of_many_rows_a_sample_is_used():
    rng = np.random.default_rng(0)
    x, labels = labelled(rng, "separable", 900, 6)
    assert fit_probes(x, labels, np.arange(900), most=500).n.tolist() == [500] * 3


def test_states_that_are_not_numbers_are_refused():
    x = np.ones((10, 2))
    x[3, 1] = np.nan
    with pytest.raises(ValueError, match="leave their rows out"):
        fit_probe(x, np.arange(10) < 5, np.arange(10))


def test_a_probe_finds_one_direction_and_nothing_in_noise():
    rng = np.random.default_rng(0)
    feminine, groups = rng.random(600) < 0.5, rng.integers(0, 10, 600)
    x = rng.normal(size=(600, 20)).astype(np.float32)
    noise = fit_probe(x[:400], feminine[:400], groups[:400])
    assert 0.38 < noise.right(x[400:], feminine[400:]).mean() < 0.62
    x[:, 7] = 100 + 3 * np.where(feminine, 1, -1)  # far from 0 and in other units than the rest
    probe = fit_probe(x[:400], feminine[:400], groups[:400])
    assert probe.right(x[400:], feminine[400:]).all()
    assert np.argmax(np.abs(probe.weight) * x.std(0)) == 7


def test_surprisal_is_in_bits():
    assert surprisal(np.zeros(2), np.array([True, False])) == pytest.approx([1, 1])
    three_to_one = np.log(3.0)
    assert surprisal(three_to_one, np.array([True, False])) == pytest.approx([np.log2(4 / 3), 2])
    assert surprisal(np.array([800.0, -800.0]), np.array([True, True])) == pytest.approx([0, 800 / np.log(2)])
