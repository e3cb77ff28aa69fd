"""How unsure may a model be? Fits its bar (doubt.json in its folder) on right translations, and counts all doubts.

    python scripts/fit_doubt.py MODEL TEXT.tsv
    python scripts/fit_doubt.py MODEL TEXT.tsv --check [--show 10]

TEXT.tsv is parallel text that the model was not trained on: dev.tsv of its corpus to fit, test.tsv to check. A
translation is right if it is the reference. Prints JSON: of the right ones how many are doubted, and for what; of the
wrong ones how many are not. `--check` writes nothing and takes the bar that is there; `--show` prints such sentences.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from translate.corpus.parallel import read_parallel
from translate.doubt.bar import SHARE, fit
from translate.doubt.translations import Reviewer
from translate.model.translator import Translator


def main() -> None:
    """Fit unless only asked to check; count and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model")
    parser.add_argument("text", type=Path)
    parser.add_argument("--share", type=float, default=SHARE, help="of right translations that the bar may doubt")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()

    translator = Translator.load(arguments.model)
    pairs = read_parallel(arguments.text)
    translations = [best for (best,) in translator.translate([source for source, _ in pairs])]
    right = [made.text == target for made, (_, target) in zip(translations, pairs, strict=True)]
    checkpoint = translator.checkpoint
    if not arguments.check:
        log_probs = [made.log_probs for made, is_right in zip(translations, right, strict=True) if is_right]
        fit(log_probs, checkpoint.hash, arguments.share).save(checkpoint.folder)

    reviewer = Reviewer(checkpoint)
    kinds: Counter[str] = Counter()
    doubted, missed = [], []
    for (source, target), made, is_right in zip(pairs, translations, right, strict=True):
        doubts = reviewer.review(source, made).doubts
        if is_right and doubts:
            kinds.update({doubt.kind for doubt in doubts})
            doubted.append({"source": source, "translation": made.text, "doubts": [doubt.reason for doubt in doubts]})
        elif not is_right and not doubts:
            missed.append({"source": source, "translation": made.text, "reference": target})
    counts = {"sentences": len(pairs), "right": sum(right), "right_doubted": len(doubted), "kinds": dict(kinds)}
    counts |= {"wrong": len(pairs) - sum(right), "wrong_not_doubted": len(missed)}
    print(json.dumps(counts))
    for shown in (*doubted[: arguments.show], *missed[: arguments.show]):
        print(json.dumps(shown, ensure_ascii=False))


if __name__ == "__main__":
    main()
