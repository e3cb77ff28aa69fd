"""The correct examples of the Czech grammar come out exactly; what it forbids cannot be said."""

import pytest
from translate.language.clause import Active, Copular, Liking, Link, NounPhrase, Sentence, swap_gender

from translate.corpus.pair import realise
from translate.language.lexicon import lexicon

BOOK = lexicon()


def likes(verb, complement="", mid=(), final=(), tense="present", negative=False):
    entry = BOOK.verbs[verb]

    def phrase(name):
        return BOOK.adverbials.get(name) or BOOK.attractors[name]

    where = tuple(map(phrase, mid)), tuple(map(phrase, final))
    return Liking(entry, entry.complements[complement], tense, negative, *where)


def who(noun, relative=None, determiner="a", adjective=None):
    pair = BOOK.noun(noun)
    english = noun.partition("=")[0]
    entry = pair.f if " ".join(pair.f.english) == english else pair.m
    return NounPhrase(determiner, entry, BOOK.adjectives.get(adjective), relative)


def is_(subject, complement, tense="present"):
    subject = BOOK.persons[subject] if isinstance(subject, str) else subject
    complement = BOOK.adjectives[complement] if isinstance(complement, str) else complement
    return Copular("test", subject, tense, complement)


def does(subject, predicate):
    return Active("test", subject, predicate)


def joined(*clauses, links=(), stop=True):
    made = tuple(Link(BOOK.conjunctions.get(name), comma) for name, comma in links)
    return realise(Sentence(clauses, made, stop))


def the(noun, relative=None, adjective=None):
    return who(noun, relative, "the", adjective)


def my(noun):
    return who(noun, None, "my")


PAST = {"tense": "past"}
AND, BUT = ("and", False), ("but", True)
EXAMPLES = [
    ("I am a boy who likes to read.", "Jsem kluk, který rád čte.", joined(is_("I", who("boy", likes("read"))))),
    ("I am a girl who likes to read.", "Jsem holka, která ráda čte.", joined(is_("I", who("girl", likes("read"))))),
    ("My sister likes to dance.", "Moje sestra ráda tančí.", joined(does(my("sister"), likes("dance")))),
    (
        "I am a girl who does not like to learn.",
        "Jsem holka, která se nerada učí.",
        joined(is_("I", who("girl", likes("learn", negative=True)))),
    ),
    (
        "I am a boy who likes to learn",
        "Jsem kluk, který se rád učí",
        joined(is_("I", who("boy", likes("learn"))), stop=False),
    ),
    (
        "I am a girl who likes to learn",
        "Jsem holka, která se ráda učí",
        joined(is_("I", who("girl", likes("learn"))), stop=False),
    ),
    (
        "I am a boy who likes to earn money.",
        "Jsem kluk, který rád vydělává peníze.",
        joined(is_("I", who("boy", likes("earn", "money")))),
    ),
    (
        "I am a girl who likes to earn money.",
        "Jsem holka, která ráda vydělává peníze.",
        joined(is_("I", who("girl", likes("earn", "money")))),
    ),
    ("I am a boy who likes to teach.", "Jsem kluk, který rád učí.", joined(is_("I", who("boy", likes("teach"))))),
    ("I am a boy who likes to travel.", "Jsem kluk, který rád cestuje.", joined(is_("I", who("boy", likes("travel"))))),
    (
        "You are a woman who likes to smile.",
        "Jsi žena, která se ráda usmívá.",
        joined(is_("you", who("woman", likes("smile")))),
    ),
    (
        "He is a boy who likes to play chess.",
        "Je to kluk, který rád hraje šachy.",
        joined(is_("he", who("boy", likes("play chess")))),
    ),
    (
        "She is a girl who likes to draw animals.",
        "Je to holka, která ráda kreslí zvířata.",
        joined(is_("she", who("girl", likes("draw", "animals")))),
    ),
    (
        "I am a boy who likes to learn at school.",
        "Jsem kluk, který se rád učí ve škole.",
        joined(is_("I", who("boy", likes("learn", final=["at school"])))),
    ),
    (
        "I am a boy who at school likes to learn.",
        "Jsem kluk, který se ve škole rád učí.",
        joined(is_("I", who("boy", likes("learn", mid=["at school"])))),
    ),
    (
        "I am a father who after work likes to play with children.",
        "Jsem otec, který si po práci rád hraje s dětmi.",
        joined(is_("I", who("father", likes("play", mid=["after work"], final=["with children"])))),
    ),
    (
        "I am a girl who in the evening at home likes to learn English.",
        "Jsem holka, která se večer doma ráda učí anglicky.",
        joined(is_("I", who("girl", likes("learn", "English", mid=["in the evening", "at home"])))),
    ),
    (
        "The uncle who likes to learn likes to laugh.",
        "Strýc, který se rád učí, se rád směje.",
        joined(does(the("uncle", likes("learn")), likes("laugh"))),
    ),
    (
        "The boy who liked to sing was happy.",
        "Kluk, který rád zpíval, byl šťastný.",
        joined(is_(the("boy", likes("sing", **PAST)), "happy", "past")),
    ),
    (
        "The girl who liked to sing was happy.",
        "Holka, která ráda zpívala, byla šťastná.",
        joined(is_(the("girl", likes("sing", **PAST)), "happy", "past")),
    ),
    (
        "I was a boy who liked to read.",
        "Byl jsem kluk, který rád četl.",
        joined(is_("I", who("boy", likes("read", **PAST)), "past")),
    ),
    (
        "I was a girl who liked to learn.",
        "Byla jsem holka, která se ráda učila.",
        joined(is_("I", who("girl", likes("learn", **PAST)), "past")),
    ),
    (
        "She was a girl who liked to read.",
        "Byla to holka, která ráda četla.",
        joined(is_("she", who("girl", likes("read", **PAST)), "past")),
    ),
    (
        "I am a boy who likes to read, but my sister is a girl who likes to sing.",
        "Jsem kluk, který rád čte, ale moje sestra je holka, která ráda zpívá.",
        joined(is_("I", who("boy", likes("read"))), is_(my("sister"), who("girl", likes("sing"))), links=[BUT]),
    ),
    (
        "The king is strict, the queen is kind and the prince is lazy.",
        "Král je přísný, královna je hodná a princ je líný.",
        joined(
            is_(the("king"), "strict"), is_(the("queen"), "kind"), is_(the("prince"), "lazy"), links=[("", True), AND]
        ),
    ),
    (
        "My sister likes to learn and my brother likes to play.",
        "Moje sestra se ráda učí a můj bratr si rád hraje.",
        joined(does(my("sister"), likes("learn")), does(my("brother"), likes("play")), links=[AND]),
    ),
    (
        "I am a boy who likes to read, and I am tired.",
        "Jsem kluk, který rád čte, a jsem unavený.",
        joined(is_("I", who("boy", likes("read"))), is_("I", "tired"), links=[("and", True)]),
    ),
    ("The young woman is brave.", "Mladá žena je statečná.", joined(is_(the("woman", None, "young"), "brave"))),
    (
        "The boy who likes to chat with his sister is happy",
        "Kluk, který si rád povídá se svou sestrou, je šťastný",
        joined(is_(the("boy", likes("chat", final=["with own sister"])), "happy"), stop=False),
    ),
]


