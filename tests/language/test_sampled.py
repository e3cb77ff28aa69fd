"""Whatever is drawn is right: every agreeing word, form and comma, by checks that know nothing of the rules."""

import re
from dataclasses import fields, is_dataclass
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.language import paradigms
from translate.corpus.full.registry import CONSTRUCTIONS
from translate.corpus.full.sampler import Sampler
from translate.corpus.pair import read_line, told
from translate.language import meaning as tree
from translate.language.lexicon import lexicon
from translate.language.words import opposite

SEEDS = st.integers(0, 2**32)
PER_CONSTRUCTION = 60

# The rest of a relative clause, in which no other begins.
SAME = r"(?:(?! a kter)[^,])*"
# What Czech forbids, as patterns of the lower-cased sentence; the comment is an example of each.
FORBIDDEN = {
    "Kluk se, který rád čte knihy, usmívá": r"\w+ (se|si), kter",
    "který rád se učí, který ve škole se rád učí": rf"kter[ýáíé] (?!s[ei] |by ){SAME}\b(se|si)\b (?![szšž]|kter|ps)",
    "který rád číst": r"\brád[aiy]? \w+(at|ít|it|ést|out)\b",
    "má rád číst": r"\bm(á|ám|áš|ěl|ěla) (ne)?rád[aiy]? \w+(at|ít|it|ést|out)\b",
    "Jsem kluk který": r"(?<!,)(?<!\ba)(?<!\bse)(?<!\bo)(?<!\bna) kter",
    "kdo rád": r"\bkdo\b",
    "On je kluk, Já jsem kluk": r"^(on|ona|já|ty)\b|\b(já|ty)\b",
    "Jsem byl kluk, protože by byl": r"(^|[.“„] ?)(jsem|jsi|jsme|jste) byl|^(bych|bys|by|se|si|ho|mu|ji)\b",
    "Jsem kluk, který rád cestuji": r"který rád \w+(uji|ám|ím)\b",
    "která rada čte, neráda, ne ráda, rádý": r"\b(rada|rad|neráda|nerád|rádý|rádá)\b|\bne rád",
    "ráda se neučí": r"kter[ýáí] rád[aiy]? (se|si)\b (?!sv|s\w+ou\b)",
    "a se ráda učí": r"\b(a|ale|i) (se|si|to|by|bych|bys|jsem|jsi|ho|mu|ji) (?=rád|byl|by)",
    "v škole, s sestrou, k klukovi": r"\bv (š|v|f|m[ěl])|\bs (s|z|š|ž)",
    "…, ale without its comma": r"[^,„] ale\b",
    "protože, že, jestli, než without their comma": r"[^,„a] (protože|že|jestli|dokud|takže|zatímco)\b",
    "doubled punctuation": r",,|\.\.|,\.|\s[,.?!“]|„ ",
    "se svým sestrou, se svou bratrem": r"svým (?!táto)\w+ou\b|svou \w+em\b",
    "jsi se, jsi si, bys se": r"\b(jsi|bys) (se|si)\b",
    "by jsi, by jsem, bysme": r"\bby (jsi|jsem|jsme)\b|\bbysme\b",
    "je byl, bude byl": r"\b(je|bude) byl[aioy]?\b",
    "viděl jeho, pozvala jeho": r"\b(viděl|pozval|znal)a? jeho[,.]",
    "pochválena od otce": r"\b(pochválen|pozván|nalezen|zatčen)[aiy]? od\b",
    "Kdyby by, když se vrátí": r"\bkdyby by\b",
    "Učitelka řekla, že ona je": r"(?<! a) že on[ai]?\b",
    "a on jsi mladý, a ona jsem byla": r"\bon[aiy]? (jsem|jsi|jsme|jste|bych|bys|budu|budeš|sis|ses)\b",
    "řekl celý den, odešla celý večer": r"\b(řekl|dodal|odešl?|přišl|vrátil|ztratil|onemocněl|vyhrál)[aiy]? celý\b",
    "přišla doma, vrátil se venku": r"\b(přišl?|přijd|odešl|odejd)\w* (doma|venku)\b",
    "Kdyby vyhrál, slyšel ho": r"^kdyby(?!.*\b(by|bych|bys|bychom|byste)\b)",
    "Až ji zná": r"\baž (\w+ ){0,3}(zná|miluje|obdivuje|nenávidí|čeká na|myslí na)\b",
}


def sampled(construction, seed, count=1):
    """Meanings with their pairs, as the generator draws them."""
    sampler = Sampler(Random(seed), 0)
    found = []
    while len(found) < count:
        meaning = sampler.of(construction)
        pair = told(meaning)
        if pair is not None:
            found.append((meaning, pair))
    return found


@pytest.fixture(scope="module")
def sample():
    return [each for name in CONSTRUCTIONS for each in sampled(name, 5, PER_CONSTRUCTION)]


@pytest.mark.parametrize("example", FORBIDDEN)
def test_forbidden_czech_never_occurs(sample, example):
    pattern = re.compile(FORBIDDEN[example])
    found = [pair.target_text for _, pair in sample if pattern.search(pair.target_text.lower())]
    assert not found, found[:5]


ENGLISH = {
    "a before a vowel, an before a consonant": r"\ba [aeioAEIO]\w|\ban (?!heir|honest|hour)[^aeiouAEIOU\s]",
    "doubled words": r"\b(the|a|to|is|was|who|whom|that|likes|had) \1\b",
    "in love before its noun, never after been": r"\b(the|a|my) in love\b|been (never|always|often)\b",
    "he do not": r"\b(he|she) (do|are|were|have|am)\b",
    "they does, I is": r"\b(they|we) (does|is|was|has|am)\b|\bI (is|are|does|has)\b",
    "punctuation": r",,|\.\.|\s[,.?!]",
    "must and can with to": r"\b(must|can|should|could) to\b",
}


