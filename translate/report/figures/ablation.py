"""Are single units needed? The best ones are silenced over their clause."""

from translate.lab.experiments.intervening.ablation import KINDS, Ablations, Kind, Redundancy
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import counted
from translate.report.picture.marks import CONTROL, FINDING, INK, Mark, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import estimates

WAYS = {"zero": "set to 0", "mean": "set to their mean", "resample": "set to another sentence's"}
KEY = {"best units": FINDING.at(-0.14), "random units": CONTROL.at(0.16)}
PAIR = (Mark(INK, "^", -0.2), Mark(INK, "^"), FINDING.at(0.2))


def ablation(results: Results) -> Figure | None:
    """Agreement with the best units silenced in three ways, against random units; and the best ones in pairs."""
    result = results.ablation
    if not result:
        return None
    most = max(_counts(result))
    return make(
        "ablation",
        result,
        estimates("silenced", _silenced(result) + [row for pair in result.pairs for row in _lost(pair)]),
        _draw,
        result=result,
        most=most,
        best=result.of("resample", most),
        random=result.of("resample", most, random=True),
    )


def _counts(result: Ablations) -> list[int]:
    return sorted({silenced.count for silenced in result.sets if not silenced.is_random})


def _silenced(result: Ablations) -> list[tuple[str, Estimate | None]]:
    rows: list[tuple[str, Estimate | None]] = []
    for silenced in result.sets:
        units = counted("", silenced.count, "random unit" if silenced.is_random else "best unit")
        what = f"{units} {WAYS[silenced.kind]}"
        rows += [
            (f"{what}: agreement", silenced.agreement),
            (f"{what}: other clause turned", silenced.other),
            (f"{what}: rest unchanged", silenced.rest),
        ]
    return rows


def _lost(pair: Redundancy) -> list[tuple[str, Estimate | None]]:
    first, second = pair.units
    names = (f"lost with {first} alone", f"lost with {second} alone", "lost with both", "beyond the sum")
    shares = (*pair.single, pair.both, pair.beyond)
    return [(f"units {first} and {second} set to 0: {name}", share) for name, share in zip(names, shares, strict=True)]


def _draw(result: Ablations) -> Drawn:
    counts, shown = _counts(result), []
    for kind in KINDS:
        if result.of(kind, counts[0]):
            rows = [(counted("", count), _marked(result, kind, count)) for count in counts]
            shown.append(Panel(f"Words that still agree, units {WAYS[kind]}", rows))
    pairs = [
        (f"{first} and {second}", list(zip((*pair.single, pair.both), PAIR, strict=True)))
        for pair in result.pairs
        for first, second in (pair.units,)
    ]
    if pairs:
        shown.append(Panel("Words lost: ▲ each unit alone, ◆ both", pairs))
    return panels(shown, 22, 60, KEY, sharex=False)


def _marked(result: Ablations, kind: Kind, count: int) -> list[tuple[Estimate | None, Mark]]:
    """Agreement with the best units silenced, and with random ones."""
    sets = (result.of(kind, count), result.of(kind, count, random=True))
    return [(silenced.agreement if silenced else None, mark) for silenced, mark in zip(sets, KEY.values(), strict=True)]
