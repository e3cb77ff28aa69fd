"""What people see: pairs in colour, and the command in front of it."""

import io
import json

import typer
from rich.console import Console
from typer.testing import CliRunner

from translate.cli.corpus import corpus as command
from translate.corpus.show import COLOURS, lines, sample, show

app = typer.Typer()
app.command()(command)


def test_each_agreeing_word_has_sign_and_letter_of_its_noun():
    for pair in sample("lesson", 30, 1):
        _, target = lines(pair)
        for agreement in pair.agreements:
            letter = "abcdefgh"[agreement.controller]
            sign = "♂" if agreement.gender == "m" else "♀"
            word = pair.target[agreement.position]
            assert f"{word}{sign}{letter}" in target.plain or f"{word.capitalize()}{sign}{letter}" in target.plain


def test_colours_and_no_colour(monkeypatch):
    pair = sample("lesson", 1, 1)
    colour = "".join(f"{int(COLOURS[pair[0].nouns[0].gender][i : i + 2], 16)};" for i in (1, 3, 5)).rstrip(";")
    written = io.StringIO()
    show(pair, Console(file=written, force_terminal=True, color_system="truecolor", width=200))
    assert colour in written.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    written = io.StringIO()
    show(pair, Console(file=written, force_terminal=True, width=200))
    assert "38;2" not in written.getvalue() and ("♂a" in written.getvalue() or "♀a" in written.getvalue())


def test_command(tmp_path):
    runner = CliRunner()
    shown = runner.invoke(app, ["--show", "2"])
    assert shown.exit_code == 0 and "♀ feminine" in shown.stdout
    as_json = runner.invoke(app, ["--show", "2", "--json"])
    assert [set(json.loads(line)) >= {"source", "nouns"} for line in as_json.stdout.splitlines()] == [True, True]
    made = runner.invoke(app, ["--pairs", "50", "--out", str(tmp_path / "c"), "--json"])
    assert json.loads(made.stdout)["counts"]["train"] == 50 and (tmp_path / "c" / "train.tsv").is_file()
    assert runner.invoke(app, []).exception.exit_code == 2
