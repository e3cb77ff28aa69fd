"""The log of a run holds the looks of the state that it goes on from, and no half line."""

import json

import pytest

from translate.errors import TranslateError
from translate.training import log


def test_looks_after_the_saved_state_and_half_lines_are_dropped(tmp_path):
    log.cut(tmp_path, 10)  # there is none yet
    for step in (10, 20, 30):
        log.append(tmp_path, {"step": step, "loss": 0.5})
    with open(tmp_path / log.NAME, "a") as file:
        file.write('{"step": 1')  # as a full disk leaves it
    log.cut(tmp_path, 20)
    lines = (tmp_path / log.NAME).read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [10, 20]


def test_a_log_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(TranslateError, match=r"Cannot write .*metrics\.jsonl"):
        log.append(tmp_path / "nowhere", {"step": 1})
