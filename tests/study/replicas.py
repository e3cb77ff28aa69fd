"""Finished replicas for the tests of a study: a model of some bytes, and a report of it."""

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from translate.files import write_atomic
from translate.lab.verdicts.results import Results
from translate.resources import models
from translate.study.replica import Kind, Replica

KIND = Kind()


@cache
def _shipped() -> Results:
    return Results.from_json((models("lesson") / "results.json").read_bytes())


def report_of(weights: bytes, **parts: object) -> str:
    """What a report of the model with these weights has as `results.json`: the lesson's, with some parts changed."""
    shipped = _shipped()
    about = replace(shipped.about, model=hashlib.sha256(weights).hexdigest()[:12])
    return replace(shipped, about=about, **parts).to_json()


def finished(folder: Path, seed: int, **parts: object) -> Replica:
    """A finished replica of the kind `KIND` in the study `folder`, some parts of its report changed."""
    replica, weights = Replica(folder, KIND, seed), b"weights %d" % seed
    write_atomic(replica.model / "metrics.json", "{}")
    write_atomic(replica.model / "weights.safetensors", weights)
    write_atomic(replica.report / "results.json", report_of(weights, **parts))
    return replica
