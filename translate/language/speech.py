"""A sentence as the pieces that say it, in order, and the noun that each is about."""

from translate.language import piece
from translate.language.clause import Active, Copular, Liking, NounPhrase, Sentence, Start
from translate.language.piece import Piece
from translate.language.words import Gender, Person

# A piece, the index of the noun with which its words agree, and the clause it belongs to.
Spoken = tuple[Piece, int, int]


def speak(sentence: Sentence) -> list[Spoken]:
    """`sentence` in pieces; raises `ValueError` where nothing tells the gender that a word needs."""
    speech = _Speech()
    for index, clause in enumerate(sentence.clauses):
        if index:
            speech.say(piece.link(sentence.links[index - 1], speech.in_relative), 0)
        speech.clause = index
        speech.in_relative = False
        if isinstance(clause, Active):
            speech.active(clause)
        elif isinstance(clause.subject, NounPhrase):
            speech.noun_is(clause, clause.subject)
        else:
            speech.pronoun_is(clause, clause.subject)
    if sentence.stop:
        speech.say(piece.STOP, 0)
    return speech.pieces


class _Speech:
    """What has been said so far, and how to go on."""

    __slots__ = ("clause", "in_relative", "nouns", "pieces", "referents")

    def __init__(self) -> None:
        self.pieces: list[Spoken] = []
        self.clause = 0
        self.nouns = 0  # how many have been said
        self.in_relative = False  # whether the last word said belongs to a relative clause that is still open
        self.referents: dict[Person, tuple[int, Gender]] = {}  # pronoun → the noun that told its gender

    def say(self, piece: Piece, controller: int) -> None:
        """Go on with `piece`, whose words agree with the noun `controller`."""
        self.pieces.append((piece, controller, self.clause))
        if piece.nouns:
            self.nouns += len(piece.nouns)

    def active(self, clause: Active) -> None:
        """*the boy … likes to read*."""
        controller = self.noun_phrase(clause.subject)
        start: Start = "after-relative" if self.in_relative else "main"
        self.in_relative = False
        self.liking(start, clause.predicate, clause.subject.noun.gender, controller)

    def noun_is(self, clause: Copular, subject: NounPhrase) -> None:
        """*the boy … is happy*, *my brother is a king*."""
        gender, complement = subject.noun.gender, clause.complement
        controller = self.noun_phrase(subject)
        after_relative, self.in_relative = self.in_relative, False
        if not isinstance(complement, NounPhrase):
            self.say(piece.be(clause.tense, gender, after_relative, complement), controller)
            return
        if complement.noun.gender != gender:
            raise ValueError(f"a subject of gender {gender} cannot be a {complement.noun.lemma}")
        self.say(piece.be(clause.tense, gender, after_relative, None), controller)
        self.noun_phrase(complement)

    def pronoun_is(self, clause: Copular, person: Person) -> None:
        """*I am a boy …*, and later *I am tired*, which takes its gender from there."""
        complement = clause.complement
        if isinstance(complement, NounPhrase):
            noun, controller = complement.noun, self.nouns
            self.referents[person] = controller, noun.gender
            be_noun = piece.pronoun_is(person, clause.tense, complement.determiner, noun, complement.adjective)
            self.say(be_noun, controller)
            self.relative(complement, controller)
            return
        if person not in self.referents:
            raise ValueError(f'nothing says the gender of "{person.english}" before an adjective')
        controller, gender = self.referents[person]
        self.say(piece.pronoun_again(person, clause.tense, complement, gender), controller)

    def noun_phrase(self, phrase: NounPhrase) -> int:
        """Say `phrase`; the index of its noun."""
        controller = self.nouns
        self.say(piece.noun_phrase(phrase.determiner, phrase.noun, phrase.adjective), controller)
        self.relative(phrase, controller)
        return controller

    def relative(self, phrase: NounPhrase, controller: int) -> None:
        """The relative clause of `phrase`, if it has one."""
        if phrase.relative is not None:
            self.liking("relative", phrase.relative, phrase.noun.gender, controller)
            self.in_relative = True

    def liking(self, start: Start, liking: Liking, gender: Gender, controller: int) -> None:
        """*likes to read books*, with its adverbials."""
        verb = liking.verb
        if liking.mid:
            self.say(piece.begin(start, verb, gender), controller)
            self.say(piece.adverbials(liking.mid, gender), controller)
            start = "begun"
        self.say(piece.likes(start, verb, liking.complement, liking.tense, liking.negative, gender), controller)
        if liking.final:
            self.say(piece.adverbials(liking.final, gender), controller)
