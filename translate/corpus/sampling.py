"""Drawing clauses and sentences from a grammar."""

from collections.abc import Sequence
from random import Random
from typing import Literal

from translate.corpus.adverbials import AdverbialsOf
from translate.corpus.choice import Weighted, pick
from translate.corpus.constructions import AGAIN, CONSTRUCTIONS, FREE, Layout, VerbUse, Wish
from translate.corpus.grammar import Grammar
from translate.corpus.heldout import HeldOut
from translate.errors import TranslateError
from translate.language.lexicon import lexicon
from translate.language.meaning import (
    Adverbials,
    Being,
    Clause,
    Determiner,
    Liking,
    Link,
    NounPhrase,
    Pronoun,
    Referent,
    Sentence,
)
from translate.language.words import GENDERS, Adjective, Adverbial, Attractor, Gender, GenderedNoun, Person, Tense

_TRIES = 2_000
_IN_TENSE: dict[Tense, Wish] = {"present": Wish(tense="present"), "past": Wish(tense="past")}


class Sampler:
    """Draws from `grammar` with the random stream `rng`; what `held` holds out is not said."""

    def __init__(self, grammar: Grammar, rng: Random, held: HeldOut) -> None:
        self.grammar, self.rng, self.held = grammar, rng, held
        self.share, self.book = grammar.shares, lexicon()
        conjunctions = self.book.conjunctions
        self._but, self._and = [[Link(conjunctions[word], comma) for comma in (False, True)] for word in ("but", "and")]
        weights = grammar.weights["construction"]
        self._first = Weighted({name: weight for name, weight in weights.items() if name != AGAIN})
        self._later = Weighted(weights)
        persons, pronouns = self.book.persons, grammar.weights["pronoun"]
        self._third = {"m": persons["he"], "f": persons["she"]}
        self._persons = {
            gender: Weighted({persons.get(name, third): weight for name, weight in pronouns.items()})
            for gender, third in self._third.items()
        }
        self._count = Weighted({int(n): w for n, w in grammar.weights["clauses"].items()})
        self._layouts = {True: _layouts(grammar, grammar.weights["mid"]), False: _layouts(grammar, {"none": 1.0})}
        self._adverbials = {use: AdverbialsOf(grammar, use) for use in grammar.verbs}
        self._nouns = {gender: [pair.of(gender) for pair in grammar.nouns] for gender in GENDERS}
        self._uses = {noun: held.allowed(noun, grammar.verbs) for nouns in self._nouns.values() for noun in nouns}

    # --- parts of a clause -------------------------------------------------------------------------------------

    def noun(self, gender: Gender) -> GenderedNoun:
        """A noun of `gender`."""
        return pick(self.rng, self._nouns[gender])

    def possessed(self, gender: Gender) -> GenderedNoun:
        """A noun that may follow *my*."""
        return pick(self.rng, self.grammar.possessed).of(gender)

    def person(self, gender: Gender, wish: Wish) -> Person:
        """A pronoun for somebody of `gender`."""
        return self._third[gender] if wish.third else self._persons[gender].draw(self.rng)

    def tense(self, wish: Wish) -> Tense:
        """The tense of a main clause."""
        return wish.tense or ("past" if self.rng.random() < self.share["past"] else "present")

    def adjective(self) -> Adjective | None:
        """An adjective for a noun phrase, or none."""
        return pick(self.rng, self.grammar.adjectives) if self.rng.random() < self.share["adjective"] else None

    def predicate_adjective(self, attribute: Adjective | None) -> Adjective:
        """An adjective for the predicate of a noun that has `attribute`: neither the same nor a contrary one."""
        contrary = self._contrary(attribute)
        while (adjective := pick(self.rng, self.grammar.adjectives)) in contrary:
            pass
        return adjective

    def _contrary(self, attribute: Adjective | None) -> frozenset[Adjective]:
        return frozenset() if attribute is None else self.grammar.contrary[attribute]

    def phrase(
        self, determiner: Determiner, noun: GenderedNoun, tense: Tense, wish: Wish, third: bool = True
    ) -> NounPhrase:
        """A noun phrase in a clause of `tense`; it may have an adjective and a relative clause."""
        rng, adjective, relative = self.rng, self.adjective(), wish.relative
        if not (rng.random() < self.share["relative"] if relative is None else relative):
            return NounPhrase(Referent(noun.gender), determiner, noun, adjective)
        if rng.random() < self.share["mixed_tense"]:
            tense = "present" if tense == "past" else "past"
        liking = self.liking(noun, tense, wish, True, third)
        return NounPhrase(Referent(noun.gender), determiner, noun, adjective, liking)

    def liking(self, noun: GenderedNoun, tense: Tense, wish: Wish, middle: bool = True, third: bool = True) -> Liking:
        """What `noun` likes to do. Adverbials stand in the middle only with `middle`, attractors only with `third`."""
        rng, share, layout = self.rng, self.share, wish.layout
        use = wish.use or pick(rng, self._uses[noun])
        while layout is not None and wish.use is None and not self._suits(use, layout, wish.attractors):
            use = pick(rng, self._uses[noun])
        complement = use.plain
        if complement is None or (use.complements and rng.random() < share["complement"]):
            complement = pick(rng, use.complements)
        negative = rng.random() < share["negative"]
        words = self._adverbials[use]
        if layout is None:
            before, after = self._layouts[middle].draw(rng)
            while words.alone and "company" in before + after:
                before, after = self._layouts[middle].draw(rng)
        else:
            before, after = layout.mid if middle else (), layout.final
        mid: Adverbials = ()
        final: Adverbials = ()
        if before:
            mid = tuple([self._adverbial(slot, words, noun, third, wish, True) for slot in before])
        if after:
            final = tuple([self._adverbial(slot, words, noun, third, wish, False) for slot in after])
        return Liking(use.verb, complement, tense, negative, mid, final)

    def _suits(self, use: VerbUse, layout: Layout, attractors: Sequence[Attractor] | None) -> bool:
        """Whether these adverbials can be said with the verb of `use`."""
        if self._adverbials[use].alone and "company" in layout.mid + layout.final:
            return False
        return not any(attractor.name in use.avoid for attractor in attractors or ())

    def _adverbial(
        self, slot: str, words: AdverbialsOf, noun: GenderedNoun, third: bool, wish: Wish, mid: bool
    ) -> Adverbial | Attractor:
        rng = self.rng
        if slot == "time":
            return pick(rng, words.mid_time if mid else words.time)
        if wish.attractors is not None:
            for attractor in wish.attractors:
                if attractor.type == slot:
                    return attractor
        elif third:
            # A place is seldom beside somebody.
            share = self.share["attractor"] * (1.0 if slot == "company" else 0.3)
            if rng.random() < share and (attractors := words.attractors(noun, slot)):
                return pick(rng, attractors)
        if slot == "place":
            return pick(rng, words.any_place if rng.random() < self.share["unfitting"] else words.place)
        return pick(rng, words.company)

    # --- clauses and sentences ---------------------------------------------------------------------------------

    def clause(self, construction: str, gender: Gender, wish: Wish = FREE) -> Clause:
        """A clause of `construction` about somebody of `gender`, that says nothing held out."""
        for _ in range(_TRIES):
            clause = CONSTRUCTIONS[construction](self, gender, wish)
            held_out, says = self.held.masks(clause)
            if not held_out & says:
                return clause
        raise TranslateError(f'the grammar "{self.grammar.name}" leaves nothing to say as {construction}.')

    def sentence(self, clauses: int | None = None, genders: Sequence[Gender] | None = None) -> Sentence:
        """A sentence of `clauses` clauses (None: by the grammar's weights) about people of `genders`."""
        rng = self.rng
        count = clauses or self._count.draw(rng)
        genders = genders or [GENDERS[rng.random() < 0.5] for _ in range(count)]
        drawn: list[Clause] = []
        nouns = verbs = 0
        for gender in genders:
            clause, nouns, verbs = self._next(drawn, gender, nouns, verbs)
            drawn.append(clause)
        return self.joined(drawn)

    def _next(self, clauses: list[Clause], gender: Gender, nouns: int, verbs: int) -> tuple[Clause, int, int]:
        """A clause that may follow those in `clauses`, and the masks (see `HeldOut`) of all of them together."""
        before = clauses[-1] if clauses else None
        pronoun = None if before is None else _pronoun_of(before, gender)
        for _ in range(_TRIES):
            name, wish = (self._first if pronoun is None else self._later).draw(self.rng), FREE
            if before is None:
                pass
            elif name == AGAIN:
                wish = Wish(tense=tense_of(before), again=pronoun)
            elif self.rng.random() < self.share["same_tense"]:
                wish = _IN_TENSE[tense_of(before)]
            clause = CONSTRUCTIONS[name](self, gender, wish)
            held_out, says = self.held.masks(clause, nouns, verbs)
            if not held_out & says and (not clauses or self.follows(clauses, clause, gender)):
                return clause, held_out, says
        raise TranslateError(f'the grammar "{self.grammar.name}" has too few words to go on after a clause.')

    def follows(self, clauses: Sequence[Clause], clause: Clause, gender: Gender) -> bool:
        """Whether `clause` may follow: nobody is both genders, and nobody is said to be the same thing twice."""
        if clause.construction == AGAIN and not self._again(clauses[-1], clause, gender):
            return False
        for before in clauses:
            if _who(before) is not _who(clause):
                continue
            if isinstance(clause.subject, NounPhrase) or subject_gender(before) not in (None, gender):
                return False
            old, new = _complement(before), _complement(clause)
            if old is not None and new is not None and old.noun is new.noun:
                return False
        return True

    def _again(self, before: Clause, clause: Clause, gender: Gender) -> bool:
        """Whether *…, and I am tired* may follow `before`."""
        complement = _complement(before)
        said = clause.predicate
        if complement is None or _pronoun_of(before, gender) is not clause.subject or not isinstance(said, Being):
            return False
        return tense_of(before) == said.tense and said.complement not in self._contrary(complement.adjective)

    def _end(self) -> Literal[".", ""]:
        return "." if self.rng.random() < self.share["stop"] else ""

    def joined(self, clauses: Sequence[Clause]) -> Sentence:
        """`clauses` joined by *and* or *but*; where *and* joins all of three, only the last has it: A, B and C."""
        random, share = self.rng.random, self.share
        links: list[Link] = []
        if len(clauses) == 1:
            return Sentence(tuple(clauses), (), self._end())
        for before in clauses[:-1]:
            if random() < share["but"]:
                links.append(self._but[random() < share["comma_before_but"]])
            else:
                comma = share["comma_after_relative" if ends_in_relative(before) else "comma_before_and"]
                links.append(self._and[random() < comma])
        if len(links) > 1 and all(link in self._and for link in links):
            links[:-1] = [Link(None, True)] * (len(links) - 1)
        return Sentence(tuple(clauses), tuple(links), self._end())


