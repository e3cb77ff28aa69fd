"""All of a study in one frozen object: what is drawn and what is saved."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from translate import __version__
from translate.errors import TranslateError
from translate.lab.sentences.material import load_material
from translate.model.config import CELLS
from translate.records import plain
from translate.study.aggregate import Group, group
from translate.study.matched_seeds import match_seeds
from translate.study.plan import Request, corpora_of
from translate.study.replica import replicas_in

FORMAT = "translate-study 1"


@dataclass(frozen=True)
class StudyResults:
    """What a study found, a group for each kind of replica. failed: why, by the name of the replica."""

    command: str
    version: str
    corpus: str
    groups: list[Group]
    failed: dict[str, str]

    def to_json(self) -> str:
        """As JSON, in the manner of `results.json`: six significant digits, null for what is not known."""
        found = plain(self)
        for shown, made in zip(found["groups"], self.groups, strict=True):
            shown["name"] = made.kind.name
        return json.dumps({"format": FORMAT} | found, ensure_ascii=False, indent=1) + "\n"


def collect(
    request: Request, failed: Mapping[str, str], command: str = "", tell: Callable[[str], None] = lambda stage: None
) -> StudyResults:
    """Everything that is finished in the folder of a study, also what an earlier request made there.

    The LSTM comes first and the neutral twins last. The models of a kind are matched unit by unit. Raises `TranslateError` where nothing is finished.
    """
    finished = [replica for replica in replicas_in(request.out.absolute()) if replica.is_probed]
    if not finished:
        why = next(iter(failed.values()), "no replica was asked for")
        raise TranslateError(f"No replica of the study in {request.out} is finished: {why}")
    groups, folders = [], corpora_of(request)
    origin = load_material(folders[False], request.quick).origin
    for kind, found in groupby(finished, key=lambda replica: replica.kind):
        replicas = list(found)
        if len(replicas) > 1:
            tell(f"matching the units of {len(replicas)} models {kind.name}")
        pairs = load_material(folders[kind.neutral], request.quick).pairs("switch")
        units = match_seeds({replica.seed: replica.model for replica in replicas}, pairs)
        groups.append(group(kind, replicas, units))
    groups.sort(key=lambda made: (made.kind.neutral, CELLS.index(made.kind.cell), made.kind.hidden))
    return StudyResults(command, __version__, origin, groups, dict(failed))
