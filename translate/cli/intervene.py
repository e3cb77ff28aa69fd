"""`translate intervene`: change what a network holds while it translates, and see what becomes of the sentence."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer


def intervene(
    sentence: Annotated[str, typer.Argument(help="An English sentence.")],
    set_to: Annotated[
        str, typer.Option("--set", help='What to put there: a number, zero, mean, or from:"OTHER SENTENCE".')
    ],
    site: Annotated[
        str | None,
        typer.Option(help="Where: enc. (reading) or dec. (writing), layer, and f i o g c h; default: dec.l0.c."),
    ] = None,
    units: Annotated[
        str, typer.Option(help="Which: all, 3,17 or 4-9, or top:5, those that tell the gender best.")
    ] = "all",
    at: Annotated[str, typer.Option(help="When: a word, a step, steps as 2-5, or all.")] = "all",
    model: Annotated[Path | None, typer.Option(help="Model folder (default: the lesson's model).")] = None,
    beam: Annotated[int, typer.Option(min=1, max=100, help="Beam width; 1 is greedy.")] = 1,
    random: Annotated[int, typer.Option(min=0, max=1000, help="How often other units are drawn to compare with.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Of --random.")] = 0,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Change what a network holds while it translates, and see what becomes of the sentence.

    A word given to --at stands for the step that has just READ it. In the decoder that is the step that WRITES the
    next word: step t has read word t-1 and writes word t, step 0 has read the start. So a change at "holka" can reach
    every word after holka, not holka itself. An English noun stands for its Czech one there.

    mean is the site's mean over 300 sentences of the lesson; from: takes what the other sentence's own run holds at
    the same step (a transplant). The edited run then goes on freely.

    \b
    translate intervene "I am a girl who likes to learn." --at girl --set from:"I am a boy who likes to learn."
    translate intervene "I am a girl who likes to learn." --site dec.l0.f --at girl --set 0 --units top:5
    """
    from threadpoolctl import threadpool_limits

    from translate.chat.session import Console
    from translate.errors import UsageError
    from translate.lab.demonstrations.intervention import intervene as run
    from translate.lines import checked
    from translate.model.translator import Translator
    from translate.terminal.console import remark
    from translate.terminal.intervention_view import as_json, show

    translator = Translator.load(model, "numpy")
    line, problems = checked(translator.source, os.fsencode(sentence))
    for problem in problems:
        remark(problem)
    if not line:
        raise UsageError("There is no sentence to translate; write one in quotes.")
    with threadpool_limits(1):  # for so small products more threads would only wait for each other
        found = run(translator, line, site, units, at, set_to, beam=beam, draws=random, seed=seed)
    if not found.natural:
        remark(
            "note: a value set by hand may be one that the network never has by itself (out of distribution); "
            'a transplant, --set from:"OTHER SENTENCE", puts in one that it does have.'
        )
    if json_:
        print(json.dumps(as_json(found, translator), ensure_ascii=False))
        return
    sys.stdout.reconfigure(errors="replace")
    show(found, Console(highlight=False, markup=False, emoji=False))
