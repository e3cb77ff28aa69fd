"""Direct speech: the first person is who speaks, the second who listens, and both were told before or after."""

from dataclasses import replace

from translate.corpus.full.draw import Draw
from translate.corpus.full.registry import construction, link
from translate.corpus.full.reported import content
from translate.corpus.full.simple import acting
from translate.language.meaning import (
    Acting,
    Because,
    Being,
    Clause,
    Discourse,
    Doing,
    Meaning,
    NounPhrase,
    Opening,
    Passive,
    Predicate,
    Pronoun,
    Quote,
    Referent,
    Saying,
    Sentence,
    Somebody,
)
from translate.language.words import Complement

# *He laughed back*: Czech says no word for it.
_BACK = Complement(("back",), (), "adv")

_ANSWERS: tuple[Opening, ...] = ("yes", "no", "no", "but")


def _speech(draw: Draw, speaker: Referent, listens: NounPhrase | None, opening: bool = False) -> Sentence:
    """What is said: *I think I am happy. No, you are tired. Are you ill?*"""
    listener = listens.who if listens is not None else speaker
    word = "you" if listens is not None and draw.chance(0.6) else "I"
    about = draw.pronoun(word, listener if word == "you" else speaker)
    said: Predicate = draw.being() if draw.chance(0.78) else draw.predicate(about)
    if draw.chance(0.03):  # *I was invited by the duchess*
        participle = draw.pick(list(draw.book.participles.values()))
        said = Passive(participle, draw.someone())
    clause = Clause("dialogue", about, said)
    if draw.chance(0.12 if word == "you" else 0.05):
        asked = Being(draw.adjective(), draw.tense())
        return Sentence((replace(clause, predicate=asked),), (), "?")
    if draw.chance(0.3):
        verb = draw.pick([v for v in draw.pools.saying if v.infinitive not in ("říct", "přiznat")])
        inner = replace(content(draw, about), construction="dialogue")
        me = draw.pronoun("I", speaker)
        clause = Clause("dialogue", me, Saying(verb, inner, "present", that=draw.chance(0.5)))
    if draw.chance(0.06):  # *I was sad when you left*
        other = draw.pronoun("I" if word == "you" else "you", speaker if word == "you" else listener)
        if listens is not None:
            when = draw.book.conjunctions[draw.pick(("when", "because"))]
            main = replace(clause, predicate=draw.being("past"))
            dependent = Clause("dialogue", other, draw.predicate(None, "past"))
            return Sentence((Because("dialogue", main, when, dependent),))
    if draw.chance(0.05):  # *If you learn, you will be educated*
        learns = draw.doing(None, "future", 0.05)
        main = replace(clause, predicate=Being(draw.adjective(), "future"))
        dependent = Clause("dialogue", about, learns)
        conjunction = draw.book.conjunctions[draw.pick(("if", "if", "when (future)"))]
        return Sentence((Because("dialogue", main, conjunction, dependent, draw.chance(0.6)),))
    if draw.chance(0.12):  # *You were lazy, but your brother was hard-working*
        somebody: Somebody = draw.someone()
        if draw.chance(0.4):  # *I am fast, but she is slow*
            somebody = replace(draw.third(Referent(draw.gender())), stressed=True)
        more = Clause("dialogue", somebody, draw.predicate(None))
        return Sentence((clause, more), (link(draw.pick(("and", "but")), draw, 0.6),))
    if draw.chance(0.05):
        role = draw.a(clause.subject.who, adjective=0.0)
        return Sentence((replace(clause, role=role, predicate=draw.being("past")),))
    address = None
    if listens is not None and listens.determiner == "" and word == "you" and draw.chance(0.3):
        address = NounPhrase(listener, "", listens.noun)
    answer = draw.pick(_ANSWERS) if opening and draw.chance(0.6) else ""
    return Sentence((clause,), (), "." if draw.chance(0.93) else "!", address, False, answer)


def _said(draw: Draw, speaker: Somebody, listener: Somebody | None) -> Clause:
    """*she said*, *the king said to the queen*."""
    verb = draw.pick(draw.pools.telling) if draw.chance(0.5) else draw.book.main_verbs["say"]
    to = listener if verb.infinitive in ("říct", "odpovědět") and listener is not None and draw.chance(0.6) else None
    if verb.english == ("answer",):
        to = None
    quietly = (draw.pick(draw.pools.adverbials("manner", "any", False)),) if to is None and draw.chance(0.05) else ()
    return Clause("dialogue", speaker, Doing(verb, None, "past", to=to, final=quietly))


