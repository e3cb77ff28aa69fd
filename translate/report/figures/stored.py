"""Is the gender stored? Reading it, and what else could be read as well."""

import math

from translate.lab.experiments.reading.stored import Reading
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import EXAMPLES, listed, site_name
from translate.report.picture.marks import FINDING, INK, MUTED, Mark, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import estimates

KEY = {
    "probe on unseen nouns": FINDING.at(-0.28),
    "untrained network": Mark(INK, "o", -0.14),
    "the word's embedding": Mark(MUTED, "^"),
    "shuffled labels": Mark(MUTED, "x", 0.14),
    "always the same": Mark(MUTED, "|", 0.28),
}


def stored(results: Results) -> Figure:
    """The probe against what knows nothing of the gender or was never trained."""
    readings = results.readings
    shares = [
        (f"{site_name(reading.site)}: {name}", share)
        for reading in readings
        for name, share in zip(
            (*KEY, "the same, at agreeing words alone"), (*_shares(reading), reading.agreeing), strict=True
        )
    ]
    shares += [
        (f"{site_name(reading.site)}: {EXAMPLES.get(name, name)}", share)
        for reading in readings
        for name, share in reading.by_construction.items()
    ]
    return make(
        "controls",
        readings,
        estimates("current gender read rightly", shares),
        _draw,
        sites=listed("{0.site:site}: {0.probe:interval}", readings),
        folds=readings[0].folds,
        method=readings[0].probe.method,
    )


def _shares(reading: Reading) -> tuple:
    """The probe and its controls, in the order of the key."""
    return reading.probe, reading.untrained, reading.embedding, reading.shuffled, reading.majority


def _draw(readings: tuple[Reading, ...]) -> Drawn:
    rows = [
        (site_name(reading.site).replace(", ", ",\n"), list(zip(_shares(reading), KEY.values(), strict=True)))
        for reading in readings
    ]
    least = min(share.low for reading in readings for share in _shares(reading))
    panel = Panel("", rows, level=0.5, low=max(0.0, min(0.4, math.floor(10 * least) / 10)))
    return panels([panel], 46, 130, KEY, label="words whose current gender is read rightly")
