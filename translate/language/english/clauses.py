"""Predicates, relative clauses and clauses of English."""

from dataclasses import replace

from translate.language.english import phrases, verbs
from translate.language.english.verbs import THIRD, Agreement, agreement
from translate.language.meaning import (
    Acting,
    AnyClause,
    Because,
    Becoming,
    Being,
    Both,
    Clause,
    Doing,
    Fond,
    Having,
    Liking,
    Modal,
    NounPhrase,
    Passive,
    Predicate,
    Pronoun,
    Referent,
    Relative,
    Saying,
    Series,
    Somebody,
    Staying,
    Twice,
    Whom,
    Whose,
)
from translate.language.utterance import Utterance
from translate.language.words import Adjective, Complement


def somebody(out: Utterance, who: Somebody, form: str | None = None) -> None:
    """A subject or an object with all that belongs to it; `form`: of a pronoun."""
    if type(who) is NounPhrase:
        phrases.noun_phrase(out, who)
        if who.relative is not None:
            out.words += (",",) if who.loose else ()
            relative(out, who, who.relative)
            out.open = who.loose
    elif isinstance(who, Pronoun):
        phrases.pronoun(out, who, form)
    else:
        assert isinstance(who, Both)
        somebody(out, who.first)
        out.words += (",", "and") if who.first.relative is not None else ("and",)
        out.open = False
        somebody(out, who.second)
        out.latest[who.who] = out.latest[who.second.who]
        if out.told.issuperset((who.first.who, who.second.who)):
            out.told.add(who.who)


def relative(out: Utterance, head: NounPhrase, clause: Relative) -> None:
    """*who likes to read*, *whom the girl sees*, *whose sister likes to sing*."""
    if isinstance(clause, Whose):
        out.words.append("whose")
        bare = clause.possession
        phrases.noun_phrase(out, bare)
        if isinstance(clause.said, Whom):
            _whom(out, clause.said, whose=True)
        else:
            predicate(out, clause.said, bare.who, THIRD)
    elif isinstance(clause, Whom):
        _whom(out, clause, loose=head.loose)
    elif isinstance(clause, Twice):
        who = Agreement(3, head.who.number)
        for index, part in enumerate((clause.first, clause.second)):
            out.words += ("and", "who") if index else ("who",)
            predicate(out, part, head.who, who)
    else:
        out.words.append("who")
        predicate(out, clause, head.who, Agreement(3, head.who.number))


def _whom(out: Utterance, clause: Whom, whose: bool = False, loose: bool = False) -> None:
    """*whom the girl sees*; a preposition goes before *whom* or stays behind its verb. `whose`: said already.

    loose: between commas, where English says neither *that* nor nothing.
    """
    verb, who = clause.verb, agreement(clause.subject)
    words = (
        verbs.like(clause.tense, False, who, out.shifted) + verb.english
        if clause.liking
        else verbs.group(verb, clause.tense, False, who, out.shifted)
    )
    preposition = verb.english[1:] if verb.english[0] not in ("be", "help") and len(verb.english) == 2 else ()
    fronted = bool(preposition) and not clause.stranded and not whose
    if fronted:
        out.words += (*preposition, "whom")
        words = words[: len(words) - 1]
    elif clause.pronoun and not whose:
        out.words.append("whom" if loose and clause.pronoun == "that" else clause.pronoun)
    elif loose and not whose:
        out.words.append("whom")
    somebody(out, clause.subject)
    out.words += words


def predicate(out: Utterance, said: Predicate, subject: Referent, who: Agreement, asked: bool = False) -> None:
    """What is said of `subject`; `asked`: after *do*, *does* or *did*."""
    if type(said) is Liking:
        if said.mid:
            phrases.adverbials(out, said.mid, subject)
        out.words += ("like", "to") if asked else verbs.like(said.tense, said.negative, who, out.shifted)
        out.words += said.verb.english
        out.words += said.complement.english
        if said.final:
            phrases.adverbials(out, said.final, subject)
    elif type(said) is Being:
        _being(out, said, subject, verbs.be(said.tense, said.negative, who, out.shifted), asked)
    elif type(said) is Doing:
        doing(out, said, subject, verbs.group(said.verb, said.tense, said.negative, who, out.shifted), asked, who)
    else:
        _others(out, said, subject, who, asked)


def _others(out: Utterance, said: Predicate, subject: Referent, who: Agreement, asked: bool) -> None:
    if isinstance(said, Acting):
        _acting(out, said, subject, who)
    elif isinstance(said, Fond):
        likes = verbs.like(said.tense, said.negative, who, out.shifted)[:-1]
        out.words += ("like",) if asked else likes
        if isinstance(said.thing, Complement):
            out.words += said.thing.english
        else:
            _object(out, said.thing)
    elif isinstance(said, Staying):
        out.words += verbs.be(said.tense, said.negative, who, out.shifted)[asked:]
        out.words += ("alone",) if said.alone else ()
        out.words += said.place.english if said.place else ()
    elif isinstance(said, Having):
        has = {"present": "has" if who == THIRD else "have", "past": "had"}.get(said.tense, "")
        out.words += (has,) if has else ("will", "have")
        somebody(out, said.object)
    elif isinstance(said, Becoming):
        _becoming(out, said, who)
    elif isinstance(said, Modal):
        _modal(out, said, subject, who, asked)
    elif isinstance(said, Passive):
        out.words += (*verbs.be(said.tense, False, who, out.shifted)[asked:], said.participle.english)
        if said.agent is not None:
            out.words.append("by")
            somebody(out, said.agent)
        out.words += said.place.english if said.place else ()
    elif isinstance(said, Saying):
        _saying(out, said, who)
    elif isinstance(said, Series):
        predicate(out, said.first, subject, who)
        out.words += (said.conjunction.english,)
        predicate(out, said.second, subject, who)
    else:
        raise TypeError(f"English does not know the predicate {type(said).__name__}")


