from dataclasses import replace

import pytest

from translate.lab.planted.truths import TRUTHS
from translate.lab.statistics.estimate import wilson
from translate.lab.tracing.site import Site
from translate.lab.verdicts.answer import answer
from translate.lab.verdicts.rules import FORGOTTEN, NEVER, UNDECIDED, UNUSED, USED
from translate.lab.verdicts.whole_report import concluded


def test_the_answer_is_no_where_a_claim_failed_and_open_where_one_is_missing(results):
    low = wilson(60, 100, "words")
    failed = concluded(replace(results, readings=(replace(results.readings[0], probe=low), *results.readings[1:])))
    assert failed.answer[0].startswith("No,")
    untried = concluded(replace(results, necessity=()))
    assert untried.answer[0].startswith("Not certainly") and "could not be tried" in untried.answer[0]
    assert answer(results) == results.answer


@pytest.mark.parametrize("fate", [*FORGOTTEN, UNUSED, USED, NEVER, UNDECIDED])
@pytest.mark.parametrize("is_measured", [True, False])
def test_each_sentence_has_at_most_25_words_whatever_was_found(results, fate, is_measured):
    """Also with the longest verdict, a share of four signs and no clear answer."""
    share, decoder = wilson(9_999, 10_000, "words"), results.verdicts[0]
    reading = replace(results.readings[0], probe=share, site=Site("dec.l0.h"))
    verdict = replace(decoder, verdict=fate, numbers={"later": share} if is_measured else {"used": share})
    changed = replace(results, readings=(reading, *results.readings[1:]), verdicts=(verdict, *results.verdicts[1:]))
    parts = results.necessity if is_measured else ()
    first = replace(results.first_noun, after_anew=share)
    for text in concluded(replace(changed, necessity=parts, first_noun=first)).answer:
        assert len(text.split()) <= 25 and text.endswith("."), text
    assert fate in concluded(changed).answer[1]


@pytest.mark.parametrize("name", TRUTHS)
def test_it_says_what_is_planted(results, name):
    """The verdict of every planted network, in the answer's words."""
    verdict = replace(results.verdicts[0], verdict=TRUTHS[name].verdict)
    text = answer(replace(results, verdicts=(verdict,)))[1]
    assert TRUTHS[name].verdict in text and len(text.split()) <= 25


def test_without_a_verdict_it_says_what_was_read(results):
    assert "not asked" in answer(replace(results, verdicts=()))[1]
