"""`translate text`: sentences in, translations out, a line for a line."""

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

_BATCH = 512  # lines read ahead from a file; a pipe is answered line by line


def text(
    sentences: Annotated[
        list[str] | None, typer.Argument(help="Sentences; without any, lines of standard input.")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
    beam: Annotated[int, typer.Option(min=1, max=100, help="Beam width; 1 is greedy.")] = 1,
    n_best: Annotated[int, typer.Option(min=1, max=100, help="Print so many translations, with rank and score.")] = 1,
    length_penalty: Annotated[float, typer.Option(help="α of the beam's length penalty; higher favours long.")] = 1.0,
    sample: Annotated[bool, typer.Option("--sample", help="Draw the words at random.")] = False,
    temperature: Annotated[float, typer.Option(help="Of --sample: below 1 cautious, above 1 wild.")] = 1.0,
    seed: Annotated[int, typer.Option(min=0, help="Of --sample.")] = 0,
    prefix: Annotated[str, typer.Option(help="Czech words that the translation must begin with.")] = "",
    scores: Annotated[bool, typer.Option("--scores", help="Print the score before each translation.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if a word was unknown or a line was damaged.")
    ] = False,
    device: Annotated[str, typer.Option(help="numpy, cpu, cuda, mps or auto.")] = "auto",
    json_: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Translate sentences: one line out for each line in, blank for blank."""
    from translate.lines import checked
    from translate.model.translator import Translator
    from translate.terminal.console import remark

    translator = Translator.load(model, device)
    sys.stdout.reconfigure(errors="replace")
    options = dict(beam=beam, n_best=n_best, length_penalty=length_penalty, seed=seed, prefix=prefix)
    options["temperature"] = temperature if sample else None
    troubles = 0
    number = 0
    for batch in _batches(sentences):
        lines = []
        for raw in batch:
            number += 1
            line, problems = checked(translator.source, raw)
            for problem in problems:
                remark(f"line {number}: {problem}" if sentences is None or len(sentences) > 1 else problem)
            troubles += len(problems)
            lines.append(line)
        found = iter(translator.translate([line for line in lines if line], **options) if any(lines) else ())
        for line in lines:
            translations = next(found) if line else []
            for output in _printed(line, translations, translator, scores or n_best > 1, json_):
                print(output)
        sys.stdout.flush()
    if strict and troubles:
        raise typer.Exit(1)


def _batches(sentences: list[str] | None) -> Iterator[list[bytes]]:
    """The lines to translate as bytes: all arguments at once, a file by the hundred, a pipe one by one."""
    if sentences:
        yield [os.fsencode(sentence) for sentence in sentences]
        return
    stream: Iterable[bytes] = sys.stdin.buffer
    size = _BATCH if stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode) else 1
    batch: list[bytes] = []
    for line in stream:
        batch.append(line.rstrip(b"\r\n"))
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def _printed(line: str, translations, translator, scored: bool, as_json: bool) -> Iterator[str]:
    from translate.terminal.console import rounded

    if as_json:
        first = translations[0] if translations else None
        yield json.dumps(
            {
                "source": line,
                "translation": first.text if first else "",
                "unknown": translator.source.unknown(line),
                "translations": [
                    {
                        "text": t.text,
                        "score": t.score,
                        "tokens": t.tokens,
                        "log_probs": t.log_probs,
                        "finished": t.finished,
                    }
                    for t in translations
                ],
            },
            ensure_ascii=False,
        )
    elif not translations:
        yield ""
    elif len(translations) > 1:
        for rank, translation in enumerate(translations, start=1):
            yield f"{rank}\t{rounded(translation.score):.4f}\t{translation.text}"
    else:
        yield f"{rounded(translations[0].score):.4f}\t{translations[0].text}" if scored else translations[0].text
