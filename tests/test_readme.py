"""What the README says happens, happens."""

import contextlib
import io
import re
from pathlib import Path

import pytest

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```\s*```text\n(.*?)```", README, flags=re.S)


@pytest.mark.parametrize(("code", "printed"), PYTHON)
def test_an_example_prints_what_stands_below_it(code, printed):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "README.md", "exec"), {})
    assert said.getvalue() == printed


def test_there_are_examples():
    assert PYTHON and README.count("```python") == len(PYTHON)


def test_every_link_into_the_project_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    for link in links:
        if not link.startswith("http"):
            assert (Path(__file__).parent.parent / link).exists(), link
