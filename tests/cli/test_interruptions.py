"""Ctrl-C, kill, full disks and two at once: the right exit code, and a run that goes on where it was."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli import commands
from tests.cli.bad_input import QUICK, SETTINGS, one_sentence
from translate.training.recipe import Recipe


def start(*arguments: str, folder: Path, **environment: str) -> subprocess.Popen:
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    return commands.start(*arguments, folder=folder, env=environment, **pipes)


def finished(process: subprocess.Popen, stdin: bytes = b"") -> tuple[int, bytes, str]:
    out, err = process.communicate(stdin, timeout=60)
    assert b"Traceback" not in err, err.decode()
    return process.returncode, out, err.decode("utf-8", "replace")


STOPPED = (130, -signal.SIGINT)  # a shell reports both as 130
LONG = ["--set", "steps=1000000", *[w for s in [*QUICK, "threads=1"] for w in ("--set", s)]]


@pytest.mark.parametrize("environment", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}])
def test_a_screen_that_lacks_czech_letters(environment, place, made):
    process = start("text", "--model", "model", "I am a boy who likes to dance.", "😀", folder=place, **environment)
    code, out, _ = finished(process)
    assert code == 0 and out.count(b"\n") == 2


def test_a_reader_that_leaves(place):
    process = start("text", "--model", "model", folder=place)
    process.stdout.close()
    process.stdin.write(b"I am a boy.\n" * 50)
    process.stdin.close()
    assert process.stderr.read() == b"" and process.wait(60) == 0


def wait_for(path: Path, process: subprocess.Popen) -> None:
    while not path.exists():
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.02)


def test_two_trainings_into_one_folder(place):
    first = start("train", "--tsv", "pairs.tsv", "--out", "out", *LONG, folder=place)
    wait_for(place / "out/last.safetensors", first)
    code, _, err = finished(start("train", "--tsv", "pairs.tsv", "--out", "out", "--overwrite", *LONG, folder=place))
    assert code == 1
    one_sentence(err, "Another training is writing to out")
    first.send_signal(signal.SIGINT)
    code, _, err = finished(first)
    assert code == 130 and "--resume" in err


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_was_stopped_is_resumed_to_the_same_bits(how, place, cli):
    settings = [w for s in ["steps=400", "validate_every=20", "dropout=0.1"] for w in ("--set", s)]
    command = ["train", "--tsv", "pairs.tsv", *SETTINGS, *settings]
    assert cli([*command, "--out", "whole"])[0] == 0
    process = start(*command, "--out", "parts", folder=place)
    wait_for(place / "parts/metrics.jsonl", process)
    time.sleep(random.random() / 10)
    process.send_signal(how)
    process.communicate()
    assert process.returncode in (130, -signal.SIGKILL)
    with open("parts/metrics.jsonl", "a") as log:
        log.write('{"step": 14')  # as a full disk leaves it
    code, _, err = cli([*command, "--out", "parts", "--resume"])
    assert code == 0, err
    for name in ("weights.safetensors", "last.safetensors", "metrics.json"):
        assert Path("parts", name).read_bytes() == Path("whole", name).read_bytes()
    steps = [json.loads(line)["step"] for line in Path("parts/metrics.jsonl").read_text().splitlines()]
    assert steps == [json.loads(line)["step"] for line in Path("whole/metrics.jsonl").read_text().splitlines()]


def test_a_run_that_was_stopped_before_its_first_state_keeps_its_recipe(place, cli):
    Path("out").mkdir()
    Path("out/recipe.toml").write_text(Recipe().override(["steps=3", "threads=1", *QUICK]).to_toml())
    assert cli(["train", "--tsv", "pairs.tsv", "--out", "out", "--resume"])[0] == 0
    assert json.loads(Path("out/metrics.json").read_text())["steps"] == 3


@pytest.mark.parametrize(
    "arguments, seconds",
    [
        (["train", "--tsv", "pairs.tsv", "--out", "out", *LONG], 0.8),
        (["train", "--tsv", "pairs.tsv", "--out", "out", *LONG], 5.0),
        (["text", "--model", "model"], 1.0),
        (["chat", "--model", "model"], 1.0),
        (["corpus", "--pairs", "3000000", "--out", "out"], 2.0),
        (["evaluate", "--model", "model"], 1.5),
        (["probe", "--model", "model", "--out", "out"], 2.5),
        (["study", "--corpus", "corpus", "--jobs", "1", "--out", "out"], 4.0),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else f"{value}s",
)
def test_ctrl_c(arguments, seconds, place):
    process = start(*arguments, folder=place)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    code, out, err = finished(process)
    assert code in STOPPED and out == b""
    # Before `main` has begun, the signal ends the process without a word.
    assert (code == -signal.SIGINT and not err) or "translate: Stopped" in err.splitlines()[-1]
    # What there is, is whole; temporary files are gone.
    assert not [path for path in place.rglob(".*") if path.is_file() and path.name != ".lock"]
    if arguments[0] == "corpus":
        assert not (place / "out/corpus.json").exists()


def test_a_kill_is_a_ctrl_c_and_leaves_nothing_half_written(place):
    process = start("corpus", "--pairs", "3000000", "--out", "out", folder=place)
    wait_for(place / "out", process)
    process.send_signal(signal.SIGTERM)
    code, _, err = finished(process)
    assert code == 130 and err.splitlines()[-1] == "translate: Stopped."
    assert not [path for path in (place / "out").iterdir() if path.name.startswith(".") and path.name != ".lock"]


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process can be told to end with its parent")
def test_workers_end_with_a_parent_that_was_killed(place):
    process = start("corpus", "--pairs", "3000000", "--out", "out", folder=place)
    of_process = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + 30
    while len(workers := of_process.read_text().split()) < 2:
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    for worker in workers:
        deadline = time.monotonic() + 10
        while Path(f"/proc/{worker}").exists() and "Z" not in Path(f"/proc/{worker}/stat").read_text().split()[2:3]:
            assert time.monotonic() < deadline
            time.sleep(0.02)


OPTIONAL = """
import os, signal, time
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.2)
except BaseException:
    pass
