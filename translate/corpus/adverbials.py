"""Which adverbials of a grammar go with a verb, and which attractors with a noun."""

from translate.corpus.constructions import VerbUse
from translate.corpus.grammar import Grammar
from translate.language.words import Attractor, GenderedNoun

_TIMES = ("time", "frequency", "duration")


class AdverbialsOf:
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
