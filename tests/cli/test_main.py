"""The front door: what `translate` does before a command begins."""

import subprocess
import sys

import pytest

from tests.cli.commands import ROOT, loaded, run, threads
from translate import __version__
from translate.cli.main import COMMANDS


def test_help_names_every_command_and_each_has_its_own():
    usage = run("--help")
    assert usage.returncode == 0 and all(f"\n  {command} " in usage.stdout for command in COMMANDS)


def test_the_help_has_a_whole_line_for_each_command_and_reads_none_of_their_files():
    printed, modules = loaded("--help", of=" ".join(f"translate.cli.{command}" for command in COMMANDS))
    assert modules == [] and "..." not in printed.partition("Commands:")[2]


def test_a_file_of_the_folder_is_a_command_or_one_of_the_shared_three():
    files = {path.stem for path in (ROOT / "translate/cli").glob("[!_]*.py")}
    assert files - set(COMMANDS) == {"main", "shared", "option_names"}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_needs_neither_torch_nor_numpy(command):
    printed, modules = loaded(command, "--help", of="torch numpy sklearn matplotlib sentencepiece joblib rich.console")
    assert modules == [] and "Usage: translate" in printed


def test_a_single_sentence_is_translated_without_torch_and_without_rich():
    printed, modules = loaded("text", "I am a girl who likes to learn", of="torch rich.console")
    assert printed.splitlines() == ["Jsem holka, která se ráda učí"] and modules == []


@pytest.mark.parametrize(
    "words",
    [
        ("text", "I am a boy."),
        ("score", "I am a boy.", "Jsem kluk."),
        ("chat",),
        ("cell", "I am a boy."),
        ("gradient", "--length", "2"),
        ("lesson", "--step", "1", "--yes"),
        ("intervene", "I am a girl who likes to learn.", "--at", "girl", "--set", "0", "--units", "top:1"),
    ],
    ids=" ".join,
)
def test_what_goes_sentence_by_sentence_takes_one_thread(words):
    assert threads(*words) == {1}


def test_the_version():
    assert run("--version").stdout.strip() == __version__


def test_without_a_command_a_pipe_is_translated_line_for_line():
    done = run(stdin="I am a girl who likes to learn\n\nI am a boy who likes to earn.\n")
    assert done.returncode == 0
    assert done.stdout.split("\n") == ["Jsem holka, která se ráda učí", "", "Jsem kluk, který rád vydělává.", ""]


@pytest.mark.parametrize("words", [("--nonsense",), ("txet",), ("text", "--nonsense"), ("train",), ("score", "one")])
def test_a_wrong_call_exits_2_with_one_line(words):
    done = run(*words)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("translate: ") and done.stderr.count("\n") == 1


def test_debug_shows_where_a_failure_came_from():
    plain, debug = run("text", "--model", "nowhere", "hello"), run("text", "--model", "nowhere", "hello", "--debug")
    assert plain.returncode == debug.returncode == 2
    assert "Traceback" not in plain.stderr and "Traceback" in debug.stderr


def test_a_reader_that_goes_away_is_no_error():
    command = f'printf "I am a boy\\n%.0s" $(seq 300) | {sys.executable} -m translate text | head -1'
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True)
    assert done.stderr == "" and done.stdout.count("\n") == 1
