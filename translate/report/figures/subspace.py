"""Is a direction enough? Exchanges inside small subspaces of the memory."""

from collections.abc import Sequence

from translate.lab.experiments.intervening.subspace import Subspaces
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import capital, counted, site_name
from translate.report.picture.marks import CONTROL, FINDING, Panel, Rows, panels
from translate.report.picture.style import Drawn
from translate.report.tables import ESTIMATE, Table, cells

ENOUGH = 0.95
KEY = {"should turn them": FINDING, "control, should not": CONTROL}
Row = tuple[str, Estimate, bool]
"""What was exchanged, how much turned, and whether it is a control."""


def subspace(results: Results) -> Figure | None:
    """What exchanging trained subspaces turns on nouns that they were not trained on, against their nulls."""
    sites = [result for result in results.subspaces if result.bases]
    if not sites:
        return None
    first = sites[0]
    enough = [result for result in first.bases if result.iia.value >= ENOUGH]
    best = enough[0] if enough else max(first.bases, key=lambda basis: basis.iia.value)
    body = [
        [f"{site_name(result.site)}: {name}", *cells(share), "control" if is_control else "finding"]
        for result in sites
        for name, share, is_control in (*_free(result), *_forced(result))
    ]
    return make(
        "subspaces",
        sites,
        Table(("exchanged", *ESTIMATE, "role"), body),
        _draw,
        directions="one direction" if best.rank == 1 else f"{best.rank} directions",
        only="" if enough else "only ",
        share=best.iia.percent(),
        first=first,
        best=best,
    )


def _free(result: Subspaces) -> list[Row]:
    """All exchanges on free-running output."""
    ranks = [(counted("", basis.rank, "direction"), basis) for basis in result.bases]
    return [
        ("whole site", result.whole.iia, False),
        *((f"trained, {rank}", basis.iia, False) for rank, basis in ranks),
        ("the probe's direction", result.readout.iia, False),
        ("difference of means", result.difference_of_means.iia, False),
        *((f"random, {rank}", basis.random, True) for rank, basis in ranks),
        *((f"dormant part, {rank}", basis.dormant, True) for rank, basis in ranks),
    ]


def _forced(result: Subspaces) -> list[Row]:
    """The first agreeing word under teacher forcing."""
    basis = result.bases[0]
    return [
        (f"trained, {counted('', basis.rank, 'direction')}", basis.forced, False),
        ("untrained network", result.untrained, True),
        ("untrained, whole site", result.untrained_whole, True),
    ]


def _draw(sites: Sequence[Subspaces]) -> Drawn:
    shown = [Panel(capital(site_name(result.site)), _marked(_free(result))) for result in sites]
    shown.append(Panel("First agreeing word, teacher forcing", _marked(_forced(sites[0]))))
    return panels(shown, 20, 60, KEY, label="agreeing words that take the other gender")


def _marked(rows: Sequence[Row]) -> Rows:
    return [(name, [(share, CONTROL if is_control else FINDING)]) for name, share, is_control in rows]
