"""The report as files: the page, `results.json` with its schema, and each figure as PNG, SVG and JSON."""

from importlib.resources import files
from pathlib import Path

from translate.files import write_atomic
from translate.lab.verdicts.results import Results
from translate.report import style
from translate.report.figures import figures
from translate.report.latex import latex_tables
from translate.report.page import page

SCHEMA = "results.schema.json"


def write_report(results: Results, out: Path, latex: bool = False, explorer: str | None = None) -> Path:
    """Write everything into the folder `out`, each file in one step; returns the path of `report.html`.

    latex: also `tables.tex`, the claims and each figure's table for a paper. explorer: where the explorer's page lies,
    seen from the report; each figure then links to one of its cases there. The same results give the same bytes.
    """
    found, pictures = figures(results), {}
    for question, made in found.items():
        for figure in made:
            drawn = figure.draw()
            picture = style.svg(drawn, figure.title(results), f"{figure.how} {figure.counts}")
            write_atomic(out / "figures" / f"{figure.name}.svg", picture)
            write_atomic(out / "figures" / f"{figure.name}.png", style.png(drawn))
            write_atomic(out / "figures" / f"{figure.name}.json", figure.to_json(results, question))
            pictures[figure.name] = style.inline(picture, figure.name)
    write_atomic(out / "results.json", results.to_json())
    write_atomic(out / SCHEMA, files("translate.report").joinpath(SCHEMA).read_bytes())
    if latex:
        write_atomic(out / "tables.tex", latex_tables(results, found))
    write_atomic(out / "report.html", page(results, found, pictures, explorer))
    return out / "report.html"
