"""`translate score`: how likely the model finds given translations, word by word."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def score(
    source: Annotated[str, typer.Argument(help="The English sentence.")],
    targets: Annotated[list[str], typer.Argument(help="Czech translations to compare.")],
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if a word was unknown or a line was damaged.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The log-probability of translations, in all and word by word, so that která and který can be compared."""
    from translate.errors import UsageError
    from translate.lines import checked
    from translate.model.translator import Translator
    from translate.terminal.console import remark, rounded

    translator = Translator.load(model, "numpy")
    sys.stdout.reconfigure(errors="replace")
    asked = [("source", source, translator.source)] + [("translation", t, translator.target) for t in targets]
    lines, troubles = [], 0
    for name, given, tokenizer in asked:
        line, problems = checked(tokenizer, os.fsencode(given))
        if not line:
            raise UsageError(f"The {name} is empty; give a sentence.")
        for problem in problems:
            remark(problem)
        lines.append(line)
        troubles += len(problems)
    source, *targets = lines
    scored = translator.score(source, targets)
    if json_:
        rows = [
            {
                "translation": target,
                "log_prob": sum(t.log_probs),
                "words": [*t.tokens, "</s>"],
                "log_probs": t.log_probs,
            }
            for target, t in zip(targets, scored, strict=True)
        ]
        print(
            json.dumps(
                {"source": source, "model": translator.checkpoint.hash, "translations": rows}, ensure_ascii=False
            )
        )
    else:
        for target, translation in zip(targets, scored, strict=True):
            print(f"{rounded(sum(translation.log_probs)):.4f}\t{target}")
            for word, log_prob in zip([*translation.tokens, "(end)"], translation.log_probs, strict=True):
                print(f"  {rounded(log_prob):9.4f}  {word}")
    if strict and troubles:
        raise typer.Exit(1)
