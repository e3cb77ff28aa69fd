"""A corpus folder: disjoint splits, what is held out, the suites, and the same bytes from the same seed."""

import hashlib
import json
import re
from collections import Counter

import pytest

from translate.corpus.files import load_pairs, load_suite
from translate.corpus.grammar import load_grammar
from translate.corpus.heldout import HeldOut
from translate.corpus.parallel import read_parallel
from translate.corpus.splits import build
from translate.errors import TranslateError, UsageError

SPLITS = ["train", "dev", "test"]
# SHA-256 of train.jsonl of the corpus in conftest.py (1,500 pairs, seed 3). It changes with the lexicon, the grammar
# or the generator; then every trained model's corpus has changed too.
FROZEN = "27512b50c65313fac26c5df6ff868d48b58e41bfbbbe9ab04751fa089bdc6abf"


def words(text):
    return re.sub(r"[^\w ]", "", text.lower())


def test_the_folder_is_complete(corpus):
    described = json.loads((corpus / "corpus.json").read_text("utf-8"))
    assert described["counts"]["train"] == 1_500
    for name, count in described["counts"].items():
        assert len(load_pairs(corpus / f"{name}.jsonl")) == count > 0
        assert len((corpus / f"{name}.tsv").read_text("utf-8").splitlines()) == count
        for ending in ("tsv", "jsonl"):
            content = (corpus / f"{name}.{ending}").read_bytes()
            assert hashlib.sha256(content).hexdigest() == described["sha256"][f"{name}.{ending}"]
    assert "translate corpus --grammar lesson --pairs 1500 --seed 3" in (corpus / "README.md").read_text("utf-8")


def test_no_source_sentence_is_in_two_files_or_twice_in_one(corpus):
    seen = Counter()
    for path in corpus.glob("*.tsv"):
        seen.update(
            words(line.split("\t")[0]) for line in path.read_text("utf-8").splitlines() if path.stem != "lesson"
        )
    assert max(seen.values()) == 1
    lesson = {words(line.split("\t")[0]) for line in (corpus / "lesson.tsv").read_text("utf-8").splitlines()}
    assert len(lesson) == 4 and not lesson & set(seen)


def test_held_out_combinations_are_said_nowhere_else(corpus):
    held = HeldOut(load_grammar("lesson"), 3)
    assert len(held.combinations) > 30
    pairs = [((p.m.lemma, p.f.lemma), use.verb) for p, use in held.combinations]
    for path in corpus.glob("*.jsonl"):
        said = 0
        for pair in load_pairs(path):
            nouns, target = {noun.lemma for noun in pair.nouns}, set(pair.target)
            source = f" {' '.join(pair.source)} "
            hits = [
                verb
                for lemmas, verb in pairs
                if nouns.intersection(lemmas)
                and f" to {' '.join(verb.english)} " in source.replace(" .", " ")
                and target & {verb.persons["sg3"], *verb.past.values()}
                # "play football" contains "play": it is another verb.
                and not (verb.english == ("play",) and not re.search(r" to play (?!football)", source))
            ]
            said += bool(hits)
            if path.stem == "test-combination":
                assert hits, pair.source_text
        assert path.stem == "test-combination" or said == 0, path.stem


def test_boy_girl_pairs_differ_only_in_gender(corpus):
    suite = load_suite(corpus, "boy-girl")
    from translate.language.forms import english_twin, noun_twin, twin

    for (m, mt), (f, ft) in zip(suite[::2], suite[1::2], strict=True):
        assert (mt["pair"], mt["gender"], ft["gender"]) == (ft["pair"], "m", "f")
        assert len(m.target) == len(f.target) and len(m.source) == len(f.source)
        for a, b in zip(m.source, f.source, strict=True):
            assert a == b or english_twin(a) == b or {a, b} == {"a", "an"}
        for a, b in zip(m.target, f.target, strict=True):
            assert a == b or twin(a) == b or noun_twin(a) == b


