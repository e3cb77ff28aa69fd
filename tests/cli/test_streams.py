"""The standard streams as a command may find them: closed, of another encoding, on a screen of no width."""

import subprocess
import sys

import pexpect
import pytest

from tests.cli.bad_input import one_sentence
from tests.cli.commands import ROOT, in_terminal, run

SENTENCE, CZECH = "I am happy.", "Jsem šťastná.\n"
TEXT = "text --model lesson"


def in_shell(words: str, stdin: bytes = b"") -> subprocess.CompletedProcess:
    """`translate WORDS` with the redirections among them."""
    command = f"{sys.executable} -m translate {words}"
    return subprocess.run(["bash", "-c", command], input=stdin, capture_output=True, cwd=ROOT, timeout=120)


CLOSED = {
    "stdin, and a sentence": (f"{TEXT} '{SENTENCE}' <&-", CZECH, 0),
    "stdin, and no sentence": (f"{TEXT} <&-", "", 0),
    "stdin, and no command": ("<&-", "", 0),
    "stdin of the prompt": ("chat --model lesson <&-", "", 0),
    "stdout": (f"{TEXT} '{SENTENCE}' >&-", "", 0),
    "stdout of the help": ("--help >&-", "", 0),
    "stderr": (f"{TEXT} '{SENTENCE}' 2>&-", CZECH, 0),
    "stderr, and an error": ("nonsense 2>&-", "", 2),
    "all three": (f"{TEXT} <&- >&- 2>&-", "", 0),
}


@pytest.mark.parametrize("name", CLOSED)
def test_a_closed_stream_is_no_failure_and_nothing_goes_astray(name):
    words, out, code = CLOSED[name]
    done = in_shell(words)
    assert (done.returncode, done.stdout.decode()) == (code, out)
    assert b"Error" not in done.stderr and b"Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "ascii"])
def test_a_file_is_utf_8_in_any_locale(encoding):
    assert run(*TEXT.split(), SENTENCE, PYTHONIOENCODING=encoding).stdout == CZECH
    shown = run("corpus", "--show", "1", PYTHONIOENCODING=encoding)
    assert shown.returncode == 0 and "♂" in shown.stdout
    told = run(*TEXT.split(), "žlutá", PYTHONIOENCODING=encoding).stderr
    assert "unknown word 'žlutá'" in told


@pytest.mark.parametrize(
    "encoding, written", [("cp1252", "šťastná".replace("ť", "t")), ("cp1250", "šťastná"), ("ascii", "stastna")]
)
def test_a_terminal_of_another_encoding_gets_the_plain_letter(encoding, written):
    child = in_terminal(*TEXT.split(), SENTENCE, encoding=encoding)
    child.expect(pexpect.EOF)
    assert f"Jsem {written}." in child.before


def test_signs_have_a_plain_spelling_in_a_terminal_that_lacks_them():
    child = in_terminal("corpus", "--show", "2", encoding="ascii", TERM="dumb")
    child.expect(pexpect.EOF)
    assert "(m) masculine  (f) feminine" in child.before and "(m)a" in child.before and "?" not in child.before


@pytest.mark.parametrize("columns", ["0", "00", "-5", "wide", "", "1", "7", "12"])
def test_on_a_screen_of_no_width_all_is_said(cli, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    for words in (["--help"], ["cell", "I am a girl."], ["gradient"], ["lesson", "--step", "1", "--yes"]):
        code, out, err = cli(words)
        assert code == 0 and len(out) > 500, (words, err)


@pytest.mark.parametrize("command", ["text", "chat"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_wide_encoding_is_named_with_what_to_do(cli, encoding, command):
    code, out, err = cli([command, "--model", "lesson"], "I am a girl.\nI am a boy.\n".encode(encoding))
    assert code == 1 and "Jsem" not in out
    one_sentence(err, encoding.upper()[:6], "UTF-8", "iconv")


def test_a_file_in_utf_16_is_named(cli, tmp_path):
    path = tmp_path / "own.tsv"
    for encoding in ("utf-16", "utf-16-le"):
        path.write_bytes("I am a girl.\tJsem holka.\n".encode(encoding))
        code, _, err = cli(["evaluate", "--model", "lesson", str(path)])
        assert code == 1
        one_sentence(err, "own.tsv is UTF-16")
