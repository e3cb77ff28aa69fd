"""The gallery keeps what was found, and loses nothing."""

import threading

import pytest

from translate.errors import TranslateError
from translate.lesson.gallery import Broken, broken, gallery, gallery_file, save, try_sentence
from translate.model.translator import Translator


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user's data folder of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("platformdirs.user_data_dir", lambda *_, **__: str(tmp_path / "translate"))
    return tmp_path


def entry(number: int = 0, model: str = "abc") -> Broken:
    return Broken(f"sentence {number}", "věta", ["která"], ["boy"], model, "2026-01-02")


def test_what_was_saved_comes_back_in_order():
    assert gallery() == []
    assert save(entry(1)) and save(entry(2))
    assert gallery() == [entry(1), entry(2)]


def test_the_same_sentence_of_the_same_model_is_kept_once():
    assert save(entry()) and not save(entry()) and save(entry(model="other"))
    assert len(gallery()) == 2


def test_what_cannot_be_read_stays_in_the_file():
    gallery_file().parent.mkdir(parents=True)
    foreign = b'{"of": "another version"}\nnot json \xff\n'
    gallery_file().write_bytes(foreign)
    assert gallery() == [] and save(entry())
    assert gallery_file().read_bytes().startswith(foreign) and gallery() == [entry()]


def test_two_at_once_lose_nothing():
    threads = [threading.Thread(target=save, args=(entry(number),)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.sentence for one in gallery()) == sorted(f"sentence {number}" for number in range(12))


def test_a_folder_that_cannot_be_written_is_an_error_for_people(home):
    (home / "translate").write_text("a file")
    with pytest.raises(TranslateError, match="not saved"):
        save(entry())


def test_a_sentence_is_translated_and_judged():
    translator = Translator.load(None, "numpy")
    tried = try_sentence(translator, "I am a girl who likes to learn")
    assert tried.translation == "Jsem holka, která se ráda učí" and not tried.judgement.breaks and tried.finished
    long = "He is a small businessman who likes to dance, you are a rich nephew who likes to travel, "
    tried = try_sentence(translator, long + "and she is a happy widow who likes to sleep.")
    assert tried.judgement.breaks
    assert broken(tried, "abc").lost == list(tried.judgement.lost)
