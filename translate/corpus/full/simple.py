"""The simple sentences that people type first: *She likes tea. He is a student. I am not …, do you …?*"""

from dataclasses import replace

from translate.corpus.full.draw import Draw
from translate.corpus.full.registry import construction, link, say
from translate.language.meaning import (
    Acting,
    Adverbials,
    Being,
    Clause,
    Determiner,
    Doing,
    Fond,
    Meaning,
    NounPhrase,
    Predicate,
    Pronoun,
    Referent,
    Sentence,
    Somebody,
)
from translate.language.words import Adverbial, Tense

_NAMING_TENSE: tuple[Tense, ...] = ("present", "present", "present", "past", "future")
_OWNERS: tuple[Determiner, ...] = ("my", "your", "our")


def subject(draw: Draw, pronoun: float = 0.45) -> tuple[Somebody, Pronoun]:
    """*she*, *the boy*, *Eve*, and the pronoun for the same person."""
    if draw.chance(pronoun):
        word = draw.third(Referent(draw.gender()))
        return word, word
    somebody = draw.someone()
    return somebody, draw.third(somebody.who)


@construction("likes")
def _likes(draw: Draw) -> Meaning:
    """*She likes to read. My brother does not like to swim. Eve would like to travel.*"""
    who, pronoun = subject(draw)
    return say("likes", who, draw.liking(pronoun, mid=False, negative=0.2), draw)


@construction("fond")
def _fond(draw: Draw) -> Meaning:
    """*She likes tea. The boy likes the girl. She likes him.*"""
    who, pronoun = subject(draw)
    if draw.chance(0.6):
        return say("fond", who, draw.fond(), draw)
    other: Somebody = draw.third(Referent(draw.gender())) if draw.chance(0.4) else draw.someone()
    if draw.chance(0.25):
        other = draw.own(pronoun)
    return say("fond", who, Fond(other, draw.tense(0.3), draw.chance(0.2)), draw)


@construction("is")
def _is(draw: Draw) -> Meaning:
    """*She is happy. He was never tired. My sister is alone at home. Eve became famous.*"""
    who, pronoun = subject(draw)
    chance = draw.rng.random()
    if chance < 0.7:
        return say("is", who, draw.being(negative=0.25), draw)
    if chance < 0.85:
        return say("is", who, draw.staying(), draw)
    return say("is", who, draw.becoming(pronoun.who), draw)


@construction("is-a")
def _is_a(draw: Draw) -> Meaning:
    """*He is a student. She is my sister. Peter is not a king. My cousin will be an actress.*"""
    who, pronoun = subject(draw, 0.6)
    tense = draw.pick(_NAMING_TENSE)
    if draw.chance(0.25):
        relation = draw.pick(draw.pools.relations[pronoun.who.gender])
        word = draw.pick(_OWNERS)
        if isinstance(who, NounPhrase) and who.determiner not in ("", "the"):
            who = draw.name(who.who)
        return say("is-a", who, Being(NounPhrase(who.who, word, relation), draw.tense(0.2)), draw)
    return say("is-a", who, Being(draw.a(who.who, 0.55), tense, draw.chance(0.15)), draw)


@construction("does")
def _does(draw: Draw) -> Meaning:
    """*She read books. The boy returned. My sister will sleep. He used to sing.*"""
    who, pronoun = subject(draw)
    said: Predicate = draw.doing(pronoun, negative=0.15)
    if draw.chance(0.2):
        said = draw.modal(pronoun)
    if draw.chance(0.06):
        said = Doing(draw.book.main_verbs["be born"], None, "past", final=_birth(draw))
    return say("does", who, said, draw)


def _birth(draw: Draw) -> Adverbials:
    places = ("in Prague", "in summer", "in winter", "in the country", "in autumn", "at Christmas", "in spring")
    return (draw.book.adverbials[draw.pick(places)],)


@construction("sees")
def _sees(draw: Draw) -> Meaning:
    """*The girl saw the boy. She loves him. Peter likes to help Eve. The king met a brave hero.*"""
    who, pronoun = subject(draw)
    return say("sees", who, acting(draw, pronoun), draw)


# *pozvala ho do kina*: where to one invites somebody.
INVITED_TO = tuple(
    Adverbial(("to", "the", place), ("do", czech), "direction", "any", False)
    for place, czech in (("cinema", "kina"), ("theatre", "divadla"))
)