def test_switch_is_fully_crossed(corpus):
    items = {}
    for pair, tags in load_suite(corpus, "switch"):
        if tags["switch"] != "none":
            items.setdefault(tags["item"], {})[tags["switch"]] = pair
    assert len(items) >= 7
    for versions in items.values():
        assert sorted(versions) == ["f>f", "f>m", "m>f", "m>m"]
        shapes = {
            tuple((a.position, a.kind, a.clause, a.distance, a.attractors) for a in p.agreements)
            for p in versions.values()
        }
        assert len(shapes) == 1
        for switch, pair in versions.items():
            assert {(a.clause, a.gender) for a in pair.agreements} <= {(0, switch[0]), (1, switch[2])}


def test_distances_are_evenly_filled_up_to_the_longest(corpus, sample):
    suite = load_suite(corpus, "distance")
    filled = Counter(tags["distance"] for _, tags in suite)
    longest = max(a.distance for pair in sample for a in pair.agreements)
    assert set(filled) >= set(range(1, longest + 1)) and len(set(filled.values())) == 1
    for pair, tags in suite:
        (agreement,) = [a for a in pair.agreements if a.position == tags["position"]]
        assert (agreement.distance, agreement.kind) == (tags["distance"], tags["kind"])


def test_longer_distances_are_beyond_what_training_has(corpus, sample):
    suite = load_suite(corpus, "distance-longer")
    longest = max(a.distance for pair in sample for a in pair.agreements)
    assert len(suite) >= 28 and len({tags["distance"] for _, tags in suite}) > 1
    for pair, tags in suite:
        assert longest < tags["distance"] == pair.agreements[-1].distance
        assert tags["position"] == pair.agreements[-1].position


def test_attractors_are_crossed(corpus):
    cells = Counter()
    for pair, tags in load_suite(corpus, "attractor"):
        (agreement,) = [a for a in pair.agreements if a.position == tags["position"]]
        between = [pair.nouns[i].gender == agreement.gender for i in agreement.attractors]
        assert (len(between), sum(between)) == (tags["attractors"], tags["same"])
        cells[tuple(sorted(between)), agreement.gender] += 1
    assert len(cells) == 12 and len(set(cells.values())) == 1


def test_test_longer_has_three_clauses(corpus):
    assert all(len(pair.constructions) == 3 for pair, _ in load_suite(corpus, "test-longer"))


def test_the_lesson_is_right(corpus):
    lines = dict(line.split("\t") for line in (corpus / "lesson.tsv").read_text("utf-8").splitlines())
    assert lines["I am a boy who likes to learn"] == "Jsem kluk, který se rád učí"
    assert lines["I am a girl who likes to earn."] == "Jsem holka, která ráda vydělává."
    assert len(lines) == 8


def test_same_seed_same_bytes(corpus, tmp_path):
    assert hashlib.sha256((corpus / "train.jsonl").read_bytes()).hexdigest() == FROZEN
    for workers in (1, 2):
        build("lesson", 60, 4, tmp_path / str(workers), workers=workers)
    build("lesson", 60, 5, tmp_path / "other")
    files = [p.name for p in (tmp_path / "1").iterdir()]
    assert len(files) == 24
    for name in files:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
    assert (tmp_path / "1" / "train.tsv").read_bytes() != (tmp_path / "other" / "train.tsv").read_bytes()


