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


# Of these two there are a dozen in a sentence, and a plain tuple is made in a fifth of the time.
# Somebody named by a noun, or told by a pronoun: the node of the tree that names them, who they are, lemma, gender,
# position, role and clause.
Mention = tuple[int, Referent | None, str, Gender, int, Role, int]
# A fragment with words that agree: its position and marks, with whom they agree, the index of the mention that it
# belongs to (or else the last of that person; None: nobody named them before), how many had been named, and the clause.
Agreed = tuple[int, tuple[Mark, ...], Referent, int | None, int, int]


class Utterance:
    """The words of one language in order. `open`: a clause has to be closed by a comma if anything follows."""

    __slots__ = ("agreed", "clause", "doer", "latest", "mentions", "open", "relate", "shifted", "told", "words")

    def __init__(self, relate: "Callable[[Utterance, NounPhrase, Relative], None]") -> None:
        # Says a relative clause: phrases may have one, and what a clause says is full of phrases.
        self.relate = relate
        self.words: list[str] = []
        self.mentions: list[Mention] = []
        self.agreed: list[Agreed] = []
        self.latest: dict[Referent, int] = {}  # index of the last mention
        self.told: set[Referent] = set()  # those whose gender a word has told
        self.clause = 0
        self.open = False
        self.doer: tuple[int, Number] = (3, "sg")  # Czech only: person and number of the subject of this clause
        self.shifted = False  # English only: what was said after a past verb of saying

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

    def put(self, fragment: Fragment, who: Referent, mention: int | None = None) -> None:
        """Go on with `fragment`, whose words agree with `who`: with that mention, or the last that named them."""
        words, marks = fragment
        if self.open:
            self.close(words)
        if marks:
            if mention is None:
                mention = self.latest.get(who)
            self.agreed.append((len(self.words), marks, who, mention, len(self.mentions), self.clause))
        self.words += words

    def mention(
        self, key: int, who: Referent | None, lemma: str, gender: Gender, ahead: int, role: Role = "controller"
    ) -> int:
        """Somebody is named by the word that comes `ahead` words from here; the index of the mention."""
        index = len(self.mentions)
        self.mentions.append((key, who, lemma, gender, len(self.words) + ahead, role, self.clause))
        if who is not None:
            self.latest[who] = index
        return index


# Punctuation that closes a clause itself.
_CLOSING = frozenset(",.?!“")
