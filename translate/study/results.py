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
from translate.study.plan import Request
from translate.study.replica import TWINS, Stage, replicas_in
from translate.study.unit_matching import match_seeds

FORMAT = "translate-study 2"


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
        record = plain(self)
        for shown, of_kind in zip(record["groups"], self.groups, strict=True):
            shown["name"] = of_kind.kind.name
            shown["gradients"] = [plain(course) | {"what": course.name} for course in of_kind.gradients]
        return json.dumps({"format": FORMAT} | record, ensure_ascii=False, indent=1) + "\n"


def collect(
    request: Request, failed: Mapping[str, str], command: str = "", tell: Callable[[str], None] = lambda stage: None
) -> StudyResults:
    """Everything that is finished in the folder of a study, also what an earlier request made there.

    The LSTM comes first, and of one cell the kind with the most seeds; the twins come last. The models of a kind are
    matched unit by unit.
    Raises `TranslateError` where nothing is finished.
    """
    finished = [replica for replica in replicas_in(request.out.absolute()) if replica.stage >= Stage.PROBED]
    if not finished:
        why = next(iter(failed.values()), "no replica was asked for")
        raise TranslateError(f"No replica of the study in {request.out} is finished: {why}")
    material = {
        twin: load_material(request.corpora[twin], request.quick)
        for twin in dict.fromkeys(("", *(replica.kind.twin for replica in finished)))
    }
    groups = []
    for kind, of_kind in groupby(finished, key=lambda replica: replica.kind):
        replicas = list(of_kind)
        if len(replicas) > 1:
            tell(f"matching the units of {len(replicas)} models {kind.name}")
        pairs = material[kind.twin].pairs("switch")
        groups.append(group(kind, replicas, match_seeds({each.seed: each.model for each in replicas}, pairs)))
    groups.sort(key=_order)
    return StudyResults(command, __version__, material[""].origin, groups, dict(failed))


def _order(of_kind: Group) -> tuple[int, int, int, tuple[int, int, bool]]:
    kind = of_kind.kind
    return TWINS.index(kind.twin), CELLS.index(kind.cell), -len(of_kind.models), kind.shape
