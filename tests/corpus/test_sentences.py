"""Sentences as drawn: their Czech by an independent check of the surface, their annotation, their tokens."""

import re
from collections import Counter

import pytest

from translate.corpus.choice import stream
from translate.corpus.files import tsv_line
from translate.corpus.heldout import HeldOut
from translate.corpus.pair import SentencePair, lines, read_line, realise
from translate.corpus.sampling import Sampler
from translate.language import forms
from translate.language.lexicon import lexicon
from translate.resources import data
from translate.text import join, split

# What Czech forbids, as patterns of the lower-cased sentence; the comment is an example of each.
FORBIDDEN = {
    "Kluk se, který rád čte knihy, usmívá": r"\w+ (se|si), kter",
    "který rád se učí, který ve škole se rád učí": r"kter[ýá] (?!s[ei] )[^,]*\b(se|si)\b (?!sv)",
    "který rád číst": r"\brád[a]? \w+(at|ít|it|ést|out)\b",
    "má rád číst": r"\bm(á|ám|áš|ěl|ěla) (ne)?rád",
    "Jsem kluk který": r"[^,] kter",
    "kdo rád": r"\bkdo\b",
    "On je kluk, Já jsem kluk": r"\b(já|ty|on|ona)\b",
    "Jsem byl kluk": r"^(jsem|jsi) byl|\b(jsem|jsi) byla?\b",
    "Jsem kluk, který rád cestuji": r"rád[a]? \w+(uji|ám|ím)\b",
    "která rada čte, neráda, ne ráda, rádý": r"\b(rada|rad|neráda|nerád|rádý|rádá)\b|\bne rád",
    "ráda se neučí": r"\brád[a]? (se|si)\b (?!sv)",
    "není": r"\b(není|nejsem|nejsi|nebyl|nebyla)\b",
    "a se ráda učí": r"\b(a|ale) (se|si|to)\b",
    "v škole, s sestrou": r"\bv (š|v|f|m[ěl])|\bs (s|z|š|ž)",
    "který rád čte a jsem": r"kter[^,]* a (jsem|jsi|je|byl|byla|moje|můj)\b",
    "…, ale without its comma": r"[^,] ale\b",
    "doubled punctuation": r",,|\.\.|,\.|\s[,.]",
    "se svým sestrou, se svou bratrem": r"svým \w+ou\b|svou \w+em\b",
    "jsi se, jsi si": r"\bjsi (se|si)\b",
}


@pytest.mark.parametrize("example", FORBIDDEN)
def test_forbidden_czech_never_occurs(sample, example):
    pattern = re.compile(FORBIDDEN[example])
    found = [pair.target_text for pair in sample if pattern.search(pair.target_text.lower())]
    assert not found, found[:3]


def _nominatives():
    """Czech noun → gender, read from the table without the package's own loader."""
    rows = [line.split("\t") for line in data("lexicon/nouns.tsv").read_text("utf-8").splitlines()]
    head = rows[0]
    m, f = head.index("m_nom_sg"), head.index("f_nom_sg")
    return {row[m]: "m" for row in rows[1:]} | {row[f]: "f" for row in rows[1:]}


NOMINATIVES = _nominatives()


def _genders(words):
    """What the endings of the agreeing words say, told without the lexicon's tables of forms."""
    found, before = [], ""
    for word in words:
        after_rad = before in ("rád", "ráda", "nerad", "nerada")
        if word in NOMINATIVES:
            found.append(NOMINATIVES[word])
        elif word in ("která", "ráda", "nerada", "moje", "byla") or re.search("la$" if after_rad else "á$", word):
            found.append("f")
        elif word in ("který", "rád", "nerad", "můj", "byl") or re.search("l$" if after_rad else "ý$", word):
            found.append("m")
        before = word
    return found


def test_every_clause_speaks_of_one_gender(sample):
    # A relative clause is what stands from "který" to the next comma or full stop. What is left falls into main
    # clauses at a, ale and commas. In each piece all genders must be one; a relative has that of the noun before it.
    for pair in sample:
        text = pair.target_text[0].lower() + pair.target_text[1:].rstrip(".")
        text = re.sub(r"(každý|celý) (den|večer)", "vždy", text)  # these agree with den, večer
        before = ""
        for relative in re.finditer(r"(\w+), (kter\w+[^,]*)", text):
            genders = _genders([relative[1], *relative[2].split()])
            assert len(set(genders)) == 1 and len(genders) >= 3, pair.target_text
        main = re.sub(r", kter\w+[^,]*,(?= (a|ale) )", " ,", text)
        main = re.sub(r", kter\w+[^,]*(,|$)", "", main)
        for clause in re.split(r",? (?:ale|a) |, ", main.replace(" ,", ",")):
            genders = _genders(clause.split())
            # "…, a jsem unavený" has no noun of its own: the clause before tells its gender.
            expected = (
                NOMINATIVES[next(w for w in clause.split() if w in NOMINATIVES)]
                if set(clause.split()) & set(NOMINATIVES)
                else before
            )
            assert set(genders) == {expected}, (clause, pair.target_text)
            before = expected


