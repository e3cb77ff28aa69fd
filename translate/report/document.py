"""The report as files: the page, `results.json` with its schema, and each figure as PNG, SVG and JSON."""

from importlib.resources import files
from pathlib import Path

from translate.files import write_atomic
from translate.lab.verdicts.results import Results
from translate.processes import for_each
from translate.report.figure import Figure
from translate.report.figures import figures
from translate.report.latex import latex_tables
from translate.report.page import page
from translate.report.picture.files import write_figure

SCHEMA = "results.schema.json"


def write_report(results: Results, out: Path, latex: bool = False, explorer: str | None = None, jobs: int = 1) -> Path:
    """Write everything into the folder `out`, each file in one step; returns the path of `report.html`.

    latex: also `tables.tex`, the claims and each figure's table for a paper. explorer: where the explorer's page lies,
    seen from the report; each figure then links to one of its cases there. jobs: how many are drawn at a time. The same
    results give the same bytes.
    """
    drawn = figures(results)
    listed = [(question, figure) for question, answers in drawn.items() for figure in answers]

    def written(asked: tuple[str, Figure]) -> str:
        question, figure = asked
        title, description = figure.title(results), f"{figure.text.how} {figure.text.counts}"
        record = figure.to_json(results, question)
        return write_figure(out, figure.name, figure.draw(), title, description, record)

    inline = for_each(written, listed, jobs)
    pictures = {figure.name: picture for (_, figure), picture in zip(listed, inline, strict=True)}
    write_atomic(out / "results.json", results.to_json())
    write_atomic(out / SCHEMA, files("translate.report").joinpath(SCHEMA).read_bytes())
    if latex:
        write_atomic(out / "tables.tex", latex_tables(results, drawn))
    write_atomic(out / "report.html", page(results, drawn, pictures, explorer))
    return out / "report.html"
