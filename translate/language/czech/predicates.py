"""What Czech says that somebody does or likes: each predicate with its words in order, the clitics second."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from translate.language.czech import phrases
from translate.language.czech.copulas import becoming, being, passive, staying
from translate.language.czech.phrases import somebody
from translate.language.czech.place import Place, verbal, with_pronoun
from translate.language.czech.verbs import (
    Subject,
    cluster,
    finite,
    joined,
    rad,
    second,
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
    Staying,
)
from translate.language.utterance import Fragment, Utterance
from translate.language.words import Case, Complement, Tense, Verb


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


def doing(out: Utterance, said: Doing, place: Place) -> None:
    """*se učí anglicky*, *vrátila se*."""
    verb, subject = finite(said.verb, said.tense, said.negative, place.subject), place.subject
    clitics = cluster(said.tense, subject, said.verb.reflexive)
    if isinstance(said.to, Pronoun):
        with_pronoun(out, verb, clitics, _clitic(out, said.to, "dat"), place)
    else:
        verbal(out, verb, clitics, place)
        if said.to is not None:
            somebody(out, said.to, "dat")
    if said.complement is not None:
        out.say(said.complement.czech)
    phrases.adverbials(out, said.final)


def fond(out: Utterance, said: Fond, place: Place) -> None:
    """*má ráda čaj*."""
    words = joined(finite(_have(), said.tense, said.negative, place.subject), rad(False, place.subject))
    clitics = cluster(said.tense, place.subject, "")
    if isinstance(said.thing, Pronoun):
        with_pronoun(out, words, clitics, _clitic(out, said.thing, "acc"), place)
        return
    verbal(out, words, clitics, place)
    if isinstance(said.thing, Complement):
        out.say(said.thing.czech)
    else:
        somebody(out, said.thing, "acc")


def _clitic(out: Utterance, pronoun: Pronoun, case: Case) -> Callable[[], None]:
    return partial(out.put, phrases.clitic(pronoun, case), pronoun.who)


def _have() -> Verb:
    return lexicon().main_verbs["have"]


def having(out: Utterance, said: Having, place: Place) -> None:
    """*má bratra, který …*"""
    verbal(out, finite(_have(), said.tense, False, place.subject), cluster(said.tense, place.subject, ""), place)
    somebody(out, said.object, "acc")


def acting(out: Utterance, said: Acting, place: Place) -> None:
    """*vidí holku*, *ráda ho chválí*, *čeká na ni*, *se na ni dívá*."""
    verb, subject, by = said.verb, place.subject, phrases.governed(said.verb.object_case)
    words = finite(verb, said.tense, said.negative and not said.liking, subject)
    if said.liking:
        words = joined(rad(said.negative, subject), words)
    clitics = cluster(said.tense, subject, verb.reflexive)
    if isinstance(said.object, Pronoun):
        whom = said.object
        pronoun = partial(phrases.after_preposition, out, whom, by) if by.preposition else _clitic(out, whom, by.case)
        with_pronoun(out, words, clitics, pronoun, place)
    else:
        verbal(out, words, clitics, place)
        somebody(out, said.object, by.case, by.preposition)
    phrases.adverbials(out, said.final)


def modal(out: Utterance, said: Modal, place: Place) -> None:
    """*se chce učit česky*: the infinitive's clitic climbs."""
    tense: Tense = "conditional" if said.verb.infinitive == "mít" else said.tense
    doing = said.doing
    words = finite(said.verb, tense, said.negative, place.subject)
    clitics = cluster(tense, place.subject, doing.verb.reflexive)
    verbal(out, words, clitics, place)
    out.say((doing.verb.infinitive, *(doing.complement.czech if doing.complement else ())))
    phrases.adverbials(out, doing.final)


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
