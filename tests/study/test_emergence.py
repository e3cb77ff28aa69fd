"""What comes first over seeds: found seed by seed, and sure only where the seeds agree."""

from dataclasses import replace

import pytest

from tests.study.replicas import KIND, finished
from translate.errors import TranslateError
from translate.files import write_atomic
from translate.lab.experiments.at_step import AtStep
from translate.lab.experiments.emergence import Emergence
from translate.lab.statistics.estimate import Estimate
from translate.report.study_page import page
from translate.study.aggregate import group
from translate.study.compact import keep
from translate.study.emergence import THEN, emergence_across
from translate.study.replica import Stage
from translate.study.results import StudyResults

STEPS = (1, 10, 100, 1000, 10_000)


def share(value: float) -> Estimate:
    return Estimate(value, value, value, 50, "words", "")


def training(readable: int, used: int, model: str = "") -> Emergence:
    """A training in which the gender can be read from the step of this number on, and is used from that one on."""

    def at(number: int) -> AtStep:
        read, follows = share(1.0 if number >= readable else 0.5), share(float(number >= used))
        nothing = share(0.0)
        parts = {"decoder": read, "encoder": share(0.98), "direction": replace(read, is_share=False)}
        gates = {"boundary": follows, "inside": nothing, "noun": read, "elsewhere": share(0.5)}
        turned = {"cell": follows, "axis": follows, "complement": nothing}
        return AtStep(STEPS[number], "", **parts, **gates, **turned, agreement={"switch": follows})

    return Emergence(
        model=model,
        folder="model",
        shape="",
        seed=0,
        training_seed="1",
        command="",
        version="",
        corpus="",
        site="dec.l0.c",
        units=[1],
        at=tuple(map(at, range(len(STEPS)))),
    )


def test_the_order_is_that_of_the_seeds_where_they_agree():
    across = emergence_across({1: training(1, 2), 2: training(2, 3), 3: training(1, 2)})
    measures = across.by_name
    assert across.seeds == [1, 2, 3] and across.steps == list(STEPS)
    assert measures["decoder"].half.value == pytest.approx((0.5 + 1.5 + 0.5) / 3) and measures["decoder"].moved == 3
    assert measures["decoder"].half.low < 0.5  # three seeds, one of which differs by a decade
    assert measures["decoder"].sudden.value == pytest.approx(0.8)  # though the mean course takes longer
    assert [each.value for each in measures["decoder"].course] == pytest.approx([0.5, 5 / 6, 1, 1, 1])
    names = [measure.name for measure in across.measures]
    assert names.index("decoder") < names.index("cell") < names.index("encoder") < names.index("inside")
    sure = {lead.first: lead.lead.value for lead in across.leads if lead.is_sure}
    assert sure == {"decoder": pytest.approx(1.0), "noun": pytest.approx(1.0)}  # a decade before the words agree
    assert {lead.then for lead in across.leads} == {THEN} and "direction" not in {lead.first for lead in across.leads}
    assert measures["encoder"].moved == 0 and measures["encoder"].half.n == 0


def test_where_the_seeds_do_not_agree_the_order_is_not_sure():
    across = emergence_across({1: training(1, 2), 2: training(3, 1), 3: training(2, 3)})
    assert not any(lead.is_sure for lead in across.leads)


def test_one_seed_is_sure_of_nothing():
    assert not any(lead.is_sure for lead in emergence_across({1: training(1, 3)}).leads)


def test_trainings_of_other_steps_are_not_averaged():
    shorter = training(1, 2)
    with pytest.raises(TranslateError, match="different steps"):
        emergence_across({1: training(1, 2), 2: replace(shorter, at=shorter.at[:-1])})


def test_a_study_shows_the_trainings_that_were_followed(tmp_path):
    replicas = [finished(tmp_path, seed) for seed in (1, 2, 3)]
    for replica in replicas[:2]:
        assert replica.stage == Stage.PROBED
        found = training(1, 2, replica.results().about.model)
        write_atomic(replica.report / "emergence.json", found.to_json())
        assert replica.stage == Stage.FOLLOWED
    write_atomic(replicas[2].report / "emergence.json", training(1, 2, "another model").to_json())
    assert replicas[2].stage == Stage.PROBED
    kind = group(KIND, replicas)
    assert kind.emergence is not None and kind.emergence.seeds == [1, 2]
    text = page(StudyResults("", "", "", [kind], {}))
    assert "How does it come to be?" in text and "dropped at the clause boundary" in text
    assert "dropped inside the clause (control)" in text and "32 (32–32)" in text  # 10 ** 1.5
    keep(replicas[0], tmp_path / "kept")
    assert Emergence.from_json((tmp_path / "kept/lstm-128-1/emergence.json").read_bytes()).steps == list(STEPS)
