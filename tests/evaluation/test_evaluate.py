"""The whole evaluation, and the command in a process of its own."""

import json
import os
import subprocess
import sys

import pytest

from translate.corpus.show import sample
from translate.errors import TranslateError, UsageError
from translate.evaluation import suite as suites
from translate.evaluation.breakdown import FEATURES
from translate.evaluation.evaluate import evaluate
from translate.evaluation.suite import Suite, open_suite, suites_of


class Oracle:
    """A translator that knows the answers, and a real one for everything else."""

    def __init__(self, translator, suite, spoil=lambda text: text):
        self.answers = {s: spoil(r) for s, r in zip(suite.sources, suite.references, strict=True)}
        self.checkpoint, self.network = translator.checkpoint, translator.network
        self.source, self.target = translator.source, translator.target

    def texts(self, sentences):
        return [self.answers[sentence] for sentence in sentences]


def test_who_translates_perfectly_gets_full_marks(translator, pairs):
    suite = Suite.of("all", pairs)
    found = evaluate(Oracle(translator, suite), suite)
    assert found.exact.value == found.exact_tokens.value == found.agreement.accuracy.value == 1
    assert [round(score.value, 6) for score in found.scores] == [100, 100, 0]
    assert found.mistakes == ()


def test_mistakes_name_the_words_that_do_not_agree(translator, corpus):
    suite = open_suite(corpus / "lesson.jsonl")
    found = evaluate(Oracle(translator, suite, lambda text: text.replace("která", "který")), suite, mistakes=3)
    assert found.exact.successes == 4 and found.agreement.count("wrong") == 4
    assert len(found.mistakes) == 3
    assert all("která" in m.reference and m.wrong == ("který for která",) for m in found.mistakes)


def test_json_says_everything_and_is_json(translator, corpus):
    suite = open_suite(corpus / "switch.jsonl")
    found = evaluate(translator, suite)
    document = json.loads(json.dumps(found.to_json()))
    assert document["model"] == translator.checkpoint.hash and document["sentences"] == len(suite.sources)
    assert set(document["agreement"]["by"]) == set(document["preference"]["by"]) == set(FEATURES)
    agreement = document["agreement"]
    assert agreement["right"] + agreement["wrong"] + agreement["missing"] == agreement["count"]
    for values in agreement["by"].values():
        assert sum(share["count"] for share in values.values()) == agreement["count"]
    assert {"m>m", "m>f", "f>m", "f>f"} <= set(agreement["by"]["switch"])
    for score in document["scores"]:
        assert score["interval"][0] <= score["interval"][1] and "version:" in score["signature"]


def test_the_order_of_the_sentences_changes_no_share(translator, corpus):
    suite = open_suite(corpus / "distance.jsonl")
    there, back = evaluate(translator, suite), evaluate(translator, Suite.of("distance", suite.pairs[::-1]))
    assert there.exact == back.exact
    for feature in FEATURES:
        assert there.agreement.by(feature) == back.agreement.by(feature)
        assert there.preference.by(feature) == back.preference.by(feature)
    assert there.scores[0].value == pytest.approx(back.scores[0].value)


def test_plain_text_is_scored_without_agreement(translator, corpus):
    found = evaluate(translator, open_suite(corpus / "dev.tsv"))
    assert found.agreement is None and found.preference is None
    assert found.to_json()["agreement"] is None
    assert found.sentences == len((corpus / "dev.tsv").read_text(encoding="utf-8").splitlines())


def test_suites_of_a_corpus(corpus):
    names = [suite.name for suite in suites_of(corpus)]
    assert names[0] == "test" and {"train", "dev"}.isdisjoint(names) and "switch" in names
    assert [suite.name for suite in suites_of(corpus, ["dev"])] == ["dev"]


def test_the_frozen_corpus_is_the_same_each_time(monkeypatch):
    monkeypatch.setitem(suites.FROZEN, "pairs", 100)
    once, again = suites.frozen_suites(), suites.frozen_suites()
    assert once == again and once[0].name == "test"
    with pytest.raises(UsageError, match="no suite 'tests'"):
        suites.frozen_suites(["tests"])


def test_what_is_not_there_is_named(corpus, tmp_path):
    with pytest.raises(UsageError, match=r"no suite 'swich'; there are .*switch"):
        suites_of(corpus, ["swich"])
    with pytest.raises(UsageError, match="no corpus folder"):
        suites_of(tmp_path)
    for name, content in [
        ("no.jsonl", None),
        ("no.tsv", None),
        ("empty.jsonl", ""),
        ("empty.tsv", ""),
        ("bad.jsonl", "{}\n"),
    ]:
        if content is not None:
            (tmp_path / name).write_text(content)
        with pytest.raises(TranslateError, match=name.replace(".", r"\.")):
            open_suite(tmp_path / name)


def command(*arguments, **environment):
    words = [sys.executable, "-m", "translate", "evaluate", *map(str, arguments)]
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONIOENCODING": "utf-8"} | environment
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", timeout=120, env=environment)


def test_the_command_prints_tables(corpus, model):
    suites = ["--corpus", corpus, "--suite", "switch", "--suite", "lesson", corpus / "dev.tsv"]
    done = command(*suites, "--model", model, "--device", "numpy", "--errors", "1")
    assert done.returncode == 0, done.stderr
    for word in ("switch", "lesson", "dev", "m>f", "BLEU|", "chrF2|", "TER|", "should be", "95 %", "missing"):
        assert word in done.stdout
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.split("BLEU|")[0].splitlines())) <= 100


def test_the_command_prints_one_json_document(corpus, model):
    done = command(corpus / "lesson.jsonl", corpus / "dev.tsv", "--model", model, "--device", "numpy", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert [suite["suite"] for suite in document["suites"]] == ["lesson", "dev"]


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nowhere.tsv"], 1, "nowhere"),
        (["--corpus", "nowhere"], 2, "no corpus folder"),
        (["--by", "colour"], 2, "no breakdown by 'colour'"),
        (["--errors", "-1"], 2, "--errors"),
    ],
)
def test_a_wrong_request_is_told_in_one_sentence(arguments, code, says, tmp_path):
    done = command(*arguments)
    assert done.returncode == code
    assert says in done.stderr and done.stdout == "" and "Traceback" not in done.stderr


def test_an_annotated_pair_may_have_a_line_separator_in_it(tmp_path):
    (pair,) = sample("lesson", 1, 0)
    (tmp_path / "own.jsonl").write_bytes(pair.to_json().replace(b'"."', '".\u2028"'.encode()) + b"\r\n")
    assert len(open_suite(tmp_path / "own.jsonl").references) == 1
