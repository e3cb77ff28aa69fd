"""The reports of several seeds as one: whatever claims they make are counted and averaged."""

import json
from dataclasses import replace
from itertools import groupby

import pytest

from tests.study.replicas import KIND, finished
from translate.files import write_atomic
from translate.lab.experiments.reading.accuracy import Accuracy
from translate.lab.experiments.reading.gradients import Gradients
from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.rules import Verdict
from translate.resources import models
from translate.study.aggregate import group
from translate.study.replica import replicas_in


def number(value: float) -> Estimate:
    return Estimate(value, value - 0.02, value + 0.01, 200, "words", "")


def claim(name: str, verdict: str, value: float, side: str = "decoder") -> Claim:
    return Claim(name, f"{name} {value}", verdict, "the bar", number(value), {}, "nothing", side)


def test_claims_are_counted_and_averaged_by_id_and_side(tmp_path):
    seeds = [
        (claim("stored", "holds", 0.99), claim("stored", "undecided", 0.9, "encoder")),
        (claim("stored", "holds", 0.97), claim("stored", "does not hold", 0.5, "encoder")),
        (claim("stored", "holds", 0.98), claim("new", "holds", 0.8, "model")),
    ]
    across = group(KIND, [finished(tmp_path, seed, claims=claims) for seed, claims in enumerate(seeds, 1)]).claims
    assert [each.name for each in across] == ["stored, decoder", "stored, encoder", "new"]
    decoder, encoder, _ = across
    assert decoder.verdicts == {"holds": 3} and (decoder.holds.value, decoder.holds.n) == (1, 3)
    assert decoder.holds.low < 0.5  # three seeds are three cases, not 600 words
    assert decoder.estimate.value == pytest.approx(0.98) and decoder.estimate.n == 3
    assert decoder.estimate.low < 0.96 and decoder.estimate.high <= 1
    assert encoder.verdicts == {"undecided": 1, "does not hold": 1} and encoder.holds.value == 0
    assert [each.seed for each in encoder.by_seed] == [1, 2] and encoder.by_seed[1].statement == "stored 0.5"


def test_accuracy_is_averaged_over_the_seeds_that_have_it(tmp_path):
    def accuracy(value: float) -> Accuracy:
        suites, distances = {"test-longer": number(value - 0.1)}, {"1": number(value)}
        return Accuracy(number(value), Estimate(0, 0, 0, 0, "sentences", ""), suites, {}, distances, {}, longest=7)

    seeds = [finished(tmp_path, seed, accuracy=accuracy(value)) for seed, value in ((1, 0.9), (2, 0.8))]
    kind = group(KIND, [*seeds, finished(tmp_path, 3, accuracy=replace(accuracy(0.5), by_distance={}))])
    assert {name: round(estimate.value, 6) for name, estimate in kind.accuracy.items()} == {
        "agreement": round(2.2 / 3, 6),
        "test-longer": round(1.9 / 3, 6),
    }
    assert kind.by_distance["1"].n == 2 and kind.longest == 7 and list(kind.models) == [1, 2, 3]


def test_fates_are_counted_and_courses_averaged_place_by_place(tmp_path):
    def course(*values: float) -> Course:
        return Course([1, 2][: len(values)], list(values), list(values), list(values), [9, 9][: len(values)])

    def gradients(direct: Course) -> tuple[Gradients, ...]:
        return (Gradients("dec.l0.c", direct, course(), course(), course(), 1, 1),)

    def fates(verdict: str) -> tuple[Verdict, ...]:
        return (Verdict("decoder", "first gender", verdict, "a rule", {}, ""),)

    seeds = [
        finished(tmp_path, 1, verdicts=fates("erased"), gradients=gradients(course(0.5, 0.1))),
        finished(tmp_path, 2, verdicts=fates("overwritten"), gradients=gradients(course(0.7))),
        finished(tmp_path, 3, verdicts=(), gradients=()),
    ]
    kind = group(KIND, seeds)
    assert kind.fates == {"decoder, first gender": {"erased": 1, "overwritten": 1}}
    (direct,) = kind.gradients
    assert (direct.site, direct.what, direct.name) == ("dec.l0.c", "direct", "dec.l0.c, direct")
    assert direct.at == [1, 2] and [each.value for each in direct.estimates] == pytest.approx([0.6, 0.1])
    assert direct.estimates[1].n == 1


@pytest.mark.parametrize("fate, erases", [("erased", 1), ("overwritten", 0)])
def test_the_story_is_true_where_the_ledger_and_the_clamps_both_say_so(fate, erases, tmp_path):
    claims = (claim("erased", "holds", 0.9), claim("written", "holds", 0.8))
    verdict = Verdict("decoder", "first gender", fate, "a rule", {}, "")
    story = group(KIND, [finished(tmp_path, 1, claims=claims, verdicts=(verdict,))]).story
    assert [share.value for share in story.values()] == [erases, 1, erases] and list(story)[2] == "both"
    twin = finished(tmp_path, 2, claims=claims, verdicts=(verdict,))
    assert group(replace(KIND, twin="neutral"), [twin]).story == {}
    assert group(replace(KIND, twin="return"), [twin]).story  # the same question, where the answer must be another


def test_the_study_that_ships_is_what_its_reports_say(tmp_path):
    for report in models("lesson-study").glob("*-*.json"):
        write_atomic(tmp_path / report.stem / "report/results.json", report.read_bytes())
    kinds = groupby(replicas_in(tmp_path), key=lambda replica: replica.kind)
    across = {kind.name: group(kind, list(replicas)) for kind, replicas in kinds}
    shipped = json.loads((models("lesson-study") / "study.json").read_bytes())["groups"]
    assert {each["name"] for each in shipped} == set(across)
    for stored in shipped:
        kind = across[stored["name"]]
        assert [claim.verdicts for claim in kind.claims] == [claim["verdicts"] for claim in stored["claims"]]
        numbers = {name: estimate.value for name, estimate in kind.numbers.items()}
        assert numbers == pytest.approx({name: each["value"] for name, each in stored["numbers"].items()}, rel=1e-5)