def _being(out: Utterance, said: Being, subject: Referent, be: tuple[str, ...], asked: bool) -> None:
    """*is never tired*, *had never been tired*; `asked`: the first word of *be* has been said, before the subject."""
    often = (said.frequency,) if said.frequency else ()
    out.words += (*often, *be[1:]) if asked else (*be[:1], *often, *be[1:])
    complement = said.complement
    if isinstance(complement, Adjective):
        out.words += complement.english
    elif isinstance(complement, tuple):
        first, link, second = complement
        out.words += (*first.english, link.english, *second.english)
    else:
        somebody(out, complement)
    phrases.adverbials(out, said.manner, subject)


def doing(
    out: Utterance, said: Doing, subject: Referent, group: tuple[str, ...], asked: bool, who: Agreement = THIRD
) -> None:
    if said.used:
        group = ("used", "to", *said.verb.english)
    elif said.progressive and not asked:
        group = (*verbs.be(said.tense, said.negative, who, out.shifted), *verbs.ing(said.verb))
    elif said.perfect and not asked:
        group = ("had", *(("not",) if said.negative else ()), *verbs.participle(said.verb))
    out.words += said.verb.english if asked else group
    if said.to is not None:
        out.words.append("to")
        _object(out, said.to)
    if said.complement is not None:
        out.words += said.complement.english
    phrases.adverbials(out, said.final, subject)


def _acting(out: Utterance, said: Acting, subject: Referent, who: Agreement) -> None:
    if said.liking:
        out.words += verbs.like(said.tense, said.negative, who, out.shifted) + said.verb.english
    else:
        out.words += verbs.group(said.verb, said.tense, said.negative, who, out.shifted)
    _object(out, said.object)
    phrases.adverbials(out, said.final, subject)


def _object(out: Utterance, whom: Somebody) -> None:
    somebody(out, whom, whom.person.object if isinstance(whom, Pronoun) else None)


def _becoming(out: Utterance, said: Becoming, who: Agreement) -> None:
    if said.liking:
        out.words += (*verbs.like("conditional", False, who, out.shifted), "become")
    elif said.tense == "past":
        out.words += ("had", "become") if out.shifted else ("became",)
    else:
        out.words += ("would" if out.shifted else "will", "become")
    if isinstance(said.complement, Adjective):
        out.words += said.complement.english
    else:
        somebody(out, said.complement)


def _modal(out: Utterance, said: Modal, subject: Referent, who: Agreement, asked: bool) -> None:
    if asked:
        out.words += ("want", "to") if said.verb.infinitive == "chtít" else modality(said, who, False)[1:]
    else:
        out.words += modality(said, who, out.shifted)
    doing(out, said.doing, subject, said.doing.verb.english, asked=True)


def modality(said: Modal, who: Agreement, shifted: bool) -> tuple[str, ...]:
    """*wants to, can not, should*."""
    verb = said.verb
    if verb.infinitive == "mít":  # měl by: what one should do
        return ("should", "not") if said.negative else ("should",)
    to = ("to",) if verb.infinitive in ("chtít", "umět") else ()
    return verbs.group(verb, said.tense, said.negative, who, shifted) + to


def _saying(out: Utterance, said: Saying, who: Agreement) -> None:
    """After a past verb of saying, what is said moves one step into the past: *said that she was tired*."""
    out.words += verbs.group(said.verb, said.tense, said.negative, who, False)
    if said.whom is not None:
        _object(out, said.whom)
    for index, content in enumerate((said.content, said.second)):
        if content is not None:
            out.words += ("and",) if index else ()
            out.words += ("whether",) if said.whether else ("that",) if said.that else ()
            out.shifted = said.tense == "past"
            clause(out, content)
            out.shifted = False


def clause(out: Utterance, said: AnyClause) -> None:
    """A clause, with what depends on it."""
    if type(said) is not Clause:
        assert isinstance(said, Because)
        dependent = _dependent(said)
        if said.fronted:
            out.words += _conjunction(said)
            clause(out, dependent)
            out.words.append(",")
            clause(out, said.main)
        else:
            clause(out, said.main)
            if said.conjunction.english in ("while", "so", "therefore"):
                out.words.append(",")
            out.words += _conjunction(said)
            clause(out, dependent)
        return
    if said.role is not None:
        out.words.append("as")
        somebody(out, said.role)
    if said.opening is not None:
        out.words += said.opening.english
    somebody(out, said.subject)
    if out.open:  # a loose relative clause
        out.close(("is",))
    predicate(out, said.predicate, said.subject.who, agreement(said.subject))


_AHEAD = frozenset(("if", "when (future)"))


def _dependent(said: Because) -> Clause:
    """What is still to come is present after *if* and *when*: *if she learns, she will be happy*."""
    clause = said.dependent
    if (
        isinstance(clause.predicate, Doing)
        and clause.predicate.tense == "future"
        and said.conjunction.english in _AHEAD
    ):
        return replace(clause, predicate=replace(clause.predicate, tense="present"))
    return clause


def _conjunction(said: Because) -> tuple[str, ...]:
    # The lexicon tells apart what English writes alike: "if (unreal)".
    return tuple(said.conjunction.english.partition(" (")[0].split())
