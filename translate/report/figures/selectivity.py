"""Does the probe read a gender, or the nouns? The same probe for labels that were given to the nouns by lot."""

from collections.abc import Sequence

from translate.lab.experiments.reading.selectivity import Selectivity
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.picture.marks import CONTROL, FINDING, OTHER, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import estimates
from translate.report.words import site_name

KEY = {"gender": FINDING.at(-0.16), "label by lot": CONTROL, "gender of unseen nouns": OTHER.at(0.16)}


def selectivity(results: Results) -> Figure | None:
    """The probe against the same probe for labels that were given to the nouns by lot."""
    sites = results.selectivity
    if not sites:
        return None
    shares = [
        (f"{site_name(one.site)}: {name}", share)
        for one in sites
        for name, share in (
            ("gender", one.task),
            ("label by lot", one.control),
            ("selectivity", one.selectivity),
            ("gender, unseen nouns", one.unseen),
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
            site_name(one.site).replace(", ", ",\n"),
            list(zip((one.task, one.control, one.unseen), KEY.values(), strict=True)),
        )
        for one in sites
    ]
    panel = Panel("", rows, level=0.5, low=min(0.45, *(one.control.low for one in sites)) - 0.02)
    return panels([panel], 40, 110, KEY, label="words read rightly")