def test_annotation_is_true(sample):
    for pair in sample:
        for noun in pair.nouns:
            assert forms.english_gender(pair.source[noun.source]) == noun.gender
            if noun.role == "controller":
                assert pair.target[noun.target] == noun.lemma and forms.noun(noun.lemma).gender == noun.gender
            assert noun.gender == forms.noun(noun.lemma).gender
        said = {a.position for a in pair.agreements}
        assert said == {i for i, word in enumerate(pair.target) if forms.gender_of(word)}
        for agreement in pair.agreements:
            controller = pair.nouns[agreement.controller]
            assert controller.role == "controller"
            assert forms.gender_of(pair.target[agreement.position]) == controller.gender == agreement.gender
            assert forms.twin(pair.target[agreement.position]) == agreement.other
            low, high = sorted((agreement.position, controller.target))
            assert agreement.distance == high - low
            assert agreement.direction == ("forward" if controller.target == low else "backward")
            between = tuple(i for i, noun in enumerate(pair.nouns) if low < noun.target < high)
            assert agreement.attractors == between


def proper_words():
    """Words of both languages that keep their capital inside a sentence: I, Sunday, Praze, Angličan."""
    book = lexicon()
    complements = [complement for verb in book.verbs.values() for complement in verb.complements.values()]
    words = {"I", *(form for name in book.people for form in name.forms.values())}
    for entry in (*book.adverbials.values(), *complements):
        words.update(entry.english, entry.czech)
    for noun in (noun for pair in book.nouns for noun in (pair.m, pair.f)):
        words.update(noun.english, *(form.split() for form in noun.forms.values()))
    return {word for word in words if word[:1].isupper()}


def test_tokens_are_the_text(sample):
    proper = proper_words()
    for pair in sample[:4_000]:
        for words, text, english in ((pair.source, pair.source_text, True), (pair.target, pair.target_text, False)):
            tokens = split(text, english=english)
            if tokens[0] not in proper:
                tokens[0] = tokens[0].lower()
            assert tuple(tokens) == words and join(words) == text
        assert tsv_line(pair) == f"{pair.source_text}\t{pair.target_text}\n"


def test_a_line_is_what_its_pair_writes(grammar):
    sampler = Sampler(grammar, stream(6, "test"), HeldOut(grammar, 6))
    sentences = [sampler.sentence(1 + number % 3) for number in range(3_000)]
    for sentence, line in zip(sentences, lines(sentences), strict=True):
        pair = realise(sentence)
        assert line == (pair.source_text, pair.target_text, pair.to_json())


PAIR = '{"source": ["a"], "target": ["b"], "nouns": [], "agreements": [], "constructions": []}'


def test_json_round_trip(sample):
    for pair in sample[:500]:
        assert read_line(pair.to_json()) == (pair, {})
    odd = SentencePair(('say "\\"', "x\ty"), ("ano",), (), (), ("test",))
    assert read_line(odd.to_json({"pair": 1})) == (odd, {"pair": 1})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"source": ["a"]}', "not a sentence pair .*target"),
        ("nothing", "not a sentence pair .*malformed"),
        ("[]", "not a sentence pair .*object"),
        (PAIR.replace('["a"]', '["a", ""]'), "not a sentence pair .*source"),
        (PAIR.replace('"agreements"', '"tags": 3, "agreements"'), "the tags must be an object"),
        (PAIR.replace('"nouns": []', '"nouns": [{"lemma": "kluk"}]'), "not a sentence pair .*gender"),
    ],
)
def test_a_line_that_is_no_pair_is_refused_with_a_reason(line, reason):
    with pytest.raises(ValueError, match=reason):
        read_line(line)


def test_every_construction_and_word_is_said(sample, grammar):
    said = Counter(name for pair in sample for name in pair.constructions)
    assert set(said) == set(grammar.weights["construction"])
    words = Counter(word for pair in sample for word in pair.target)
    for pair in grammar.nouns:
        assert words[pair.m.lemma] and words[pair.f.lemma]
    for use in grammar.verbs:
        assert words[use.verb.persons["sg3"]] and words[use.verb.past["f"]] and words[use.verb.past["m"]]


def test_genders_of_two_clauses_are_equally_frequent(sample):
    seen = Counter()
    for pair in sample:
        first = {a.clause: a.gender for a in pair.agreements}
        if len(first) == 2:
            seen[first[0], first[1]] += 1
    assert len(seen) == 4 and max(seen.values()) < 1.15 * min(seen.values())


def test_attractors_stand_only_in_the_third_person(sample):
    for pair in sample:
        if pair.source[0] in ("I", "you") and len(pair.constructions) == 1:
            assert all(noun.role == "controller" for noun in pair.nouns)
