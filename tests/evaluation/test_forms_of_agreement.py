"""A word agrees in every case and number: planted mistakes in what the whole grammar can say."""

import pytest

from translate.corpus.pair import Agreement, Noun, SentencePair
from translate.evaluation.agreement import judge
from translate.evaluation.breakdown import conditions
from translate.language import forms
from translate.text import split

# The Czech, the noun's place and gender (none: Czech drops the pronoun), the agreeing word, and its other form.
CASES = [
    ("Znám holku, kterou miluje kluk.", 1, "f", "kterou", "kterého"),
    ("Kluk, kterému věří holka, spí.", 0, "m", "kterému", "které"),
    ("Herečka, se kterou pracuji, spí.", 0, "f", "kterou", "kterým"),
    ("Holky rády tančí.", 0, "f", "rády", "rádi"),
    ("Kluci neradi tančí.", 0, "m", "neradi", "nerady"),
    ("Holky byly doma.", 0, "f", "byly", "byli"),
    ("Kluci přišli.", 0, "m", "přišli", "přišly"),
    ("Kluci jsou šťastní.", 0, "m", "šťastní", "šťastné"),
    ("Král, jehož sestra spí, je doma.", 0, "m", "jehož", "jejíž"),
    ("Žena, jejíhož bratra znám, je doma.", 0, "f", "jejíhož", "jehož"),
    ("Herec řekl, že jeho manželka spí.", 0, "m", "jeho", "její"),
    ("Petr miluje svou dceru.", 3, "f", "svou", "svého"),
    ("Holka potkala kluka a pozvala ho.", 2, "m", "ho", "ji"),
    ("Král zná Evu a věří jí.", 2, "f", "jí", "mu"),
    ("Král zná Evu, ale ona spí.", 2, "f", "ona", "on"),
    ("Holka byla pochválena.", 0, "f", "pochválena", "pochválen"),
    ("Kluci byli pozváni.", 0, "m", "pozváni", "pozvány"),
    ("Holka není doma, nebyla doma.", 0, "f", "nebyla", "nebyl"),
    ("Vidím unavenou servírku.", 2, "f", "unavenou", "unaveného"),
    ("Je unavená.", None, "f", "unavená", "unavený"),
]


def sentence(czech, noun, gender, word, other):
    target = tuple(split(czech))
    place = target.index(word)
    lemma = "she" if noun is None else target[noun]
    direction = "dropped" if noun is None else "forward" if noun < place else "backward"
    return SentencePair(
        ("x",),
        target,
        (Noun(lemma, gender, 0, noun, 0, "controller"),),
        (Agreement(place, 0, gender, "x", 0, 0 if noun is None else abs(place - noun), direction, (), other),),
        ("x",),
    )


@pytest.mark.parametrize("case", CASES, ids=[case[3] for case in CASES])
def test_a_form_in_the_other_gender_is_wrong_and_a_missing_one_missing(case):
    czech, _, _, word, other = case
    pair = sentence(*case)
    (right,) = judge(pair, czech + "!")
    (wrong,) = judge(pair, czech.replace(word, other))
    assert (right.outcome, wrong.outcome, wrong.produced) == ("right", "wrong", other)
    (missing,) = judge(pair, " ".join(token for token in pair.target if token != word))
    assert missing.outcome == "missing"


def test_the_noun_that_was_produced_decides_in_every_case():
    pair = sentence("Znám holku, kterou miluje král.", 1, "f", "kterou", "kterého")
    (turned,) = judge(pair, "Znám kluka, kterého miluje král.")
    (mixed,) = judge(pair, "Znám kluka, kterou miluje král.")
    assert (turned.outcome, mixed.outcome) == ("right", "wrong")


def test_both_together_are_masculine_though_the_nearer_noun_is_not():
    pair = sentence("Kluk a holka byli doma.", 2, "f", "byli", "byly")
    pair = SentencePair(
        pair.source, pair.target, pair.nouns, (Agreement(3, 0, "m", "x", 0, 1, "forward", (), "byly"),), ("x",)
    )
    assert judge(pair, "Kluk a holka byli doma!")[0].outcome == "right"
    assert judge(pair, "Kluk a holka byly doma.")[0].outcome == "wrong"


def test_a_dropped_pronoun_has_its_own_direction():
    (condition,) = conditions([sentence("Je unavená.", None, "f", "unavená", "unavený")])
    assert (condition.direction, condition.distance, condition.attractors) == ("dropped", "0", "none")


@pytest.mark.parametrize(
    ("form", "gender", "family"),
    [
        ("kterou", "f", "který"), ("které", None, "který"), ("rádi", "m", "rád"), ("nebyly", "f", "být"),
        ("pozvány", "f", "pozván"), ("jejíhož", "f", "jehož"), ("šťastní", "m", "šťastný"), ("čte", None, "čte"),
    ],
)  # fmt: skip
def test_what_a_form_shows(form, gender, family):
    assert forms.shown_gender(form) == gender
    assert forms.family(form) == (family if family != "být" else forms.family("byl"))


def test_nouns_show_their_gender_in_every_case_unless_it_is_two():
    assert [forms.noun_gender(form) for form in ("holku", "klukem", "hrdinou", "Petra", "x")] == [
        "f",
        "m",
        "m",
        None,
        None,
    ]
