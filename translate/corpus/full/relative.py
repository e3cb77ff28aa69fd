"""Copulas and relative clauses: who, whom, whose, and clauses one after the other."""

from dataclasses import replace

from translate.corpus.full.draw import Draw
from translate.corpus.full.registry import construction, link, one, say
from translate.corpus.full.simple import acting, subject
from translate.language.meaning import (
    Beginning,
    Being,
    Both,
    Clause,
    Having,
    Liking,
    Meaning,
    NounPhrase,
    Predicate,
    Pronoun,
    Referent,
    Relative,
    Sentence,
    Somebody,
    Twice,
    Whom,
    Whose,
)
from translate.language.words import Tense

_ROLE_TENSE: tuple[Tense, ...] = ("past", "past", "past", "present", "conditional")


def whoever(draw: Draw, phrase: NounPhrase, tense: Tense | None = None) -> NounPhrase:
    """`phrase` with a clause that says who it is: *the girl who likes to read*."""
    return replace(phrase, relative=draw.relative(draw.third(phrase.who), tense))


@construction("copula")
def _copula(draw: Draw) -> Meaning:
    """*I am a boy who likes to read. She was a queen who … My cousin is a girl who …*"""
    return one(copula(draw), draw)


def copula(draw: Draw, word: str | None = None) -> Clause:
    """*I am a boy who likes to read*, about the pronoun `word` or somebody drawn."""
    word = word or draw.pick(("I", "I", "I", "you", "you", "third", "third", "noun"))
    who, tense = Referent(draw.gender()), draw.tense(0.35)
    about: Somebody
    if word == "noun":
        about = draw.someone(who.gender, ambiguous=0.3)
        who = about.who
    else:
        about = draw.third(who) if word == "third" else draw.pronoun(word, who)
    noun = draw.a(who, 0.35 if word == "third" else 0.0)
    relative: Relative = draw.relative(draw.third(who), None if draw.chance(0.15) else tense)
    if draw.chance(0.12):
        relative = whom(draw)
    return Clause("copula", about, Being(replace(noun, relative=relative), tense, draw.chance(0.05)))


@construction("who")
def _who(draw: Draw) -> Meaning:
    """*The boy who likes to read is happy. The uncle who likes to learn likes to laugh.*"""
    tense = draw.tense()
    phrase = draw.the() if draw.chance(0.85) else draw.someone()
    loose = phrase.determiner != "the" or draw.chance(0.08)
    phrase = replace(whoever(draw, phrase, None if draw.chance(0.15) else tense), loose=loose)
    said = draw.predicate(draw.third(phrase.who), None if draw.chance(0.2) else tense, phrase.adjective)
    return say("who", phrase, said, draw)


@construction("who-twice")
def _who_twice(draw: Draw) -> Meaning:
    """*The princess who liked to dance and who liked to laugh was happy.*"""
    phrase, tense = draw.the(), draw.tense()
    owner = draw.third(phrase.who)
    twice = Twice(draw.relative(owner, tense), draw.relative(owner, tense))
    return say("who-twice", replace(phrase, relative=twice), draw.predicate(owner, tense), draw)


def whom(draw: Draw, subject: NounPhrase | None = None, tense: Tense | None = None) -> Whom:
    """*whom the girl sees*, *with whom my sister works*, *that the king likes to praise*."""
    liking, tense = draw.chance(0.2), tense or draw.tense()
    verb = draw.pick(draw.pools.lasting) if liking else draw.act(draw.pools.people, tense)
    tense = "past" if verb.aspect == "pf" else tense
    subject = subject or draw.someone()
    wording = draw.rng.random()
    pronoun: Beginning = "whom" if wording < 0.7 else "that" if wording < 0.82 else "who" if wording < 0.92 else ""
    return Whom(verb, subject, tense, liking, pronoun, draw.chance(0.25))


