"""Speed to quality: seconds from the start of this process until a dev validation reaches the target.

    python scripts/bench_training.py --data FOLDER --target 0.99

FOLDER holds train, dev and test as tokenised text, `.en` and `.cs`, a sentence a line, or as `.tsv`. Everything counts:
starting Python, importing torch, reading, building the vocabulary, training, validating. Prints JSON; `log` lists every
validation. The recipe is `data/recipes/race.toml`; `--set key=value` overrides it.
"""

import time

_BEGIN = time.time()

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import resource  # noqa: E402
import tempfile  # noqa: E402
from pathlib import Path  # noqa: E402


def process_start() -> float:
    """When this process began, as a time of day; without /proc, when this script did."""
    try:
        fields = Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()
        uptime = float(Path("/proc/uptime").read_text().split()[0])
        return time.time() - uptime + int(fields[19]) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return _BEGIN


def parsed() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--target", type=float, default=0.99)
    parser.add_argument("--recipe", default="race")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--out", type=Path, help="keep the model in this folder")
    return parser.parse_args()


def main() -> None:
    """Train until the target is reached and print what it took."""
    arguments, began = parsed(), process_start()

    from translate.corpus.parallel import read_parallel
    from translate.training.loop import Report, train
    from translate.training.recipe import Recipe

    settings = [f"training.target={arguments.target}", f"training.threads={arguments.threads}", *arguments.set]
    recipe = Recipe.load(arguments.recipe).override(settings)
    pairs, dev = read_parallel(arguments.data / "train"), read_parallel(arguments.data / "dev")
    log, reached = [], None

    def note(look: Report) -> None:
        nonlocal reached
        if look.dev:
            seconds = time.time() - began
            log.append({"seconds": round(seconds, 2), "step": look.step, "loss": round(look.loss, 4), **look.dev})
            if reached is None and look.dev["exact_match"] >= arguments.target:
                reached = {"seconds": round(seconds, 2), "step": look.step}

    with tempfile.TemporaryDirectory() as folder:
        before = time.time()
        metrics = train(recipe, pairs, dev, arguments.out or Path(folder), overwrite=True, report=note)
        looped = metrics["seconds"]
    print(
        json.dumps(
            {
                "seconds_to_target": reached and reached["seconds"],
                "target": arguments.target,
                "steps": metrics["steps"],
                "sentences_per_second": round(metrics["steps_now"] * recipe.training.batch / looped),
                "seconds_training": round(looped, 2),
                "seconds_before_training": round(before - began, 2),
                "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "parameters": metrics["parameters"],
                "precision": metrics["precision"],
                "threads": metrics["threads"],
                "load": os.getloadavg()[0],
                "log": log,
            }
        )
    )


if __name__ == "__main__":
    main()
