"""The house's measures: files and functions of a few screens, folders that can be overlooked, names in a line.

CONTRIBUTING.md says what they are for. What a tool can check (layout, types, which room imports which) is in
`scripts/check`.
"""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = [path for suffix in ("py", "js") for path in sorted((ROOT / "translate").rglob(f"*.{suffix}"))]
PYTHON = [path for path in CODE if path.suffix == ".py"]
LIKE = ("translate/cli", "translate/report/figures")
"""Folders that are lists: a file a command, a file an experiment."""


def name(path: Path) -> str:
    """The path in the project."""
    return path.relative_to(ROOT).as_posix()


def test_a_file_of_more_than_300_lines_says_why_in_its_first():
    long = []
    for path in CODE:
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > 300 and "300 lines" not in "\n".join(lines[:10]):
            long.append(f"{name(path)}: {len(lines)}")
    assert long == []


def test_the_body_of_a_function_fits_on_a_screen():
    long = []
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                if body and body[-1].end_lineno - body[0].lineno >= 50:
                    long.append(f"{name(path)}: {node.name}")
    assert long == []


def javascript_functions(lines: list[str]):
    """The first and the last line of each function, counted from 0, in JavaScript as Biome lays it out.

    A function begins in a line with `function`, `=>` or a method's head, and ends where the indentation returns; a
    line that closes one bracket there and opens the next, as `}) {`, goes on.
    """
    starts = re.compile(r"\bfunction\b|=>|^ +(?:async )?\*?(?!(?:if|for|while|switch|catch)\b)\w+\(.*\{$")
    for first, line in enumerate(lines):
        if line.lstrip().startswith(("*", "/")) or not starts.search(line):
            continue
        indent, last = len(line) - len(line.lstrip()), first
        for k, text in enumerate(lines[first + 1 :], first + 1):
            depth = len(text) - len(text.lstrip())
            if text and depth <= indent and not (depth == indent and text[depth] in ")]}"):
                break
            last = k if text else last
            if text and depth == indent and not text.endswith(("(", "[", "{", "=>")):
                break
        yield first, last


def test_a_function_of_the_page_fits_on_a_screen():
    long = []
    for path in [path for path in CODE if path.suffix == ".js"]:
        lines = path.read_text(encoding="utf-8").splitlines()
        for first, last in javascript_functions(lines):
            if last - first >= 50:
                long.append(f"{name(path)}:{first + 1}: {last - first + 1}")
    assert long == []


@pytest.mark.parametrize("folder", sorted({path.parent for path in CODE}), ids=name)
def test_a_folder_of_unlike_files_holds_at_most_14(folder):
    files = [path.name for path in CODE if path.parent == folder and path.name != "__init__.py"]
    assert len(files) <= 14 or name(folder) in LIKE, files


def test_the_layout_is_the_formatters():
    marks = [name(path) for path in PYTHON if re.search(r"# fmt: (skip|off)", path.read_text(encoding="utf-8"))]
    assert marks == []


def test_names_of_tests_fit_in_a_line():
    sources = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("test_*.py"))]
    assert [test for text in sources for test in re.findall(r"def (test_\w+)", text) if len(test) >= 80] == []