def _lead(draw: Draw, who: NounPhrase, whom: Somebody | None) -> Clause:
    """*The woman smiled. The prince met the nun. Eve was sad.*"""
    said: Predicate
    if whom is not None:
        said = replace(
            acting(draw, draw.third(who.who)),
            verb=draw.act(draw.pools.people, "past"),
            object=whom,
            tense="past",
            liking=False,
            negative=draw.chance(0.12),
            final=(),
        )
    elif draw.chance(0.6):
        smile = draw.pick(("smile", "laugh"))
        back = _BACK if draw.chance(0.08) else draw.book.verbs[smile].complements[""]
        said = Doing(draw.book.verbs[smile], back, "past")
        if draw.chance(0.35):
            said = Doing(
                draw.pick([draw.book.main_verbs[word] for word in ("cry", "nod", "sigh", "frown")]), None, "past"
            )
    else:
        said = draw.predicate(draw.third(who.who), "past")
    return Clause("dialogue", who, said)


@construction("speaker-said")
def _speaker_said(draw: Draw) -> Meaning:
    """*The woman smiled. "I think I am happy," she said.*"""
    who = draw.someone(ambiguous=0.15)
    quote, again = _speech(draw, who.who, None), draw.third(who.who)
    chance = draw.rng.random()
    if chance < 0.08:  # *His sister laughed. "I am not lazy," he said.*
        return Quote(_lead(draw, draw.his(again), None), quote, _said(draw, again, None))
    if chance < 0.16 and quote.end == ".":
        more = Clause("dialogue", draw.pronoun("I", who.who), draw.predicate(None))
        rest = draw.book.conjunctions[draw.pick(("but", "and"))], more
        return Quote(_lead(draw, who, None), quote, _said(draw, again, None), rest=rest)
    return Quote(_lead(draw, who, None), quote, _tag(draw, again, None))


def _tag(draw: Draw, speaker: Somebody, listener: Somebody | None) -> Clause | None:
    return None if draw.chance(0.06) else _said(draw, speaker, listener)


@construction("listener-told")
def _listener_told(draw: Draw) -> Meaning:
    """*The prince met the nun. "I think that you are modest," he said. Eve was sad. "You are kind," said Peter.*"""
    gender = draw.gender()
    other = gender if draw.chance(0.3) else "f" if gender == "m" else "m"
    first, second = draw.someone(gender, 0.1), draw.someone(other, 0.1)
    if draw.chance(0.15):
        return _to_ones_own(draw, first)
    if draw.chance(0.08) and gender != other:
        return _hoped(draw, first, second)
    if draw.chance(0.35):  # somebody is there, and somebody else speaks to them
        quote = _speech(draw, second.who, first)
        return Quote(_lead(draw, first, None), quote, _said(draw, second, None), tag_inverted=draw.chance(0.5))
    if gender == other:
        second = draw.someone("f" if gender == "m" else "m")
    if draw.chance(0.15):  # *The man looked at her. "I am not angry," she said.*
        her = draw.third(second.who)
        quote = _speech(draw, second.who, first if draw.chance(0.5) else None)
        return Quote(_lead(draw, first, her), quote, _said(draw, her, None))
    if draw.chance(0.12):  # *The woman asked the man whether he was rich. "I am married," he said.*
        asks = next(verb for verb in draw.pools.people if verb.english == ("ask",))
        again = draw.third(second.who)
        whether = Saying(asks, content(draw, again), "past", whether=True, whom=second)
        quote = _speech(draw, second.who, first if draw.chance(0.3) else None)
        return Quote(Clause("dialogue", first, whether), quote, _said(draw, again, None))
    speaks, listens = (first, second) if draw.chance(0.6) else (second, first)
    quote = _speech(draw, speaks.who, listens)
    return Quote(_lead(draw, first, second), quote, _said(draw, draw.third(speaks.who), None))


def _to_ones_own(draw: Draw, first: NounPhrase) -> Quote:
    """*The brother woke up. "You were quiet," he said to his sister.*"""
    again = draw.third(first.who)
    listener = draw.own(again) if draw.chance(0.7) else draw.someone()
    quote = replace(_speech(draw, first.who, listener), end=".", address=None)
    return Quote(_lead(draw, first, None), _no_question(quote), _says_to(draw, again, listener))


def _hoped(draw: Draw, first: NounPhrase, second: NounPhrase) -> Quote:
    """*The woman hoped that he believed her. "You are honest," he said.*"""
    he, her = draw.third(second.who), draw.third(first.who)
    taken = Acting(draw.pick(draw.pools.lasting), her, "present", draw.chance(0.1))
    verb = draw.pick([v for v in draw.pools.saying if v.infinitive not in ("říct", "přiznat")])
    lead = Clause("dialogue", first, Saying(verb, Clause("dialogue", he, taken), "past", that=draw.chance(0.8)))
    return Quote(lead, _speech(draw, second.who, first), _said(draw, he, None))


def _no_question(quote: Sentence) -> Sentence:
    return replace(quote, end="." if quote.end == "?" else quote.end)


def _says_to(draw: Draw, speaker: Somebody, listener: Somebody) -> Clause:
    return Clause("dialogue", speaker, Doing(draw.book.main_verbs["say"], None, "past", to=listener))


