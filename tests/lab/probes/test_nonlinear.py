"""A small network beside the line: it reads what no line does, and hardly less than the line reads."""

import numpy as np

from translate.lab.probes.nonlinear import fit_mlp
from translate.lab.probes.probe import fit_probe


def drawn(rows: int, units: int, seed: int):
    rng = np.random.default_rng(seed)
    groups = np.array([f"noun {n}" for n in rng.integers(0, 12, rows)])
    return rng, rng.normal(size=(rows, units)).astype(np.float32), groups


def test_it_reads_what_no_line_does():
    _, x, groups = drawn(1200, 6, 1)
    x[:, :2] = np.sign(x[:, :2])
    feminine = x[:, 0] * x[:, 1] > 0
    fit = groups < "noun 5"
    line, curve = (f(x[fit], feminine[fit], groups[fit]) for f in (fit_probe, fit_mlp))
    assert line.right(x[~fit], feminine[~fit]).mean() < 0.65
    assert curve.right(x[~fit], feminine[~fit]).mean() > 0.95


def test_where_a_line_reads_other_nouns_it_reads_them_too():
    """Each noun has a direction of its own, by which a network alone would learn the nouns."""
    rng, x, groups = drawn(800, 128, 2)
    feminine = rng.random(800) < 0.5
    signs = np.where(feminine, 1.0, -1.0)
    x[:, 0] += 2.5 * signs
    for noun in np.unique(groups):
        x[groups == noun] += 3 * np.outer(signs[groups == noun], rng.normal(size=128) / 11).astype(np.float32)
    fit = np.isin(groups, np.unique(groups)[:7])
    line, curve = (f(x[fit], feminine[fit], groups[fit]) for f in (fit_probe, fit_mlp))
    reads = [probe.right(x[~fit], feminine[~fit]).mean() for probe in (line, curve)]
    assert reads[0] > 0.9 and reads[1] > reads[0] - 0.03, reads
