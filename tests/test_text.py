"""Text as people write it, and back from the tokens that a model reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import UsageError
from translate.text import expand_contractions, join, listed, normal, plain, split, split_exactly

WORDS = st.text("abcčdďeéěřžABCŽ", min_size=1, max_size=6)
MARKS = st.sampled_from([",", ".", "!", "?", ";", ":"])


@pytest.mark.parametrize(
    ("written", "spelt_out"),
    [
        ("I'm a boy", "I am a boy"),
        ("i’m a boy", "i am a boy"),
        ("She's happy and they're not", "She is happy and they are not"),
        ("He doesn't, can't and won't", "He does not, can not and will not"),
        ("my sister's book", "my sister's book"),
        ("no contraction", "no contraction"),
    ],
)
def test_contractions_are_spelt_out_but_possessives_stay(written, spelt_out):
    assert expand_contractions(written) == spelt_out


def test_words_and_marks_are_tokens_of_their_own():
    assert split("Jsem kluk, který se rád učí.") == ["Jsem", "kluk", ",", "který", "se", "rád", "učí", "."]
    assert split("a well-known boy’s (old) hat") == ["a", "well-known", "boy’s", "(", "old", ")", "hat"]
    assert split("I'm here", english=True) == ["I", "am", "here"] and split("I'm here") == ["I'm", "here"]
    assert split("") == split(" \n") == []


def test_marks_are_attached_and_the_first_letter_is_large():
    assert join(["ahoj", ",", "(", "kluku", ")", "!"]) == "Ahoj, (kluku)!"
    assert join(("žena", "je", "tu")) == "Žena je tu" and join([]) == ""


@given(st.lists(st.one_of(WORDS, MARKS), min_size=1, max_size=12))
def test_splitting_undoes_joining_but_for_the_capitals_of_sentences(tokens):
    # A word is written with a capital where it is the first of a sentence, and as it is everywhere else.
    opens = [before in ("", ".", "!", "?", ":") for before in ("", *tokens)]
    written = [token[:1].upper() + token[1:] if first else token for first, token in zip(opens, tokens, strict=False)]
    assert split(join(tokens)) == written


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (
            'the man smiled . " you are ill , " she said . he slept .',
            'The man smiled. "You are ill," she said. He slept.',
        ),
        ('" are you ill ? " she said .', '"Are you ill?" she said.'),
        ("žena se smála . „ jsem tu , “ řekla .", "Žena se smála. „Jsem tu,“ řekla."),
        ('she asked the boy : " are you ill ? "', 'She asked the boy: "Are you ill?"'),
        ("( a kluk ) spí", "(a kluk) spí"),
    ],
)
def test_quotations_and_sentences_are_written_as_people_write_them(tokens, text):
    assert join(tokens.split()) == text


@given(st.text(max_size=60))
def test_any_text_loses_nothing_but_its_spaces(text):
    assert "".join(split(text)) == "".join(c for c in text if not c.isspace())


AS_WRITTEN = [
    "Stojí 3,5 koruny a 0.30 navíc.",
    'Má „A-1" doma.',
    "V 10:30 přijde, v 9.15 odejde.",
    "Dne 5. května 2020, tj. 5. 5. 2020 či 2020-05-05.",
    "https://example.com/a?b=c&d=e#f",
    "Piš na jan.novak@example.cz, tel.: +420 777 123 456!",
    "Např. když jde, atd. A tak dále.",
    "Mr. Smith vs. Mrs. Smith, Ph.D., U.S.A. a J. R. R. Tolkien.",
    "Řekl: ano. „Jsi tu?“ Petr přikývl. „Ano.“ šel dál",
    "50 % lidí, 50% sleva, 5 €, $5, §5, #1",
    "'Hello', he said. rock 'n' roll, the boys' hats, '90s, O'Neil",
    '“Hello” ‘Hi’ «Bonjour» »Ahoj« "a"',
    "1939–1945, 10-20, km/h, C++, x=1;y=2, f(x)=3·x",
    "No... já nevím… Ano?! ne",
    "Wait ! ( a ) „ b “ [c]",
    "iPhone a NATO. NATO a iPhone.",
    "<b>tag</b> &amp; \\n *y* _z_ — dash",
]


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_text_that_is_split_exactly_is_joined_as_it_was(text):
    tokens = split_exactly(text)
    assert join(tokens) == text
    assert [plain(token) for token in tokens if plain(token)] == split(text)


def test_a_mark_stands_where_a_gap_is_not_the_usual_one_and_nowhere_else():
    assert split_exactly("3,5 a 3, 5.") == ["3", ",￭", "5", "a", "3", ",", "5", "."]
    for text in ("Jsem kluk, který „spí“. Ano!", "Řekla: „Jsem tu.“ Šel."):
        assert split_exactly(text) == split(text)


@given(st.text(st.sampled_from("abcŽ A.,:?!\"'„“()3-–/%"), max_size=25))
def test_any_line_is_joined_as_it_was(text):
    text = " ".join(text.split())
    assert join(split_exactly(text)) == text


@pytest.mark.parametrize(
    "text, tokens",
    [
        ("می‌خواهم کتاب‌ها را.", ["می‌خواهم", "کتاب‌ها", "را", "."]),
        ("👩‍👧 👍🏽👍!", ["👩‍👧", "👍🏽", "👍", "!"]),
        ("🇨🇿🇸🇰 ❤️‍🔥 1️⃣", ["🇨🇿", "🇸🇰", "❤️‍🔥", "1️⃣"]),
        ("हिन्दी में, x\u030cy", ["हिन्दी", "में", ",", "x\u030cy"]),
        ("שָׁלוֹם-לך", ["שָׁלוֹם-לך"]),
    ],
)
def test_what_is_written_on_or_tied_to_a_sign_is_one_token_with_it(text, tokens):
    assert split(text) == tokens
    assert split(join(tokens)) == [tokens[0][:1].upper() + tokens[0][1:], *tokens[1:]]


def test_normal_text_is_composed_on_one_line_and_has_no_invisible_marks_but_joiners():
    assert normal("c\u030ces\u030cka\u00a0a\u2028b\u3000c\x85d▁e") == "češka a b c d e"
    assert normal("\ufeffso\u00adft \u200bhere\u2060\u202e") == "soft here"
    assert normal("c\u00ad\u030c") == "č"  # composed across what is taken away
    assert normal("می\u200cخواهم 👩\u200d👧") == "می\u200cخواهم 👩\u200d👧"
    assert normal(" \u200c \u200d ") == "" and normal("\ud800a\udcff") == "�a�"


@given(st.text(max_size=40))
def test_normal_text_stays_as_it_is(text):
    assert normal(normal(text)) == normal(text)


def test_signs_that_marks_are_written_with_are_read_as_others_like_them():
    for text in ("a ￭ b", "a￭b", "␣ ￬x", "￭￭"):
        assert join(split_exactly(normal(text))) == normal(text) and not set("￭␣￬") & set(normal(text))
    assert normal("a￭b ␣ ￬") == "a■b ⎵ ↓"


@pytest.mark.parametrize("given", [None, 5, b"a", ["a"], ("a",)])
def test_what_is_no_text_is_refused(given):
    with pytest.raises(UsageError, match="A text is needed here"):
        normal(given)


@pytest.mark.parametrize("given", [None, 5, b"a", {"a": "b"}])
def test_what_is_no_series_of_texts_is_refused(given):
    with pytest.raises(UsageError, match="A text or a list of texts is needed here"):
        listed(given)


def test_a_string_is_one_text():
    assert listed("abc") == ["abc"] and listed(("a", "b")) == ["a", "b"] and listed(iter("ab")) == ["a", "b"]
