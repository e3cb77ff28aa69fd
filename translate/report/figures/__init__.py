"""The figures of the report, a file for each question; here their order."""

from dataclasses import replace

from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.figures import (
    ablation,
    against,
    clamps,
    contained,
    erasure,
    forgotten,
    generalisation,
    gradients,
    held,
    information,
    ledger,
    paths,
    stored,
    subspaces,
    translates,
    twin,
    used,
    valves,
    verdicts,
    where,
)

QUESTIONS = (
    ("Does it translate?", (translates.accuracy,)),
    ("Is the gender stored?", (stored.controls, information.selectivity, information.information, stored.time_course)),
    ("Where is it?", (where.units, where.pair)),
    ("How long is it held?", (held.held, generalisation.generalisation, gradients.gradients)),
    ("At which word is it written, and at which erased?", (ledger.written, ledger.erased, valves.gates)),
    ("Is it used?", (used.effects, subspaces.subspaces, ablation.ablation, erasure.erasure, paths.paths)),
    ("Is it contained in its clause?", (contained.contained,)),
    ("How is it forgotten?", (verdicts.verdicts, forgotten.first_noun, clamps.clamps)),
    ("Against which controls?", (against.against, twin.twin)),
)
"""Each question with the functions that make its figures of a `Results`, or None where nothing was measured."""


def figures(results: Results) -> dict[str, list[Figure]]:
    """The figures that there is something to draw for, by the question that they answer, in the report's order."""
    found = {question: [make(results) for make in makers] for question, makers in QUESTIONS}
    names = {figure.name for made in found.values() for figure in made if figure is not None}
    kept = {
        question: [
            figure if figure.control in names else replace(figure, control="") for figure in made if figure is not None
        ]
        for question, made in found.items()
    }
    return {question: made for question, made in kept.items() if made}
