"""The front door: what `translate` does before a command begins."""

import subprocess
import sys

import pytest

from translate import __version__

COMMANDS = ("text", "chat", "score", "corpus", "train", "evaluate", "probe", "intervene", "study", "cell",
            "gradient", "lesson", "explore")  # fmt: skip


def run(*words: str, stdin: str = "", code: str | None = None) -> subprocess.CompletedProcess:
    start = ["-c", code] if code else ["-m", "translate"]
    return subprocess.run(
        [sys.executable, *start, *words], input=stdin, capture_output=True, text=True, encoding="utf-8"
    )


def test_help_names_every_command_and_each_has_its_own():
    usage = run("--help")
    assert usage.returncode == 0 and all(f"\n  {command} " in usage.stdout for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_needs_neither_torch_nor_numpy(command):
    code = (
        "import sys\nfrom translate.cli.main import main\ntry: main()\nexcept SystemExit: pass\n"
        "print('LOADED', [m for m in ('torch', 'numpy', 'sklearn', 'matplotlib', 'sentencepiece', 'joblib') if m in sys.modules])"
    )
    shown = run(command, "--help", code=code)
    assert "LOADED []" in shown.stdout and "Usage: translate" in shown.stdout


def test_a_single_sentence_is_translated_without_torch():
    code = (
        "import sys\nfrom translate.cli.main import main\ntry: main()\nexcept SystemExit: pass\n"
        "print('LOADED', 'torch' in sys.modules)"
    )
    shown = run("text", "I am a girl who likes to learn", code=code)
    assert shown.stdout.splitlines() == ["Jsem holka, která se ráda učí", "LOADED False"]


def test_the_version():
    assert run("--version").stdout.strip() == __version__


def test_without_a_command_a_pipe_is_translated_line_for_line():
    said = run(stdin="I am a girl who likes to learn\n\nI am a boy who likes to earn.\n")
    assert said.returncode == 0
    assert said.stdout.split("\n") == ["Jsem holka, která se ráda učí", "", "Jsem kluk, který rád vydělává.", ""]


@pytest.mark.parametrize("words", [("--nonsense",), ("txet",), ("text", "--nonsense"), ("train",), ("score", "one")])
def test_a_wrong_call_exits_2_with_one_line(words):
    said = run(*words)
    assert said.returncode == 2 and said.stdout == ""
    assert said.stderr.startswith("translate: ") and said.stderr.count("\n") == 1


def test_debug_shows_where_a_failure_came_from():
    plain, debug = run("text", "--model", "nowhere", "hello"), run("text", "--model", "nowhere", "hello", "--debug")
    assert plain.returncode == debug.returncode == 2
    assert "Traceback" not in plain.stderr and "Traceback" in debug.stderr


def test_a_reader_that_goes_away_is_no_error():
    command = f'printf "I am a boy\\n%.0s" $(seq 300) | {sys.executable} -m translate text | head -1'
    said = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True)
    assert said.stderr == "" and said.stdout.count("\n") == 1
