"""How many counterfactuals a second the causal map makes: every site at every step, whole and in parts.

    python scripts/bench_causal_map.py --model models/lesson --threads 2

A counterfactual is one edited sentence, translated freely to its end and counted; making the edits, tracing what is
exchanged, and the intervals are part of the time. Prints JSON: seconds for the map (the median of `--rounds`), how many
counterfactuals that were, and how many a second; `cpu_seconds` are those of the process, which a busy machine stretches
less. `load` is the number of processes that wanted to run during the last minute: far above `threads`, the times say
little.
"""

import argparse
import json
import os
import statistics
import time
from pathlib import Path


def measure(translator, corpus: Path | None, pairs: int, rounds: int) -> dict:
    """The map of so many pairs, made `rounds` times."""
    from translate import lab

    setup = lab.make_setup(translator, corpus)
    chosen = lab.pairs_mapped(setup, pairs)
    places = sorted({place for swap in chosen for side in ("enc", "dec") for place in lab.places_of(swap.base, side)})
    setup.readout, lab.causal_map(setup, chosen[:2], steps=places[:2])  # what all experiments share is made once
    taken: list[tuple[float, float]] = []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        found = lab.causal_map(setup, chosen, steps=places)
        taken.append((time.perf_counter() - wall, time.process_time() - cpu))
    seconds, cpu_seconds = (statistics.median(times) for times in zip(*taken, strict=True))
    return {
        "pairs": sum(found.pairs),
        "places": len(places),
        "counterfactuals": found.counterfactuals,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu_seconds, 1),
        "per_second": round(found.counterfactuals / seconds),
        "per_cpu_second": round(found.counterfactuals / cpu_seconds),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", type=Path, default=None, help="model folder (default: the lesson's model)")
    parser.add_argument("--corpus", type=Path, default=None, help="corpus folder (default: the lesson's, made anew)")
    parser.add_argument("--pairs", type=int, default=100, metavar="N", help="minimal pairs (default 100)")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="rounds (default 1)")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="threads of PyTorch (default 2)")
    chosen = parser.parse_args()

    from translate.model.device import use_threads
    from translate.model.translator import Translator

    use_threads(chosen.threads)
    speeds = measure(Translator.load(chosen.model, "cpu"), chosen.corpus, chosen.pairs, chosen.rounds)
    machine = {"processors": os.cpu_count(), "load": round(os.getloadavg()[0], 2), "threads": chosen.threads}
    print(json.dumps({**machine, **speeds}, indent=2))


if __name__ == "__main__":
    main()
