"""Text in, text out: what is asked for together, and what excludes each other."""

import pytest

from translate import lab
from translate.errors import TranslateError, UsageError
from translate.evaluation.quality import exact_match, exact_tokens
from translate.evaluation.suite import Suite
from translate.model.translator import Translator
from translate.tokenizer import Tokenizer

GIRL = "I am a girl who likes to learn"


@pytest.fixture(scope="module")
def translator() -> Translator:
    return Translator.load(device="numpy")


def test_the_best_of_a_beam_come_first_and_have_their_scores(translator):
    (best,) = translator.translate([GIRL], beam=4, n_best=3)
    assert [translation.score for translation in best] == sorted((each.score for each in best), reverse=True)
    assert best[0].text == translator.texts([GIRL])[0] == "Jsem holka, která se ráda učí"
    assert len(best[0].log_probs) == len(best[0].tokens) + 1 and best[0].finished


def test_a_prefix_is_kept_and_an_unknown_one_is_refused(translator):
    ((translation,),) = translator.translate([GIRL], prefix="Jsem kluk")
    assert translation.text.startswith("Jsem kluk,")
    with pytest.raises(UsageError, match=r"cannot write 'klukk'.* did you mean kluk"):
        translator.translate([GIRL], prefix="Jsem klukk")


def test_samples_differ_by_seed_and_not_from_time_to_time(translator):
    drawn = [translator.translate([GIRL], temperature=3.0, n_best=4, seed=seed) for seed in (0, 0, 9)]
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (dict(n_best=3), "`n_best` 3 needs a `beam`"),
        (dict(beam=0), "`beam` must be a whole number from 1 to 1,000, not 0"),
        (dict(temperature=1.0, beam=2), "no beam"),
        (dict(temperature=0.0), "temperature from 0.001"),
        (dict(length_penalty=11.0), "between -10 and 10"),
        (dict(beam=10**6), "from 1 to 1,000"),
        (dict(beam="3"), "not '3'"),
        (dict(beam=2.5), "not 2.5"),
        (dict(seed=-1, temperature=1.0), "`seed` must be a whole number of at least 0"),
        (dict(temperature="warm"), "must be numbers"),
        (dict(prefix=["Jsem"]), r"A text is needed here, not \['Jsem'\]"),
        (dict(prefix="Jsem " * 40), "prefix has 40 words, and a translation of this sentence at most 36"),
    ],
)
def test_options_that_exclude_each_other_are_named(translator, options, problem):
    with pytest.raises(UsageError, match=problem):
        translator.translate([GIRL], **options)


def test_given_translations_are_scored_word_by_word(translator):
    right, wrong = translator.score(GIRL, ["Jsem holka, která se ráda učí", "Jsem holka, který se ráda učí"])
    assert wrong.tokens[3] == "který" and len(wrong.log_probs) == len(wrong.tokens) + 1
    assert wrong.log_probs[3] < right.log_probs[3] - 10 and wrong.score < right.score


def test_a_string_is_one_sentence_wherever_a_list_is_meant():
    sentence, czech = "I am a girl who likes to learn.", "Jsem holka, která se ráda učí."
    translator = Translator.load(None, "numpy")
    assert translator.translate(sentence) == translator.translate([sentence])
    assert translator.texts(sentence) == [czech]
    assert translator.score(sentence, czech) == translator.score(sentence, [czech])
    assert lab.edit(translator, sentence, [(0, [])]) == lab.edit(translator, [sentence], [(0, [])])
    forced = lab.edit(translator, sentence, [(0, [])], targets=czech)
    assert [t.text for t in forced] == [czech]
    trace = lab.trace(translator, sentence, czech)
    assert len(trace.tokens["enc"]) == 1 and trace.tokens["enc"][0][:4] == ["I", "am", "a", "girl"]
    assert exact_match(czech, czech).count == exact_tokens(czech, czech).count == 1
    assert Suite("own", sentence, czech).sources == (sentence,)
    assert Tokenizer.train("kluk a holka").words == Tokenizer.train(["kluk a holka"]).words


@pytest.mark.parametrize(
    "given",
    [None, 5, b"I am", [b"I am"], [5], ["I am", None], [["I am a girl"]], {"I": "am"}, "", ["I am", ""], "\u200b"],
)
def test_what_is_no_sentence_or_has_no_words_is_refused_everywhere(translator, given):
    calls = [translator.translate, translator.texts, lambda given: lab.trace(translator, given)]
    calls.append(lambda given: lab.edit(translator, given, [(0, [])]))
    for call in calls:
        with pytest.raises(TranslateError, match=r"needed here, not|without words"):
            call(given)
    if given not in ("", "\u200b") and given != ["I am", ""]:  # to write nothing is a translation
        with pytest.raises(UsageError, match="needed here"):
            translator.score(GIRL, given)


def test_an_empty_name_is_no_model_and_no_device_is_refused():
    with pytest.raises(UsageError, match="not a model folder"):
        Translator.load("")
    with pytest.raises(UsageError, match="device 'None'"):
        Translator.load(None, None).network(100)


def test_a_sentence_beyond_the_limit_is_refused_by_name():
    translator, long = Translator.load(None, "numpy"), "boy " * 1001
    calls = (translator.translate, translator.texts, lambda text: translator.score("boy", text))
    for call in calls:
        with pytest.raises(UsageError, match=r"1,001 word pieces long \(1,000 are the most\).*boy boy"):
            call(long)
