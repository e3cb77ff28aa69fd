"""What a suite varied is counted in its own bins, and where nothing tells the gender both are right."""

import json
from random import Random

from tests.evaluation.test_evaluate import Oracle
from translate.corpus.full.suites import WholeSuites
from translate.evaluation.evaluate import evaluate
from translate.evaluation.suite import Suite, open_suite


def made(name, size):
    """A suite of the whole grammar."""
    makers = {"far": WholeSuites.far, "switches": WholeSuites.switches, "no-cue": WholeSuites.no_cue}
    items = list(makers[name](WholeSuites(0, lambda pair: True), Random(1), size))
    return Suite.of(name, (pair for pair, _ in items), (tags for _, tags in items))


def test_each_tag_has_its_bins_and_each_sentence_is_in_one_of_them(translator):
    suite = made("switches", 16)
    found = evaluate(Oracle(translator, suite), suite)
    assert list(found.bins["switches"]) == ["0", "1", "2", "3"]
    for values in found.bins.values():
        assert sum(one.exact.count for one in values.values()) == len(suite.sources)
        assert all(one.exact.value == one.accepted.value == one.agreement.value == 1 for one in values.values())
    json.dumps(found.to_json())


def test_a_suite_about_one_word_counts_that_word_alone(translator):
    suite = made("far", 50)
    swapped = {}
    for source, pair, tags in zip(suite.sources, suite.pairs, suite.tags, strict=True):
        words = list(pair.target)
        if tags["distance"] % 2:
            words[tags["position"]] = next(w.other for w in pair.agreements if w.position == tags["position"])
        swapped[source] = Suite.of("", [pair]).references[0] if not tags["distance"] % 2 else " ".join(words)
    oracle = Oracle(translator, suite)
    oracle.answers = swapped
    bins = evaluate(oracle, suite).bins["distance"]
    assert sum(one.agreement.count for one in bins.values()) == len(suite.sources)
    assert all(one.agreement.successes == (0 if int(value) % 2 else one.agreement.count) for value, one in bins.items())
    assert list(bins) == sorted(bins, key=int)


def test_where_nothing_tells_the_gender_both_are_right(translator):
    suite = made("no-cue", 30)
    others = dict(zip(suite.sources, (tags["other"] for tags in suite.tags), strict=True))
    genders = dict(zip(suite.sources, (pair.agreements[0].gender for pair in suite.pairs), strict=True))
    oracle = Oracle(translator, suite)
    always = {s: r if genders[s] == "m" else others[s] for s, r in oracle.answers.items()}
    oracle.answers = always
    found = evaluate(oracle, suite)
    assert found.exact.value == found.agreement.accuracy.value == found.masculine.value == 1
    assert found.preference is None and found.to_json()["masculine"]["count"] == 30
    oracle.answers = {s: others[s] if text != others[s] else r for (s, r), text in
                      zip(Oracle(translator, suite).answers.items(), always.values(), strict=True)}  # fmt: skip
    assert evaluate(oracle, suite).masculine.value == 0


def test_a_variant_counts_as_accepted_and_not_as_exact(translator, corpus):
    suite = open_suite(corpus / "lesson.jsonl")
    found = evaluate(Oracle(translator, suite, lambda text: text.replace("rád učí", "učí rád")), suite)
    assert found.exact.value < found.accepted.value == 1
    assert set(found.bins) >= {"verb", "gender"}