def test_impossible_requests_are_answered(tmp_path, corpus):
    with pytest.raises(UsageError, match="did you mean"):
        build("leson", 10, 0, tmp_path / "x")
    with pytest.raises(UsageError, match="at least 1"):
        build("lesson", 0, 0, tmp_path / "x")
    (tmp_path / "file").write_text("")
    with pytest.raises(TranslateError, match="is a file"):
        build("lesson", 10, 0, tmp_path / "file")
    with pytest.raises(TranslateError, match="no suite"):
        load_suite(corpus, "girl-boy")
    (tmp_path / "bad.jsonl").write_text('{"source": ["a"]}\n')
    with pytest.raises(TranslateError, match="line 1"):
        load_pairs(tmp_path / "bad.jsonl")


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"man", ', '"man", "humn", ', "nouns"),
        ('"happy", "sad", "tired"', '"happy", "hapy", "tired"', "adjectives"),
        ("stop = 0.8", "stop = 8", "shares.stop"),
        ("dance = {}", "dance = 3", 'verbs."dance"'),
        ("dance = {}", "dance = { avoid = 3 }", 'verbs."dance"'),
        ("dance = {}", 'dance = { avoid = ["nonsense"] }', 'verbs."dance"'),
        ("I = 34", "I = nan", "weights.pronoun"),
        ("I = 34", "I = true", "weights.pronoun"),
        ("stop = 0.8", "stop = true", "shares.stop"),
        ('name = "lesson"', "name = 3", "name"),
        ("copula-pronoun = 40", "copula-pronun = 40", "copula-pronoun"),
        ("dance = {}", "danse = {}", "danse"),
        ('learn = { complements = ["Czech"', 'learn = { complements = ["Czeck"', "Czeck"),
        ("name = ", "nam = ", "nam"),
        ("[weights.mid]", "[weights.mid", "TOML"),
    ],
)
def test_a_wrong_preset_is_named(tmp_path, old, new, key):
    from translate.resources import data

    text = data("grammars/lesson.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(TranslateError, match=re.escape(key)):
        load_grammar(str(path))


def test_parallel_text(tmp_path):
    tsv = tmp_path / "pairs.tsv"
    tsv.write_text("Hello.\tAhoj.\n\nYes\u2028no\tAno\n", "utf-8")
    assert read_parallel(tsv) == read_parallel(tmp_path / "pairs") == [("Hello.", "Ahoj."), ("Yes\u2028no", "Ano")]
    (tmp_path / "two.en").write_text("a\nb\n")
    (tmp_path / "two.cs").write_text("c\r\nd\r\n")
    assert read_parallel(tmp_path / "two") == read_parallel(tmp_path / "two.en") == [("a", "c"), ("b", "d")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a\tb\nc\n", "line 2: 1 column,"),
        (b"a\tb\tc\n", "line 1: 3 columns"),
        (b"a\tb\n \tc\n", "line 2: the source"),
        (b"a\t \n", "line 1: the target"),
        (b"a\tb\n\xe8\tc\n", "line 2"),
        (b"\n", "no pairs"),
        (b"", "no pairs"),
    ],
)
def test_bad_parallel_text_is_named(tmp_path, content, reason):
    (tmp_path / "bad.tsv").write_bytes(content)
    with pytest.raises(TranslateError, match=reason):
        read_parallel(tmp_path / "bad.tsv")


def test_two_files_must_go_together(tmp_path):
    (tmp_path / "x.en").write_text("a\nb\n")
    (tmp_path / "x.cs").write_text("a\n")
    with pytest.raises(TranslateError, match="go together"):
        read_parallel(tmp_path / "x")
    with pytest.raises(TranslateError, match="There is no parallel text"):
        read_parallel(tmp_path / "y")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"position": ', '"position": 99'),
        ('"controller": 0', '"controller": 7'),
        ('"gender": "m"', '"gender": "x"'),
        ('"nouns": [', '"nouns": 3, "was": ['),
        ('{"source": ["', '{"source": [3, "'),
    ],
)
def test_an_annotation_that_cannot_be_is_named_with_its_line(corpus, tmp_path, old, new):
    line = (corpus / "lesson.jsonl").read_text("utf-8").splitlines()[0]
    assert old in line
    (tmp_path / "bad.jsonl").write_text(line.replace(old, new, 1) + "\n", "utf-8")
    with pytest.raises(TranslateError, match=r"bad\.jsonl, line 1: not a sentence pair"):
        load_pairs(tmp_path / "bad.jsonl")