@construction("whom")
def _whom(draw: Draw) -> Meaning:
    """*The girl whom the boy saw was happy. The actor with whom my sister works is famous.*"""
    tense = draw.tense()
    phrase = replace(draw.the() if draw.chance(0.9) else draw.someone(), relative=whom(draw, None, tense))
    phrase = replace(phrase, loose=phrase.determiner != "the" or draw.chance(0.08))
    said = draw.predicate(draw.third(phrase.who), None if draw.chance(0.2) else tense, phrase.adjective)
    return say("whom", phrase, said, draw)


@construction("whom-far")
def _whom_far(draw: Draw) -> Meaning:
    """*The girl whom the boy who likes to read in the evening saw was happy.*: far from the last telling word."""
    tense = draw.tense()
    inner = draw.the(adjective=0.3)
    owner = draw.third(inner.who)
    if draw.chance(0.35):
        relative: Relative = Twice(draw.relative(owner, tense), draw.liking(owner, tense))
    else:
        relative = draw.relative(owner, tense)
    inner = replace(inner, relative=relative)
    outer = replace(draw.the(), relative=whom(draw, inner, tense))
    said = draw.being(tense) if draw.chance(0.6) else draw.predicate(draw.third(outer.who), tense)
    return say("whom-far", outer, said, draw)


@construction("knows")
def _knows(draw: Draw) -> Meaning:
    """*I know a girl who likes to ski. The king met the waitress whom the prince loves. He works with Clara, who …*"""
    first = draw.chance(0.3)
    who: Somebody
    who, pronoun = (draw.pronoun("I"),) * 2 if first else subject(draw, 0.2)
    known: Somebody = _known(draw)
    if draw.chance(0.1):
        known = Both(Referent("m", "pl"), _known(draw), _known(draw))
    said = replace(acting(draw, pronoun), object=known, final=())
    if first:
        said = replace(said, tense="present", liking=False)
        if said.verb.aspect == "pf":
            said = replace(said, verb=draw.pick(draw.pools.lasting))
    return say("knows", who, said, draw)


def _known(draw: Draw) -> NounPhrase:
    gender, chance = draw.gender(), draw.rng.random()
    phrase = draw.a(Referent(gender)) if chance < 0.45 else draw.someone(gender)
    loose = phrase.determiner not in ("a", "the")
    relative: Relative = whom(draw) if draw.chance(0.25) else draw.relative(draw.third(phrase.who))
    return replace(phrase, relative=relative, loose=loose)


@construction("has")
def _has(draw: Draw) -> Meaning:
    """*I am a girl who has a brother who likes to learn. I have a sister who … and a brother who …*"""
    if draw.chance(0.4):
        who = Referent(draw.gender())
        has = Having(_relation(draw))
        noun = replace(draw.a(who), relative=has)
        owner = draw.pronoun(draw.pick(("I", "you")), who) if draw.chance(0.6) else draw.third(who)
        return say("has", owner, Being(noun), draw)
    somebody: Somebody = draw.pronoun("I") if draw.chance(0.4) else subject(draw, 0.25)[0]
    if draw.chance(0.25):
        gender = draw.gender()
        first, second = _relation(draw, gender), _relation(draw, "f" if gender == "m" else "m")
        both = Both(Referent("m", "pl"), first, second)
        return say("has", somebody, Having(both), draw)
    tense = "present" if isinstance(somebody, Pronoun) else draw.tense(0.3)
    return say("has", somebody, Having(_relation(draw), tense), draw)


def _relation(draw: Draw, gender: str | None = None) -> NounPhrase:
    who = Referent("m" if gender == "m" else "f" if gender else draw.gender())
    phrase = NounPhrase(who, "a", draw.pick(draw.pools.relations[who.gender]))
    return phrase if draw.chance(0.25) else replace(phrase, relative=draw.relative(draw.third(who)))