"""


def test_a_ctrl_c_within_the_import_of_an_optional_module_is_not_lost(tmp_path):
    (tmp_path / "optional.py").write_text(OPTIONAL)
    program = "from translate.cli.main import hear_ctrl_c\nhear_ctrl_c()\nimport optional, time\ntime.sleep(30)"
    process = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, timeout=60)
    assert process.returncode != 0 and process.stderr.splitlines()[-1] == b"KeyboardInterrupt"


def test_a_ctrl_c_that_a_command_has_dealt_with_is_over(tmp_path):
    """The prompt goes on after one: whoever leaves it later has not been stopped."""
    program = """
import os, signal, time
from translate.cli.main import hear_ctrl_c
waiting = hear_ctrl_c()
try:
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(30)
except KeyboardInterrupt:
    print(waiting.is_set())
"""
    process = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, timeout=60)
    assert process.stdout == b"False\n" and process.returncode == 0


def test_a_full_disk(place, cli, made):
    disk = place / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here (it needs root)")
    try:
        settings = [w for s in ["steps=60", "validate_every=20", "hidden=40"] for w in ("--set", s)]
        command = ["train", "--tsv", "pairs.tsv", *SETTINGS, *settings]
        assert cli([*command, "--out", "whole"])[0] == 0
        room = 2 << 20
        used = sum(-(-path.stat().st_size // 4096) * 4096 for path in Path("whole").iterdir())
        # Room for the first state, not for the next one beside it.
        (disk / "ballast").write_bytes(b"x" * (room - used - 40_000))
        code, _, err = cli([*command, "--out", "disk/out"])
        assert code == 1
        one_sentence(err, "no space left")
        assert not list((disk / "out").glob(".last*"))
        (disk / "ballast").unlink()
        code, _, err = cli([*command, "--out", "disk/out", "--resume"])
        assert code == 0, err
        assert (disk / "out/weights.safetensors").read_bytes() == Path("whole/weights.safetensors").read_bytes()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
