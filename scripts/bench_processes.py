"""Sentences a second of `translate train --tsv` in two processes against one: what the second processor gives.

    python scripts/bench_processes.py

Both train the recipe `default` on the same synthetic text (grammar `full`) in turns, `--repeats` times. A step of two
processes has the sentences of two steps, so they take half as many. The second half of each run counts, without its
look at dev; sentences are counted, not reckoned from steps, because the last batch of a length is a small one. Prints
JSON: the speed of each run, the ratio of each turn, the median of these; `load` is that before the first run.
`--set key=value` overrides the recipe. Leave OMP_NUM_THREADS unset: each takes the threads that it takes of itself.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

from translate.corpus.parallel import read_parallel
from translate.corpus.show import sample
from translate.model.checkpoint import open_frame
from translate.training.batches import Batches
from translate.training.encoding import encoded
from translate.training.start import stored_recipe


def write_text(path: Path, pairs: int, seed: int) -> None:
    """Pairs of the grammar `full`, a line each, every source once."""
    drawn = {pair.source_text: pair.target_text for pair in sample("full", pairs, seed)}
    path.write_text("".join(f"{source}\t{target}\n" for source, target in drawn.items()), encoding="utf-8")


def run(place: Path, processes: int, steps: int, settings: list[str]) -> dict[str, float]:
    """Train for so many steps; the speed of the second half."""
    half = steps // 2
    out = place / f"model-{processes}"
    own = [f"steps={2 * half}", f"validate_every={half}", *settings]
    command = [sys.executable, "-m", "translate", "train", "--tsv", "train.tsv", "--dev", "dev.tsv"]
    command += ["--processes", str(processes), "--out", out.name, "--overwrite"]
    subprocess.run(
        command + [word for setting in own for word in ("--set", setting)],
        cwd=place,
        check=True,
        stdout=sys.stderr,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    looks = [json.loads(line) for line in (out / "metrics.jsonl").read_text(encoding="utf-8").splitlines()]
    sentences, pieces = counted(out, place / "train.tsv", processes, half)
    speed = looks[-1]["tokens_per_second"]
    return {
        "processes": processes,
        "sentences_per_second": round(speed * sentences / pieces, 1),
        "pieces_per_second": speed,
        "threads": json.loads((out / "metrics.json").read_text(encoding="utf-8"))["threads"],
    }


def counted(out: Path, text: Path, processes: int, half: int) -> tuple[int, int]:
    """Sentences, and pieces of both sides, of the steps from `half` to twice that."""
    model, settings = open_frame(out), stored_recipe(out).training
    ids = encoded(read_parallel(text), model.source, model.target, "training", [])
    batches = Batches(ids, settings.batch * processes, settings.seed, settings.curriculum, settings.bucket)
    if len(batches) < 2 * half:
        sys.exit(f"bench_processes: {2 * half} steps are more than an epoch; give more --pairs or fewer --steps")
    taken = list(islice(batches.epoch(0), half, 2 * half))
    return sum(len(source) for source, _, _ in taken), sum(
        source.numel() + int((target_out != 0).sum()) for source, _, target_out in taken
    )


def main() -> None:
    """Train in turns and print the speeds."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--steps", type=int, default=160, help="of one process")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    request = parser.parse_args()
    load = round(os.getloadavg()[0], 2)
    counts = (1, request.processes)
    turns = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_text(place / "train.tsv", request.pairs, seed=1)
        write_text(place / "dev.tsv", 50, seed=2)
        for _ in range(request.repeats):
            turns.append([run(place, count, request.steps // count, request.set) for count in counts])
    ratios = [several["sentences_per_second"] / one["sentences_per_second"] for one, several in turns]
    result = {
        "ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "runs": [speeds for turn in turns for speeds in turn],
        "processors": os.cpu_count(),
        "load": load,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
