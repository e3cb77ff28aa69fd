"""*Být*, *stát se* and the passive: what Czech says that somebody is, becomes, or has done to them."""

from functools import cache

from translate.language.czech import phrases
from translate.language.czech.phrases import somebody
from translate.language.czech.place import Place, verbal
from translate.language.czech.verbs import Subject, be, cluster, finite, inflected, joined, placed, rad
from translate.language.lexicon import lexicon
from translate.language.meaning import Becoming, Being, Passive, Staying
from translate.language.utterance import Fragment, Utterance
from translate.language.words import Adjective, Participle, Tense


@cache
def _is(tense: Tense, negative: bool, subject: Subject, hosted: bool) -> Fragment:
    said, clitics = finite(be(), tense, negative, subject, "copula"), cluster(tense, subject, "")
    return placed(clitics, said, hosted)


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
