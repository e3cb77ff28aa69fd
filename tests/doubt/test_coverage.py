"""A translation held against the lexicon: right ones are never doubted, wrong ones nearly always."""

import random
from collections import Counter
from pathlib import Path

import pytest

from translate.corpus.show import sample
from translate.doubt.coverage import coverage
from translate.language import forms
from translate.lesson.material import suite
from translate.text import split

RIGHT = [line.split("\t") for line in (Path(__file__).parent / "right.tsv").read_text("utf-8").splitlines()]
"""Pairs of the Czech grammar that the corpora follow."""


def kinds(english: str, czech: str) -> set[str]:
    return {doubt.kind for doubt in coverage(split(english, english=True), split(czech))}


@pytest.mark.parametrize(("english", "czech"), RIGHT)
def test_what_the_grammar_calls_right_is_not_doubted(english, czech):
    assert kinds(english, czech) == set()


@pytest.mark.parametrize("name", ["lesson", "boy-girl", "switch", "distance", "attractor", "test-longer"])
def test_no_sentence_of_the_corpus_is_doubted(name):
    assert [pair.target_text for pair, _ in suite(name) if coverage(pair.source, pair.target)] == []


def test_of_the_whole_grammars_sentences_hardly_one_is_doubted():
    pairs = sample("full", 1500, 3)
    doubted = [(pair.source_text, pair.target_text) for pair in pairs if coverage(pair.source, pair.target)]
    assert len(doubted) <= 0.003 * len(pairs), doubted


WRONG = [
    ("She likes to learn.", "Policista se rád učí.", {"added", "gender"}),
    ("I am not happy.", "Jsem šťastný.", {"negation"}),
    ("She is my sister.", "Je to babička.", {"lost", "added"}),
    ("He isn't a boy who likes to read.", "Je to kluk, který rád čte.", {"negation"}),
    ("I learn.", "Byl jsem hrdinka.", {"lost", "added"}),
    ("The boy who is happy likes to read.", "Kluk, který rád čte, je šťastný.", {"clause"}),
    ("The boy sees the girl.", "Holka vidí kluka.", {"role"}),
    ("The girls like to read.", "Holka ráda čte.", {"lost", "person", "gender"}),
    ("Is the boy happy?", "Kluk je šťastný.", {"lost"}),
    ("He is happy.", "Je to šťastný.", {"added"}),
    ("I am a boy who likes to learn.", "Jsem kluk, který rád učí.", {"lost"}),
    ("I am a boy who likes to learn.", "Jsem kluk, který se ráda učí.", {"gender"}),
    ("I am a boy who likes to learn.", "Jsem kluk, která se rád učí.", {"gender"}),
    ("I am a boy who likes to learn.", "Jsi kluk, který se rád učí.", {"person"}),
    ("I am a boy who likes to learn.", "Byl jsem kluk, který se rád učí.", {"tense"}),
    ("I was a boy who liked to learn.", "Byl jsem kluk, který se rád učí.", {"tense"}),
    ("The teacher said that she was tired.", "Učitelka řekla, že je unavený.", {"gender"}),
    ("My sister is a teacher.", "Moje sestra je učitel.", {"gender"}),
    ("My teacher is young.", "Můj učitelka je mladá.", {"gender"}),
    ("I am tired because I like to read.", "Jsem unavená, protože rád čtu.", {"gender"}),
    ("The boy whose sister likes to sing is happy.", "Kluk, jejíž sestra ráda zpívá, je šťastný.", {"gender"}),
    ("Eve likes to play with her brother.", "Eva si ráda hraje bez svého bratra.", {"lost", "added"}),
    ("The boys like to swim and the girls like to read.", "Kluci rádi plavou.", {"lost"}),
]


@pytest.mark.parametrize(("english", "czech", "found"), WRONG)
def test_what_is_wrong_is_doubted_for_the_right_reason(english, czech, found):
    assert kinds(english, czech) >= found


def test_a_doubt_says_which_words_and_where():
    (lost, added) = coverage(split("I am a rich boy"), split("Jsem chytrý kluk"))
    assert (lost.kind, lost.words, lost.source, lost.target) == ("lost", ("rich",), (3,), ())
    assert (added.kind, added.words, added.source, added.target) == ("added", ("chytrý",), (), (1,))
    assert "rich" in lost.reason and "chytrý" in added.reason


def test_broken_sentences_of_the_corpus_are_doubted():
    draw = random.Random(1)
    pairs = [pair for name in ("switch", "test-longer", "attractor") for pair, _ in suite(name)]
    vocabulary = sorted({word for pair in pairs for word in pair.target if word.isalpha()})
    found: Counter[str] = Counter()
    for pair in pairs:
        czech = list(pair.target)
        t = draw.choice([t for t, word in enumerate(czech) if word.isalpha()])
        agreeing = draw.choice(pair.agreements)
        other = draw.choice([word for word in vocabulary if word.lower() != czech[t].lower()])
        broken = {
            "dropped": czech[:t] + czech[t + 1 :],
            "replaced": [*czech[:t], other, *czech[t + 1 :]],
            "turned": [*czech[: agreeing.position], agreeing.other, *czech[agreeing.position + 1 :]],
            "swapped": [forms.noun_twin(word) or word for word in czech],
            "cut": [*czech[: max(k for k, word in enumerate(czech) if word == ",")], "."]
            if "," in czech
            else czech[:1],
        }
        for name, words in broken.items():
            found[name] += bool(coverage(pair.source, words))
    shares = {name: count / len(pairs) for name, count in found.items()}
    assert shares["cut"] == shares["swapped"] == shares["turned"] == 1
    assert shares["dropped"] > 0.93 and shares["replaced"] > 0.97


@pytest.mark.parametrize("czech", ["", "a a , ale , a", "který", "holka kluk který která", "😀 , , ,"])
@pytest.mark.parametrize(
    "english", ["", "to to to", "boy , but , and", "who who likes is", "😀 not", "that that is is"]
)
def test_nonsense_is_doubted_or_not_but_never_an_error(english, czech):
    coverage(split(english), split(czech))
