"""Reported speech, pronouns that take up somebody named before, and possessives."""

from dataclasses import replace

from translate.corpus.full.draw import Draw, in_order
from translate.corpus.full.registry import construction, link, one, say
from translate.corpus.full.relative import whoever, whom
from translate.corpus.full.simple import INVITED_TO, acting, subject
from translate.language.meaning import (
    Acting,
    Because,
    Becoming,
    Being,
    Clause,
    Fond,
    Meaning,
    NounPhrase,
    Passive,
    Predicate,
    Pronoun,
    Referent,
    Saying,
    Sentence,
    Series,
    Somebody,
)
from translate.language.words import Tense

_BEING_TENSE: tuple[Tense, ...] = ("present", "present", "present", "past", "future")
_LIKING_TENSE: tuple[Tense, ...] = ("present", "present", "present", "past", "conditional")


def content(draw: Draw, who: Somebody) -> Clause:
    """What is said of `who`: *that she was tired, that she liked to travel, that he would be successful*."""
    pronoun = who if isinstance(who, Pronoun) else draw.third(who.who)
    chance = draw.rng.random()
    said: Predicate
    if chance < 0.05:
        said = draw.staying("present")
    elif chance < 0.55:
        said = draw.being(draw.pick(_BEING_TENSE))
    elif chance < 0.85:
        said = draw.liking(pronoun, draw.pick(_LIKING_TENSE), mid=False)
    elif chance < 0.93:
        noun = whoever(draw, draw.a(pronoun.who), "present") if draw.chance(0.6) else draw.a(pronoun.who)
        said = Being(noun, "present")
    else:
        said = draw.modal(pronoun, "present")
    return Clause("reported", who, said)


def saying(draw: Draw, tense: str | None = None) -> Saying:
    """*said*, *thinks*, *hoped*: with nothing said yet."""
    verb = draw.pick(draw.pools.saying)
    past = draw.chance(0.7) if tense is None else tense == "past"
    if verb.infinitive == "říct" and not past:
        verb = draw.pools.says
    if verb.aspect == "pf":
        past = True
    return Saying(verb, _NOTHING, "past" if past else "present", that=draw.chance(0.8))


_NOTHING = Clause("", NounPhrase, None)  # type: ignore[arg-type]


@construction("reported")
def _reported(draw: Draw) -> Meaning:
    """*The teacher said that she was tired. Eve hoped she would be successful. The girl said that the boy was ill.*"""
    speaker = draw.someone(ambiguous=0.6)
    if draw.chance(0.18):
        speaker = draw.the()
        speaker = replace(speaker, relative=whom(draw)) if draw.chance(0.35) else whoever(draw, speaker)
    if draw.chance(0.15):
        speaker = draw.many()
    said = saying(draw)
    again = draw.third(speaker.who)
    if speaker.who.number == "pl":
        who: Somebody = again
    else:
        chance = draw.rng.random()
        who = again if chance < 0.72 else draw.his(again) if chance < 0.84 else draw.someone()
        if isinstance(who, NounPhrase) and who.determiner == "the" and draw.chance(0.25):
            who = whoever(draw, who)
    said = replace(said, content=content(draw, who))
    if draw.chance(0.1):
        said = replace(said, second=_second(draw, who, again), that=True)
    return say("reported", speaker, said, draw)


def _second(draw: Draw, first: Somebody, speaker: Pronoun) -> Clause:
    """*… and that she was happy*: stressed where somebody else was spoken of before."""
    again = speaker if first is speaker else replace(speaker, stressed=True)
    said = draw.being("present") if again.stressed or draw.chance(0.5) else draw.predicate(again, "present")
    return Clause("reported", again, said)


@construction("whether")
def _whether(draw: Draw) -> Meaning:
    """*The man asked the woman whether she was single. Eve asked whether her brother was at home.*"""
    asks = next(verb for verb in draw.pools.people if verb.english == ("ask",))
    who, whom = draw.someone(ambiguous=0.2), draw.someone(ambiguous=0.3)
    chance = draw.rng.random()
    about: Somebody = draw.third(whom.who) if chance < 0.6 else draw.his(draw.third(who.who))
    if who.who.gender == whom.who.gender and isinstance(about, Pronoun):
        whom = draw.someone("f" if who.who.gender == "m" else "m")
        about = draw.third(whom.who)
    if draw.chance(0.35):  # of oneself: *the patient asked whether he was healthy*, *does not know whether she is ill*
        again = draw.third(who.who)
        knows = draw.book.main_verbs["know (a fact)"]
        verb, negative = (knows, True) if draw.chance(0.5) else (asks, False)
        tense = draw.tense(0.5) if negative else "past"
        return say("whether", who, Saying(verb, content(draw, again), tense, whether=True, negative=negative), draw)
    said = Saying(asks, content(draw, about), "past", whether=True, whom=whom)
    return say("whether", who, said, draw)


