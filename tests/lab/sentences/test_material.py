"""The laboratory's sentences: the suites, and what is made beside them for probes that may say no."""

from translate.corpus.splits import build
from translate.corpus.suites.maker import key
from translate.lab.sentences.events import two_nouns
from translate.lab.sentences.material import load_material
from translate.lab.sentences.minimal_pairs import after_second, find_swaps, versions_of


def test_more_sentences_are_made_like_the_switch_suites_and_none_is_in_a_suite(tmp_path):
    build("lesson", 300, 1, tmp_path)
    material, again = load_material(tmp_path), load_material(tmp_path)
    more = [pair for pair, _ in material.more]
    assert len(more) > 10 * len(material.suites["switch"]) and material.more == again.more
    keys = [key(pair.source_text) for pair in more]
    taken = {key(pair.source_text) for pair in material.pairs(*material.suites)}
    assert len(set(keys)) == len(keys) and not taken & set(keys)
    assert len(two_nouns(more)) > 0.8 * len(more)
    every = material.pairs(*material.suites)
    assert material.returning == [] and len(material.all_pairs) == len(every) + len(more)


def test_sentences_that_come_back_are_crossed_and_agree_with_their_first_person(tmp_path):
    build("lesson-return", 300, 1, tmp_path)
    suite = load_material(tmp_path).returning
    assert len(suite) > 400
    for versions in versions_of(suite):
        assert len(versions) == 4
        for (y1, y2), pair in versions.items():
            last = [word for word in pair.agreements if word.clause == 2]
            assert last and {word.gender for word in last} == {y1}
            assert {word.gender for word in pair.agreements if word.clause == 1} == {y2}
    for swap in find_swaps(suite, 0, "after noun"):
        changed = after_second(swap, "dec")
        assert changed is not None and {word.clause for word in changed.others} == {2}
