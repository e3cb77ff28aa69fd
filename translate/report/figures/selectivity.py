"""Does the probe read a gender, or the nouns? The same probe for labels that were given to the nouns by lot."""

from collections.abc import Sequence

from translate.lab.experiments.reading.selectivity import Selectivity
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import site_name
from translate.report.picture.marks import CONTROL, FINDING, OTHER, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import estimates

KEY = {"gender": FINDING.at(-0.16), "label by lot": CONTROL, "gender of unseen nouns": OTHER.at(0.16)}


def selectivity(results: Results) -> Figure | None:
    """The probe against the same probe for labels that were given to the nouns by lot."""
    sites = results.selectivity
    if not sites:
        return None
    shares = [
        (f"{site_name(result.site)}: {name}", share)
        for result in sites
        for name, share in (
            ("gender", result.task),
            ("label by lot", result.control),
            ("selectivity", result.selectivity),
            ("gender, unseen nouns", result.unseen),
        )
    ]
    return make(
        "selectivity",
        sites,
        estimates("read rightly", shares),
        _draw,
        first=sites[0],
        is_better="is read better than" if sites[0].selectivity.low > 0 else "is read no better than",
    )


def _draw(sites: Sequence[Selectivity]) -> Drawn:
    rows = [
        (
            site_name(result.site).replace(", ", ",\n"),
            list(zip((result.task, result.control, result.unseen), KEY.values(), strict=True)),
        )
        for result in sites
    ]
    panel = Panel("", rows, level=0.5, low=min(0.45, *(result.control.low for result in sites)) - 0.02)
    return panels([panel], 40, 110, KEY, label="words read rightly")
