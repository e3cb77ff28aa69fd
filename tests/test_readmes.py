"""Every README.md: its examples print what stands below them, its links lead somewhere, and it fits on a page."""

import contextlib
import io
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.transcripts import blocks, commands, difference, run

ROOT = Path(__file__).parent.parent
ROOMS = ("translate", "scripts", "tests", "models", "data")


def folders(top: Path) -> list[Path]:
    """`top` and the folders below it that hold code."""
    return [
        folder
        for folder in sorted({top, *(path.parent for suffix in ("py", "js") for path in top.rglob(f"*.{suffix}"))})
        if "__pycache__" not in folder.parts
    ]


READMES = [
    ROOT / "README.md",
    ROOT / ".github" / "CONTRIBUTING.md",
    ROOT / ".github" / "CHANGELOG.md",
    *(path for room in ROOMS for path in sorted((ROOT / room).rglob("README.md"))),
]
TEXTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in READMES}
LONGEST = 60
LONGER = {
    "README.md": 150,
    "translate/lab/README.md": 600,
    "models/README.md": 150,
    ".github/CONTRIBUTING.md": 80,
    ".github/CHANGELOG.md": 1000,
}
"""Lines of a page, and of those that may be longer: front door, researcher's guide, results."""


def pages_with(note: str) -> list[str]:
    """The pages with an example that has the note: "" for those that are always run."""
    return [
        name
        for name, text in TEXTS.items()
        if any(block.note == note and block.language in ("python", "console") for block in blocks(text))
    ]


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder with the project's data, models and scripts, and a `translate` that runs this checkout."""
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "translate").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m translate "$@"\n')
    (programs / "translate").chmod(0o755)
    (programs / "python").symlink_to(sys.executable)
    desk = tmp_path / "desk"
    desk.mkdir()
    for room in ("data", "models", "scripts"):
        (desk / room).symlink_to(ROOT / room)
    for name, value in {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUNBUFFERED": "1",
        "COLUMNS": "80",
        "HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(desk)
    return desk


def hold_a_session(name: str, desk: Path, notes: tuple[str, ...]) -> None:
    """Run a page's examples from top to bottom, as a reader would: Python in one namespace, all in one folder."""
    namespace: dict = {}
    page = blocks(TEXTS[name])
    for block, below in zip(page, [*page[1:], None], strict=True):
        where = f"{name}, line {block.line}"
        if block.note not in notes:
            continue
        if block.language == "python":
            shown = below.text if below is not None and below.language == "output" else ""
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(block.text, where, "exec"), namespace)
            different = difference(shown, printed.getvalue())
            assert not different, f"{where}\n{different}"
        elif block.language == "console":
            for command in commands(block.text):
                code, printed = run(command, desk, os.environ)
                different = difference("\n".join(command.shown), printed) if command.shown else printed if code else ""
                assert not different, f"{where}\n$ {command.shell}\n{different}"


@pytest.mark.skipif(shutil.which("bash") is None, reason="transcripts are run by bash")
@pytest.mark.parametrize("name", pages_with(""))
def test_the_examples_print_what_stands_below_them(name, desk):
    hold_a_session(name, desk, ("",))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="transcripts are run by bash")
@pytest.mark.parametrize("name", pages_with("slow"))
def test_the_long_examples_print_what_stands_below_them(name, desk):
    hold_a_session(name, desk, ("", "slow"))


@pytest.mark.parametrize("name", TEXTS)
def test_notes_of_examples_are_known_and_scripts_exist(name):
    for block in blocks(TEXTS[name]):
        assert block.note in ("", "slow"), f"{name}, line {block.line}"
        if block.language in ("sh", "console"):
            for script in re.findall(r"(?<![\w/.])(?:\.ci|scripts)/\w[\w./]*", block.text):
                assert (ROOT / script).exists(), f"{name}, line {block.line}: {script}"


def anchors(markdown: str) -> set[str]:
    """What the headings of a page are called in links to them."""
    without_code = re.sub(r"^```.*?^```$", "", markdown, flags=re.M | re.S)
    headings = re.findall(r"^#+ +(.*)$", without_code, flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_into_the_project_leads_somewhere(name):
    text = re.sub(r"^```.*?^```$", "", TEXTS[name], flags=re.M | re.S)
    for link in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), link
        if anchor:
            page = target / "README.md" if target.is_dir() else target
            assert anchor in anchors(page.read_text(encoding="utf-8")), link


@pytest.mark.parametrize("name", TEXTS)
def test_a_page_is_a_page(name):
    assert TEXTS[name].count("\n") <= LONGER.get(name, LONGEST)


@pytest.mark.parametrize("room", ROOMS)
def test_every_folder_with_code_has_a_door_plate(room):
    tops = folders(ROOT / room) if room == "translate" else [ROOT / room]
    assert [str(folder.relative_to(ROOT)) for folder in tops if not (folder / "README.md").exists()] == []
