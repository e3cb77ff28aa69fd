"""A sentence in Czech; each agreeing word is recorded with the noun that controls it, at the moment it is put down.

Rules and their numbers are those of the project's Czech grammar: rád (§1), clitic second (§3), past (§4), comma (§8, §14).
"""

from functools import cache, lru_cache
from typing import NamedTuple

from translate.language.clause import Active, Clause, Copular, Liking, NounPhrase, Sentence
from translate.language.lexicon import lexicon
from translate.language.words import (
    Adjective,
    Adverbial,
    Attractor,
    Complement,
    Gender,
    GenderedNoun,
    Person,
    Tense,
    Verb,
)

# Plain tuples: a corpus makes millions of them.
# A gendered noun: its entry, where it stands, in which clause, and as "controller" or "attractor".
SpokenNoun = tuple[GenderedNoun, int, int, str]
# An agreeing word: where it stands, the index of the noun that controls it, its kind, its clause, how many nouns were said
# before it, and its form in the other gender.
SpokenAgreement = tuple[int, int, str, int, int, str]


# Words that recur in thousands of sentences, and those of them that agree with the noun they are said of: offset from
# the first word, kind, form in the other gender.
_Piece = tuple[tuple[str, ...], tuple[tuple[int, str, str], ...]]


class CzechText(NamedTuple):
    """`words` as people write them but for the capital of the first, with the nouns and the words that agree."""

    words: list[str]
    nouns: list[SpokenNoun]
    agreements: list[SpokenAgreement]


def speak(sentence: Sentence) -> CzechText:
    """`sentence` in Czech; raises `ValueError` where nothing tells the gender that a word needs."""
    writer = _Writer()
    for index, clause in enumerate(sentence.clauses):
        if index:
            conjunction = sentence.links[index - 1].conjunction
            # Before "a" a comma stands only where a relative clause has to be closed (§8).
            if writer.in_relative or conjunction is None or conjunction.comma == "before":
                writer.words.append(",")
            if conjunction is not None:
                writer.words.extend(conjunction.czech)
        writer.clause = index
        _clause(writer, clause)
    if sentence.stop:
        writer.words.append(".")
    return CzechText(writer.words, writer.nouns, writer.agreements)


class _Writer:
    """Puts words down in order. A noun may be expected before it stands: words that agree backward need it."""

    __slots__ = ("agreements", "clause", "in_relative", "nouns", "referents", "words")

    def __init__(self) -> None:
        self.words: list[str] = []
        self.nouns: list[SpokenNoun] = []
        self.agreements: list[SpokenAgreement] = []
        self.clause = 0
        self.in_relative = False  # whether the last word said belongs to a relative clause that is still open
        self.referents: dict[Person, int] = {}  # pronoun → the noun that told its gender

    def agree(self, forms: dict[Gender, str], gender: Gender, kind: str, controller: int) -> None:
        """Put down the form of `gender` and record that noun `controller` decides it."""
        other = forms["f" if gender == "m" else "m"]
        self.agreements.append((len(self.words), controller, kind, self.clause, len(self.nouns), other))
        self.words.append(forms[gender])

    def piece(self, piece: _Piece, controller: int) -> None:
        """Put down `piece`, said of noun `controller`."""
        words, agreeing = piece
        base, clause, said = len(self.words), self.clause, len(self.nouns)
        for offset, kind, other in agreeing:
            self.agreements.append((base + offset, controller, kind, clause, said, other))
        self.words += words

    def adverbials(self, adverbials: tuple[Adverbial | Attractor, ...]) -> None:
        """Put down `adverbials`; their nouns control nothing here."""
        words, nouns = _said(adverbials)
        for noun, offset in nouns:
            self.nouns.append((noun, len(self.words) + offset, self.clause, "attractor"))
        self.words += words


def _clause(writer: _Writer, clause: Clause) -> None:
    writer.in_relative = False
    subject = clause.subject
    if type(subject) is not NounPhrase:
        _pronoun_copula(writer, clause)
        return
    gender = subject.noun.gender
    controller = _noun_phrase(writer, subject)
    if writer.in_relative:
        writer.words.append(",")
        writer.in_relative = False
    if type(clause) is Active:
        _liking(writer, clause.predicate, gender, controller)
    else:
        _be(writer, clause.tense, gender, controller)
        _complement(writer, clause.complement, gender, controller)