@construction("because-she")
def _because_she(draw: Draw) -> Meaning:
    """*The grandmother waited for the grandfather because he was ill.*: the pronoun is one of two."""
    gender = draw.gender()
    who, whom = draw.someone(gender, 0.3), draw.someone("f" if gender == "m" else "m", 0.3)
    said = replace(acting(draw, draw.third(who.who)), object=whom, final=(), negative=False)
    about = draw.third(draw.pick((who, whom, whom)).who)
    if draw.chance(0.1):  # *likes the grandfather because he is funny*
        main_said: Predicate = Fond(whom, said.tense)
    else:
        main_said = said
    main = Clause("because-she", who, main_said)
    dependent = Clause("because-she", about, draw.predicate(about, said.tense))
    return one(Because("because-she", main, draw.book.conjunctions["because"], dependent), draw)


@construction("met-and-invited")
def _met_and_invited(draw: Draw) -> Meaning:
    """*The girl met the boy and invited him to the cinema. Monica admires Daniel and thinks of him.*"""
    who, whom = draw.someone(ambiguous=0.1), draw.someone()
    first = replace(acting(draw, draw.third(who.who)), object=whom, final=(), negative=False, liking=False)
    verbs = [v for v in draw.pools.people if v is not first.verb and (first.tense == "past" or v.aspect == "ipf")]
    verb = draw.act(verbs, first.tense)
    final = (draw.pick(INVITED_TO),) if verb.english == ("invite",) and draw.chance(0.6) else ()
    likes = verb.aspect == "ipf" and draw.chance(0.15)
    second: Predicate = Acting(verb, draw.third(whom.who), first.tense, liking=likes, final=final)
    if draw.chance(0.15):
        second = Fond(draw.third(whom.who), first.tense)
    series = Series(first, second, draw.book.conjunctions["and"])
    return say("met-and-invited", who, series, draw)


@construction("does-and-does")
def _does_and_does(draw: Draw) -> Meaning:
    """*The baron returned and was satisfied. The schoolboy was lazy and did not like to learn.*"""
    who, owner = subject(draw, 0.35)
    tense = draw.tense(0.6)
    conjunction = draw.book.conjunctions["but" if draw.chance(0.25) else "and"]
    last = draw.predicate(owner, tense)
    if draw.chance(0.15):
        verb = draw.act(draw.pools.people if tense == "past" else draw.pools.lasting, tense)
        last = Acting(verb, draw.own(owner), tense)
    series = Series(*in_order(draw.predicate(owner, tense), last), conjunction)
    return say("does-and-does", who, series, draw)


@construction("and-she")
def _and_she(draw: Draw) -> Meaning:
    """*The schoolboy was lazy and he did not like to learn. The princes are rich, but they do not work.*"""
    if draw.chance(0.2):
        somebody: NounPhrase = draw.many()
    else:
        somebody = draw.someone(ambiguous=0.25)
    again = draw.third(somebody.who)
    if draw.chance(0.1):  # *She is not a witch, she is a nun. My wife was not satisfied, she was tired.*
        return _but_rather(draw, draw.third(somebody.who) if draw.chance(0.4) else somebody, again)
    first = draw.third(somebody.who) if somebody.who.number == "sg" and draw.chance(0.3) else somebody
    said = in_order(draw.predicate(again), draw.predicate(again))
    clauses = [Clause("and-she", first, said[0]), Clause("and-she", again, said[1])]
    if somebody.who.number == "sg" and draw.chance(0.12):
        clauses.append(Clause("and-she", again, draw.predicate(again)))
    links = tuple(link(draw.pick(("and", "but")), draw, 0.4) for _ in clauses[1:])
    return Sentence(tuple(clauses), links, "." if draw.chance(0.9) else "")


def _but_rather(draw: Draw, who: Somebody, again: Pronoun) -> Sentence:
    tense = draw.tense(0.3)
    denied: Predicate = Being(draw.adjective(), tense, True)
    instead: Predicate = draw.being(tense, 0.0)
    if draw.chance(0.5):
        denied = Being(draw.a(again.who), tense, True)
        instead = Being(draw.a(again.who), tense)
        if draw.chance(0.4):
            instead = Being(whoever(draw, draw.a(again.who), tense), tense)
    clauses = (Clause("and-she", who, denied), Clause("and-she", again, instead))
    return Sentence(clauses, (replace(link("and", draw, 1.0), conjunction=None),), ".")


