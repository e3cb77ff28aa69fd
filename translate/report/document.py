"""The report as files: `report.html`, `results.json` and each figure as PNG and SVG."""

from pathlib import Path

from translate.files import write_atomic
from translate.lab.results import Results
from translate.report import figures, style, tables
from translate.report.captions import MARKS, captions, failed_first, interval


def write_report(results: Results, out: Path) -> Path:
    """Write everything into the folder `out`, each file in one step; returns the path of `report.html`.

    The same results give the same bytes.
    """
    shown = {}
    for name, caption in captions(results).items():
        title = title_of(results, caption)
        made = figures.ALL[name](results)
        picture = style.svg(made, title, f"{caption.how} {caption.counts}")
        write_atomic(out / "figures" / f"{name}.svg", picture)
        write_atomic(out / "figures" / f"{name}.png", style.png(made))
        shown[name] = (caption, title, picture)
    write_atomic(out / "results.json", results.to_json())
    write_atomic(out / "report.html", page(results, shown))
    return out / "report.html"


def title_of(results: Results, caption) -> str:
    """The claim that a figure is about, or its own title."""
    if not caption.claims:
        return caption.title
    return " ".join(claim.statement for claim in results.claims if claim.id in caption.claims)


def page(results: Results, shown: dict) -> str:
    """The HTML: `shown` holds caption, title and SVG by the figure's name."""
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("translate.report", "templates"),
        autoescape=select_autoescape(["html"]), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["interval"] = interval
    cards = [
        {
            "name": name,
            "caption": caption,
            "title": title,
            "claims": [claim for claim in results.claims if claim.id in caption.claims],
            "svg": style.inline(picture, name),
            "table": tables.ALL[name](results),
        }
        for name, (caption, title, picture) in shown.items()
    ]
    return environment.get_template("report.html").render(
        results=results, about=results.about, cards=cards, marks=MARKS, verdicts=failed_first(results.claims)
    )