def _pronoun_copula(writer: _Writer, clause: Copular) -> None:
    """The pronoun is dropped: *Jsem kluk*, *Byl jsem kluk*; with a noun the third person is *Je to kluk*."""
    subject, complement = clause.subject, clause.complement
    if type(complement) is NounPhrase:
        controller, gender = len(writer.nouns), complement.noun.gender
        writer.referents[subject] = controller
    elif subject in writer.referents:
        controller = writer.referents[subject]
        gender = writer.nouns[controller][0].gender
    else:
        raise ValueError(f'nothing says the gender of "{subject.english}" before an adjective')
    if subject.gender not in (None, gender):
        raise ValueError(f'"{subject.english}" cannot be a noun of gender {gender}')
    if clause.tense == "past":
        _be(writer, "past", gender, controller)
    if clause.tense == "present" or subject.person < 3:
        writer.words.append(lexicon().main_verbs["be"].persons[f"sg{subject.person}"])
    if subject.person == 3 and type(complement) is NounPhrase:
        writer.words.append("to")
    _complement(writer, complement, gender, controller)


def _be(writer: _Writer, tense: Tense, gender: Gender, controller: int) -> None:
    be = lexicon().main_verbs["be"]
    if tense == "past":
        writer.agree(be.past, gender, "copula", controller)
    else:
        writer.words.append(be.persons["sg3"])


def _complement(writer: _Writer, complement: NounPhrase | Adjective, gender: Gender, controller: int) -> None:
    if type(complement) is NounPhrase:
        if complement.noun.gender != gender:
            raise ValueError(f"a subject of gender {gender} cannot be a {complement.noun.lemma}")
        _noun_phrase(writer, complement)
    else:
        writer.agree(complement.nom, gender, "predicate", controller)


def _noun_phrase(writer: _Writer, phrase: NounPhrase) -> int:
    """Put down `phrase`; the index of its noun."""
    determiner, noun, adjective, relative = phrase
    # The words before the noun agree with it, and so need its index before it stands.
    controller = len(writer.nouns)
    writer.piece(_described(determiner == "my", noun, adjective), controller)
    writer.nouns.append((noun, len(writer.words) - 1, writer.clause, "controller"))
    if relative is not None:
        writer.words.append(",")
        writer.agree(lexicon().forms["který nom"], noun.gender, "relative", controller)
        _liking(writer, relative, noun.gender, controller)
        writer.in_relative = True
    return controller


def _liking(writer: _Writer, liking: Liking, gender: Gender, controller: int) -> None:
    """[se|si] (adverbials) rád verb (complement) (adverbials): the canonical order of §3."""
    verb, complement, tense, negative, mid, final = liking
    if verb.reflexive:
        writer.words.append(verb.reflexive)
    if mid:
        writer.adverbials(mid)
    writer.piece(_likes(verb, complement, tense, negative, gender), controller)
    if final:
        writer.adverbials(final)


@cache
def _described(my: bool, noun: GenderedNoun, adjective: Adjective | None) -> _Piece:
    """*můj hodný bratr*; the noun, which comes last, stands in the nominative."""
    writer = _Writer()
    if my:
        writer.agree(lexicon().forms["můj nom"], noun.gender, "possessive", 0)
    if adjective is not None:
        writer.agree(adjective.nom, noun.gender, "attribute", 0)
    writer.words.append(noun.lemma)
    return _as_piece(writer)


@cache
def _likes(verb: Verb, complement: Complement, tense: Tense, negative: bool, gender: Gender) -> _Piece:
    """*rád čte knihy*, *nerad četl knihy*."""
    writer = _Writer()
    writer.agree(lexicon().forms["nerad" if negative else "rád"], gender, "rad", 0)
    if tense == "past":
        writer.agree(verb.past, gender, "participle", 0)
    else:
        writer.words.append(verb.persons["sg3"])
    writer.words += complement.czech
    return _as_piece(writer)


@lru_cache(maxsize=60_000)
def _said(
    adverbials: tuple[Adverbial | Attractor, ...],
) -> tuple[tuple[str, ...], tuple[tuple[GenderedNoun, int], ...]]:
    """*na zahradě se svou sestrou*, and its gendered nouns with their positions."""
    words: list[str] = []
    nouns: list[tuple[GenderedNoun, int]] = []
    for adverbial in adverbials:
        words += adverbial.czech
        if isinstance(adverbial, Attractor):
            nouns.append((adverbial.noun, len(words) - 1))
    return tuple(words), tuple(nouns)


def _as_piece(writer: _Writer) -> _Piece:
    return tuple(writer.words), tuple((position, kind, other) for position, _, kind, _, _, other in writer.agreements)
