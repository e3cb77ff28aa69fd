"""The lexicon is checked when it is loaded: a bad row is named with file, line and reason."""

import shutil

import pytest

from translate.errors import TranslateError
from translate.language import forms
from translate.language.lexicon import lexicon, load
from translate.resources import data


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(data("lexicon"), tmp_path / "lexicon")


def change(folder, name, line, replace):
    path = folder / name
    lines = path.read_text("utf-8").split("\n")
    lines[line - 1] = replace(lines[line - 1])
    path.write_text("\n".join(lines), "utf-8")


def test_the_own_lexicon_is_sound():
    book = lexicon()
    assert len(book.nouns) > 100 and len(book.verbs) > 80
    assert book.noun("boy").m.lemma == "kluk" and book.noun("boy=chlapec").f.lemma == "dívka"
    assert book.noun("girl") is book.noun("boy")


BAD = {
    "cut row": ("nouns.tsv", 3, lambda line: line.rsplit("\t", 5)[0], "columns"),
    "unknown section": ("nouns.tsv", 3, lambda line: line.replace("fixed", "fixt", 1), "section"),
    "ambiguous English in fixed": ("nouns.tsv", 3, lambda line: line.replace("girl", "boy"), "does not fit"),
    "empty form": ("nouns.tsv", 4, lambda line: line.replace("\tženou\t", "\t\t"), "empty"),
    "duplicate": ("adjectives.tsv", 3, lambda line: line.replace("sad", "happy", 1), "already on line 2"),
    "soft adjective": ("adjectives.tsv", 2, lambda line: line.replace("šťastný\t", "šťastní\t", 1), "hard adjective"),
    "unknown kind": ("verbs.tsv", 2, lambda line: line.replace("like", "likes", 1), "kind"),
    "feminine past": ("verbs.tsv", 4, lambda line: line.replace("četla", "četala", 1), "feminine past"),
    "plural past": ("verbs.tsv", 4, lambda line: line.replace("četli", "četly", 1), "plural past"),
    "perfective like": ("verbs.tsv", 4, lambda line: line.replace("\tipf\t", "\tpf\t", 1), "imperfective"),
    "complement": ("verbs.tsv", 4, lambda line: line.replace("books=knihy/acc", "books knihy"), "complement"),
    "adverbial type": ("adverbials.tsv", 2, lambda line: line.replace("\ttime\t", "\twhen\t"), "unknown type"),
    "attractor noun": ("attractors.tsv", 2, lambda line: line.replace("sister", "siter"), "no noun"),
    "stray space": ("persons.tsv", 2, lambda line: line.replace("I\t", "I \t", 1), "stray spaces"),
    "header": ("names.tsv", 1, lambda line: line.replace("gender", "sex", 1), "header"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_named(folder, case):
    name, line, replace, reason = BAD[case]
    change(folder, name, line, replace)
    with pytest.raises(TranslateError) as error:
        load(folder)
    assert name in str(error.value) and f"line {line}" in str(error.value) and reason in str(error.value)


def test_a_missing_or_foreign_file_is_named(folder):
    (folder / "verbs.tsv").unlink()
    with pytest.raises(TranslateError, match=r"verbs\.tsv"):
        load(folder)
    (folder / "nouns.tsv").write_bytes("fixed\tkluk ž".encode("cp1250"))
    with pytest.raises(TranslateError, match="UTF-8"):
        load(folder)


@pytest.mark.parametrize(
    ("masculine", "feminine"),
    [
        ("který", "která"),
        ("rád", "ráda"),
        ("nerad", "nerada"),
        ("zpíval", "zpívala"),
        ("šťastný", "šťastná"),
        ("byl", "byla"),
        ("můj", "moje"),
    ],
)
def test_agreeing_forms(masculine, feminine):
    assert forms.gender_of(masculine) == "m" and forms.gender_of(feminine) == "f"
    assert forms.twin(masculine) == feminine and forms.twin(feminine) == masculine
    assert forms.gender_of(masculine.capitalize()) == "m"


def test_words_without_gender():
    for word in ("je", "čte", "se", "každý", "kluk", "svou", ","):
        assert forms.gender_of(word) is None and forms.twin(word) is None


def test_nouns_and_english_words():
    assert forms.noun("holka") == ("holka", "f") and forms.noun("hrdina").gender == "m"
    assert forms.noun("klukem") is None and forms.noun_twin("kluk") == "holka"
    assert forms.english_twin("boy") == "girl" and forms.english_twin("his") == "her"
    assert forms.english_twin("he") == "she" and forms.english_twin("teacher") is None
    assert forms.english_gender("queen") == "f" and forms.english_gender("doctor") is None
