"""Where a predicate stands in its clause, and a verb with its clitics there.

`hosted`: something stands before the predicate in its clause (a subject, *který*, *že*), after which the clitics come
at once; otherwise they follow its first word. `inner`: says the subject that comes only after the clitics, or after
the verb, as in *když je holka doma*.
"""

from collections.abc import Callable
from typing import NamedTuple

from translate.language.czech.verbs import Subject, Words, placed, second, split
from translate.language.meaning import Referent
from translate.language.utterance import Fragment, Utterance

Inner = Callable[[], None] | None


class Place(NamedTuple):
    """Where a predicate stands in its clause."""

    who: Referent
    subject: Subject
    hosted: bool
    inner: Inner = None
    it: bool = False  # *je to kluk*, where English says *he is a boy*


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


def with_pronoun(out: Utterance, words: Fragment, clitics: Words, pronoun: Callable[[], None], place: Place) -> None:
    """*ho vidí, se na něj dívá, rád s ním pracuje*: `pronoun` says whom, right behind the clitics.

    It agrees with somebody else than the words around it, so they are said apart.
    """
    if place.hosted:
        out.say(clitics)
        pronoun()
        if place.inner is not None:
            place.inner()
        out.put(words, place.who)
        return
    first, rest = split(words)
    out.put(second(clitics, first), place.who)
    pronoun()
    if place.inner is not None:
        place.inner()
    out.put(rest, place.who)
