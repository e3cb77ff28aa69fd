"""Do numpy and torch write the same words? Translates every suite of a corpus with both, and counts the differences.

    python scripts/compare_devices.py MODEL CORPUS [--limit N]

Prints a JSON line a suite; exits with 1 if a translation differs. `--limit` takes the first N sentences of each suite.
"""

import argparse
import json
import sys
from pathlib import Path

from translate.corpus.parallel import read_parallel
from translate.model.translator import Translator


def main() -> int:
    """Compare all suites; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--limit", type=int, default=None)
    arguments = parser.parse_args()

    ours, theirs = (Translator.load(arguments.model, device) for device in ("numpy", "cpu"))
    differing = 0
    for path in sorted(arguments.corpus.glob("*.tsv")):
        if path.stem == "train":
            continue
        sentences = [source for source, _ in read_parallel(path)][: arguments.limit]
        both = list(zip(ours.texts(sentences), theirs.texts(sentences), sentences, strict=True))
        other = [(one, two, source) for one, two, source in both if one != two]
        differing += len(other)
        print(json.dumps({"suite": path.stem, "sentences": len(sentences), "differing": len(other)}), flush=True)
        for one, two, source in other[:3]:
            print(json.dumps({"source": source, "numpy": one, "torch": two}, ensure_ascii=False))
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
