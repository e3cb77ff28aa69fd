"""What one language has said so far: words, who was named where, and which words agree with whom."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from translate.language.meaning import NounPhrase, Referent, Relative
from translate.language.words import Gender, Number

Role = Literal["controller", "attractor"]


class Mark(NamedTuple):
    """A word of a fragment that agrees, with somebody who is known only where the fragment is said."""

    offset: int
    kind: str  # relative | rad | participle | predicate | attribute | copula | possessive | pronoun | passive
    gender: Gender
    other: str  # the form in the other gender


class Fragment(NamedTuple):
    """Words that are said together, made once and kept, since they recur in thousands of sentences."""

    words: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


class Mention:
    """Somebody named by a noun, or told by a pronoun: `key` is the node of the tree that names them."""

    __slots__ = ("clause", "gender", "key", "lemma", "position", "role", "who")

    def __init__(
        self, key: int, who: Referent | None, lemma: str, gender: Gender, position: int, role: Role, clause: int
    ) -> None:
        self.key, self.who, self.lemma, self.gender = key, who, lemma, gender
        self.position, self.role, self.clause = position, role, clause


class Agreed(NamedTuple):
    """A word that agrees, where it was said: with whom, and how many had been named before it."""

    position: int
    mark: Mark
    who: Referent
    mention: Mention | None  # the phrase that it belongs to; None: the last mention of `who`, or else the first
    named_before: int
    clause: int


class Utterance:
    """The words of one language in order. `open`: a clause has to be closed by a comma if anything follows."""

    __slots__ = ("agreed", "clause", "doer", "latest", "mentions", "open", "relate", "shifted", "told", "words")

    def __init__(self, relate: "Callable[[Utterance, NounPhrase, Relative], None]") -> None:
        # Says a relative clause: phrases may have one, and what a clause says is full of phrases.
        self.relate = relate
        self.words: list[str] = []
        self.mentions: list[Mention] = []
        self.agreed: list[Agreed] = []
        self.latest: dict[Referent, Mention] = {}
        self.told: set[Referent] = set()  # those whose gender a word has told
        self.clause = 0
        self.open = False
        self.doer: tuple[int, Number] = (3, "sg")  # Czech only: person and number of the subject of this clause
        self.shifted = False  # English only: what was said after a past verb of saying

    def tell(self, who: Referent) -> None:
        """The word that comes next, or one just said, tells the gender of `who`."""
        self.told.add(who)

    def say(self, words: tuple[str, ...]) -> None:
        """Go on with `words`, none of which agrees."""
        if self.open:
            self.close(words)
        self.words += words

    def close(self, words: tuple[str, ...]) -> None:
        """Close an open clause before `words`, with a comma unless they are punctuation that closes it themselves."""
        if self.open and words:
            self.open = False
            if words[0] not in _CLOSING:
                self.words.append(",")

    def put(self, fragment: Fragment, who: Referent, mention: Mention | None = None) -> None:
        """Go on with `fragment`, whose words agree with `who`: with the noun `mention`, or the last that named them."""
        if self.open:
            self.close(fragment.words)
        if fragment.marks:
            base, named = len(self.words), len(self.mentions)
            mention = mention or self.latest.get(who)
            for mark in fragment.marks:
                self.agreed.append(Agreed(base + mark.offset, mark, who, mention, named, self.clause))
        self.words += fragment.words

    def mention(
        self, key: int, who: Referent | None, lemma: str, gender: Gender, ahead: int, role: Role = "controller"
    ) -> Mention:
        """Somebody is named by the word that comes `ahead` words from here."""
        mention = Mention(key, who, lemma, gender, len(self.words) + ahead, role, self.clause)
        self.mentions.append(mention)
        if who is not None:
            self.latest[who] = mention
        return mention


# Punctuation that closes a clause itself.
_CLOSING = frozenset(",.?!“")