@construction("whose")
def _whose(draw: Draw) -> Meaning:
    """*The boy whose sister likes to sing is happy. The girl whose brother the king knows …*"""
    phrase, tense = draw.the(), draw.tense()
    owner = draw.third(phrase.who)
    has = draw.his(owner)
    bare = NounPhrase(has.who, "", has.noun)
    said: Predicate | Whom = draw.predicate(draw.third(bare.who), tense)
    if draw.chance(0.15):
        said = Whom(draw.pick([v for v in draw.pools.direct if v.aspect == "ipf"]), draw.someone(), tense)
    phrase = replace(phrase, relative=Whose(bare, said))
    return say("whose", phrase, draw.predicate(owner, tense, phrase.adjective), draw)


@construction("as-a")
def _as_a(draw: Draw) -> Meaning:
    """*As a girl I liked to learn. As a queen you were strict. As boys we liked to argue.*"""
    many = draw.chance(0.15)
    who = Referent(draw.gender(), "pl" if many else "sg")
    word = draw.pick(("we", "we", "you") if many else ("I", "I", "you", "third"))
    if many and word == "you":
        word = "you (pl)"
    subject = draw.third(who) if word == "third" else draw.pronoun(word, who)
    tense = draw.pick(_ROLE_TENSE)
    said: Predicate = draw.being(tense) if draw.chance(0.4) else draw.liking(subject, tense)
    if draw.chance(0.15):
        said = draw.doing(subject, "past", 0.1)
    if isinstance(said, Liking):
        said = replace(said, mid=())
    return one(Clause("as-a", subject, said, role=draw.a(who, adjective=0.05)), draw)


@construction("clauses")
def _clauses(draw: Draw) -> Meaning:
    """*The king is strict, the queen is kind and the prince is lazy*: each clause about somebody else."""
    count = 2 if draw.chance(0.55) else 3 if draw.chance(0.65) else 4
    first = replace(copula(draw), construction="clauses") if draw.chance(0.4) else _clause(draw, count > 2)
    clauses = [first, *(_clause(draw, count > 2) for _ in range(count - 1))]
    return chained(draw, clauses)


def _clause(draw: Draw, short: bool) -> Clause:
    """A clause about somebody who is named."""
    chance = draw.rng.random()
    if chance < 0.25 and not (short and draw.chance(0.4)):
        return replace(copula(draw, "noun"), construction="clauses")
    phrase = draw.many() if draw.chance(0.1) else draw.someone()
    if chance < 0.5 and not short:
        phrase = whoever(draw, draw.the())
    return Clause("clauses", phrase, draw.predicate(draw.third(phrase.who)))


def chained(draw: Draw, clauses: list[Clause]) -> Sentence:
    """`clauses` joined by *and* or *but*, or as A, B and C."""
    if len(clauses) > 2 and draw.chance(0.6):
        links = [link("and", draw, 1.0)] * (len(clauses) - 2)
        links = [replace(one, conjunction=None) for one in links]
        return Sentence(tuple(clauses), (*links, link("and", draw, 0.3)), "." if draw.chance(0.9) else "")
    links = [link(draw.pick(("and", "but")), draw, 0.55) for _ in clauses[1:]]
    return Sentence(tuple(clauses), tuple(links), "." if draw.chance(0.9) else "")


@construction("return")
def _return(draw: Draw) -> Meaning:
    """*I am a girl who likes to learn, my brother is a boy who likes to run, and I am tired.*"""
    first = copula(draw, draw.pick(("I", "I", "you", "third")))
    again = first.subject
    others = [_clause(draw, True) for _ in range(1 if draw.chance(0.8) else 2)]
    if isinstance(again, Pronoun) and again.person.person == 3:  # somebody else of that gender would be *he* as well
        others = [_other(draw, again.who) for _ in others]
    if isinstance(again, Pronoun):  # *… and she is tired*, who was spoken of before the other: *a ona je unavená*
        again = replace(again, stressed=again.person.person == 3)
    last = Clause("return", again, draw.predicate(again if isinstance(again, Pronoun) else None))
    named = [replace(clause, construction="return") for clause in (first, *others)]
    return chained(draw, [*named, last])


def _other(draw: Draw, besides: Referent) -> Clause:
    phrase = draw.someone("f" if besides.gender == "m" else "m")
    return Clause("return", phrase, draw.predicate(draw.third(phrase.who)))
