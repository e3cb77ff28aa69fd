"""What ships of a replica: small, and all that a study asks of it is still there."""

import json

from tests.study.replicas import KIND, finished
from translate.lab.verdicts.results import Results
from translate.resources import models
from translate.study.aggregate import group
from translate.study.compact import compact, keep
from translate.study.key_numbers import key_numbers

MOST = 150_000


def test_a_compact_report_is_small_and_says_the_same():
    report = Results.from_json((models("lesson") / "results.json").read_bytes())
    text = compact(report)
    again = Results.from_json(text)
    assert len(text.encode()) <= MOST
    assert key_numbers(again) == key_numbers(report)
    assert again.claims == report.claims and again.verdicts == report.verdicts and again.accuracy == report.accuracy
    assert compact(again) == text


def test_a_study_of_compact_reports_is_the_study(tmp_path):
    replicas = [finished(tmp_path / "whole", seed) for seed in (1, 2)]
    before = group(KIND, replicas)
    for replica in replicas:
        keep(replica, tmp_path / "kept", "Bootstrap")
        report = (tmp_path / "kept" / f"{replica.name}.json").read_text()
        (replica.report / "results.json").write_text(report)
        assert json.loads(report)["about"]["model"] == replica.results().about.model
        assert (tmp_path / "kept" / replica.name / "weights.safetensors").read_bytes() == b"weights %d" % replica.seed
    assert repr(group(KIND, replicas)) == repr(before)