@pytest.mark.parametrize("example", ENGLISH)
def test_odd_english_never_occurs(sample, example):
    pattern = re.compile(ENGLISH[example])
    found = [pair.source_text for _, pair in sample if pattern.search(pair.source_text)]
    assert not found, found[:5]


def nodes(node):
    """All nodes of a tree, from the top; rows of the lexicon are none of it."""
    if isinstance(node, tuple):
        for part in node:
            yield from nodes(part)
    elif is_dataclass(node) and type(node).__module__ == tree.__name__:
        yield node
        for field in fields(node):
            yield from nodes(getattr(node, field.name))


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_every_word_that_agrees_agrees(construction, seed):
    ((meaning, pair),) = sampled(construction, seed)
    together = any(isinstance(node, tree.Both) for node in nodes(meaning))
    for word in pair.agreements:
        noun, said = pair.nouns[word.controller], pair.target[word.position]
        assert 0 <= word.controller < len(pair.nouns) and all(0 <= i < len(pair.nouns) for i in word.attractors)
        assert noun.role == "controller" and (noun.gender == word.gender or together)
        forms = (said, word.other) if word.gender == "m" else (word.other, said)
        assert forms in paradigms.pairs() and said != word.other
        words = set(pair.source) | {word.removesuffix("s") for word in pair.source}
        assert together or "pl" in number(meaning) or words & paradigms.telling()[word.gender]
        if noun.target is None:
            assert (word.distance, word.direction) == (0, "dropped")
        else:
            assert word.distance == abs(word.position - noun.target) > 0
            assert word.direction == ("forward" if noun.target < word.position else "backward")
    assert len({word.position for word in pair.agreements}) == len(pair.agreements)


def number(meaning):
    """The numbers of all that are spoken of."""
    return {node.number for node in nodes(meaning) if isinstance(node, tree.Referent)}


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_nouns_words_and_quotes_are_where_they_should_be(construction, seed):
    ((_, pair),) = sampled(construction, seed)
    known = paradigms.words()
    for word in pair.target:
        assert word in known, word
    for noun in pair.nouns:
        assert 0 <= noun.source < len(pair.source)
        if noun.target is not None:
            gender, forms = paradigms.nouns()[noun.lemma]
            assert gender == noun.gender and pair.target[noun.target] in forms
    assert [word for word in pair.target if word in "„“"] == ["„", "“"] * pair.target.count("„")
    assert pair.source.count('"') == 2 * pair.target.count("„")
    assert read_line(pair.to_json()) == (pair, {})


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_each_relative_clause_is_between_commas(construction, seed):
    ((meaning, pair),) = sampled(construction, seed)
    for phrase in [node for node in nodes(meaning) if isinstance(node, tree.NounPhrase) and node.relative is not None]:
        clause, phrase.relative = phrase.relative, None
        without = told(meaning)
        phrase.relative = clause
        if without is None:  # nothing else tells a gender
            continue
        start = next(i for i, word in enumerate(pair.target) if without.target[i : i + 1] != (word,))
        inserted = pair.target[start : start + len(pair.target) - len(without.target)]
        assert pair.target[:start] + pair.target[start + len(inserted) :] == without.target
        after = pair.target[start + len(inserted) :][:1]
        opened = inserted[0] == "," and (inserted[-1] == "," or not after or after[0] in (",", ".", "?", "!", ":", "“"))
        assert opened or (pair.target[start - 1] == "," and inserted[-1] == ","), pair.target_text


def turn(meaning):
    """Everybody of the other gender, in place."""
    pair_of = {noun: pair for pair in lexicon().nouns for noun in (pair.m, pair.f)}
    names = {gender: [name for name in lexicon().people if name.gender == gender] for gender in "mf"}
    persons, seen = lexicon().persons, set()
    found = list(nodes(meaning))
    for node in found:
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, tree.Referent):
            node.gender = opposite(node.gender)
        elif isinstance(node, tree.NounPhrase):
            gender = opposite(node.noun.gender)
            node.noun = pair_of[node.noun].of(gender) if node.noun in pair_of else names[gender][0]
        elif isinstance(node, tree.Pronoun) and node.person.gender is not None:
            node.person = persons["she" if node.person.gender == "m" else "he"]
    for node in found:
        if isinstance(node, tree.Both):
            node.who.gender = "f" if node.first.who.gender == node.second.who.gender == "f" else "m"


ARTICLES = ("a", "an", "s", "se", "k", "ke", "v", "ve")


@pytest.mark.parametrize("construction", CONSTRUCTIONS)
@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_the_other_gender_changes_nothing_else(construction, seed):
    ((meaning, before),) = sampled(construction, seed)
    turn(meaning)
    after = told(meaning)
    assert after is not None and len(after.agreements) >= len(before.agreements) - 2
    may_change = {noun.target for noun in (*before.nouns, *after.nouns)}
    may_change |= {word.position for word in (*before.agreements, *after.agreements)}
    for position, (old, new) in enumerate(zip(before.target, after.target, strict=True)):
        assert old == new or position in may_change or {old, new} <= set(ARTICLES), (old, new)
    sources = {noun.source for noun in (*before.nouns, *after.nouns)}
    gendered = {"he", "she", "him", "her", "his"}
    for position, (old, new) in enumerate(zip(before.source, after.source, strict=True)):
        assert old == new or position in sources or {old, new} <= gendered or {old, new} <= set(ARTICLES), (old, new)
