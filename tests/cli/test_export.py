"""`translate export`: a folder that other programs run, and what is wrong in one sentence."""

import pytest

from tests.cli.commands import ROOT, loaded, run


def test_it_prints_its_files_and_needs_no_torch(tmp_path):
    printed, modules = loaded("export", "--onnx", str(tmp_path / "out"), "--model", "lesson", of="torch onnxruntime")
    assert modules == []
    assert {path.name for path in (tmp_path / "out").iterdir()} == {line.rpartition("/")[2] for line in printed.split()}
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert card.startswith("# lesson, in ONNX") and "translate export --onnx" in card


def test_help_imports_no_onnx():
    assert loaded("export", "--help", of="onnx")[1] == []


@pytest.mark.parametrize(
    "words, said", [((), "--onnx"), (("--onnx", "out", "--model", "none"), "none"), (("--onnx", "models"), "another")]
)
def test_what_is_wrong_is_one_sentence(words, said):
    done = run("export", *words)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("translate: ") and done.stderr.count("\n") == 1 and said in done.stderr


def test_a_missing_package_is_named(tmp_path):
    (tmp_path / "onnx.py").write_text("raise ImportError('not here')\n")
    done = run("export", "--onnx", str(tmp_path / "out"), PYTHONPATH=f"{tmp_path}:{ROOT}")
    assert done.returncode == 2 and "pip install 'translate[onnx]'" in done.stderr
    assert done.stderr.count("\n") == 1 and not (tmp_path / "out").exists()
