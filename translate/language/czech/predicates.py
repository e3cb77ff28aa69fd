"""What Czech says of somebody: each predicate with its words in order, the clitics second.

`hosted`: something stands before the predicate in its clause (a subject, *který*, *že*), after which the clitics come
at once; otherwise they follow its first word. `inner`: says the subject that comes only after the clitics, or after
the verb, as in *když je holka doma*.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from translate.language.czech import phrases
from translate.language.czech.phrases import somebody
from translate.language.czech.verbs import (
    Subject,
    Words,
    be,
    cluster,
    finite,
    inflected,
    joined,
    placed,
    rad,
    second,
    split,
)
from translate.language.lexicon import lexicon
from translate.language.meaning import (
    Acting,
    Becoming,
    Being,
    Doing,
    Fond,
    Having,
    Liking,
    Modal,
    Passive,
    Predicate,
    Pronoun,
    Referent,
    Staying,
)
from translate.language.utterance import Fragment, Utterance
from translate.language.words import Adjective, Complement, Participle, Tense, Verb

Inner = Callable[[], None] | None


class Place(NamedTuple):
    """Where a predicate stands in its clause."""

    who: Referent
    subject: Subject
    hosted: bool
    inner: Inner = None
    it: bool = False  # *je to kluk*, where English says *he is a boy*


@cache
def likes(
    verb: Verb, complement: Complement, tense: Tense, negative: bool, subject: Subject, hosted: bool, mid: bool
) -> Fragment:
    """*se rád učí anglicky*, *rád jsem se učil*; `mid`: without its clitics, which adverbials have been said after."""
    said = joined(rad(negative, subject), finite(verb, tense, False, subject), complement.czech)
    clitics = () if mid else cluster(tense, subject, verb.reflexive)
    return joined(clitics, said) if hosted else second(clitics, said)


def asked_liking(out: Utterance, said: Liking, place: Place) -> None:
    """*učíš se rád anglicky?*, *učí se holka ráda?*: in a question the verb comes first and *rád* after it."""
    verb, clitics = said.verb, cluster(said.tense, place.subject, said.verb.reflexive)
    out.put(second(clitics, finite(verb, said.tense, False, place.subject)), place.who)
    if place.inner is not None:
        place.inner()
    phrases.adverbials(out, said.mid)
    out.put(joined(rad(said.negative, place.subject), said.complement.czech), place.who)
    phrases.adverbials(out, said.final)


def liking(out: Utterance, said: Liking, place: Place) -> None:
    """*se v parku rád učí anglicky s bratrem*."""
    apart = bool(said.mid) or place.inner is not None
    if apart:
        out.say(cluster(said.tense, place.subject, said.verb.reflexive))
        if place.inner is not None:
            place.inner()
        phrases.adverbials(out, said.mid)
    verb = likes(said.verb, said.complement, said.tense, said.negative, place.subject, place.hosted, apart)
    out.put(verb, place.who)
    if said.final:
        phrases.adverbials(out, said.final)


def verbal(out: Utterance, said: Fragment, clitics: Words, place: Place) -> None:
    """A verb with its clitics before or inside it, and the subject between where there is one."""
    if place.inner is not None and place.hosted:
        out.say(clitics)
        place.inner()
        out.put(said, place.who)
        return
    if place.inner is None:
        out.put(placed(clitics, said, place.hosted), place.who)
        return
    first, rest = split(said)  # *má holka ráda čaj? bude holka plavat?*
    out.put(second(clitics, first), place.who)
    place.inner()
    out.put(rest, place.who)


def doing(out: Utterance, said: Doing, place: Place) -> None:
    """*se učí anglicky*, *vrátila se*."""
    verb, subject = finite(said.verb, said.tense, said.negative, place.subject), place.subject
    clitics = cluster(said.tense, subject, said.verb.reflexive)
    if isinstance(said.to, Pronoun):
        _with_clitic(out, verb, clitics, phrases.clitic(said.to, "dat"), said.to.who, place)
    else:
        verbal(out, verb, clitics, place)
        if said.to is not None:
            somebody(out, said.to, "dat")
    if said.complement is not None:
        out.say(said.complement.czech)
    phrases.adverbials(out, said.final)


@cache
def _is(tense: Tense, negative: bool, subject: Subject, hosted: bool) -> Fragment:
    said, clitics = finite(be(), tense, negative, subject, "copula"), cluster(tense, subject, "")
    return joined(clitics, said) if hosted else second(clitics, said)


def _be(out: Utterance, tense: Tense, negative: bool, place: Place) -> None:
    """*je, byla jsem*, and the subject that comes after it."""
    out.put(_is(tense, negative, place.subject, place.hosted), place.who)
    if place.inner is not None:
        place.inner()


def being(out: Utterance, said: Being, place: Place) -> None:
    """*je šťastná*, *byla jsem kluk*, *je to kluk*."""
    complement = said.complement
    if said.frequency == "never":
        place = _never(out, said, place)
    else:
        _be(out, said.tense, said.negative, place)
    if place.it:
        out.say(("to",))
    if said.frequency and said.frequency != "never":
        out.say(_OFTEN[said.frequency])
    if said.manner:
        phrases.adverbials(out, said.manner)
    if isinstance(complement, Adjective):
        out.put(_predicative(complement, place.subject), place.who)
    elif isinstance(complement, tuple):
        first, link, last = complement
        said_first, said_last = (_predicative(one, place.subject) for one in (first, last))
        comma = (",",) if link.comma == "before" else ()
        out.put(joined(said_first, comma, link.czech, said_last), place.who)
    else:
        somebody(out, complement, "ins" if said.tense == "future" else "nom")


_OFTEN = {"always": ("vždycky",), "often": ("často",)}


def _never(out: Utterance, said: Being, place: Place) -> Place:
    """*nikdy nebyla, nikdy jsem nebyla*: the word hosts the clitics where nothing else does."""
    if not place.hosted:
        out.say(("nikdy",))
        _be(out, said.tense, True, place._replace(hosted=True))
        return place
    out.say(cluster(said.tense, place.subject, ""))
    if place.inner is not None:
        place.inner()
    out.say(("nikdy",))
    out.put(finite(be(), said.tense, True, place.subject, "copula"), place.who)
    return place


@cache
def _predicative(word: Adjective, subject: Subject) -> Fragment:
    return phrases.adjective(word, "predicate", "nom", subject.gender, subject.number)


def staying(out: Utterance, said: Staying, place: Place) -> None:
    """*je sám doma*."""
    _be(out, said.tense, said.negative, place)
    if said.alone:
        out.put(phrases.agreeing("sám nom", "predicate", place.subject.gender, place.subject.number), place.who)
    if said.place is not None:
        out.say(said.place.czech)


def fond(out: Utterance, said: Fond, place: Place) -> None:
    """*má ráda čaj*."""
    words = joined(finite(_have(), said.tense, said.negative, place.subject), rad(False, place.subject))
    clitics = cluster(said.tense, place.subject, "")
    if isinstance(said.thing, Pronoun):
        _with_clitic(out, words, clitics, phrases.clitic(said.thing, "acc"), said.thing.who, place)
        return
    verbal(out, words, clitics, place)
    if isinstance(said.thing, Complement):
        out.say(said.thing.czech)
    else:
        somebody(out, said.thing, "acc")


def _have() -> Verb:
    return lexicon().main_verbs["have"]


def having(out: Utterance, said: Having, place: Place) -> None:
    """*má bratra, který …*"""
    verbal(out, finite(_have(), said.tense, False, place.subject), cluster(said.tense, place.subject, ""), place)
    somebody(out, said.object, "acc")


def acting(out: Utterance, said: Acting, place: Place) -> None:
    """*vidí holku*, *ráda ho chválí*, *čeká na ni*: a pronoun without a preposition is a clitic."""
    verb, subject, by = said.verb, place.subject, phrases.governed(said.verb.object_case)
    words = finite(verb, said.tense, said.negative and not said.liking, subject)
    if said.liking:
        words = joined(rad(said.negative, subject), words)
    clitics = cluster(said.tense, subject, verb.reflexive)
    if isinstance(said.object, Pronoun) and not by.preposition:
        pronoun = phrases.clitic(said.object, by.case)
        _with_clitic(out, words, clitics, pronoun, said.object.who, place)
    else:
        verbal(out, words, clitics, place)
        if isinstance(said.object, Pronoun):
            phrases.after_preposition(out, said.object, by)
        else:
            somebody(out, said.object, by.case, by.preposition)
    phrases.adverbials(out, said.final)


def _with_clitic(
    out: Utterance, words: Fragment, clitics: Words, pronoun: Fragment, whom: Referent, place: Place
) -> None:
    """The pronoun agrees with somebody else than the words around it, so they are said apart."""
    if place.hosted:
        out.say(clitics)
        out.put(pronoun, whom)
        if place.inner is not None:
            place.inner()
        out.put(words, place.who)
        return
    first, rest = split(words)
    out.put(second(clitics, first), place.who)
    out.put(pronoun, whom)
    if place.inner is not None:
        place.inner()
    out.put(rest, place.who)


def becoming(out: Utterance, said: Becoming, place: Place) -> None:
    """*stala se královnou*, *by se ráda stala lékařkou*."""
    verb = lexicon().main_verbs["become"]
    tense: Tense = "conditional" if said.liking else said.tense
    words = finite(verb, tense, False, place.subject)
    if said.liking:
        words = joined(rad(False, place.subject), words)
    verbal(out, words, cluster(tense, place.subject, verb.reflexive), place)
    complement, subject = said.complement, place.subject
    if isinstance(complement, Adjective):
        out.put(phrases.adjective(complement, "predicate", "ins", subject.gender, subject.number), place.who)
    else:
        somebody(out, complement, "ins")


def modal(out: Utterance, said: Modal, place: Place) -> None:
    """*se chce učit česky*: the infinitive's clitic climbs."""
    tense: Tense = "conditional" if said.verb.infinitive == "mít" else said.tense
    doing = said.doing
    words = finite(said.verb, tense, said.negative, place.subject)
    clitics = cluster(tense, place.subject, doing.verb.reflexive)
    verbal(out, words, clitics, place)
    out.say((doing.verb.infinitive, *(doing.complement.czech if doing.complement else ())))
    phrases.adverbials(out, doing.final)


def passive(out: Utterance, said: Passive, place: Place) -> None:
    """*byla pochválena svým otcem*, *byla nalezena v lese*."""
    _be(out, said.tense, False, place)
    out.put(_short(said.participle, place.subject), place.who)
    if said.agent is not None:
        somebody(out, said.agent, "ins")
    if said.place is not None:
        out.say(said.place.czech)


@cache
def _short(word: Participle, subject: Subject) -> Fragment:
    return inflected(word.singular if subject.number == "sg" else word.plural, "passive", subject.gender)


_SAY: dict[type, Callable[[Utterance, Any, Place], None]] = {
    Liking: liking,
    Doing: doing,
    Being: being,
    Staying: staying,
    Fond: fond,
    Having: having,
    Acting: acting,
    Becoming: becoming,
    Modal: modal,
    Passive: passive,
}


def say(out: Utterance, said: Predicate, place: Place) -> None:
    """Any predicate of one clause."""
    _SAY[type(said)](out, said, place)
