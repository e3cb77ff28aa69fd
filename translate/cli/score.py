"""`translate score`: how likely the model finds given translations, word by word."""

import json
from typing import Annotated

import typer

from translate.cli.shared import SpeakingModel, Strict, known_line, speaker


def score(
    source: Annotated[str, typer.Argument(help="The English sentence.")],
    targets: Annotated[list[str], typer.Argument(help="Czech translations to compare.")],
    model: SpeakingModel = None,
    strict: Strict = False,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """The log-probability of translations, in all and word by word, so that která and který can be compared."""
    model = speaker(model)

    from translate.errors import UsageError
    from translate.model.translator import Translator
    from translate.terminal.translations import score_lines, score_record

    translator = Translator.load(model, "numpy")
    asked = [("source", source, translator.source)] + [("translation", t, translator.target) for t in targets]
    lines, troubles = [], 0
    for name, given, tokenizer in asked:
        line, problems = known_line(tokenizer, given)
        if not line:
            raise UsageError(f"The {name} is empty; give a sentence.")
        lines.append(line)
        troubles += problems
    source, *targets = lines
    scored = list(zip(targets, translator.score(source, targets), strict=True))
    if json_:
        rows = [score_record(target, translation) for target, translation in scored]
        document = {"source": source, "model": translator.checkpoint.hash, "translations": rows}
        print(json.dumps(document, ensure_ascii=False))
    else:
        for target, translation in scored:
            print(*score_lines(target, translation), sep="\n")
    if strict and troubles:
        raise typer.Exit(1)
