"""What many probes cost: `fit_probes` against a loop over scikit-learn's `LogisticRegression`.

The problems are real: the states of the lesson's decoder at each word around the second noun (`around_second`), three
targets (y1, y2, current), each with its labels and with shuffled ones. The problems of one word and site share their
states. Both sides choose the L2 strength by the same nouns set aside and fit again: five fits a problem. scikit-learn
(its default solver and tolerance, float32) fits some of each word's problems, in turn with ours, and its seconds are
scaled up. Prints JSON: seconds and processor seconds of each and their ratios, the same with one problem a call
("alone"), how often both choose the same strength, and how far ours are from scikit-learn run to convergence. `load`
is the number of processes that wanted to run during the last minute: where it is far above the processors, look at the
processor seconds of one thread.

    python scripts/bench_probes.py --threads 2
"""

import argparse
import json
import os
import time
from dataclasses import dataclass

import numpy as np
import torch
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from translate.lab.experiments.reading.generalisation import targets
from translate.lab.probes.logistic import STRENGTHS
from translate.lab.probes.probe import Probe, fit_probe, fit_probes
from translate.lab.sentences.events import OFFSETS, around_second, two_nouns
from translate.lab.verdicts.whole_report import make_setup
from translate.model.translator import Translator


@dataclass(frozen=True)
class Word:
    """The problems of one word and site: x `[n, unit]`; labels and groups `[n, problem]`."""

    x: np.ndarray
    labels: np.ndarray
    groups: np.ndarray


def words(shuffles: int, seed: int = 0) -> list[Word]:
    """Each word and site with its three targets, then `shuffles` shuffles of each."""
    setup, rng = make_setup(Translator.load()), np.random.default_rng(seed)
    sentences = two_nouns(setup.pairs)
    feminine, lemmas = targets(setup, sentences)
    lemmas = np.unique(lemmas, return_inverse=True)[1].reshape(lemmas.shape)
    kinds = []
    for site in (site for site in setup.sites if site.side == "dec"):
        states = around_second(setup.observed.trace(site), site, sentences)
        for column in range(len(OFFSETS)):
            exists = ~np.isnan(states[:, column, 0])
            true, groups = feminine[:, exists, column].T, lemmas[:, exists, column].T
            labels = [true, *(rng.permutation(true, axis=0) for _ in range(shuffles))]
            kinds.append(Word(states[exists, column], np.hstack(labels), np.tile(groups, (1, shuffles + 1))))
    return kinds


def one_by_one(x: np.ndarray, labels: np.ndarray, groups: np.ndarray, seed: int = 0) -> float:
    """What `fit_probe` does, with scikit-learn; the strength that it chose."""
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(x))[:4000]
    x, labels, groups = x[rows], labels[rows], groups[rows]
    scale = x.std(0)
    scale[scale < 1e-6] = 1.0
    x = (x - x.mean(0)) / scale
    few, truth = x[:2000], labels[:2000]
    names = rng.permutation(np.unique(groups[:2000]))
    aside = np.isin(groups[:2000], names[: max(1, round(0.25 * len(names)))])
    sign, losses = np.where(truth[aside], 1, -1), []
    for strength in STRENGTHS:
        model = LogisticRegression(C=strength, max_iter=1000).fit(few[~aside], truth[~aside])
        losses.append(np.logaddexp(0, -sign * model.decision_function(few[aside])).mean())
    strength = STRENGTHS[int(np.argmin(losses))]
    LogisticRegression(C=strength, max_iter=1000).fit(x, labels)
    return strength


def difference(probe: Probe, x: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """How far a probe is from scikit-learn's run to convergence: cosine of their weights, difference in accuracy.

    scikit-learn's default tolerance is no reference: it leaves up to 0.2 points of accuracy between it and the optimum.
    """
    scale = x.std(0)
    scale[scale < 1e-6] = 1.0
    standard, ours = ((x - x.mean(0)) / scale).astype(float), probe.weight * scale
    model = LogisticRegression(C=probe.strength, solver="newton-cholesky", tol=1e-9, max_iter=1000)
    weight = model.fit(standard, labels).coef_[0]
    cosine = ours @ weight / np.linalg.norm(ours) / np.linalg.norm(weight)
    return cosine, abs(model.score(standard, labels) - probe.right(x, labels).mean())


class Clock:
    """Adds up the seconds and the processor seconds of what runs in it."""

    def __init__(self) -> None:
        self.wall = self.processor = 0.0

    def __enter__(self) -> None:
        self.start = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += time.perf_counter() - self.start[0]
        self.processor += time.process_time() - self.start[1]

    def scaled(self, factor: float) -> dict:
        return {"s": round(self.wall * factor, 3), "processor_s": round(self.processor * factor, 3)}


def compare(kinds: list[Word], each: int, seed: int = 0) -> dict:
    """All problems with `fit_probes`, `each` of every word with scikit-learn and alone, in turn."""
    together, alone, loop = Clock(), Clock(), Clock()
    rng, same, differences = np.random.default_rng(seed), [], []
    for word in kinds:
        with together:
            probes = fit_probes(word.x, word.labels, word.groups)
        for problem in rng.choice(word.labels.shape[1], each, replace=False):
            labels, groups = word.labels[:, problem], word.groups[:, problem]
            with alone:
                fit_probe(word.x, labels, groups)
            with loop:
                strength = one_by_one(word.x, labels, groups)
            same.append(bool(np.isclose(probes.strength[problem], strength)))
            differences.append(difference(probes[problem], word.x, labels))
    cosines, accuracies = zip(*differences, strict=True)
    problems, timed = sum(word.labels.shape[1] for word in kinds), each * len(kinds)
    return {
        "problems": problems,
        "scikit_learn_problems": timed,
        "fit_probes": together.scaled(1),
        "alone": alone.scaled(problems / timed),
        "scikit_learn": loop.scaled(problems / timed),
        "ratio": _ratio(loop, together, problems / timed),
        "ratio_alone": _ratio(loop, alone, 1.0),
        "same_strength": round(float(np.mean(same)), 4),
        "least_cosine": round(float(min(cosines)), 7),
        "most_accuracy_difference": round(float(max(accuracies)), 5),
    }


def _ratio(slow: Clock, fast: Clock, factor: float) -> dict:
    return {
        "s": round(slow.wall * factor / fast.wall, 1),
        "processor_s": round(slow.processor * factor / fast.processor, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--threads", type=int, default=1, metavar="N", help="of both (default 1, the fastest for both)")
    parser.add_argument("--shuffles", type=int, default=10, metavar="N", help="shuffles of each target (default 10)")
    parser.add_argument("--each", type=int, default=3, metavar="N", help="scikit-learn's problems a word (default 3)")
    parser.add_argument("--words", type=int, default=99, metavar="N", help="words and sites at most (default all)")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    kinds = words(chosen.shuffles)
    kinds = kinds[:: max(1, len(kinds) // chosen.words)]
    rows = [len(word.x) for word in kinds]
    with threadpool_limits(chosen.threads):
        fit_probes(kinds[0].x, kinds[0].labels[:, :2], kinds[0].groups[:, :2])  # imports and warms up
        comparison = compare(kinds, chosen.each)
    setting = {"threads": chosen.threads, "units": kinds[0].x.shape[1], "rows": [min(rows), max(rows)]}
    machine = {"torch": torch.__version__, "processors": os.cpu_count(), "load": round(os.getloadavg()[0], 2)}
    print(json.dumps({**setting, **machine, **comparison}, indent=2))


if __name__ == "__main__":
    main()
