"""The figures of the report, a file for each experiment; here their order, by the question that they answer."""

from collections.abc import Callable
from dataclasses import replace

from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.figures.ablation import ablation
from translate.report.figures.accounts import erased, written
from translate.report.figures.accuracy import accuracy
from translate.report.figures.against import against
from translate.report.figures.attention import attention
from translate.report.figures.causal_map import causal_map
from translate.report.figures.clamps import clamps, moments
from translate.report.figures.closing import closing
from translate.report.figures.contained import contained
from translate.report.figures.erasure import erasure
from translate.report.figures.exchange import exchange
from translate.report.figures.first_noun import first_noun
from translate.report.figures.generalisation import generalisation
from translate.report.figures.gradients import gradients
from translate.report.figures.held import held
from translate.report.figures.information import information
from translate.report.figures.necessity import necessity
from translate.report.figures.neutral_twin import neutral_twin
from translate.report.figures.pair import pair
from translate.report.figures.paths import paths
from translate.report.figures.residual import residual
from translate.report.figures.selectivity import selectivity
from translate.report.figures.stored import stored
from translate.report.figures.subspace import subspace
from translate.report.figures.time_course import time_course
from translate.report.figures.two_slots import two_slots
from translate.report.figures.units import units
from translate.report.figures.valves import valves
from translate.report.figures.verdicts import verdicts

Maker = Callable[[Results], Figure | None]

QUESTIONS: dict[str, tuple[Maker, ...]] = {
    "What does the memory say, word by word?": (time_course,),
    "Does it translate?": (accuracy,),
    "Is the gender stored?": (stored, selectivity, information),
    "Where is it?": (units, pair),
    "How long is it held?": (held, generalisation, gradients),
    "At which word is it written, and at which erased?": (written, erased, valves),
    "Is it used?": (necessity, exchange, subspace, ablation, erasure, paths),
    "Where, and when, does a change change the words?": (causal_map,),
    "What does the cell still store when the decoder may look back?": (attention,),
    "Is it contained in its clause?": (contained,),
    "How is it forgotten?": (verdicts, first_noun, residual, clamps, moments, closing, two_slots),
    "Against which controls?": (against, neutral_twin),
}
"""Each question with the functions that make its figures of a `Results`, or None where nothing was measured."""


def figures(results: Results) -> dict[str, list[Figure]]:
    """The figures that there is something to draw for, by the question that they answer, in the report's order."""
    drawn = {
        question: [figure for make in makers if (figure := make(results)) is not None]
        for question, makers in QUESTIONS.items()
    }
    names = {figure.name for answers in drawn.values() for figure in answers}
    return {
        question: [_with_control(figure, names) for figure in answers] for question, answers in drawn.items() if answers
    }


def _with_control(figure: Figure, names: set[str]) -> Figure:
    """The figure without its link to a control that is not drawn."""
    return figure if figure.text.control in names else replace(figure, text=replace(figure.text, control=""))
