"""How well a model translates pairs written by hand: scripts/evaluate_pairs.py MODEL FILE.tsv … [--json] [--errors N].

The files and their columns: tests/data/README.md.
"""

import argparse
import json
from pathlib import Path

from translate.evaluation.hand_written import PairsResult, evaluate_hand_written, read_hand_written
from translate.evaluation.proportion import Proportion
from translate.model.translator import Translator


def share(of: Proportion) -> str:
    """`98.4 [96.2, 99.4]`, in per cent."""
    if of.value is None or of.interval is None:
        return "–"
    return f"{100 * of.value:.1f} [{100 * of.interval[0]:.1f}, {100 * of.interval[1]:.1f}]"


def row(name: str, result: PairsResult) -> str:
    """A line of the table."""
    shares = (share(result.exact), share(result.accepted), share(result.agreement))
    return f"{name:<24}{len(result.outcomes):>6}" + "".join(f"{cell:>22}" for cell in shares)


def main() -> None:
    """Evaluate, and print a table or one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--errors", type=int, default=0, help="show so many translations that are not accepted")
    asked = parser.parse_args()
    translator = Translator.load(asked.model, "cpu")
    results = {path.stem: evaluate_hand_written(translator, read_hand_written(path)) for path in asked.files}
    if asked.json:
        shown = {name: result.to_json() for name, result in results.items()}
        print(json.dumps({"model": translator.checkpoint.hash, "files": shown}, ensure_ascii=False))
        return
    print(f"{'':<24}{'pairs':>6}{'exact %':>22}{'accepted %':>22}{'gendered words %':>22}")
    for name, result in results.items():
        print(row(name, result))
        for group, part in result.groups().items():
            if group:
                print(row(f"  {group}", part))
        for outcome in [one for one in result.outcomes if not one.accepted][: asked.errors]:
            print(f"    {outcome.pair.english} | {outcome.pair.answers[0]} | {outcome.translation}")


if __name__ == "__main__":
    main()
