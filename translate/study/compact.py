"""What of a replica is kept beside the models that ship: its model, and its report without what nobody reads there.

A report is a third of a megabyte, most of it pictures of single runs, tables of single units and indentation. A study
reads claims, verdicts and estimates; the weights that are kept beside them give the rest again.
"""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np

from translate.files import write_atomic
from translate.lab.experiments.emergence import NAME as EMERGENCE
from translate.lab.experiments.intervening.clamps import Clamps
from translate.lab.experiments.intervening.erasure import Erasure
from translate.lab.experiments.intervening.necessity import Necessity
from translate.lab.verdicts.results import Results
from translate.study.key_numbers import CLAMPED, is_compared
from translate.study.replica import Replica, Stage

UNITS = 10
"""Of the ranked units so many are kept."""
MODEL = ("weights.safetensors", "config.json", "source.model", "target.model", "recipe.toml", "metrics.json")
"""The files that make a model again."""


def keep(replica: Replica, folder: Path, without: str = "") -> None:
    """Write a finished replica to `folder`: NAME.json, its compact report, and NAME, its model folder.

    Where its training was followed, what that found lies in the model folder.

    without: a text that is left out wherever the report has it (where the study was made on this machine).
    """
    text = compact(replica.results())
    write_atomic(folder / f"{replica.name}.json", text.replace(without, "") if without else text)
    (folder / replica.name).mkdir(parents=True, exist_ok=True)
    for name in MODEL:
        if (replica.model / name).is_file():
            shutil.copyfile(replica.model / name, folder / replica.name / name)
    if replica.stage >= Stage.FOLLOWED:
        followed = _on_few_lines(replica.emergence().to_json())
        write_atomic(folder / replica.name / EMERGENCE, followed.replace(without, "") if without else followed)


def compact(report: Results) -> str:
    """A report as JSON, a line for each of its parts, which `Results.from_json` reads.

    Without the map of one pair of sentences, generalisation over places, trained bases, all but the best units, the
    clamps of others than these, and what no study reads: mechanism, ablation, ways, genders apart, and the erasers of
    further places.
    """
    pictures = replace(report.pair, order=[], weight=[], m=[], f=[], difference=[])
    subspaces = tuple(
        replace(site, bases=tuple(replace(each, basis=np.zeros(0)) for each in site.bases)) for site in report.subspaces
    )
    units = replace(report.units, ranked=report.units.ranked[:UNITS])
    smaller = replace(report, pair=pictures, generalisation=(), causal_map=None, subspaces=subspaces, units=units)
    smaller = replace(smaller, closing=None, two_slots=None, ablation=None, paths=None, residuals=())
    smaller = replace(smaller, gates=(), courses=(), information=(), online_code=(), over_splits={}, notes=())
    smaller = replace(smaller, clamps=_clamps(report), erasure=_erasure(report), necessity=_necessity(report))
    return _on_few_lines(smaller.to_json())


def _clamps(report: Results) -> Clamps | None:
    """Those of the units that studies compare."""
    if report.clamps is None:
        return None
    switch, control = (
        tuple(each for each in clamps if each.units == CLAMPED)
        for clamps in (report.clamps.switch, report.clamps.control)
    )
    return replace(report.clamps, switch=switch, control=control, moments=())


def _necessity(report: Results) -> tuple[Necessity, ...]:
    """Without the two genders of each clause, which the claims have taken into account."""
    return tuple(
        replace(each, parts=tuple(replace(part, by_gender={}) for part in each.parts)) for each in report.necessity
    )


def _erasure(report: Results) -> tuple[Erasure, ...]:
    """Of the places those that studies compare."""
    return tuple(
        replace(each, places=tuple(replace(place, by_gender={}) for place in each.places if is_compared(place)))
        for each in report.erasure
    )


def _on_few_lines(text: str) -> str:
    """A JSON object with a line for each of its parts."""
    parts = {
        name: json.dumps(part, ensure_ascii=False, separators=(",", ":")) for name, part in json.loads(text).items()
    }
    return "{" + ",\n".join(f"{json.dumps(name)}:{part}" for name, part in parts.items()) + "}\n"
