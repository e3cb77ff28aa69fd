"""A network whose truth is known: each method must find what is there and reject what only looks so."""

import numpy as np
import pytest

from translate.lab import first_report as report
from translate.lab.bench import Bench
from translate.lab.carriers import rank
from translate.lab.first_noun import first_noun
from translate.lab.intervene import Part
from translate.lab.lemmas import split_lemmas
from translate.lab.material import Material
from translate.lab.stored import readings, time_courses
from translate.lab.swaps import AFTER_NOUN, START_OF_SENTENCE, find_swaps, measure


def pair_of(suite):
    """The first two sentences of a suite that differ in the first noun's gender, tagged as a pair."""
    return [(pair, {"pair": 0, "gender": tags["y1"]}) for pair, tags in suite[:4] if tags["y2"] == "m"]


@pytest.fixture(scope="module")
def bench(planted_model):
    translator, _, suite = planted_model
    material = Material({"switch": suite, "test": suite[::5], "boy-girl": pair_of(suite)}, "planted")
    return Bench(translator, material, split_lemmas(material.pairs("switch"), seed=0), seed=0)


def test_it_translates_as_planned(planted_model):
    translator, _, suite = planted_model
    assert translator.texts([" ".join(pair.source) for pair, _ in suite]) == [pair.target_text for pair, _ in suite]


def test_the_probe_reads_the_planted_cell_on_unseen_nouns(bench):
    found = {reading.site: reading for reading in readings(bench)}
    # The planted decoder learns of the second noun by reading what it wrote, one step after the label changes: in half
    # of the sentences one word of ten is read as before.
    assert found["dec.l0.c"].probe.value == pytest.approx(0.95, abs=0.01)
    assert found["dec.l0.c"].agreeing.value == 1.0
    assert 0.25 < found["dec.l0.c"].shuffled.value < 0.75
    assert found["dec.l0.c"].majority.value == pytest.approx(0.5, abs=0.05)


def test_the_ranking_finds_the_cell_and_its_decoy(bench, planted_model):
    _, units, _ = planted_model
    ranking = rank(bench)
    assert set(ranking.best(2)) == {units["G"], units["D"]}
    assert ranking.shown[units["G"]] == ranking.shown[units["D"]] > 0.9
    assert max(np.abs(np.delete(ranking.shown, [units["G"], units["D"]]) - 0.5)) < 0.4


def test_the_reading_turns_at_the_second_noun(bench):
    for found in time_courses(bench):
        if found.site == "dec.l0.c" and found.kind == "m>f":
            before, after = (np.array(found.course.value)[np.array(found.course.at) == at] for at in (-1, 1))
            assert before < 0.3 and after > 0.9


def test_the_overwritten_gender_cannot_be_read_any_more(bench):
    found = first_noun(bench)
    assert found.after_second.value == 1.0
    assert 0.3 < found.after_unchanged.value < 0.7
    assert 0.3 < found.after_anew.value < 0.7  # the planted network keeps no trace of it


def effects(planted_model, clause, moment, parts):
    translator, _, suite = planted_model
    return measure(translator, find_swaps(suite, clause, moment), [(part.name, [part]) for part in parts])


def test_transplanting_the_cell_turns_its_clause_and_no_other(planted_model):
    _, units, _ = planted_model
    parts = [Part("whole", ("c", "h")), Part("c", ("c",)), Part("G", ("c",), (units["G"],))]
    for effect in effects(planted_model, 0, AFTER_NOUN, parts):
        assert (effect.flipped.value, effect.other.value, effect.rest.value) == (1.0, 0.0, 1.0), effect.part
        assert effect.sentences == 224
    for effect in effects(planted_model, 1, AFTER_NOUN, parts):
        assert effect.flipped.value == 1.0 and effect.other is None


def test_the_decoy_is_seen_by_the_probe_and_rejected_by_the_transplant(planted_model):
    _, units, _ = planted_model
    others = [name for name in units.number if name not in ("G", "D")]
    random = tuple(units[name] for name in others[:3])
    parts = [
        Part("D", ("c",), (units["D"],)),
        Part("D with h", ("c", "h"), (units["D"],)),
        Part("random", ("c",), random),
    ]
    for effect in effects(planted_model, 0, AFTER_NOUN, parts):
        assert (effect.flipped.value, effect.other.value, effect.rest.value) == (0.0, 0.0, 1.0), effect.part


def test_the_second_gender_waits_in_its_own_cell(planted_model):
    _, units, _ = planted_model
    (effect,) = effects(planted_model, 1, START_OF_SENTENCE, [Part("Y2", ("c",), (units["Y2"],))])
    assert effect.flipped.value == 1.0  # the noun is then another, and the agreeing word follows it
    assert effect.other.value == 0.0


def test_the_report_says_what_is_planted(bench, planted_model):
    _, units, _ = planted_model
    results = report.first_report(bench, "a test")
    assert results.answer[0].startswith("Yes") or results.claim("stored").verdict == "undecided"
    assert {claim.id for claim in results.claims} == {
        "agreement", "stored", "turns", "first-noun", "units", "gates", "used", "contained",
    }  # fmt: skip
    assert results.claim("used").verdict == results.claim("contained").verdict == "holds"
    assert (
        results.claim("first-noun").verdict == "holds" and "can hardly be read" in results.claim("first-noun").statement
    )
    assert (
        results.claim("gates").verdict == "holds"
        and "no less where the gender stays" in results.claim("gates").statement
    )
    assert results.pair.exact and set(results.pair.order[:2]) == {units["G"], units["D"]}
    assert report.first_report(bench, "a test").to_json() == results.to_json()
