"""How many annotated pairs a second are made and written: prints JSON with `pairs_per_second`."""

import argparse
import json
import os
import tempfile
import time

from translate.corpus.splits import build


def main() -> None:
    """Time `build` from its call to the last file, in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--grammar", default="lesson")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=None, help="processes (default: one a processor)")
    request = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        counts = build(request.grammar, request.pairs, request.seed, folder, workers=request.workers)
        seconds = time.perf_counter() - start
    pairs = sum(counts.values())
    result = {"pairs": pairs, "seconds": round(seconds, 3), "pairs_per_second": round(pairs / seconds)}
    print(json.dumps(result | {"processors": os.cpu_count(), "load": round(os.getloadavg()[0], 2)}))


if __name__ == "__main__":
    main()
