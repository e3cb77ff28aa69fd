"""The data and the models that travel with the package are found, in a checkout and in a wheel."""

import pytest

from translate import resources
from translate.errors import TranslateError
from translate.resources import data, models


def test_what_travels_with_the_package_is_there():
    assert data("lexicon/nouns.tsv").is_file() and data("grammars/lesson.toml").is_file() and data().is_dir()
    for name in ("lesson", "lesson-gru", "lesson-rnn", "lesson-neutral"):
        assert (models(name) / "weights.safetensors").is_file()


def test_a_wheel_carries_them_inside_the_package(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "translate")
    (tmp_path / "data").mkdir()
    assert data("x") == tmp_path / "data" / "x"
    (tmp_path / "translate" / "_data").mkdir(parents=True)
    assert data("x") == tmp_path / "translate" / "_data" / "x"


def test_an_installation_without_them_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "translate")
    with pytest.raises(TranslateError, match="its models folder is missing; install the package again"):
        models("lesson")


def test_the_model_that_translates_is_the_one_that_knows_most(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "translate")
    for name in ("a-study", "lesson", "full"):
        (tmp_path / "models" / name).mkdir(parents=True)
    (tmp_path / "models" / "lesson" / "weights.safetensors").touch()
    assert resources.speaking_model() == "lesson" and resources.shipped_models() == ["lesson"]
    (tmp_path / "models" / "full" / "weights.safetensors").touch()
    assert resources.speaking_model() == "full" and resources.shipped_models() == ["full", "lesson"]
