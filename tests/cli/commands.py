"""The real command, in a process of its own: run to its end, started to be interrupted, or in a terminal."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pexpect

ROOT = Path(__file__).parents[2]
_MAIN = "import sys\nfrom translate.cli.main import main\ntry: main()\nexcept SystemExit: pass\n"


def run(*words: str, stdin: str | bytes = b"", **environment: str) -> subprocess.CompletedProcess:
    """`translate WORDS` to its end; its output is UTF-8 unless the environment says otherwise."""
    return _finished(["-m", "translate", *words], stdin, environment)


def loaded(*words: str, of: str) -> tuple[str, list[str]]:
    """What `translate WORDS` prints, and which of the modules `of` (names with spaces between them) it imports."""
    report = f"print('LOADED', *(name for name in {of.split()} if name in sys.modules))"
    output = _finished(["-c", _MAIN + report, *words], b"", {}).stdout
    printed, _, modules = output.rpartition("LOADED")
    return printed, modules.split()


def threads(*words: str) -> set[int]:
    """How many threads numpy and torch take in `translate WORDS`, where the environment says nothing."""
    report = (
        "from threadpoolctl import threadpool_info\n"
        "pools = [p for p in threadpool_info() if 'sentencepiece' not in p['filepath']]\n"
        "print('THREADS', *(p['num_threads'] for p in pools))"
    )
    output = _finished(["-c", _MAIN + report, *words], b"", {"OMP_NUM_THREADS": None, "OPENBLAS_NUM_THREADS": None})
    return set(map(int, output.stdout.rpartition("THREADS")[2].split()))


def start(*words: str, folder: Path, **options) -> subprocess.Popen:
    """`translate WORDS` in a folder, still running; options are those of `Popen`."""
    env = _environment(options.pop("env", {}))
    return subprocess.Popen([sys.executable, "-m", "translate", *words], cwd=folder, env=env, **options)


def in_terminal(
    *words: str, rows: int = 24, timeout: float = 60, encoding: str = "utf-8", **environment: str
) -> pexpect.spawn:
    """`translate WORDS` in a terminal of 80 columns and of this encoding."""
    usual = {"TERM": "xterm-256color", "NO_COLOR": "1", "PYTHONIOENCODING": encoding}
    env = _environment({**usual, **environment})
    command = ["-m", "translate", *words]
    return pexpect.spawn(
        sys.executable, command, cwd=str(ROOT), env=env, dimensions=(rows, 80), timeout=timeout, encoding=encoding
    )


def ended(child: pexpect.spawn) -> int:
    """Wait for the end of what runs in a terminal; its exit code."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


def _finished(
    arguments: list[str], stdin: str | bytes, environment: dict[str, str | None]
) -> subprocess.CompletedProcess:
    typed = stdin.encode() if isinstance(stdin, str) else stdin
    env = _environment({"COLUMNS": "80", **environment})
    done = subprocess.run(
        [sys.executable, *arguments], input=typed, capture_output=True, cwd=ROOT, env=env, timeout=120
    )
    done.stdout, done.stderr = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in done.stderr or "--debug" in arguments, done.stderr
    return done


def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
    """The environment of a command; None takes a variable away."""
    usual = {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return {name: value for name, value in {**os.environ, **usual, **changes}.items() if value is not None}
