"""The suites of the whole grammar: filled, tagged, and made of what training does not say."""

from collections import Counter

import pytest

from translate.corpus.choice import stream
from translate.corpus.full.registry import CONSTRUCTIONS
from translate.corpus.full.sampler import BASIC, Sampler, drawn, held_out, held_pairs
from translate.corpus.full.suites import MASCULINES_IN_A, WHOLE_SUITES, WholeSuites
from translate.corpus.pair import told
from translate.corpus.suites.maker import key
from translate.language.lexicon import lexicon

SEED = 4
SIZES = {"constructions": 2 * len(CONSTRUCTIONS), "far": 100, "between": 40, "switches": 40}


@pytest.fixture(scope="module")
def suites():
    """A small suite of each kind, none of which shares a sentence with another."""
    taken: set[str] = set()

    def take(pair):
        if key(pair.source_text) in taken:
            return False
        taken.add(key(pair.source_text))
        return True

    makes = WholeSuites(SEED, take)
    return {
        name: list(make(makes, stream(SEED, "suite", name), SIZES.get(name, 30)))
        for name, (make, _) in WHOLE_SUITES.items()
    }


@pytest.fixture(scope="module")
def training():
    """Pairs as training has them, of each construction, with the nouns and verbs that were drawn."""
    sampler = Sampler(stream(SEED, "test"), SEED)
    return [(name, sampler.of(name), sampler) for name in CONSTRUCTIONS for _ in range(40)]


def test_no_sentence_is_in_two_suites_or_twice_in_one(suites):
    sources = [key(pair.source_text) for suite in suites.values() for pair, _ in suite]
    assert len(set(sources)) == len(sources)


def test_every_bin_is_filled(suites):
    def counted(name, tag):
        return Counter(tags[tag] for _, tags in suites[name])

    assert counted("constructions", "construction") == dict.fromkeys(CONSTRUCTIONS, 2)
    assert counted("far", "distance") == dict.fromkeys(range(1, 26), 4)
    assert counted("between", "attractors") == dict.fromkeys(range(4), 10)
    assert counted("switches", "switches") == dict.fromkeys(range(4), 10)
    for name in ("held-out-nouns", "held-out-combinations", "masculines-in-a", "return", "no-cue"):
        assert len(suites[name]) == 30, name


def test_a_streak_of_bad_luck_does_not_end_a_suite(suites):
    """Rare sentences are searched for the suite as a whole, not one by one."""
    found, draws = iter(suites["return"]), Counter()

    def one():
        draws["all"] += 1
        return next(found) if draws["all"] > 2_000 else (None, {})

    assert len(list(WholeSuites(SEED, lambda pair: True)._fill(5, one))) == 5
    assert not list(WholeSuites(SEED, lambda pair: True)._fill(5, lambda: (None, {})))


def test_the_tagged_word_is_where_the_tag_says(suites):
    for pair, tags in suites["far"]:
        (word,) = [word for word in pair.agreements if word.position == tags["position"]]
        assert (pair.told_before(word), word.kind) == (tags["distance"], tags["kind"])
        assert all(pair.nouns[other.controller].gender for other in pair.agreements)
    for pair, tags in suites["between"]:
        (word,) = [word for word in pair.agreements if word.position == tags["position"]]
        genders = [pair.nouns[index].gender for index in word.attractors]
        assert len(genders) == tags["attractors"] and (not genders or set(genders) - {word.gender})


def lemmas(pair):
    return {noun.lemma for noun in pair.nouns}


def test_held_out_nouns_are_in_no_other_construction_of_training(suites, training):
    held = {noun.lemma for pair in held_pairs() for noun in (pair.m, pair.f)}
    for pair, tags in suites["held-out-nouns"]:
        assert tags["construction"] not in BASIC and tags["lemma"] in held & lemmas(pair)
    for name, meaning, _ in training:
        pair = told(meaning)
        # Relations are drawn from a list of their own, held-out ones among them: my nephew.
        named = {pair.target[noun.target] for noun in pair.nouns if noun.target is not None} if pair else set()
        relations = {noun.lemma for noun in (lexicon().noun("nephew").m, lexicon().noun("nephew").f)}
        assert name in BASIC or not (held - relations) & (lemmas(pair) if pair else named), name


def test_held_out_combinations_are_drawn_together_in_the_suite_alone(suites):
    sampler = Sampler(stream(SEED, "test"), SEED)
    for pair, tags in suites["held-out-combinations"]:
        noun = next(n for p in lexicon().nouns for n in (p.m, p.f) if n.lemma == tags["noun"])
        verbs = [verb for verb in lexicon().verbs.values() if verb.infinitive == tags["verb"]]
        assert any(held_out(noun, verb, SEED) for verb in verbs) and tags["noun"] in lemmas(pair)
    for name in CONSTRUCTIONS:
        for _ in range(40):
            sampler.of(name)
            draw = sampler._basic if name in BASIC else sampler._others
            assert not any(held_out(noun, verb, SEED) for noun in draw.nouns for verb in draw.verbs)


def test_masculines_in_a_look_feminine(suites):
    assert all(lexicon().noun(word).m.lemma.endswith("a") for word in MASCULINES_IN_A)
    for pair, tags in suites["masculines-in-a"]:
        assert tags["lemma"].endswith("a") and tags["lemma"] in lemmas(pair)


def test_the_first_person_returns_after_the_other_gender(suites):
    for pair, tags in suites["return"]:
        first, last = pair.agreements[0], pair.agreements[-1]
        assert first.gender == tags["gender"] and len(pair.constructions) > 2
        assert {word.gender for word in pair.agreements if word.clause} >= {"m", "f"} or last.clause > 0


def test_without_a_cue_both_genders_are_right_and_training_has_none(suites, training):
    for pair, tags in suites["no-cue"]:
        assert tags["other"] != pair.target_text and len(tags["other"].split()) == len(pair.target_text.split())
        assert any(not pair.nouns[word.controller].lemma for word in pair.agreements)
    for _, meaning, _ in training:
        pair = told(meaning)
        assert pair is None or all(noun.lemma for noun in pair.nouns)


def test_a_construction_draws_the_same_from_the_same_stream():
    for name in CONSTRUCTIONS:
        one, two = ([told(Sampler(stream(7, name), 0).of(name)) for _ in range(1)] for _ in range(2))
        assert one == two


def test_what_is_drawn_is_known_to_the_draw():
    sampler = Sampler(stream(1, "test"), 0)
    meaning = drawn(sampler._basic, "likes", stream(2, "test"))
    assert meaning is not None and sampler._basic.verbs
