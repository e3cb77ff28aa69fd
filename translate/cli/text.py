"""`translate text`: sentences in, translations out, a line for a line."""

import json
import os
import stat
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli.shared import Device, SpeakingModel, speaker

if TYPE_CHECKING:
    from translate.model.translator import Translation, Translator

_BATCH = 512  # lines read ahead from a file; a pipe is answered line by line

_Strict = Annotated[
    bool, typer.Option("--strict", help="Exit 1 if a word was unknown, a line damaged or a translation doubtful.")
]


def text(
    sentences: Annotated[
        list[str] | None, typer.Argument(help="Sentences; without any, lines of standard input.")
    ] = None,
    model: SpeakingModel = None,
    beam: Annotated[int, typer.Option(min=1, max=100, help="Beam width; 1 is greedy.")] = 1,
    n_best: Annotated[int, typer.Option(min=1, max=100, help="Print so many translations, with rank and score.")] = 1,
    length_penalty: Annotated[float, typer.Option(help="α of the beam's length penalty; higher favours long.")] = 1.0,
    sample: Annotated[bool, typer.Option("--sample", help="Draw the words at random.")] = False,
    temperature: Annotated[float, typer.Option(help="Of --sample: below 1 cautious, above 1 wild.")] = 1.0,
    seed: Annotated[int, typer.Option(min=0, help="Of --sample.")] = 0,
    prefix: Annotated[str, typer.Option(help="Czech words that the translation must begin with.")] = "",
    scores: Annotated[bool, typer.Option("--scores", help="Print the score before each translation.")] = False,
    strict: _Strict = False,
    device: Device = "auto",
    json_: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Translate sentences: one line out for each line in, blank for blank."""
    model = speaker(model)

    from translate.doubt.translations import Review, Reviewer
    from translate.lines import checked
    from translate.model.translator import Translator
    from translate.terminal.console import remark
    from translate.terminal.translations import doubt_lines, text_lines, text_record

    translator = Translator.load(model, device)
    reviewer, marks = Reviewer(translator.checkpoint), sys.stdout.isatty()
    options = {"beam": beam, "n_best": n_best, "length_penalty": length_penalty, "seed": seed, "prefix": prefix}
    options["temperature"] = temperature if sample else None
    troubles = number = 0
    for batch in _batches(sentences):
        asked = [checked(translator.source, raw) for raw in batch]
        translated = _translated(translator, [line for line, _ in asked], options)
        for (line, translations), (_, problems) in zip(translated, asked, strict=True):
            number += 1
            review = reviewer.review(line, translations[0]) if translations else Review()
            if json_:
                record = text_record(line, translations, translator.source.unknown(line), review)
                print(json.dumps(record, ensure_ascii=False))
            else:
                stand_ins = review.stand_ins if marks else ()
                print(*text_lines(translations, scores, n_best > 1, stand_ins), sep="\n")
            for said in (*problems, *doubt_lines(review)):
                remark(f"line {number}: {said}" if sentences is None or len(sentences) > 1 else said)
            troubles += len(problems) + len(review.doubts)
        sys.stdout.flush()
    if strict and troubles:
        raise typer.Exit(1)


def _translated(
    translator: "Translator", lines: list[str], options: dict[str, Any]
) -> "Iterator[tuple[str, list[Translation]]]":
    """Each line with its translations; none of a blank line."""
    full = [line for line in lines if line]
    translated = iter(translator.translate(full, **options) if full else ())
    for line in lines:
        yield line, next(translated) if line else []


def _batches(sentences: list[str] | None) -> Iterator[list[bytes]]:
    """The lines to translate as bytes: all arguments at once, a file by the hundred, a pipe one by one."""
    from translate.lines import argument, lines_of

    if sentences:
        yield [argument(sentence) for sentence in sentences]
        return
    size = _BATCH if stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode) else 1
    batch: list[bytes] = []
    for line in lines_of(sys.stdin.buffer):
        batch.append(line)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
