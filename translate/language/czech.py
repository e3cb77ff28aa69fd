"""A sentence in Czech; each agreeing word is recorded with the noun that controls it, at the moment it is put down.

Rules and their numbers are those of the project's Czech grammar: rád (§1), clitic second (§3), past (§4), comma (§8, §14).
"""

from functools import lru_cache
from typing import NamedTuple

from translate.language.clause import Active, Clause, Copular, Liking, NounPhrase, Sentence
from translate.language.lexicon import lexicon
from translate.language.words import Adjective, Adverbial, Attractor, Gender, GenderedNoun, Person

# Plain tuples: a corpus makes millions of them.
# A gendered noun: its entry, where it stands, in which clause, and as "controller" or "attractor".
SpokenNoun = tuple[GenderedNoun, int, int, str]
# An agreeing word: where it stands, the index of the noun that controls it, its kind, its clause, and its form in the
# other gender.
SpokenAgreement = tuple[int, int, str, int, str]


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

    __slots__ = ("agreements", "book", "clause", "in_relative", "nouns", "referents", "words")

    def __init__(self) -> None:
        self.book = lexicon()
        self.words: list[str] = []
        self.nouns: list[SpokenNoun] = []
        self.agreements: list[SpokenAgreement] = []
        self.clause = 0
        self.in_relative = False  # whether the last word said belongs to a relative clause that is still open
        self.referents: dict[Person, int] = {}  # pronoun → the noun that told its gender

    def expect(self) -> int:
        """The index that the next noun to be put down will have."""
        return len(self.nouns)

    def noun(self, noun: GenderedNoun) -> int:
        """Put down `noun` in the nominative, as one that controls; its index."""
        self.nouns.append((noun, len(self.words), self.clause, "controller"))
        self.words.append(noun.lemma)
        return len(self.nouns) - 1

    def agree(self, forms: dict[Gender, str], gender: Gender, kind: str, controller: int) -> None:
        """Put down the form of `gender` and record that noun `controller` decides it."""
        other = forms["f" if gender == "m" else "m"]
        self.agreements.append((len(self.words), controller, kind, self.clause, other))
        self.words.append(forms[gender])

    def adverbial(self, adverbial: Adverbial | Attractor) -> None:
        """Put down an adverbial; its noun, if it has one, controls nothing here."""
        self.words.extend(adverbial.czech)
        if isinstance(adverbial, Attractor):
            self.nouns.append((adverbial.noun, len(self.words) - 1, self.clause, "attractor"))


def _clause(writer: _Writer, clause: Clause) -> None:
    writer.in_relative = False
    if isinstance(clause, Active):
        controller = _subject(writer, clause.subject)
        _liking(writer, clause.predicate, clause.subject.noun.gender, controller)
    elif isinstance(clause.subject, Person):
        _pronoun_copula(writer, clause)
    else:
        controller = _subject(writer, clause.subject)
        gender = clause.subject.noun.gender
        _be(writer, clause.tense, gender, controller)
        _complement(writer, clause.complement, gender, controller)


def _subject(writer: _Writer, phrase: NounPhrase) -> int:
    controller = _noun_phrase(writer, phrase)
    if writer.in_relative:
        writer.words.append(",")
        writer.in_relative = False
    return controller


def _pronoun_copula(writer: _Writer, clause: Copular) -> None:
    """The pronoun is dropped: *Jsem kluk*, *Byl jsem kluk*; with a noun the third person is *Je to kluk*."""
    subject, complement = clause.subject, clause.complement
    if isinstance(complement, NounPhrase):
        controller, gender = writer.expect(), complement.noun.gender
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
        writer.words.append(writer.book.main_verbs["be"].persons[f"sg{subject.person}"])
    if subject.person == 3 and isinstance(complement, NounPhrase):
        writer.words.append("to")
    _complement(writer, complement, gender, controller)


def _be(writer: _Writer, tense: str, gender: Gender, controller: int) -> None:
    be = writer.book.main_verbs["be"]
    if tense == "past":
        writer.agree(be.past, gender, "copula", controller)
    else:
        writer.words.append(be.persons["sg3"])


def _complement(writer: _Writer, complement: NounPhrase | Adjective, gender: Gender, controller: int) -> None:
    if isinstance(complement, NounPhrase):
        if complement.noun.gender != gender:
            raise ValueError(f"a subject of gender {gender} cannot be a {complement.noun.lemma}")
        _noun_phrase(writer, complement)
    else:
        writer.agree(complement.nom, gender, "predicate", controller)


def _noun_phrase(writer: _Writer, phrase: NounPhrase) -> int:
    gender, controller = phrase.noun.gender, writer.expect()
    if phrase.determiner == "my":
        writer.agree(writer.book.forms["můj nom"], gender, "possessive", controller)
    if phrase.adjective is not None:
        writer.agree(phrase.adjective.nom, gender, "attribute", controller)
    writer.noun(phrase.noun)
    if phrase.relative is not None:
        writer.words.append(",")
        writer.agree(writer.book.forms["který nom"], gender, "relative", controller)
        _liking(writer, phrase.relative, gender, controller)
        writer.in_relative = True
    return controller


def _liking(writer: _Writer, liking: Liking, gender: Gender, controller: int) -> None:
    words, nouns, agreements = _predicate(liking, gender)
    base, clause = len(writer.words), writer.clause
    writer.words.extend(words)
    for offset, kind, other in agreements:
        writer.agreements.append((base + offset, controller, kind, clause, other))
    for noun, offset in nouns:
        writer.nouns.append((noun, base + offset, clause, "attractor"))


@lru_cache(maxsize=60_000)
def _predicate(liking: Liking, gender: Gender) -> tuple:
    """[se|si] (adverbials) rád verb (complement) (adverbials): the canonical order of §3.

    Words, nouns and agreements, with positions from the start of the predicate; many sentences share one.
    """
    writer, verb = _Writer(), liking.verb
    if verb.reflexive:
        writer.words.append(verb.reflexive)
    for adverbial in liking.mid:
        writer.adverbial(adverbial)
    writer.agree(writer.book.forms["nerad" if liking.negative else "rád"], gender, "rad", 0)
    if liking.tense == "past":
        writer.agree(verb.past, gender, "participle", 0)
    else:
        writer.words.append(verb.persons["sg3"])
    writer.words.extend(liking.complement.czech)
    for adverbial in liking.final:
        writer.adverbial(adverbial)
    nouns = tuple((noun, position) for noun, position, _, _ in writer.nouns)
    return (
        tuple(writer.words),
        nouns,
        tuple((position, kind, other) for position, _, kind, _, other in writer.agreements),
    )
