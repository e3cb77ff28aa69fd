"""The neutral twin: the same sentences, and nothing that agrees."""

import hashlib
import json
import re

import pytest
import typer
from typer.testing import CliRunner

from tests.language.trees import clause, is_, likes, noun, sentence, told
from translate.cli.corpus import corpus as command
from translate.corpus.files import load_suite
from translate.corpus.neutral import neutral_corpus, neutralise
from translate.corpus.pair import realise
from translate.corpus.parallel import read_parallel
from translate.corpus.splits import build
from translate.errors import TranslateError, UsageError
from translate.language import forms

app = typer.Typer()
app.command()(command)


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
    girl = noun("girl", "a", likes("read", tense="past"), adjective="happy")
    boy = noun("boy", relative=likes("sing", "songs"))
    i_was, he_is = clause(told("I", girl), is_(girl, "past")), clause(boy, is_("sad"))
    pair = realise(sentence(i_was, he_is, links=[("but", True)]))
    made, boys = neutralise(pair), ", ale kluk, který rád zpívá písničky, je smutný."
    assert pair.target_text == "Byla jsem šťastná holka, která ráda četla" + boys
    assert made.target_text == "Byl jsem šťastný holka, který rád četl" + boys
    assert [word.gender for word in made.agreements] == [*"fffff", *"mmm"]
    others = ["byla", "šťastná", "která", "ráda", "četla", "která", "ráda", "smutná"]
    assert [word.other for word in made.agreements] == others
    assert (made.source, made.nouns, made.constructions) == (pair.source, pair.nouns, pair.constructions)


def test_the_twins_of_a_boy_and_a_girl_differ_in_nothing_but_the_noun(neutral):
    suite = [pair for pair, _ in load_suite(neutral, "boy-girl")]
    for m, f in zip(suite[::2], suite[1::2], strict=True):
        nouns = {noun.target for noun in m.nouns}
        assert all(a == b or i in nouns for i, (a, b) in enumerate(zip(m.target, f.target, strict=True)))


def test_the_files_belong_together(corpus, neutral):
    pairs = [pair for pair, _ in load_suite(neutral, "train")]
    assert read_parallel(neutral / "train.tsv") == [(pair.source_text, pair.target_text) for pair in pairs]
    about, twin = (json.loads((folder / "corpus.json").read_text()) for folder in (corpus, neutral))
    assert twin["counts"] == about["counts"] and twin["neutral_twin_of"] == about["sha256"]
    assert twin["neutral"] and "neutral" not in about and "without agreement" in twin["grammar"]
    for name, sha256 in twin["sha256"].items():
        assert hashlib.sha256((neutral / name).read_bytes()).hexdigest() == sha256
    card, plain = ((folder / "README.md").read_text("utf-8") for folder in (neutral, corpus))
    assert "--pairs 1500 --seed 3 --neutral" in card and "neutral twin" in card and "neutral" not in plain


def test_the_command_writes_the_twin_of_what_it_writes_without_neutral(tmp_path):
    runner = CliRunner()
    build("lesson", 40, 2, tmp_path / "plain")
    neutral_corpus(tmp_path / "plain", tmp_path / "twin")
    made = runner.invoke(app, ["--pairs", "40", "--seed", "2", "--neutral", "--json", "--out", str(tmp_path / "made")])
    assert json.loads(made.stdout)["neutral"] is True
    names = sorted(path.name for path in (tmp_path / "twin").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "made").iterdir()) and len(names) == 24
    for name in names:
        assert (tmp_path / "made" / name).read_bytes() == (tmp_path / "twin" / name).read_bytes()
    shown = runner.invoke(app, ["--show", "40", "--neutral"])
    assert shown.exit_code == 0 and not re.search("ráda|která", shown.stdout) and "rád♀" in shown.stdout


def test_what_has_no_twin_is_refused(tmp_path, neutral):
    with pytest.raises(UsageError, match="no corpus folder"):
        neutral_corpus(tmp_path, tmp_path / "out")
    with pytest.raises(UsageError, match="neutral already"):
        neutral_corpus(neutral, tmp_path / "out")
    (tmp_path / "corpus.json").write_text('{"counts": {"train": 1}, "grammar": "x"}')
    (tmp_path / "train.jsonl").write_text('{"target": []}\n')
    with pytest.raises(TranslateError, match=r"train.jsonl, line 1"):
        neutral_corpus(tmp_path, tmp_path / "out")
    assert not (tmp_path / "out" / "corpus.json").exists()
