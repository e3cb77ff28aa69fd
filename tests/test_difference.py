"""What differs: place by place where that is a place, by common runs otherwise."""

from hypothesis import given
from hypothesis import strategies as st

from translate.difference import changed_places, changed_words, count_changed, differences

WORDS = ["kluk", "holka", "který", "která", "rád", "ráda", "čte", ","]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=12)


def test_equally_long_sentences_are_compared_place_by_place():
    boy, girl = ["kluk", ",", "který", "rád", "čte"], ["holka", ",", "která", "ráda", "čte"]
    assert changed_places(boy, girl) == {0, 2, 3} and count_changed(boy, girl) == 3
    assert changed_words(boy, girl) == [("kluk", "holka"), ("který", "která"), ("rád", "ráda")]


def test_a_word_that_only_one_of_them_has_counts():
    short, long = ["kluk", "rád", "čte"], ["kluk", "velmi", "rád", "čte", "knihy"]
    assert changed_words(short, long) == [("", "velmi"), ("", "knihy")] and count_changed(short, long) == 2
    assert changed_places(short, long) == set() and changed_places(long, short) == {1, 4}


@given(SENTENCES, SENTENCES)
def test_the_differences_are_all_that_differs(before, after):
    rest, end = [], 0
    for old, new in differences(before, after):
        rest += before[end : old.start] + [after[place] for place in new]
        end = old.stop
    assert rest + before[end:] == after
    assert bool(count_changed(before, after)) == (before != after)


@given(SENTENCES)
def test_nothing_differs_from_itself(words):
    assert differences(words, words) == [] and changed_words(words, words) == []


def test_what_two_clauses_exchange_differs_at_every_place():
    boy_first = ["Jsem", "kluk,", "který", "rád", "čte,", "ale", "je", "holka,", "která", "ráda", "čte."]
    girl_first = ["Jsem", "holka,", "která", "ráda", "čte,", "ale", "je", "kluk,", "který", "rád", "čte."]
    assert changed_places(boy_first, girl_first) == {1, 2, 3, 7, 8, 9}
