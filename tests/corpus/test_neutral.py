"""The neutral twin: the same sentences, and nothing that agrees."""

import json

import pytest

from translate.corpus.files import load_suite
from translate.corpus.neutral import neutral_corpus, neutralise
from translate.corpus.parallel import read_parallel
from translate.errors import TranslateError, UsageError
from translate.language import forms


@pytest.fixture(scope="module")
def neutral(corpus, tmp_path_factory):
    return neutral_corpus(corpus, tmp_path_factory.mktemp("neutral"))


def test_every_agreeing_word_has_one_form_and_all_else_is_as_it_was(corpus, neutral):
    for name in ("train", "switch", "boy-girl"):
        for (before, tags), (after, same_tags) in zip(load_suite(corpus, name), load_suite(neutral, name), strict=True):
            assert (after.source, after.nouns, tags) == (before.source, before.nouns, same_tags)
            agreeing = {word.position: word for word in after.agreements}
            for position, (old, new) in enumerate(zip(before.target, after.target, strict=True)):
                if position not in agreeing:
                    assert new == old
                else:
                    assert forms.gender_of(new) == "m" and new in (old, forms.twin(old))
                    assert agreeing[position].other == forms.twin(new)
            assert [word.gender for word in after.agreements] == [word.gender for word in before.agreements]


def test_no_word_but_a_noun_tells_the_gender(neutral):
    for pair, _ in load_suite(neutral, "train"):
        nouns = {noun.target for noun in pair.nouns}
        assert not [w for i, w in enumerate(pair.target) if i not in nouns and forms.gender_of(w) == "f"]


def test_a_sentence_reads_as_expected():
    pair = {"target": ["holka", ",", "která", "ráda", "čte"], "agreements": [
        {"position": 2, "gender": "f", "other": "který"}, {"position": 3, "gender": "f", "other": "rád"},
    ]}  # fmt: skip
    made = neutralise(pair)
    assert made["target"] == ["holka", ",", "který", "rád", "čte"]
    assert [word["other"] for word in made["agreements"]] == ["která", "ráda"]
    assert pair["target"][2] == "která"  # what was given is left alone


def test_the_files_belong_together(corpus, neutral):
    pairs = [pair for pair, _ in load_suite(neutral, "train")]
    assert read_parallel(neutral / "train.tsv") == [(pair.source_text, pair.target_text) for pair in pairs]
    about, twin = (json.loads((folder / "corpus.json").read_text()) for folder in (corpus, neutral))
    assert twin["counts"] == about["counts"] and twin["neutral_twin_of"] == about["sha256"]


def test_what_is_no_corpus_is_refused(tmp_path, corpus):
    with pytest.raises(UsageError, match="no corpus folder"):
        neutral_corpus(tmp_path, tmp_path / "out")
    (tmp_path / "corpus.json").write_text('{"counts": {"train": 1}, "grammar": "x"}')
    (tmp_path / "train.jsonl").write_text('{"target": []}\n')
    with pytest.raises(TranslateError, match=r"train.jsonl, line 1"):
        neutral_corpus(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out" / "corpus.json").exists()
