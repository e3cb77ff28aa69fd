"""Talk on stderr where there is no terminal: not at once, not too often, and how long it still takes."""

import os
import time

import pytest

from translate.cli.train import _remaining
from translate.terminal.console import open_streams, patient_remarks, stage_remarks
from translate.training.log import Report


def test_remarks_come_once_the_wait_is_noticeable_and_then_at_growing_distances(capsys):
    meanwhile, start, spoken = patient_remarks(0.1, 0.3), time.monotonic(), []
    while time.monotonic() - start < 1.0:
        meanwhile("still here")
        if capsys.readouterr().err:
            spoken.append(time.monotonic() - start)
        time.sleep(0.002)
    gaps = [after - before for before, after in zip([0.0, *spoken], spoken, strict=False)]
    assert len(gaps) >= 3 and gaps[0] >= 0.1 and gaps[1] >= 0.15 and gaps[2] >= 0.22


@pytest.mark.parametrize(
    ("step", "seconds", "left"), [(20, 5.0, ""), (120, 105.0, "  about 14 min 40 s left"), (30, 405.0, "  about 10 h")]
)
def test_the_time_that_is_left_is_told_from_the_speed_since_the_first_look(step, seconds, left):
    def look(step: int, seconds: float) -> Report:
        return Report(step, 1000, 1.0, 1.0, seconds, {})

    assert _remaining(look(20, 5.0), look(step, seconds)).startswith(left)


def test_a_stage_is_told_once_it_takes_long_with_what_is_left(capsys):
    stage = stage_remarks(0.1)
    for done in range(0, 1000, 500):
        stage("quick", done, 1000)
    assert capsys.readouterr().err == ""
    stage("fitting", 0, 0)
    assert capsys.readouterr().err == "fitting …\n"
    for done in (0, 10, 20):
        stage("slow", done, 1000)
        time.sleep(0.11)
    err = capsys.readouterr().err
    assert err.startswith("slow: 10 of 1,000, about 1") and err.endswith(" s left\n")


@pytest.mark.parametrize(
    ("given", "kept"), [("1", "20"), ("19", "20"), ("20", "20"), ("80", "80"), ("0", None), ("x", None)]
)
def test_a_screen_too_narrow_for_anything_is_taken_for_the_narrowest(monkeypatch, given, kept):
    monkeypatch.setenv("COLUMNS", given)
    open_streams()
    assert os.environ.get("COLUMNS") == kept