@construction("contrast")
def _contrast(draw: Draw) -> Meaning:
    """*The queen sees the prince, but he does not see her.*"""
    gender = draw.gender()
    who, whom = draw.someone(gender), draw.someone("f" if gender == "m" else "m")
    tense = draw.tense()
    verb = draw.act(draw.pools.lasting, tense)
    first = Clause("contrast", who, Acting(verb, whom, tense))
    stressed = replace(draw.third(whom.who), stressed=True)
    second = Clause("contrast", stressed, Acting(verb, draw.third(who.who), tense, negative=True))
    return Sentence((first, second), (link("but", draw, 0.9),))


@construction("own")
def _own(draw: Draw) -> Meaning:
    """*Eve loves her brother. Peter likes to play with his sister. The teacher met her husband.*"""
    who = draw.someone(ambiguous=0.6)
    owner = draw.third(who.who)
    if draw.chance(0.55):
        liking = draw.liking(None, None, mid=False)
        beside = replace(draw.beside(owner), whom=draw.own(owner))
        taken = set(liking.complement.english)
        final = (beside,) if "with" not in taken else ()
        return say("own", who, replace(liking, mid=(), final=final), draw)
    acts = acting(draw, owner)
    return say("own", who, replace(acts, object=draw.own(owner)), draw)


@construction("his-is")
def _his_is(draw: Draw) -> Meaning:
    """*His sister is lazy, but her brother is hard-working. Her husband likes to travel.*"""
    owner = draw.third(Referent(draw.gender()))
    first = draw.his(owner)
    clause = Clause("his-is", first, draw.predicate(draw.third(first.who)))
    if draw.chance(0.5):
        return one(clause, draw)
    other = draw.third(Referent("f" if owner.who.gender == "m" else "m"))
    second = draw.his(other)
    clauses = (clause, Clause("his-is", second, draw.predicate(draw.third(second.who))))
    return Sentence(clauses, (link(draw.pick(("and", "but")), draw, 0.6),))


@construction("became")
def _became(draw: Draw) -> Meaning:
    """*The princess became a queen. Eve would like to become a doctor. My son will become famous.*"""
    who = draw.someone()
    said = draw.becoming(who.who)
    if not isinstance(said.complement, NounPhrase) or said.complement.noun is not who.noun:
        return say("became", who, said, draw)
    return say("became", who, Becoming(draw.adjective(), "past"), draw)


@construction("passive")
def _passive(draw: Draw) -> Meaning:
    """*The girl was praised by her father. The princess who was found in the forest was ill.*"""
    who: NounPhrase = draw.someone(ambiguous=0.15)
    chance = draw.rng.random()
    if chance < 0.2:
        who = draw.the()
        relative = _passive_of(draw, who.who)
        return say("passive", replace(who, relative=relative), draw.predicate(draw.third(who.who), "past"), draw)
    if chance < 0.35:
        again = draw.third(who.who)
        main = Clause("passive", who, replace(_passive_of(draw, who.who), agent=None, place=None))
        dependent = Clause("passive", again, draw.predicate(again, "past"))
        return one(Because("passive", main, draw.book.conjunctions["because"], dependent), draw)
    if chance < 0.5:
        somebody = draw.pronoun("I") if draw.chance(0.3) else draw.many()
        if isinstance(somebody, Pronoun):
            noun = replace(draw.a(somebody.who), relative=_passive_of(draw, somebody.who))
            return say("passive", somebody, Being(noun), draw)
        return say("passive", somebody, _passive_of(draw, somebody.who), draw)
    return say("passive", who, _passive_of(draw, who.who), draw)


def _passive_of(draw: Draw, who: Referent) -> Passive:
    participle = draw.pick(list(draw.book.participles.values()))
    lasting = participle.english in ("loved", "admired")
    agent: NounPhrase | None = draw.someone()
    if draw.chance(0.35) and who.number == "sg":
        agent = draw.own(draw.third(who))
    place = None
    if draw.chance(0.1):
        agent = None
    if participle.english in ("found", "injured", "arrested", "saved") or draw.chance(0.1):
        agent = None if draw.chance(0.7) else agent
        place = draw.pick(draw.pools.adverbials("place", "any", False))
    return Passive(participle, agent, "present" if lasting and draw.chance(0.5) else "past", place)
