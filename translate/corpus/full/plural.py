"""Several people: *We are girls who like to learn. The boy and the girl were happy.*"""

from dataclasses import replace

from translate.corpus.full.draw import Draw
from translate.corpus.full.registry import construction, link, say
from translate.corpus.full.relative import whom
from translate.language.meaning import Being, Both, Clause, Meaning, Referent, Sentence
from translate.language.words import Gender


@construction("we-are")
def _we_are(draw: Draw) -> Meaning:
    """*We are girls who like to learn. You are boys who … They were kings.*"""
    who = Referent(draw.gender(), "pl")
    subject = draw.pronoun(draw.pick(("we", "we", "we", "you (pl)", "they")), who)
    tense = draw.tense(0.3)
    noun = draw.a(who)
    if draw.chance(0.75):
        relative = whom(draw) if draw.chance(0.1) else draw.relative(None, tense)
        noun = replace(noun, relative=relative)
    first = Clause("we-are", subject, Being(noun, tense, draw.chance(0.06)))
    if draw.chance(0.25):
        second = Clause("we-are", subject, draw.predicate(None, tense))
        return Sentence((first, second), (link(draw.pick(("and", "but")), draw, 0.5),))
    return Sentence((first,), (), "." if draw.chance(0.9) else "")


@construction("plural")
def _plural(draw: Draw) -> Meaning:
    """*The boys like to swim. The girls who liked to sing were happy. The actors whom the queen invited were tired.*"""
    phrase, tense = draw.many(), draw.tense()
    if draw.chance(0.12):
        phrase = replace(phrase, determiner="")
    chance = draw.rng.random()
    if chance < 0.35:
        phrase = replace(phrase, relative=draw.relative(None, tense))
    elif chance < 0.5:
        phrase = replace(phrase, relative=whom(draw, None, tense))
    return say("plural", phrase, draw.predicate(None, None if draw.chance(0.2) else tense, phrase.adjective), draw)


@construction("both")
def _both(draw: Draw) -> Meaning:
    """*The boy and the girl were happy. Peter and Eve came. The mother and the daughter like to sing.*"""
    first, second = draw.someone(), draw.someone()
    while second.noun is first.noun:
        second = draw.someone()
    gender: Gender = "f" if first.who.gender == second.who.gender == "f" else "m"
    both = Both(Referent(gender, "pl"), first, second)
    return say("both", both, draw.predicate(None), draw)
