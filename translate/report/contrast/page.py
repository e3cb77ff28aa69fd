"""The report of a contrast as files: `report.html`, `contrast.json`, and each figure as PNG, SVG and JSON."""

from pathlib import Path

from translate.files import write_atomic
from translate.lab.verdicts.contrast_findings import ContrastFindings, left_out
from translate.processes import for_each
from translate.records import to_json
from translate.report.contrast.figures import figures
from translate.report.figure import Figure
from translate.report.page import Section
from translate.report.picture.files import write_figure
from translate.report.rendering import render

_CHANGES, _DROPPED = 12, 12  # so many are listed


def write_contrast(found: ContrastFindings, out: Path, jobs: int = 1) -> Path:
    """Write everything into the folder `out`, each file in one step; returns the path of `report.html`.

    jobs: how many figures are drawn at a time. The same findings give the same bytes.
    """
    drawn = figures(found)
    listed = [(question, figure) for question, answers in drawn.items() for figure in answers]

    def written(asked: tuple[str, Figure]) -> str:
        question, figure = asked
        title, description = figure.title(found), f"{figure.text.how} {figure.text.counts}"
        return write_figure(out, figure.name, figure.draw(), title, description, figure.to_json(found, question))

    inline = for_each(written, listed, jobs)
    pictures = {figure.name: picture for (_, figure), picture in zip(listed, inline, strict=True)}
    write_atomic(out / "contrast.json", to_json(found))
    write_atomic(out / "report.html", page(found, drawn, pictures))
    return out / "report.html"


def page(found: ContrastFindings, drawn: dict[str, list[Figure]], pictures: dict[str, str]) -> str:
    """The HTML: one file without a script. pictures: each figure's SVG by name, ready to stand in a page."""
    asked = [Section(f"section-{number}", title, answers) for number, (title, answers) in enumerate(drawn.items(), 1)]
    shown = [figure for answers in drawn.values() for figure in answers]
    sections = [
        *asked[:1],
        Section("claims", "What is claimed, and what held"),
        *asked[1:],
        Section("methods", "How it was asked, and of what"),
    ]
    return render(
        "contrast.html",
        results=found,
        about=found.about,
        sections=sections,
        number={figure.name: number for number, figure in enumerate(shown, 1)},
        pictures=pictures,
        figure_of={name: figure.name for figure in reversed(shown) for name in figure.text.claims},
        refutable={claim.name for claim in found.claims},
        unclaimed=[figure for figure in shown if not figure.shown(found)],
        left_out=left_out(found),
        changes=found.changed[:_CHANGES],
        dropped=found.dropped[:_DROPPED],
        cited={},
        states={},
        explorer=None,
    )
