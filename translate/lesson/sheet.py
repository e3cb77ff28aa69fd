"""The tour on paper: the questions with room for answers, and the measured answers on pages of their own."""

from collections.abc import Mapping
from typing import Any

from translate.lesson.measured import Measured
from translate.lesson.steps import sentences
from translate.lesson.tour import answers

TRIES = 3
"""For how many sentences of a learner's own the last step has room."""
_LETTERS = "abcdefgh"


def sheet(measured: Measured, command: str) -> str:
    """The sheet as HTML for A4, which needs nothing but itself. command: what made it.

    Measures all steps, which takes some seconds.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("translate.lesson", "."),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    told = answers(measured)
    steps = [{**step, "right": _lettered(step)} for step in told["steps"]]
    checkpoint = measured.translator.checkpoint
    return environment.get_template("sheet.html").render(
        steps=steps,
        letters=_LETTERS,
        tries=range(TRIES),
        marks={True: "✓", False: "✗", None: "?"},
        example=sentences()["girl"],
        translation=measured.translator.texts([sentences()["girl"]])[0],
        name=checkpoint.folder.name,
        model=told["model"],
        shape=checkpoint.config.describe(),
        command=command,
    )


def _lettered(step: Mapping[str, Any]) -> str:
    """The right option with its letter; what is said where there is none."""
    for letter, option in zip(_LETTERS, step["options"], strict=False):
        if option["id"] == step["right"]:
            return f"{letter}  {option['text']}"
    return "not measured for this model"
