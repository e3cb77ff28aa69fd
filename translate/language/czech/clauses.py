"""Relative clauses, main and dependent clauses, reported speech and questions of Czech."""

from dataclasses import replace
from functools import cache
from typing import Any, Literal

from translate.language.czech import phrases, predicates, verbs
from translate.language.czech.place import Place, verbal
from translate.language.czech.verbs import WOULD, Subject, cluster, finite, joined, rad
from translate.language.meaning import (
    AnyClause,
    Because,
    Being,
    Clause,
    Liking,
    NounPhrase,
    Passive,
    Predicate,
    Pronoun,
    Relative,
    Saying,
    Series,
    Somebody,
    Staying,
    Twice,
    Whom,
    Whose,
)
from translate.language.utterance import Fragment, Utterance
from translate.language.words import Case, Complement, Tense, Verb

# What stands before a clause and hosts its clitics: nothing, *že*, or another conjunction, after which *je* comes
# first. After *kdyby*, which holds the clitic of the conditional, no auxiliary follows.
Opened = Literal["", "that", "conjunction", "unreal"]


def subject_of(somebody: Somebody) -> Subject:
    """What the verb of a clause about `somebody` agrees with."""
    who = somebody.who
    return verbs.subject(somebody.person.person if type(somebody) is Pronoun else 3, who.number, who.gender)


def relative(out: Utterance, head: NounPhrase, clause: Relative) -> None:
    """*, který rád čte*, *, se kterým pracuje moje sestra*, *, jehož sestra ráda zpívá*; left open."""
    who = head.who
    subject = verbs.subject(3, who.number, who.gender)
    out.open = False
    if type(clause) is Liking and not clause.mid:  # most of them
        out.put(_who_likes(clause.verb, clause.complement, clause.tense, clause.negative, subject), who)
        if clause.final:
            before, out.doer = out.doer, subject[:2]
            phrases.adverbials(out, clause.final)
            out.doer = before
        out.open = True
        return
    out.words.append(",")
    if isinstance(clause, Whom):
        _whom(out, head, clause)
    elif isinstance(clause, Whose):
        _whose(out, head, clause)
    else:
        parts = (clause.first, clause.second) if isinstance(clause, Twice) else (clause,)
        for index, part in enumerate(parts):
            if index:
                out.say(("a",))
            out.put(phrases.relative("nom", who), who)
            predicate(out, part, Place(who, subject, True))
    out.open = True


@cache
def _who_likes(verb: Verb, complement: Complement, tense: Tense, negative: bool, subject: Subject) -> Fragment:
    """*, která se ráda učí anglicky*."""
    who = phrases.agreeing("který nom", "relative", subject.gender, subject.number)
    return joined((",",), who, predicates.likes(verb, complement, tense, negative, subject, True, False))


def _whose(out: Utterance, head: NounPhrase, clause: Whose) -> None:
    """*jehož sestra ráda zpívá*, *jejíhož bratra zná král*; pronoun and noun host the clitics together."""
    has, who = clause.possession, head.who
    case: Case = "acc" if isinstance(clause.said, Whom) else "nom"
    out.put(phrases.whose(who.gender, who.number, has.noun.gender, case), who)
    phrases.noun_phrase(out, has, case)
    if isinstance(clause.said, Whom):
        _seen_by(out, clause.said)
    else:
        predicate(out, clause.said, Place(has.who, subject_of(has), hosted=True))


def _whom(out: Utterance, head: NounPhrase, clause: Whom) -> None:
    """*kterého vidí holka*, *se kterým pracuje moje sestra*."""
    by = phrases.governed(clause.verb.object_case)
    pronoun = phrases.relative(by.case, head.who)
    out.say(phrases.preposition(by.preposition, pronoun.words[0]))
    out.put(pronoun, head.who)
    _seen_by(out, clause)


def _seen_by(out: Utterance, clause: Whom) -> None:
    """*vidí holka*: the verb before its subject; with *rád* after it: *holka ráda chválí*."""
    verb, subject = clause.verb, subject_of(clause.subject)
    before, out.doer = out.doer, subject[:2]
    out.say(cluster(clause.tense, subject, verb.reflexive))
    said = finite(verb, clause.tense, False, subject)
    if clause.liking:
        phrases.somebody(out, clause.subject)
        out.put(joined(rad(False, subject), said), clause.subject.who)
    else:
        out.put(said, clause.subject.who)
        phrases.somebody(out, clause.subject)
    out.doer = before


