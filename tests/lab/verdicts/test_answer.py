from dataclasses import replace

from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.answer import answer
from translate.lab.verdicts.whole_report import concluded


def test_the_answer_is_no_where_a_claim_failed_and_open_where_one_is_missing(results):
    low = wilson(60, 100, "words")
    failed = concluded(replace(results, readings=(replace(results.readings[0], probe=low), *results.readings[1:])))
    assert failed.answer[0].startswith("No,")
    untried = concluded(replace(results, effects=()))
    assert untried.answer[0].startswith("Not certainly") and "could not be tried" in untried.answer[0]
    assert answer(results) == results.answer


def test_a_place_counts_as_used_again_only_where_the_second_noun_is_read_there(results):
    chance, well = wilson(500, 1000, "words"), wilson(900, 1000, "words")
    for second, word in ((well, "used again"), (chance, "tells neither gender")):
        first = replace(results.first_noun, after_unchanged=chance, after_second=second)
        assert word in concluded(replace(results, first_noun=first)).answer[1]
