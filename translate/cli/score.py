"""`translate score`: how likely the model finds given translations, word by word."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def score(
    source: Annotated[str, typer.Argument(help="The English sentence.")],
    targets: Annotated[list[str], typer.Argument(help="Czech translations to compare.")],
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if a word was unknown.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The log-probability of translations, in all and word by word, so that která and který can be compared."""
    from translate.cli.console import remark
    from translate.errors import UsageError
    from translate.model.translator import Translator

    translator = Translator.load(model, "numpy")
    sys.stdout.reconfigure(errors="replace")
    for name, line, tokenizer in [("source", source, translator.source)] + [
        ("translation", target, translator.target) for target in targets
    ]:
        if not tokenizer.split(line):
            raise UsageError(f"The {name} is empty; give a sentence.")
    unknown = 0
    for line, tokenizer in [(source, translator.source)] + [(target, translator.target) for target in targets]:
        for word in tokenizer.unknown(line):
            unknown += 1
            near = tokenizer.nearest(word)
            remark(f"unknown word '{word}'" + (f"; known are {', '.join(near)}." if near else "."))
    scored = translator.score(source, targets)
    if json_:
        rows = [
            {"translation": target, "log_prob": sum(t.log_probs), "words": [*t.tokens, "</s>"], "log_probs": t.log_probs}
            for target, t in zip(targets, scored, strict=True)
        ]
        print(json.dumps({"source": source, "model": translator.checkpoint.hash, "translations": rows}, ensure_ascii=False))
    else:
        for target, translation in zip(targets, scored, strict=True):
            print(f"{sum(translation.log_probs):.4f}\t{target}")
            for word, log_prob in zip([*translation.tokens, "(end)"], translation.log_probs, strict=True):
                print(f"  {log_prob:9.4f}  {word}")
    if strict and unknown:
        raise typer.Exit(1)
