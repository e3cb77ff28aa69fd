"""A model, a corpus and a text to break, and the command line in this process."""

import signal
import sys
from pathlib import Path

import pytest

from tests.cli.bad_input import PAIRS, QUICK, TSV, contents
from translate.cli import main as front_door
from translate.corpus.splits import build
from translate.training.loop import train
from translate.training.recipe import Recipe


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """A folder with a model `model`, a corpus `corpus` and parallel text `pairs.tsv`, which no case may change."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "pairs.tsv").write_text(TSV, encoding="utf-8")
    build("lesson", 30, 1, folder / "corpus", workers=1)
    train(Recipe().override(["steps=60", "threads=1", *QUICK]), PAIRS, PAIRS, folder / "model")
    return folder


@pytest.fixture
def place(made, tmp_path, monkeypatch) -> Path:
    """An own working folder with links to what `made` has, and the proof that it is untouched afterwards."""
    before = contents(made)
    for path in made.iterdir():
        (tmp_path / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert contents(made) == before


@pytest.fixture
def cli(monkeypatch, capfdbinary, tmp_path):
    """Run the command line in this process: `cli(arguments, stdin)` gives exit code, stdout and stderr."""

    def run(arguments: list[str], stdin: bytes = b"") -> tuple[int, str, str]:
        (tmp_path / ".stdin").write_bytes(stdin)
        handler = signal.getsignal(signal.SIGINT)
        with open(tmp_path / ".stdin", encoding="utf-8") as stream, monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", stream)
            patch.setattr(sys, "argv", ["translate", *arguments])
            try:
                with pytest.raises(SystemExit) as ended:
                    front_door.main()
            finally:
                signal.signal(signal.SIGINT, handler)
        out, err = capfdbinary.readouterr()
        return ended.value.code, out.decode("utf-8"), err.decode("utf-8")

    return run
