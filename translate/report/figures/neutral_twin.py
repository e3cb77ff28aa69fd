"""What does a model show that never had to agree? The neutral twin beside the model."""

from collections.abc import Sequence

from translate.lab.experiments.intervening.neutral_twin import NeutralTwin
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import site_name
from translate.report.picture.marks import CONTROL, FINDING, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import ESTIMATE, Table, cells
from translate.terms import SIDES

KEY = {"the model": FINDING.at(-0.14), "its neutral twin": CONTROL.at(0.14)}
Row = tuple[str, Estimate, Estimate]
"""What was asked, the model's answer, and the twin's."""


def neutral_twin(results: Results) -> Figure | None:
    """Probes, selectivity and whole-state exchanges of both."""
    twin = results.twin
    if twin is None:
        return None
    rows = _rows(results, twin)
    memory, model, neutral = rows[0]
    return make(
        "twin",
        {"twin": twin, "rows": [{"what": what, "model": ours, "twin": its} for what, ours, its in rows]},
        Table(
            ("what", "model", *ESTIMATE[1:], "twin", *ESTIMATE[1:]),
            [[what, *cells(ours), *cells(its)] for what, ours, its in rows],
        ),
        lambda _: _draw(rows),
        result=twin,
        memory=memory,
        model=model,
        twin=neutral,
    )


def _rows(results: Results, twin: NeutralTwin) -> list[Row]:
    rows = [
        (f"{site_name(reading.site)}: probe, unseen nouns", reading.probe, twin.probes[reading.site])
        for reading in results.readings
        if reading.site in twin.probes
    ]
    selective = {result.site: result.selectivity for result in twin.selectivity}
    rows += [
        (f"{site_name(result.site)}: selectivity", result.selectivity, selective[result.site])
        for result in results.selectivity
        if result.site in selective
    ]
    for side, effects in (("dec", results.effects), ("enc", results.encoder_effects)):
        if effects and side in twin.effects:
            ours, its, what = effects[0], twin.effects[side], f"{SIDES[side]}: state exchanged"
            rows += [
                (f"{what}, words that turn", ours.flipped, its.flipped),
                (f"{what}, rest unchanged", ours.rest, its.rest),
            ]
    return rows


def _draw(rows: Sequence[Row]) -> Drawn:
    marked = [
        (
            what.replace(": ", ":\n", 1).replace("cell state ", "").replace("hidden state ", ""),
            list(zip((ours, its), KEY.values(), strict=True)),
        )
        for what, ours, its in rows
    ]
    return panels([Panel("", marked, level=0.5)], 34, 80, KEY)