@pytest.mark.parametrize(("source", "target", "pair"), EXAMPLES, ids=[e[0] for e in EXAMPLES])
def test_correct_examples_come_out_exactly(source, target, pair):
    assert (pair.source_text, pair.target_text) == (source, target)


def test_a_preposition_takes_the_shape_its_noun_asks_for():
    pair = joined(is_(the("man", likes("rest", final=["with the girl"], mid=["next to the woman"])), "old"))
    assert pair.target_text == "Muž, který vedle ženy rád odpočívá s holkou, je starý."


def test_nobody_is_both_genders():
    with pytest.raises(ValueError):
        joined(is_("he", who("girl")))
    with pytest.raises(ValueError):
        joined(is_(my("brother"), who("queen")))


def test_an_adjective_needs_a_noun_that_tells_its_gender():
    with pytest.raises(ValueError, match="gender"):
        realise(Sentence((is_("I", "tired"),)))


def test_swapping_the_gender_changes_only_who_it_is_about():
    pair_of = {noun: pair for pair in BOOK.nouns for noun in (pair.m, pair.f)}
    clause = is_("he", who("boy", likes("chat", final=["with own brother"])))
    twin = realise(Sentence((swap_gender(clause, pair_of, BOOK.persons),)))
    assert twin.source_text == "She is a girl who likes to chat with her brother."
    assert twin.target_text == "Je to holka, která si ráda povídá se svým bratrem."
    assert swap_gender(swap_gender(clause, pair_of, BOOK.persons), pair_of, BOOK.persons) == clause


@pytest.mark.parametrize(("word", "article"), [("actor", "an"), ("boy", "a"), ("heir", "an"), ("uncle", "an")])
def test_article(word, article):
    from translate.language.english import article as article_of

    assert article_of(word) == article


def test_each_language_says_a_part_by_itself():
    from translate.language import czech, english

    learn = BOOK.verbs["learn"]
    said = learn, learn.complements[""], "past", False
    assert english.likes("relative", *said).words == ("who", "liked", "to", "learn")
    spoken = czech.likes("relative", *said, "f")
    assert spoken.words == (",", "která", "se", "ráda", "učila")
    assert [(a.position, a.kind, a.other) for a in spoken.agreeing] == [
        (1, "relative", "který"),
        (3, "rad", "rád"),
        (4, "participle", "učil"),
    ]
    assert czech.likes("after-relative", *said, "m").words == (",", "se", "rád", "učil")
    assert czech.likes("begun", *said, "m").words == ("rád", "učil")
    assert czech.begin("relative", learn, "m").words == (",", "který", "se")


def test_both_languages_name_the_same_nouns_in_a_part():
    from translate.language import piece

    said = BOOK.adverbials["in the garden"], BOOK.attractors["with own sister"]
    made = piece.adverbials(said, "m")
    assert (made.source, made.target) == (
        ("in", "the", "garden", "with", "his", "sister"),
        ("na", "zahradě", "se", "svou", "sestrou"),
    )
    (named,) = made.nouns
    assert (made.source[named.source], made.target[named.target]) == ("sister", "sestrou")
    assert (named.noun.lemma, named.role) == ("sestra", "attractor")