def tense_of(clause: Clause) -> Tense:
    """The tense of the main predicate of `clause`."""
    said = clause.predicate
    assert isinstance(said, (Being, Liking))
    return said.tense


def ends_in_relative(clause: Clause) -> bool:
    """Whether the last words of `clause` are those of a relative clause."""
    complement = _complement(clause)
    return complement is not None and complement.relative is not None


def subject_gender(clause: Clause) -> Gender | None:
    """The gender of the subject of `clause`; None for a pronoun with an adjective."""
    phrase = clause.subject if isinstance(clause.subject, NounPhrase) else _complement(clause)
    return None if phrase is None else phrase.noun.gender


def _complement(clause: Clause) -> NounPhrase | None:
    """The noun phrase that a clause says its subject to be."""
    said = clause.predicate
    return said.complement if isinstance(said, Being) and isinstance(said.complement, NounPhrase) else None


def _pronoun_of(clause: Clause, gender: Gender) -> Pronoun | None:
    """The pronoun of *I am a boy …*, if the noun is of `gender`: only of that can the next clause say *I am tired*."""
    subject = clause.subject
    fits = clause.construction == "copula-pronoun" and subject_gender(clause) == gender
    return subject if fits and isinstance(subject, Pronoun) else None


def _who(clause: Clause) -> GenderedNoun | Person:
    subject = clause.subject
    assert isinstance(subject, (NounPhrase, Pronoun))
    return subject.noun if isinstance(subject, NounPhrase) else subject.person


def _layouts(grammar: Grammar, mid: dict[str, float]) -> Weighted[Layout]:
    weights: dict[Layout, float] = {}
    for before, weight in mid.items():
        for after, other in grammar.weights["final"].items():
            layout = Layout(*(() if name == "none" else tuple(name.split("-")) for name in (before, after)))
            if not set(layout.mid) & set(layout.final):
                weights[layout] = weight * other
    return Weighted(weights)
