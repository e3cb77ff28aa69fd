"""Text to ids and back: casing, unknown words, subword pieces, and models on disk."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import TranslateError, UsageError
from translate.tokenizer import END, KINDS, PAD, START, UNKNOWN, Tokenizer

ENGLISH = [
    "I am a boy who likes to learn.",
    "The girl is in Prague, but I am not.",
    "My sister likes Prague and the boy.",
    "She's a girl who doesn't like to sing.",
]
CZECH = ["Jsem kluk, který se rád učí.", "Holka je v Praze, ale já ne.", "Moje sestra má ráda Prahu a kluka."]
WORD = Tokenizer.train(ENGLISH, "word", english=True)
SUBWORDS = {kind: Tokenizer.train(CZECH * 20, kind, size=340) for kind in ("unigram", "bpe")}


def test_a_word_or_a_mark_is_one_step_and_contractions_are_spelt_out():
    assert WORD.split("She's a girl, isn't she?") == ["she", "is", "a", "girl", ",", "is", "not", "she", "?"]
    assert len(WORD.encode("I am a boy.")) == 5


def test_casing_is_looked_up_so_that_a_first_word_is_no_other_word():
    assert WORD.encode("The boy is in prague") == WORD.encode("the BOY is in Prague")
    assert {"the", "my", "she", "Prague", "I"} <= set(WORD.words) and not {"The", "My", "i"} & set(WORD.words)


def test_a_sentence_typed_without_its_capital_is_the_same_sentence():
    texts = ["I read The Times in Prague.", "The king read The Times.", "I saw the king and the girl."]
    tokenizer = Tokenizer.train(texts, english=True)
    assert {"The", "the"} <= set(tokenizer.words)
    assert tokenizer.encode("the king read.") == tokenizer.encode("The king read.")
    assert tokenizer.split("zebras read.")[0] == "zebras"


def test_what_is_encoded_is_decoded_as_people_write_it():
    for text in ENGLISH[:3]:
        assert WORD.decode(WORD.encode(text)) == text
    ids = [START, *WORD.encode("the girl is a boy."), END, PAD, PAD]
    assert WORD.decode(ids) == "The girl is a boy."


def test_unknown_words_are_named_once_and_their_neighbours_offered():
    text = "the gril likes xyz and the gril"
    assert WORD.unknown(text) == ["gril", "xyz"] and WORD.encode(text).count(UNKNOWN) == 3
    assert WORD.nearest("gril")[0] == "girl" and WORD.nearest("PRAGE") == ["Prague"] and WORD.nearest("xyz") == []
    assert len(WORD.nearest("s", count=1)) <= 1


@given(st.text(max_size=40))
def test_any_text_has_ids_within_the_vocabulary(text):
    for tokenizer in (WORD, *SUBWORDS.values()):
        ids = tokenizer.encode(text)
        assert all(0 <= i < len(tokenizer) for i in ids)
        assert len(tokenizer.word_starts(ids)) == len(ids)


@pytest.mark.parametrize("kind", SUBWORDS)
def test_nothing_is_unknown_to_subword_pieces(kind):
    tokenizer = SUBWORDS[kind]
    for text in [*CZECH, "Žluťoučký kůň 漢字 🙂"]:
        assert tokenizer.decode(tokenizer.encode(text)) == text
        assert tokenizer.unknown(text) == [] and UNKNOWN not in tokenizer.encode(text)
    assert tokenizer.words == []


@pytest.mark.parametrize("kind", SUBWORDS)
def test_a_word_starts_with_its_first_piece(kind):
    tokenizer = SUBWORDS[kind]
    assert sum(tokenizer.word_starts(tokenizer.encode("Jsem kluk v Praze"))) == 4


def test_text_that_is_tokenised_already_keeps_its_tokens_and_its_casing():
    tokenizer = Tokenizer.train(["Das Haus , das", "das Haus"], "word", pretokenised=True)
    assert tokenizer.split("Das haus ,") == ["Das", "haus", ","] and tokenizer.unknown("Das haus ,") == ["haus"]
    assert tokenizer.decode(tokenizer.encode("Das Haus , das")) == "Das Haus , das"


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_texts_give_the_same_bytes_and_a_file_gives_the_same_ids(kind, tmp_path):
    once, again = (Tokenizer.train(CZECH * 20, kind, size=340) for _ in range(2))
    assert once.serialised() == again.serialised()
    (tmp_path / "pieces.model").write_bytes(once.serialised())
    loaded = Tokenizer.load(tmp_path / "pieces.model", kind)
    assert loaded.vocabulary == once.vocabulary and loaded.encode(CZECH[0]) == once.encode(CZECH[0])


@pytest.mark.parametrize("content", [None, b"", b"no model"])
def test_a_missing_or_damaged_model_is_named(content, tmp_path):
    path = tmp_path / "pieces.model"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TranslateError, match=r"pieces\.model"):
        Tokenizer.load(path, "word")


def test_what_cannot_be_learnt_is_refused_with_a_reason():
    with pytest.raises(UsageError, match="'words'; choose one of word, unigram, bpe"):
        Tokenizer.train(ENGLISH, "words")
    with pytest.raises(TranslateError, match="no text"):
        Tokenizer.train(["", " ", "\u200b\u2028"], "word")
    with pytest.raises(TranslateError, match="cannot make 9 bpe pieces"):
        Tokenizer.train(CZECH, "bpe", size=9)


def test_the_capital_of_a_sentence_or_quotation_inside_a_line_is_undone_as_well():
    texts = [
        'The man laughed. "You are ill," she said.',
        "You are the man.",
        '"No, you are not," said Eve.',
        "I see Eve.",
    ]
    words = Tokenizer.train(texts, "word", 100).words
    assert {"the", "you", "no", "Eve", "I"} <= set(words) and {"The", "You", "No", "eve"}.isdisjoint(words)


TECHNICAL = [
    "Stojí 3,5 koruny.",
    "Zbývá 0.30 metru.",
    'Má „A-1" doma.',
    "Např. v 10:30.",
    "NATO a https://a.cz/b",
    "„Jsi?“ Petr ne.",
    "Dne 5. května.",
]


def test_words_are_written_with_the_gaps_that_they_were_learnt_with():
    tokenizer = Tokenizer.train(TECHNICAL)
    for text in TECHNICAL:
        assert tokenizer.decode(tokenizer.encode(text)) == text
    assert {"3", "5", ",￭", "A-1", "NATO", "Petr", ".￬"} <= set(tokenizer.words)


def test_a_gap_that_was_never_learnt_is_read_as_the_usual_one():
    """A vocabulary without marks, as the models that ship have it, knows the same words of any text."""
    tokenizer = Tokenizer.train(CZECH)
    assert tokenizer.split("kluk ,který se. rád") == ["kluk", ",", "který", "se", ".", "rád"]
    assert tokenizer.unknown("3,5 kluk") == ["3", "5"]
    assert not any(mark in word for word in tokenizer.words for mark in "￭␣￬")


OTHER_BYTES = ("Uc\u030citelka\u00a0říká", "\ufeffUčitelka  říka\u0301\u2028", "Uči\u00adtelka\u200b\x1fříká")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_text_in_other_bytes_has_the_same_pieces_and_teaches_the_same(kind):
    plain = "Učitelka říká"
    tokenizer = Tokenizer.train([*CZECH, plain] * 20, kind, size=400)
    for text in OTHER_BYTES:
        assert tokenizer.encode(text) == tokenizer.encode(plain) and tokenizer.split(text) == tokenizer.split(plain)
        assert not tokenizer.unknown(text) and tokenizer.decode(tokenizer.encode(text)) == plain
        assert Tokenizer.train([*CZECH, text] * 20, kind, size=400).serialised() == tokenizer.serialised()


@pytest.mark.parametrize("kind", KINDS)
def test_joiners_stay_within_a_word_or_sign(kind):
    texts = ["می‌خواهم کتاب‌ها را.", "Máma 👩‍👧 a ❤️‍🔥."]
    tokenizer = Tokenizer.train(texts * 20, kind, size=400)
    assert [tokenizer.decode(tokenizer.encode(text)) for text in texts] == texts


@pytest.mark.parametrize("text", ["kluk a holka " * 30, "漢字" * 60, "🙂" * 40, "žluťoučký" * 30])
@pytest.mark.parametrize("kind", SUBWORDS)
def test_the_beginning_of_a_text_is_whole_words_of_at_most_so_many_pieces(kind, text):
    tokenizer = SUBWORDS[kind]
    beginning = tokenizer.beginning(text, 37)
    assert text.startswith(beginning) and 20 < len(tokenizer.encode(beginning)) <= 37
    assert " " not in text or beginning.split()[-1] in ("kluk", "a", "holka")
    assert tokenizer.beginning("Kluk.", 37) == "Kluk."
