"""Is the current gender in the states? The readout on nouns that it was not fitted on, and its controls."""

import numpy as np

from translate.lab.experiments.setup import Bench
from translate.lab.probes.probe import STRENGTHS, fit_probe, fit_probes
from translate.lab.sentences.events import OFFSETS, aligned, of_tested, switches
from translate.lab.sentences.labels import Labels
from translate.lab.sentences.observed import Observed
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.resample import course_over, mean_over
from translate.lab.verdicts.results import Reading, TimeCourse
from translate.tokenizer import START

SHUFFLES = 5
KINDS = ("m>f", "f>m", "m>m", "f>f")


def readings(bench: Bench) -> tuple[Reading, ...]:
    """The readout's accuracy at every site of the bench, with its controls."""
    return tuple(_reading(bench, site, bench.untrained) for site in bench.sites)


def _reading(bench: Bench, site: str, twin: Observed) -> Reading:
    side = site[:3]
    fit, test = bench.fitting.labels[side], bench.tested(side)
    x, x_test = bench.fitting.rows(site, fit), bench.observed.rows(site, test)
    right = (bench.readout.logit(site, x_test) > 0) == test.feminine
    words = _embeddings(bench, side)
    often = fit.feminine.mean() > 0.5
    return Reading(
        site,
        probe=_estimate(right, test, bench.seed),
        agreeing=_estimate(right[test.agreeing], test.where(test.agreeing), bench.seed) if side == "dec" else None,
        shuffled=_estimate(_shuffled(x, fit, x_test, test, bench.seed), test, bench.seed),
        untrained=_control(bench, fit, test, lambda labels: twin.rows(site, labels)),
        embedding=_control(bench, fit, test, lambda labels: words[labels.sentence, labels.position]),
        majority=_estimate(test.feminine == often, test, bench.seed),
    )


def _shuffled(x: np.ndarray, fit: Labels, x_test: np.ndarray, test: Labels, seed: int) -> np.ndarray:
    """How often probes fitted to shuffled labels are right at each test row: the mean of several shuffles."""
    rng = np.random.default_rng(seed)
    labels = np.column_stack([rng.permutation(fit.feminine) for _ in range(SHUFFLES)])
    probes = fit_probes(x, labels, fit.lemma, seed=seed, strengths=(STRENGTHS[2],))
    return probes.right(x_test, test.feminine[:, None]).mean(1)


def _control(bench: Bench, fit: Labels, test: Labels, rows) -> Estimate:
    """Accuracy on the test nouns of a probe fitted to other vectors beside the same words."""
    probe = fit_probe(rows(fit), fit.feminine, fit.lemma, bench.seed)
    return _estimate(probe.right(rows(test), test.feminine), test, bench.seed)


def _estimate(right: np.ndarray, labels: Labels, seed: int) -> Estimate:
    return mean_over(right, labels.lemma, "words", seed)


def _embeddings(bench: Bench, side: str) -> np.ndarray:
    """The vector of the word that each step reads, `[sentence, time, embedding]`; zeros beyond the end."""
    weights = bench.translator.checkpoint.numpy_weights()
    table = weights["source_embedding.weight" if side == "enc" else "target_embedding.weight"]
    if side == "enc":
        ids = [bench.translator.source.ids(pair.source) for pair in bench.pairs]
    else:
        ids = [[START, *bench.translator.target.ids(pair.target)] for pair in bench.pairs]
    vectors = np.zeros((len(ids), max(map(len, ids)), table.shape[1]), np.float32)
    for row, sentence in enumerate(ids):
        vectors[row, : len(sentence)] = table[sentence]
    return vectors


def time_courses(bench: Bench) -> tuple[TimeCourse, ...]:
    """p(feminine) read from the decoder's states around the second noun of switch sentences, by kind of switch."""
    count = len(bench.material.pairs("switch"))  # they come first among the bench's sentences
    found = switches(bench.pairs[:count])
    tested = of_tested(found, bench.split.test)
    courses = []
    for site in (site for site in bench.sites if site.startswith("dec")):
        states = aligned(bench.observed.values[site], found)
        p = bench.readout.p_feminine(site, states)
        p[~tested] = np.nan
        for kind in KINDS:
            rows = [row for row, switch in enumerate(found) if switch.kind == kind]
            lemmas = [found[row].lemmas[1] for row in rows]
            courses.append(TimeCourse("p(feminine)", site, kind, course_over(p[rows], lemmas, OFFSETS, bench.seed)))
    return tuple(courses)