def predicate(out: Utterance, said: Predicate, place: Place) -> None:
    """Any predicate, reported speech and two in a row included."""
    before, out.doer = out.doer, place.subject[:2]
    if isinstance(said, Saying):
        _saying(out, said, place)
    elif isinstance(said, Series):
        predicate(out, said.first, place)
        if said.conjunction.comma == "before":
            out.open = True
        out.say(said.conjunction.czech)
        predicate(out, said.second, Place(place.who, place.subject, False, None, place.it))
    else:
        predicates.say(out, said, place)
    out.doer = before


def _saying(out: Utterance, said: Saying, place: Place) -> None:
    """*řekla, že je unavená*: in Czech what was said keeps its own tense."""
    verb = finite(said.verb, said.tense, said.negative, place.subject)
    verbal(out, verb, cluster(said.tense, place.subject, said.verb.reflexive), place)
    if said.whom is not None:
        phrases.somebody(out, said.whom, phrases.governed(said.verb.object_case or "dat").case)
    that = "jestli" if said.whether else "že"
    clause_inside = False
    for index, content in enumerate((said.content, said.second)):
        if content is not None:
            out.open = False
            out.words += (",",) if clause_inside or not index else ()
            out.words += ("a", that) if index else (that,)
            clause(out, content, "that" if that == "že" else "conjunction")
            clause_inside, out.open = out.open, True


def clause(out: Utterance, said: AnyClause, opened: Opened = "") -> None:
    """A clause, with what depends on it."""
    if isinstance(said, Because):
        _because(out, said, opened)
        return
    subject, hosted = said.subject, bool(opened)
    if said.role is not None:
        out.say(("jako",))
        phrases.somebody(out, said.role)
        hosted = True
    if said.opening is not None:
        out.say(said.opening.czech)
        hosted = True
    who, agrees = subject.who, subject_of(subject)
    if opened == "unreal":
        agrees = verbs.subject(3, who.number, who.gender)
    if type(subject) is Pronoun and not subject.stressed:
        it = not opened and agrees.person == 3 and _names(said.predicate)
        predicate(out, said.predicate, Place(who, agrees, hosted, None, it))
    elif hosted and not (opened == "that" and _copular(said.predicate)):
        predicate(out, said.predicate, Place(who, agrees, hosted, lambda: phrases.somebody(out, subject)))
    else:
        phrases.somebody(out, subject)
        predicate(out, said.predicate, Place(who, agrees, True))


def _names(said: Predicate) -> bool:
    """Whether a predicate says who somebody is: *he is a boy*. Of the future Czech says *bude lékařkou*."""
    return isinstance(said, Being) and isinstance(said.complement, NounPhrase) and said.tense != "future"


def _copular(said: Predicate) -> bool:
    return isinstance(said, (Being, Staying, Passive))


def _because(out: Utterance, said: Because, opened: Opened) -> None:
    """A main clause and one that depends on it, in either order; a comma between and after."""
    if said.fronted:
        _dependent(out, said)
        out.open = False
        out.words.append(",")
        clause(out, said.main)
    else:
        clause(out, said.main, opened)
        out.open = False
        out.words.append(",")
        _dependent(out, said)
        out.open = True


def _dependent(out: Utterance, said: Because) -> None:
    """*když je holka doma*, *kdyby se moje sestra učila*: *kdyby* holds the clitic of the conditional."""
    dependent = said.dependent
    words = said.conjunction.czech
    if words == ("dokud",):  # until = as long as not
        dependent = _changed(dependent, negative=True)
    if words in (("kdyby",), ("aby",)):
        would = WOULD[subject_of(dependent.subject).key]
        out.say((words[0].removesuffix("by") + would,))
        clause(out, _changed(dependent, tense="past"), "unreal")
    else:
        out.say(words)
        clause(out, dependent, "conjunction")


def _changed(said: Clause, **changes: Tense | bool) -> Clause:
    """The clause with its predicate in another tense, or negated; raises `TypeError` for one that has neither."""
    predicate: Any = said.predicate
    return replace(said, predicate=replace(predicate, **changes))


def question(out: Utterance, said: Clause) -> None:
    """*Plaveš ráda? Byla servírka unavená?*: the verb comes first."""
    if isinstance(said.predicate, Liking):
        predicates.asked_liking(out, said.predicate, _verb_first(out, said))
    else:
        inverted(out, said)


def inverted(out: Utterance, said: Clause) -> None:
    """*řekla žena*: what follows a quote."""
    predicate(out, said.predicate, _verb_first(out, said))


def _verb_first(out: Utterance, said: Clause) -> Place:
    subject = said.subject
    place = Place(subject.who, subject_of(subject), hosted=False)
    if isinstance(subject, Pronoun):
        return place._replace(it=place.subject.person == 3 and _names(said.predicate))
    return place._replace(inner=lambda: phrases.somebody(out, subject))
