"""The examples of a README.md as a session: what is typed and run, and what should stand below it.

The convention is described in tests/README.md.
"""

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PROMPT = "English> "
"""What the interactive prompt shows; after it, in a transcript, stands what is typed."""

LEFT_OUT = "…"
"""Alone on a line: any number of lines. Within a line: any characters."""

_FENCE = re.compile(r"^```(\S*) *([^\n]*)\n(.*?)^```$", flags=re.M | re.S)
_NUMBER = re.compile(r"(\d+\.\d+)")


@dataclass(frozen=True)
class Block:
    """A fenced block. line: where it begins in its file. note: what follows the language, such as "slow"."""

    language: str
    note: str
    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A line of a transcript after "$ ", what is typed into it at the prompt, and the lines that stand below."""

    shell: str
    typed: tuple[str, ...]
    shown: tuple[str, ...]


def blocks(markdown: str) -> list[Block]:
    """The fenced blocks of a file; a `text` block right below a `python` block is called `output`."""
    found: list[Block] = []
    end = 0
    for match in _FENCE.finditer(markdown):
        language, note, text = match.groups()
        below_python = bool(found) and found[-1].language == "python" and not markdown[end : match.start()].strip()
        if language == "text" and below_python:
            language = "output"
        found.append(Block(language, note, text, markdown.count("\n", 0, match.start()) + 1))
        end = match.end()
    return found


def commands(transcript: str) -> Iterator[Command]:
    """The commands of a `console` block; one that ends with a backslash goes on in the next line."""
    for part in re.split(r"^\$ ", transcript, flags=re.M)[1:]:
        shell, _, below = part.replace("\\\n", "").partition("\n")
        lines = below.splitlines()
        typed = tuple(line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT))
        yield Command(shell, typed, tuple(line for line in lines if not line.startswith(PROMPT)))


def run(command: Command, folder: Path, environment: Mapping[str, str]) -> tuple[int, str]:
    """Run it in a shell in `folder`: its exit code and what it printed, errors included."""
    shell = command.shell
    if command.typed and shell.split("#")[0].strip() == "translate":
        shell = "translate chat"  # the same session, through a pipe
    ended = subprocess.run(
        ["bash", "-c", shell],
        input="".join(f"{line}\n" for line in command.typed),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=environment,
        encoding="utf-8",
        timeout=900,
    )
    return ended.returncode, ended.stdout


def difference(shown: str, printed: str) -> str:
    """Why `printed` is not what a README shows; "" where it is.

    Empty lines at both ends and spaces at the ends of lines do not count.
    """
    wanted = [line.rstrip() for line in shown.strip("\n").splitlines()]
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    return "" if _fit(wanted, lines) else f"shown:\n{shown}\n\nprinted:\n{printed}"


def _fit(wanted: list[str], lines: list[str]) -> bool:
    if not wanted:
        return not lines
    if wanted[0].strip() == LEFT_OUT:
        return any(_fit(wanted[1:], lines[at:]) for at in range(len(lines) + 1))
    return bool(lines) and same_line(wanted[0], lines[0]) and _fit(wanted[1:], lines[1:])


def same_line(wanted: str, line: str) -> bool:
    """Equal but for "…", and for one in the last digit of a decimal fraction: processors round differently."""
    parts = _NUMBER.split(wanted)  # every other one is a number
    parts[::2] = [".*".join(map(re.escape, part.split(LEFT_OUT))) for part in parts[::2]]
    parts[1::2] = [rf"(\d+\.\d{{{_digits(number)}}})" for number in parts[1::2]]
    match = re.fullmatch("".join(parts), line)
    return match is not None and all(
        abs(float(number) - float(other)) < 1.5 * 10.0 ** -_digits(number)
        for number, other in zip(_NUMBER.findall(wanted), match.groups(), strict=True)
    )


def _digits(number: str) -> int:
    return len(number.partition(".")[2])