@construction("said-to")
def _said_to(draw: Draw) -> Meaning:
    """*"I am rich," said the king to the queen. "You were brave," Eve said to her brother.*"""
    speaker: Somebody = draw.someone()
    owner = draw.third(speaker.who)
    if draw.chance(0.08):  # *"Mum, you are nice," said the son.*
        mum = draw.called(Referent(draw.gender()))
        you = Clause("dialogue", draw.pronoun("you", mum.who), draw.being())
        quote = Sentence((you,), address=mum)
        return Quote(None, quote, _said(draw, speaker, None), tag_inverted=draw.chance(0.5))
    if draw.chance(0.3):
        speaker = owner
    listener: NounPhrase = draw.own(owner) if draw.chance(0.35) else draw.someone()
    told = draw.chance(0.6)
    if told and draw.chance(0.1):  # *"You are drunk," she said to him.*
        him = draw.third(listener.who)
        tag = Clause("dialogue", owner, Doing(draw.book.main_verbs["say"], None, "past", to=him))
        return Quote(None, replace(_speech(draw, owner.who, listener), address=None, end="."), tag)
    quote = _speech(draw, speaker.who, listener if told else None)
    if draw.chance(0.25) and quote.end != "?":  # *"I am poor," the monk said to the nun.*
        told = True
    tag = Clause("dialogue", speaker, Doing(draw.book.main_verbs["say"], None, "past", to=listener if told else None))
    if (
        told and quote.end == "." and draw.chance(0.1)
    ):  # *"You were famous," he said to the actress, "and I was young."*
        other = draw.pronoun(*draw.pick((("I", speaker.who), ("you", listener.who))))
        more = Clause("dialogue", other, draw.predicate(None))
        return Quote(None, quote, tag, rest=(draw.book.conjunctions[draw.pick(("but", "and"))], more))
    if quote.end == "?":
        asks = next(verb for verb in draw.pools.people if verb.english == ("ask",))
        if draw.chance(0.3) and listener.determiner == "":  # *"Mark, are you sad?" asked Olga.*
            quote = replace(quote, address=NounPhrase(listener.who, "", listener.noun))
            tag = Clause("dialogue", speaker, Doing(asks, None, "past"))
            return Quote(None, quote, tag, tag_inverted=not isinstance(speaker, Pronoun))
        tag = Clause("dialogue", speaker, Acting(asks, listener, "past"))
        return Quote(None, quote, tag)
    return Quote(None, quote, tag, tag_inverted=not isinstance(speaker, Pronoun) and draw.chance(0.6))


@construction("two-turns")
def _two_turns(draw: Draw) -> Meaning:
    """*The woman smiled. "I think I am happy," she said. The man laughed. "No, you are tired," he replied.*"""
    gender = draw.gender()
    first, second = draw.someone(gender), draw.someone("f" if gender == "m" else "m")
    she, he = draw.third(first.who), draw.third(second.who)
    if draw.chance(0.15):  # *Her husband came. "I am rich," she said. "But you are not generous," he said.*
        husband = draw.his(she, second.who.gender)
        he = draw.third(husband.who)
        one = Quote(_lead(draw, husband, None), _speech(draw, first.who, None), _said(draw, she, None))
        return Discourse(
            (
                one,
                Quote(None, _speech(draw, husband.who, replace(first, determiner="the"), True), _said(draw, he, None)),
            )
        )
    one = Quote(_lead(draw, first, None), _speech(draw, first.who, None), _said(draw, she, None))
    lead = _lead(draw, second, None)
    if draw.chance(0.2):
        lead = replace(lead, subject=he)
    if draw.chance(0.15):
        return Discourse((one, Quote(None, _speech(draw, second.who, first, True), _said(draw, second, None))))
    two = Quote(lead, _speech(draw, second.who, first, opening=True), _said(draw, he, None))
    return Discourse((one, two))


@construction("asked")
def _asked(draw: Draw) -> Meaning:
    """*The girl asked the boy: "Are you calm?" "Are you ill?" he asked his wife. "Lucy, are you sad?" asked John.*"""
    asks = next(verb for verb in draw.pools.people if verb.english == ("ask",))
    who, whom = draw.someone(), draw.someone()
    form = draw.rng.random()
    if form < 0.4 and draw.chance(0.3):
        whom = draw.own(draw.third(who.who))
    about: Pronoun = draw.pronoun("you", whom.who) if draw.chance(0.8) or form > 0.7 else draw.pronoun("I", who.who)
    quote = Sentence((Clause("dialogue", about, Being(draw.adjective(), draw.tense())),), (), "?")
    if form < 0.4:
        return Quote(None, quote, Clause("dialogue", who, Acting(asks, whom, "past")))
    if form > 0.7:
        called = draw.called(whom.who)
        tag = Clause("dialogue", who, Doing(asks, None, "past"))
        return Quote(None, replace(quote, address=called), tag, tag_inverted=draw.chance(0.8))
    return Quote(Clause("dialogue", who, Acting(asks, whom, "past")), quote, colon=True)
