"""What it costs to see everything: `lab.trace` of all sites against the fused forward alone.

Runs the two in turn and prints JSON: the median time of each in milliseconds, and the median of the ratios of
neighbouring runs, which a busy machine disturbs less than a ratio of medians. `trace_ms` and `ratio` are of a module
that has been traced before; `check_share` is what holding its steps against the module itself adds to its first trace,
and to the first after its weights have changed, in processor time. `load` is the number of processes that
wanted to run during the last minute: far above what this script uses itself, the times say little.

    python scripts/bench_trace.py --batch 128 --time 20 --units 128 --threads 2
"""

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable

import torch

from translate import lab


def measure(kind: str, batch: int, steps: int, units: int, pairs: int) -> dict:
    """Median milliseconds of the fused forward and of the trace, and their ratio, over `pairs` pairs of runs."""
    torch.manual_seed(0)
    module = getattr(torch.nn, kind.upper())(units, units, batch_first=True)
    inputs = torch.randn(batch, steps, units)

    def seconds(action: Callable[[], object]) -> float:
        start = time.perf_counter()
        action()
        return time.perf_counter() - start

    def busy(checks: bool) -> float:
        if checks:
            module.weight_hh_l0.mul_(1.0)  # other weights, as far as anyone knows: they are to be checked
        start = time.process_time()
        lab.trace(module, inputs)
        return time.process_time() - start

    with torch.no_grad():
        for _ in range(3):
            module(inputs), lab.trace(module, inputs)
        times = [(seconds(lambda: module(inputs)), seconds(lambda: lab.trace(module, inputs))) for _ in range(pairs)]
        checks = [(busy(checks=True), busy(checks=False)) for _ in range(pairs)]
    return {
        "fused_ms": round(1000 * statistics.median(fused for fused, _ in times), 3),
        "trace_ms": round(1000 * statistics.median(traced for _, traced in times), 3),
        "ratio": round(statistics.median(traced / fused for fused, traced in times), 3),
        "check_share": round(statistics.median(new / known for new, known in checks) - 1, 3),
    }


def main() -> None:
    """Measure each kind of cell and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--batch", type=int, default=128, metavar="N", help="sentences (default 128)")
    parser.add_argument("--time", type=int, default=20, metavar="N", help="words of a sentence (default 20)")
    parser.add_argument("--units", type=int, default=128, metavar="N", help="units, also of the input (default 128)")
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="threads of PyTorch (default 2)")
    parser.add_argument("--pairs", type=int, default=50, metavar="N", help="pairs of runs to measure (default 50)")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    setting = {"batch": chosen.batch, "time": chosen.time, "units": chosen.units, "threads": chosen.threads}
    results = {
        kind: measure(kind, chosen.batch, chosen.time, chosen.units, chosen.pairs) for kind in ("lstm", "gru", "rnn")
    }
    machine = {"torch": torch.__version__, "processors": os.cpu_count(), "load": round(os.getloadavg()[0], 2)}
    print(json.dumps({**setting, "pairs": chosen.pairs, **machine, **results}, indent=2))


if __name__ == "__main__":
    main()
