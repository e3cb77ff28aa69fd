"""The same clause about somebody of the other gender."""

from dataclasses import replace

from translate.language.lexicon import lexicon
from translate.language.meaning import Being, Clause, NounPhrase, Pronoun, Referent, Somebody
from translate.language.words import GenderedNoun, NounPair, opposite


def other_gender(clause: Clause, pair_of: dict[GenderedNoun, NounPair]) -> Clause:
    """`clause` with boy ↔ girl, he ↔ she, for one whose subject is all it is about; attractors stay who they are."""
    who = Referent(opposite(clause.subject.who.gender), clause.subject.who.number)

    def noun(phrase: NounPhrase) -> NounPhrase:
        return replace(phrase, who=who, noun=pair_of[phrase.noun].of(who.gender))

    def twin(somebody: Somebody) -> Somebody:
        if isinstance(somebody, NounPhrase):
            return noun(somebody)
        if isinstance(somebody, Pronoun) and somebody.person.gender is not None:
            others = (person for person in lexicon().persons.values() if person.gender == who.gender)
            return replace(somebody, who=who, person=next(others))
        return replace(somebody, who=who)

    said = clause.predicate
    if isinstance(said, Being) and isinstance(said.complement, NounPhrase):
        said = replace(said, complement=noun(said.complement))
    return replace(clause, subject=twin(clause.subject), predicate=said)