def acting(draw: Draw, subject: Pronoun) -> Acting:
    """*saw the boy*, *loves him*, *likes to help her brother*."""
    liking = draw.chance(0.15)
    tense = draw.tense()
    verb = draw.pick(draw.pools.lasting) if liking else draw.act(draw.pools.people, tense)
    tense = "past" if verb.aspect == "pf" else tense
    chance = draw.rng.random()
    whom: Somebody
    if chance < 0.1:  # *she loves me, I see you*
        others = [word for word in ("I", "you") if word != subject.person.english]
        whom = draw.pronoun(draw.pick(others))
    elif chance < 0.3:
        whom = draw.third(Referent(draw.gender()))
    elif chance < 0.45 and subject.person.person == 3 and subject.who.number == "sg":
        whom = draw.own(subject)
    elif chance < 0.6:
        whom = draw.a(Referent(draw.gender()), 0.0, 0.5)
    else:
        whom = draw.someone()
    final = (draw.adverbial("place", verb, None, False),) if draw.chance(0.12) else ()
    if verb.english == ("invite",) and draw.chance(0.5):
        final = (draw.pick(INVITED_TO),)
    return Acting(verb, whom, tense, draw.chance(0.1), liking, final)


@construction("speaker")
def _speaker(draw: Draw) -> Meaning:
    """*I am a girl and I am tired. I am Eve and I like to read. You are a boy, but you do not like to swim.*"""
    word, who = draw.pick(("I", "I", "I", "you")), Referent(draw.gender())
    subject = draw.pronoun(word, who)
    named = draw.name(who) if draw.chance(0.25) else draw.a(who)
    if draw.chance(0.1):  # *you are my sister, I am your brother*
        relation = draw.pick(draw.pools.relations[who.gender])
        owners: tuple[Determiner, ...] = ("your", "our") if word == "I" else ("my", "our")
        return say("speaker", subject, Being(NounPhrase(who, draw.pick(owners), relation), draw.tense(0.2)), draw)
    if draw.chance(0.2):
        return say("speaker", subject, Being(named, draw.tense(0.3), draw.chance(0.15)), draw)
    first = Clause("speaker", subject, Being(named))
    said = draw.predicate(subject, "present" if draw.chance(0.5) else None)
    second = Clause("speaker", subject, said)
    return Sentence((first, second), (link(draw.pick(("and", "but")), draw, 0.35),))


@construction("no-gender")
def _no_gender(draw: Draw) -> Meaning:
    """*I read books. We want to learn Czech. You will sleep.*: nothing in the Czech has a gender."""
    subject = draw.pronoun(draw.pick(("I", "I", "I", "you", "we", "they")))
    if draw.chance(0.25):
        return say("no-gender", subject, replace(draw.modal(None, "present"), tense="present"), draw)
    if draw.chance(0.12):
        verb = draw.pick([verb for verb in draw.pools.lasting if verb.object_case == "acc"])
        whom: Somebody = draw.someone()
        if subject.person.english in ("I", "you") and draw.chance(0.4):
            whom = draw.pronoun("you" if subject.person.english == "I" else "I")
        return say("no-gender", subject, Acting(verb, whom, "present", draw.chance(0.15)), draw)
    doing = draw.doing(None, draw.pick(("present", "present", "future")), 0.15)
    return say("no-gender", subject, doing, draw)


@construction("question")
def _question(draw: Draw) -> Meaning:
    """*Peter, do you like to swim? Is she happy? Was the waitress tired?*"""
    if draw.chance(0.45):
        who = Referent(draw.gender())
        subject = draw.pronoun("you", who)
        clause = Clause("question", subject, _asked(draw, subject))
        return Sentence((clause,), (), "?", draw.called(who), draw.chance(0.5))
    somebody, pronoun = _asked_of(draw)
    return Sentence((Clause("question", somebody, _asked(draw, pronoun)),), (), "?")


def _asked_of(draw: Draw) -> tuple[Somebody, Pronoun]:
    somebody, pronoun = subject(draw)
    return somebody, pronoun


def _asked(draw: Draw, subject: Pronoun) -> Predicate:
    chance = draw.rng.random()
    if chance < 0.1 and subject.person.person == 3:
        noun, tense = draw.a(subject.who), draw.tense(0.3)
        return Being(replace(noun, relative=draw.liking(None, tense)) if draw.chance(0.35) else noun, tense)
    if chance < 0.4:
        return draw.being(draw.tense(), 0.0)
    if chance < 0.7:
        tense = "conditional" if draw.chance(0.2) else draw.tense(0.3)
        return replace(draw.liking(None, tense, mid=False, negative=0.0), mid=())
    if chance < 0.85:
        return replace(draw.doing(None, draw.tense(), 0.0), used=False)
    if chance < 0.95:
        return replace(draw.staying(draw.tense()), negative=False)
    return replace(draw.fond(draw.tense(0.3)), negative=False)


@construction("address")
def _address(draw: Draw) -> Meaning:
    """*Peter, you are tired. Mum, you were kind. You like to complain, Eve.*"""
    who = Referent(draw.gender())
    subject = draw.pronoun("you", who)
    clause = Clause("address", subject, draw.predicate(subject))
    return Sentence((clause,), (), ".", draw.called(who), draw.chance(0.2))
