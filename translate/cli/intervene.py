"""`translate intervene`: change what a network holds while it translates, and see what becomes of the sentence."""

import json
from typing import Annotated

import typer

from translate.cli.shared import JsonObject, ModelFolder, one_thread, sentence_of

OUT_OF_DISTRIBUTION = (
    "note: a value set by hand may be one that the network never has by itself (out of distribution); "
    'a transplant, --set from:"OTHER SENTENCE", puts in one that it does have.'
)


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
    model: ModelFolder = None,
    beam: Annotated[int, typer.Option(min=1, max=100, help="Beam width; 1 is greedy.")] = 1,
    random: Annotated[int, typer.Option(min=0, max=1000, help="How often other units are drawn to compare with.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Of --random.")] = 0,
    json_: JsonObject = False,
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
    one_thread()

    from translate.lab.demonstrations.intervention import intervene as run
    from translate.model.translator import Translator
    from translate.terminal.console import remark
    from translate.terminal.intervention_view import as_json, show
    from translate.terminal.screen import Screen

    translator = Translator.load(model, "numpy")
    line = sentence_of(translator, sentence, "to translate; write one in quotes.")
    intervention = run(translator, line, site, units, at, set_to, beam=beam, draws=random, seed=seed)
    if not intervention.natural:
        remark(OUT_OF_DISTRIBUTION)
    if json_:
        print(json.dumps(as_json(intervention, translator), ensure_ascii=False))
    else:
        show(intervention, Screen())
