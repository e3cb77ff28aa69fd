"""Pairs written by hand: how they are judged, and the bars that the model of the whole grammar is held to."""

from pathlib import Path

import pytest

from translate.evaluation.hand_written import HandWritten, evaluate_hand_written, judge_hand_written, read_hand_written

PAIRS = Path(__file__).parent.parent / "data" / "pairs"
MODELS = Path(__file__).parent.parent.parent / "models"
# Of each model, in per cent at least: accepted sentences, and gendered words in their right form, by file (and kind).
ACCEPTED = {
    "full": {"grammar_pairs": 95, "lesson_pairs": 99, "dialogues": 88, "newcomers inside": 98, "newcomers nocue": 98},
    "full-attention": {"grammar_pairs": 97, "lesson_pairs": 99, "dialogues": 98, "newcomers inside": 98},
}
AGREEMENT = {
    "full": {"grammar_pairs": 98, "lesson_pairs": 99, "dialogues": 97},
    "full-attention": {"grammar_pairs": 99, "lesson_pairs": 99, "dialogues": 98},
}


def pair(czech, *further, gendered="která ráda"):
    return HandWritten("x", (czech, *further), tuple(gendered.split()), "")


def test_every_file_is_read_and_each_gendered_word_is_in_its_answer():
    counts = {path.stem: read_hand_written(path) for path in sorted(PAIRS.glob("*.tsv"))}
    assert {name: len(pairs) for name, pairs in counts.items()} == {
        "dialogues": 92, "grammar_pairs": 320, "lesson_pairs": 81, "newcomers": 170,
    }  # fmt: skip
    for pairs in counts.values():
        for one in pairs:
            found = judge_hand_written(one, one.answers[0] + " a")  # not accepted, so that each word is looked up
            assert tuple(word.lower() for word in found.words) == tuple(word.lower() for word in one.gendered), one


def test_a_pair_is_exact_accepted_or_wrong_and_its_words_are_looked_up():
    girl = pair("Jsem holka, která ráda čte knihy v létě.", "Jsem žena.")
    exact, other = (
        judge_hand_written(girl, "jsem holka, která ráda čte knihy v létě"),
        judge_hand_written(girl, "Jsem žena."),
    )
    assert exact.exact and other.exact and exact.right_words == other.right_words == 2
    variant = judge_hand_written(girl, "Jsem dívka, která v létě ráda čte knihy.")
    assert (variant.exact, variant.accepted, variant.right_words) == (False, True, 2)
    wrong = judge_hand_written(girl, "Jsem holka, která rád čte knihy v létě.")
    assert (wrong.accepted, wrong.words, wrong.right_words) == (False, ("která", "rád"), 1)
    short = judge_hand_written(girl, "Jsem holka, která čte.")
    assert short.words == ("která", None)


def test_what_is_no_file_of_pairs_is_told(tmp_path):
    from translate.errors import TranslateError

    (tmp_path / "no.tsv").write_text("a\tb\nc\td\n")
    (tmp_path / "empty.tsv").write_text("english\tczech\n")
    for name in ("no", "empty"):
        with pytest.raises(TranslateError, match=name):
            read_hand_written(tmp_path / f"{name}.tsv")


@pytest.mark.slow
@pytest.mark.parametrize("model", ACCEPTED)
def test_a_model_of_the_whole_grammar_reaches_its_bars(model):
    from translate.model.translator import Translator

    translator = Translator.load(MODELS / model, "cpu")
    results = {}
    for path in sorted(PAIRS.glob("*.tsv")):
        whole = evaluate_hand_written(translator, read_hand_written(path))
        results |= {path.stem: whole} | {f"{path.stem} {name}": part for name, part in whole.groups().items()}
    assert {name: bar for name, bar in ACCEPTED[model].items() if 100 * results[name].accepted.value < bar} == {}
    assert {name: bar for name, bar in AGREEMENT[model].items() if 100 * results[name].agreement.value < bar} == {}


def test_answers_in_other_bytes_are_the_same_answers(tmp_path):
    path = tmp_path / "pairs.tsv"
    row = "I am.\u2028\tJsem\u00a0s\u030ct\u030castna\u0301.\ts\u030ct\u030castna\u0301"
    path.write_text(f"english\tczech\tgendered\n{row}\n", encoding="utf-8")
    (one,) = read_hand_written(path)
    assert judge_hand_written(one, "Jsem šťastná.").exact
    assert judge_hand_written(one, "Tak jsem šťastná.").right_words == 1
