"""How fast a model translates: many sentences at once, one sentence from process start, and `--help`.

    python scripts/bench_training.py --data FOLDER --out MODEL
    python scripts/bench_translation.py --data FOLDER --model MODEL

Translates the English of FOLDER/test (test.en and test.cs, or the test.tsv of a corpus), text to text (tokenizing
included), greedily in batches, and prints JSON: the median sentences a second over `--runs` runs, the share that equals
the Czech, median milliseconds of one of these sentences by itself once the model is loaded, and median wall seconds of
`translate text SENTENCE` and `translate --help` as whole processes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def seconds_of(action: Callable[[], object], runs: int) -> list[float]:
    """Wall seconds of each of `runs` calls, after one that is not counted."""
    action()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args()

    from translate.corpus.parallel import read_parallel
    from translate.model.translator import Translator

    pairs = read_parallel(arguments.data / "test")
    sources = [source for source, _ in pairs]
    translator = Translator.load(arguments.model, arguments.device)
    batch = seconds_of(lambda: translator.texts(sources), arguments.runs)
    exact = sum(text == target for text, (_, target) in zip(translator.texts(sources), pairs, strict=True))

    warm = [seconds_of(lambda source=source: translator.texts([source]), 1)[0] for source in sources[:200]]

    def command(*words: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-m", "translate", *words], check=True, capture_output=True)

    one = seconds_of(command("text", "I am a girl who likes to learn."), arguments.runs)
    usage = seconds_of(command("--help"), arguments.runs)
    print(
        json.dumps(
            {
                "sentences": len(sources),
                "exact_match": exact / len(sources),
                "sentences_per_second": round(len(sources) / statistics.median(batch)),
                "sentences_per_second_best": round(len(sources) / min(batch)),
                "warm_sentence_ms": round(1000 * statistics.median(warm), 2),
                "one_sentence_seconds": round(statistics.median(one), 3),
                "help_seconds": round(statistics.median(usage), 3),
                "load": os.getloadavg()[0],
            }
        )
    )


if __name__ == "__main__":
    main()
