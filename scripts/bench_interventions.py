"""How many counterfactual translations a second: `lab.edit` beside the plain greedy translation of as many sentences.

    python scripts/bench_interventions.py --model models/lesson --threads 2

Both go from text to text. A round translates `--runs` sentences plainly and then makes as many runs of each kind of
edit, drawn over `--sentences` of them; the making of the edits counts. Prints JSON: for each the median of translations
a second over the rounds, and the median of the rounds' ratios edited / plain, which a busy machine disturbs less. Runs
that share a sentence share its reading, unless the encoder is edited: hence ratios above 1. `load` is the number of
processes that wanted to run during the last minute: far above `threads`, the times say little.
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path

import numpy as np


def kinds_of_edits(values: dict[str, np.ndarray], runs: int, sentences: int, units: int) -> dict:
    """By name, a function that makes the runs: values `[sentence, time, unit]` are what other runs held."""
    from translate.lab.editing.edit import Edit
    from translate.lab.editing.operations import From, InSubspace, Noise, Set

    rng = np.random.default_rng(0)
    basis = np.linalg.qr(rng.normal(size=(units, 4)))[0]
    number = [(i % sentences, (7 * i + 1) % sentences, 1 + i % 3) for i in range(runs)]  # sentence, the other, the step

    def transplant(of):
        return [(i, [Edit(f"dec.l0.{site}", of(values[site][j]), t) for site in values]) for i, j, t in number]

    return {
        "one unit's forget gate held open": lambda: [
            (i, [Edit("dec.l0.f", Set(1.0), units=(n % units,))]) for n, (i, _, _) in enumerate(number)
        ],
        "the whole state from another run": lambda: transplant(From),
        "a subspace of rank 4 from another run": lambda: transplant(lambda run: InSubspace(basis, run)),
        "noise at every step": lambda: [(i, [Edit("dec.l0.c", Noise(0.1))]) for i, _, _ in number],
        "the encoder's input gate shut at a word": lambda: [(i, [Edit("enc.l0.i", Set(0.0), t)]) for i, _, t in number],
    }


def measure(translator, runs: int, sentences: int, rounds: int) -> dict:
    """Translations a second, plain and edited, and the ratios, over `rounds` rounds after one that is not counted."""
    from translate import lab
    from translate.corpus.show import sample

    texts = [pair.source_text for pair in sample("lesson", sentences, 1)]
    every = [texts[i % sentences] for i in range(runs)]
    traced = lab.trace(translator, texts, sites=["dec.l0.c", "dec.l0.h"])
    values = {site.rsplit(".", 1)[1]: traced[site].numpy() for site in traced}
    kinds = kinds_of_edits(values, runs, sentences, translator.checkpoint.config.hidden)

    def seconds(action) -> float:
        start = time.perf_counter()
        action()
        return time.perf_counter() - start

    plain: list[float] = []
    edited: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(rounds + 1):
        plain.append(seconds(lambda: translator.texts(every)))
        for name, make in kinds.items():
            edited[name].append(seconds(lambda make=make: lab.edit(translator, texts, make())))

    def median(taken: list[float]) -> int:
        return round(runs / statistics.median(taken[1:]))

    def ratio(taken: list[float]) -> float:
        return round(statistics.median(p / e for p, e in zip(plain[1:], taken[1:], strict=True)), 2)

    every_kind = [sum(taken) / len(kinds) for taken in zip(*edited.values(), strict=True)]
    return {
        "plain_per_second": median(plain),
        "edited_per_second": median(every_kind),
        "ratio": ratio(every_kind),
        "kinds": {name: {"per_second": median(taken), "ratio": ratio(taken)} for name, taken in edited.items()},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", type=Path, default=None, help="model folder, an LSTM (default: the lesson's model)")
    parser.add_argument("--runs", type=int, default=8192, metavar="N", help="translations of each kind (default 8192)")
    parser.add_argument("--sentences", type=int, default=1024, metavar="N", help="different ones (default 1024)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds that count (default 5)")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="threads of PyTorch (default 2)")
    chosen = parser.parse_args()

    from translate.model.device import use_threads
    from translate.model.translator import Translator

    use_threads(chosen.threads)
    setting = {"runs": chosen.runs, "sentences": chosen.sentences, "rounds": chosen.rounds, "threads": chosen.threads}
    speeds = measure(Translator.load(chosen.model, "cpu"), chosen.runs, chosen.sentences, chosen.rounds)
    machine = {"processors": os.cpu_count(), "load": round(os.getloadavg()[0], 2)}
    print(json.dumps({**setting, **machine, **speeds}, indent=2))


if __name__ == "__main__":
    main()
