"""The figures of a contrast's report, in the order of its questions; all speak of the contrast's own two sides."""

from collections.abc import Callable

from translate.lab.verdicts.contrast_findings import ContrastFindings
from translate.report.contrast.intervening import causes, contained, used, ways
from translate.report.contrast.reading import first, held, second, told, units, when
from translate.report.figure import Figure

Maker = Callable[[ContrastFindings], Figure | None]

QUESTIONS: dict[str, tuple[Maker, ...]] = {
    "When does the memory say it, word by word?": (when,),
    "Is it stored?": (told, units),
    "Is it held?": (held,),
    "By which way does it come to the words?": (ways,),
    "Is the memory used, and which part of it?": (used,),
    "Does the exchange leave everything else alone?": (contained,),
    "Where, and when, does a change change the words?": (causes,),
    "What becomes of the first contrast when the second comes?": (second, first),
}
"""Each question with the functions that make its figures, or None where nothing was measured."""


def figures(found: ContrastFindings) -> dict[str, list[Figure]]:
    """The figures that there is something to draw for, by the question that they answer."""
    drawn = {name: [figure for make_it in makers if (figure := make_it(found))] for name, makers in QUESTIONS.items()}
    return {name: answers for name, answers in drawn.items() if answers}
