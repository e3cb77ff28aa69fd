"""Drawing clauses and sentences from a grammar."""

from collections.abc import Sequence
from random import Random

from translate.corpus.choice import Weighted, pick
from translate.corpus.constructions import AGAIN, CONSTRUCTIONS, FREE, Layout, Wish
from translate.corpus.grammar import Grammar, VerbUse
from translate.corpus.heldout import HeldOut
from translate.errors import TranslateError
from translate.language.clause import Active, Adverbials, Clause, Copular, Liking, Link, NounPhrase, Sentence
from translate.language.lexicon import lexicon
from translate.language.words import (
    GENDERS,
    Adjective,
    Adverbial,
    Attractor,
    Gender,
    GenderedNoun,
    Person,
    Tense,
)

_TRIES = 2_000
_IN_TENSE: dict[Tense, Wish] = {"present": Wish(tense="present"), "past": Wish(tense="past")}
_TIMES = ("time", "frequency", "duration")


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
        self._layouts = {
            True: _layouts(grammar, grammar.weights["mid"]),
            False: _layouts(grammar, {"none": 1.0}),
        }
        self._adverbials = {use: _Adverbials(grammar, use) for use in grammar.verbs}
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
        if wish.person is not None:
            return wish.person
        return self._third[gender] if wish.third else self._persons[gender].draw(self.rng)

    def tense(self, wish: Wish) -> Tense:
        """The tense of a main clause."""
        return wish.tense or ("past" if self.rng.random() < self.share["past"] else "present")

    def adjective(self) -> Adjective | None:
        """An adjective for a noun phrase, or none."""
        return pick(self.rng, self.grammar.adjectives) if self.rng.random() < self.share["adjective"] else None

    def predicate_adjective(self, attribute: Adjective | None) -> Adjective:
        """An adjective for the predicate of a noun that has `attribute`: neither the same nor a contrary one."""
        contrary = self.grammar.contrary.get(attribute, ())
        while (adjective := pick(self.rng, self.grammar.adjectives)) in contrary:
            pass
        return adjective

    def phrase(self, determiner: str, noun: GenderedNoun, tense: Tense, wish: Wish, third: bool = True) -> NounPhrase:
        """A noun phrase in a clause of `tense`; it may have an adjective and a relative clause."""
        rng, adjective, relative = self.rng, self.adjective(), wish.relative
        if not (rng.random() < self.share["relative"] if relative is None else relative):
            return NounPhrase(determiner, noun, adjective)
        if rng.random() < self.share["mixed_tense"]:
            tense = "present" if tense == "past" else "past"
        return NounPhrase(determiner, noun, adjective, self.liking(noun, tense, wish, True, third))

    def liking(self, noun: GenderedNoun, tense: Tense, wish: Wish, middle: bool = True, third: bool = True) -> Liking:
        """What `noun` likes to do. Adverbials stand in the middle only with `middle`, attractors only with `third`."""
        rng, share, layout = self.rng, self.share, wish.layout
        use = wish.use or pick(rng, self._uses[noun])
        while layout is not None and wish.use is None and not self._suits(use, wish):
            use = pick(rng, self._uses[noun])
        complement = use.plain
        if use.complements and (complement is None or rng.random() < share["complement"]):
            complement = pick(rng, use.complements)
        negative = rng.random() < share["negative"]
        words = self._adverbials[use]
        if layout is None:
            before, after = self._layouts[middle].draw(rng)
            while words.alone and "company" in before + after:
                before, after = self._layouts[middle].draw(rng)
        else:
            before, after = layout.mid if middle else (), layout.final
        mid = self._said(before, words, noun, third, wish, True) if before else ()
        final = self._said(after, words, noun, third, wish, False) if after else ()
        return Liking(use.verb, complement, tense, negative, mid, final)

    def _said(
        self, slots: Sequence[str], words: "_Adverbials", noun: GenderedNoun, third: bool, wish: Wish, mid: bool
    ) -> Adverbials:
        """An adverbial for each of `slots`."""
        said = []
        for slot in slots:
            said.append(self._adverbial(slot, words, noun, third, wish, mid))
        return tuple(said)

    def _suits(self, use: VerbUse, wish: Wish) -> bool:
        """Whether the adverbials of `wish` can be said with the verb of `use`."""
        if self._adverbials[use].alone and "company" in wish.layout.mid + wish.layout.final:
            return False
        return not wish.attractors or not any(attractor.name in use.avoid for attractor in wish.attractors)

    def _adverbial(
        self, slot: str, words: "_Adverbials", noun: GenderedNoun, third: bool, wish: Wish, mid: bool
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
        said: list[Clause] = []
        nouns = verbs = 0
        for gender in genders:
            clause, nouns, verbs = self._next(said, gender, nouns, verbs)
            said.append(clause)
        return self.joined(said)

    def _next(self, said: list[Clause], gender: Gender, nouns: int, verbs: int) -> tuple[Clause, int, int]:
        """A clause that may follow those in `said`, and the masks (see `HeldOut`) of all of them together."""
        before = said[-1] if said else None
        pronoun = before is not None and before.construction == "copula-pronoun" and subject_gender(before) == gender
        for _ in range(_TRIES):
            name, wish = (self._later if pronoun else self._first).draw(self.rng), FREE
            if name == AGAIN:
                wish = Wish(tense=before.tense, person=before.subject)
            elif before is not None and self.rng.random() < self.share["same_tense"]:
                wish = _IN_TENSE[tense_of(before)]
            clause = CONSTRUCTIONS[name](self, gender, wish)
            held_out, says = self.held.masks(clause, nouns, verbs)
            if not held_out & says and (not said or self.follows(said, clause, gender)):
                return clause, held_out, says
        raise TranslateError(f'the grammar "{self.grammar.name}" has too few words to go on after a clause.')

    def follows(self, said: Sequence[Clause], clause: Clause, gender: Gender) -> bool:
        """Whether `clause` may follow: nobody is both genders, and nobody is said to be the same thing twice."""
        if clause.construction == AGAIN and not self._again(said[-1], clause, gender):
            return False
        for before in said:
            if _who(before) is not _who(clause):
                continue
            if type(clause.subject) is NounPhrase or subject_gender(before) not in (None, gender):
                return False
            same_person = clause.construction != AGAIN and type(before.complement) is NounPhrase
            if same_person and before.complement.noun is clause.complement.noun:
                return False
        return True

    def _again(self, before: Clause, clause: Copular, gender: Gender) -> bool:
        if before.construction != "copula-pronoun" or before.subject is not clause.subject:
            return False
        same = before.tense == clause.tense and before.complement.noun.gender == gender
        return same and clause.complement not in self.grammar.contrary.get(before.complement.adjective, ())

    def joined(self, clauses: Sequence[Clause]) -> Sentence:
        """`clauses` joined by *and* or *but*; where *and* joins all of three, only the last has it: A, B and C."""
        random, share, links = self.rng.random, self.share, []
        if len(clauses) == 1:
            return Sentence(tuple(clauses), (), random() < share["stop"])
        for before in clauses[:-1]:
            if random() < share["but"]:
                links.append(self._but[random() < share["comma_before_but"]])
            else:
                comma = share["comma_after_relative" if ends_in_relative(before) else "comma_before_and"]
                links.append(self._and[random() < comma])
        if len(links) > 1 and all(link in self._and for link in links):
            links[:-1] = [Link(None, True)] * (len(links) - 1)
        return Sentence(tuple(clauses), tuple(links), random() < share["stop"])


def tense_of(clause: Clause) -> Tense:
    """The tense of the main predicate of `clause`."""
    return clause.predicate.tense if type(clause) is Active else clause.tense


def ends_in_relative(clause: Clause) -> bool:
    """Whether the last words of `clause` are those of a relative clause."""
    return type(clause) is Copular and type(clause.complement) is NounPhrase and clause.complement.relative is not None


def subject_gender(clause: Clause) -> Gender | None:
    """The gender of the subject of `clause`; None for a pronoun with an adjective."""
    if type(clause.subject) is NounPhrase:
        return clause.subject.noun.gender
    return clause.complement.noun.gender if type(clause.complement) is NounPhrase else None


def _who(clause: Clause) -> GenderedNoun | Person:
    return clause.subject.noun if type(clause.subject) is NounPhrase else clause.subject


def _layouts(grammar: Grammar, mid: dict[str, float]) -> Weighted[Layout]:
    found: dict[Layout, float] = {}
    for before, weight in mid.items():
        for after, other in grammar.weights["final"].items():
            slots = [() if name == "none" else tuple(name.split("-")) for name in (before, after)]
            if not set(slots[0]) & set(slots[1]):
                found[Layout(*slots)] = weight * other
    return Weighted(found)


class _Adverbials:
    """The adverbials of a grammar that go with one verb, by kind."""

    def __init__(self, grammar: Grammar, use: VerbUse) -> None:
        verb, self._grammar, self._use = use.verb, grammar, use
        free = [a for a in grammar.adverbials if " ".join(a.english) not in use.avoid]
        self.time = [a for a in free if a.type in _TIMES]
        self.mid_time = [a for a in self.time if a.mid]
        self.any_place = [a for a in free if a.type == "place"]
        fitting = [
            a for a in self.any_place if "any" in (a.environment, verb.environment) or a.environment == verb.environment
        ]
        self.place = fitting or self.any_place
        self.company = [a for a in free if a.type == "company"]
        self.alone = "company" in use.avoid
        self._attractors: dict[tuple[GenderedNoun, str], list[Attractor]] = {}

    def attractors(self, noun: GenderedNoun, slot: str) -> list[Attractor]:
        """The attractors of kind `slot` that can be said of `noun`."""
        if (noun, slot) not in self._attractors:
            self._attractors[noun, slot] = [a for a in self._grammar.attractors if self._fits(a, noun, slot)]
        return self._attractors[noun, slot]

    def _fits(self, attractor: Attractor, noun: GenderedNoun, slot: str) -> bool:
        if attractor.type != slot or attractor.noun is noun or attractor.name in self._use.avoid:
            return False
        if attractor.subject == "any":
            return True
        unmarried = any(noun in (pair.m, pair.f) for pair in self._grammar.unmarried)
        return attractor.subject == noun.gender and not unmarried
