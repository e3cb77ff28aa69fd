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
            link = sentence.links[index - 1]
            speech.say(piece.link(link.conjunction, link.comma, speech.in_relative), 0)
        speech.clause = index
        speech.in_relative = False
        if type(clause) is Active:
            _active(speech, clause)
        elif type(clause.subject) is NounPhrase:
            _copula(speech, clause)
        else:
            _pronoun_clause(speech, clause)
    if sentence.stop:
        speech.say(piece.STOP, 0)
    return speech.said


class _Speech:
    """What has been said so far."""

    __slots__ = ("clause", "in_relative", "nouns", "referents", "said")

    def __init__(self) -> None:
        self.said: list[Spoken] = []
        self.clause = 0
        self.nouns = 0  # how many have been said
        self.in_relative = False  # whether the last word said belongs to a relative clause that is still open
        self.referents: dict[Person, tuple[int, Gender]] = {}  # pronoun → the noun that told its gender

    def say(self, piece: Piece, controller: int) -> None:
        """Go on with `piece`, whose words agree with the noun `controller`."""
        self.said.append((piece, controller, self.clause))
        if piece.nouns:
            self.nouns += len(piece.nouns)


def _active(speech: _Speech, clause: Active) -> None:
    controller = _noun_phrase(speech, clause.subject)
    start = "after-relative" if speech.in_relative else "main"
    speech.in_relative = False
    _liking(speech, start, clause.predicate, clause.subject.noun.gender, controller)


def _pronoun_clause(speech: _Speech, clause: Copular) -> None:
    person, complement = clause.subject, clause.complement
    if type(complement) is NounPhrase:
        noun, controller = complement.noun, speech.nouns
        speech.referents[person] = controller, noun.gender
        said = piece.pronoun_is(person, clause.tense, complement.determiner, noun, complement.adjective)
        speech.say(said, controller)
        if complement.relative is not None:
            _liking(speech, "relative", complement.relative, noun.gender, controller)
            speech.in_relative = True
        return
    if person not in speech.referents:
        raise ValueError(f'nothing says the gender of "{person.english}" before an adjective')
    controller, gender = speech.referents[person]
    speech.say(piece.pronoun_again(person, clause.tense, complement, gender), controller)


def _copula(speech: _Speech, clause: Copular) -> None:
    gender, complement = clause.subject.noun.gender, clause.complement
    controller = _noun_phrase(speech, clause.subject)
    after_relative, speech.in_relative = speech.in_relative, False
    if type(complement) is not NounPhrase:
        speech.say(piece.be(clause.tense, gender, after_relative, complement), controller)
        return
    if complement.noun.gender != gender:
        raise ValueError(f"a subject of gender {gender} cannot be a {complement.noun.lemma}")
    speech.say(piece.be(clause.tense, gender, after_relative, None), controller)
    _noun_phrase(speech, complement)


def _noun_phrase(speech: _Speech, phrase: NounPhrase) -> int:
    """Say `phrase`; the index of its noun."""
    noun, controller = phrase.noun, speech.nouns
    speech.say(piece.noun_phrase(phrase.determiner, noun, phrase.adjective), controller)
    if phrase.relative is not None:
        _liking(speech, "relative", phrase.relative, noun.gender, controller)
        speech.in_relative = True
    return controller


def _liking(speech: _Speech, start: Start, liking: Liking, gender: Gender, controller: int) -> None:
    verb = liking.verb
    if liking.mid:
        speech.say(piece.begin(start, verb, gender), controller)
        speech.say(piece.adverbials(liking.mid, gender), controller)
        start = "begun"
    speech.say(piece.likes(start, verb, liking.complement, liking.tense, liking.negative, gender), controller)
    if liking.final:
        speech.say(piece.adverbials(liking.final, gender), controller)
