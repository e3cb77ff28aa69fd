"""Contrasts of one's own: how they are written down, what the model says depends on them, and what is left out."""

import pytest

from translate.errors import UsageError
from translate.lab.planted.networks import make_planted
from translate.lab.sentences.contrast import Contrast, read_contrasts
from translate.lab.sentences.contrasted import contrasted
from translate.lab.sentences.minimal_pairs import find_swaps
from translate.lab.sentences.side_names import SideNames, side_names


def said(first: str, second: str) -> str:
    return f"the {first} who gladly reads and the {second} who gladly sleeps"


@pytest.fixture(scope="module")
def translator():
    return make_planted("one-cell").translator


def test_a_file_is_read_with_labels_and_expected_words(tmp_path):
    path = tmp_path / "contrasts.tsv"
    path.write_bytes("\ufeffA boy.\tA girl.\r\n\r\nHe is tired.\tShe is tired.\the/she\tunavený je\n".encode())
    assert read_contrasts(path) == [
        Contrast("A boy.", "A girl."),
        Contrast("He is tired.", "She is tired.", "he/she", ("unavený", "je")),
    ]


@pytest.mark.parametrize("line", ["A boy.", "A boy.\t", "\tA girl.", "A\tB\tC\tD\tE"])
def test_another_line_is_named(tmp_path, line):
    path = tmp_path / "contrasts.tsv"
    path.write_text(f"A boy.\tA girl.\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"line 2: a contrast is a sentence, a tab and its counterfactual"):
        read_contrasts(path)
    path.write_text("\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is empty"):
        read_contrasts(path)


def test_what_depends_is_what_the_model_writes_otherwise(translator):
    found = contrasted(translator, [Contrast(said("boy", "queen"), said("girl", "queen"), expected=("který", "čte"))])
    (one, tags), (other, _) = found.material.suites["switch"]
    assert " ".join(one.target) == "kluk který rád čte a královna která ráda spí" and tags["y2"] is None
    assert [(noun.lemma, noun.gender, noun.source, noun.target) for noun in one.nouns] == [("boy/girl 1", "m", 1, 0)]
    agreeing = [(word.position, word.gender, word.other) for word in one.agreements]
    assert agreeing == [(0, "m", "holka"), (1, "m", "která"), (2, "m", "ráda")]
    assert [(word.gender, word.other) for word in other.agreements] == [("f", "kluk"), ("f", "který"), ("f", "rád")]
    assert (found.sides.both, found.material.told[one.source]) == ("boy / girl", {1})
    assert found.changed == {("kluk", "holka"): 1, ("který", "která"): 1, ("rád", "ráda"): 1}
    assert (found.hits, found.expected) == (1, 2)  # "čte" was said to change and does not
    (swap, back) = find_swaps(found.material.suites["switch"], 0, "after noun")
    assert (swap.base, swap.source) == (one, other) and (back.base, back.source) == (other, one)


def test_two_contrasts_in_one_sentence_are_crossed_however_they_are_listed(translator):
    ways = [("boy", "king"), ("girl", "king"), ("boy", "queen"), ("girl", "queen")]
    m, f, second, both = (said(*words) for words in ways)
    lines = [(second, both), (m, second), (f, both), (m, f)]
    found = contrasted(translator, [Contrast(*line) for line in lines])
    suite = found.material.suites["switch"]
    assert found.crossed == 4 and [tags["switch"] for _, tags in suite] == ["m>m", "m>f", "f>m", "f>f"]
    assert [" ".join(pair.source) for pair, _ in suite] == [m, second, f, both]
    assert {tuple(word.clause for word in pair.agreements) for pair, _ in suite} == {(0, 0, 1, 1)}
    assert len(found.material.suites["boy-girl"]) == 2
    first_alone = contrasted(translator, [Contrast(*line) for line in (lines[0], lines[3])])
    assert first_alone.crossed == 0  # nobody asks about the second noun


def test_what_nothing_can_be_asked_of_is_left_out_with_its_reason(translator):
    good = Contrast(said("boy", "queen"), said("girl", "queen"))
    bad = {
        Contrast(said("boy", "queen"), said("teacher", "queen")): 'does not know the word "teacher"',
        Contrast(said("boy", "queen"), said("boy", "queen")): "reads the same words in both",
        Contrast(said("boy", "queen"), "the girl who gladly reads"): "have 11 and 5 words",
    }
    found = contrasted(translator, [good, *bad])
    assert found.used == (good,) and [each.contrast for each in found.dropped] == list(bad)
    for dropped in found.dropped:
        assert bad[dropped.contrast] in dropped.reason
    assert [each.kind for each in found.dropped] == ["unknown word", "read alike", "read in lengths"]
    with pytest.raises(UsageError, match="None of the 3 contrasts can be used; of the first: the model does not know"):
        contrasted(translator, list(bad))


def test_sides_that_change_places_are_named(translator):
    lines = [(said("boy", "queen"), said("girl", "queen")), (said("girl", "king"), said("boy", "king"))]
    with pytest.raises(UsageError, match='Contrast 1 has "boy" first and "girl" second, contrast 2 the other'):
        contrasted(translator, [Contrast(*line) for line in lines])


def test_labels_are_the_words_that_differ_where_there_are_enough_of_them(translator):
    nouns = [("boy", "girl"), ("king", "queen"), ("hero", "heroine"), ("uncle", "aunt"), ("son", "daughter")]
    lines = [(said(one, "nun"), said(other, "nun")) for one, other in [*nouns, ("prince", "princess")]]

    def labels(some):
        suite = contrasted(translator, [Contrast(*line) for line in some]).material.suites["switch"]
        return list(dict.fromkeys(pair.nouns[0].lemma for pair, _ in suite))

    assert labels(lines)[:2] == ["boy/girl", "king/queen"]
    assert labels(lines[:5])[:2] == ["boy/girl 1", "king/queen 2"]  # too few to draw over: each sentence for itself
    many = [(said("boy", who), said("girl", who)) for who in ("king", "queen", "hero", "uncle", "aunt", "son", "monk")]
    assert labels([*many, *lines[1:]])[:2] == ["boy/girl 1", "boy/girl 2"]  # seven names of which one is half of all


def test_the_sides_are_called_by_a_label_of_two_or_by_the_words_that_differ():
    lesson = Contrast("The boy, he said, is tired.", "The girl, she said, is tired.")
    number = Contrast("He sees the boy.", "He sees the boys.", label="one/many")
    assert side_names([lesson, number, lesson]).both == "boy / girl and 1 other pair"
    assert side_names([number]) == SideNames("one", "many")
    assert side_names([Contrast("He sings.", "She sings.", label="pronoun")]).both == "he / she"
