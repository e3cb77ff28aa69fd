"""Suites that vary one thing at a time: gender, its switch, distance, attractors."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from translate.corpus.choice import pick
from translate.corpus.constructions import AGAIN, CONSTRUCTIONS, Layout, Wish
from translate.corpus.pair import SentencePair, realise
from translate.corpus.sampling import Sampler, subject_gender
from translate.corpus.suite_maker import Item, SuiteMaker, attractors_of, repeat, repeats
from translate.errors import TranslateError
from translate.language.clause import Clause, Sentence
from translate.language.words import GENDERS, Attractor, opposite

# All three kinds of adverbials: the longest predicates.
# What stands in the middle and at the end. The presets give each of these sequences a weight, so that a suite asks for
# nothing that training never says.
_FULL = (
    Layout(("time", "place"), ("company",)),
    Layout(("time", "company"), ("place",)),
    Layout(("place", "company"), ("time",)),
)
# More than training ever says.
_CROWDED = (
    Layout(("time", "place", "company"), ("place", "company")),
    Layout(("time", "place", "company"), ("place", "company", "time")),
)
_SOME = (
    *_FULL,
    Layout(("time",), ("company",)),
    Layout(("place",), ("time",)),
    Layout(("company",), ("place",)),
    Layout(("time",)),
    Layout(("place",)),
    Layout((), ("place",)),
    Layout((), ("company",)),
    Layout(),
)


class MinimalPairs(SuiteMaker):
    """The suites of minimal pairs; each is a method."""

    def boy_girl(self, sampler: Sampler, size: int) -> list[Item]:
        """Neighbouring lines that differ in nothing but the gender of one person; all noun pairs equally often."""
        items: list[Item] = []

        def attempt(number: int) -> bool:
            noun = self.grammar.nouns[number % len(self.grammar.nouns)].m
            clause = sampler.clause(pick(sampler.rng, self.of_any_noun), "m", Wish(noun=noun))
            twin = self.twin(clause)
            if twin is None:
                return False
            stop = sampler.joined((clause,)).stop
            pairs = [realise(Sentence((c,), (), stop)) for c in (clause, twin)]
            if not self.take(*pairs):
                return False
            for pair, gender in zip(pairs, GENDERS, strict=True):
                items.append((pair, {"pair": number, "gender": gender, "lemma": noun.lemma}))
            return True

        repeat(size // 2, attempt)
        return items

    def switch(self, sampler: Sampler, size: int) -> list[Item]:
        """Two clauses, fully crossed: each item says the same with m>m, m>f, f>m and f>f.

        A third of the items has no attractor in the first clause, a third a masculine and a third a feminine one.
        Fillers, of the length of their item where there is one, go on about the same person.
        """
        items: list[Item] = []
        fillers = self._fillers(sampler, size)

        def attempt(number: int) -> bool:
            attractor = (None, *GENDERS)[number % 3]
            first = self._with_attractor(sampler, "m", attractor)
            second = sampler.clause(pick(sampler.rng, self.of_any_noun), "m")
            versions = [(first, self.twin(first)), (second, self.twin(second))]
            if None in versions[0] or None in versions[1] or self.held.said((first, second)):
                return False
            crossed = list(product(*versions))
            if not all(sampler.follows((a,), b, subject_gender(b)) for a, b in crossed):
                return False
            sentence = sampler.joined((first, second))
            pairs = [realise(replace(sentence, clauses=both)) for both in crossed]
            if not self.take(*pairs):
                return False
            for pair, (y1, y2) in zip(pairs, product(GENDERS, GENDERS), strict=True):
                tags = {
                    "item": number,
                    "switch": f"{y1}>{y2}",
                    "y1": y1,
                    "y2": y2,
                    "attractor": attractor or "none",
                }
                items.append((pair, tags))
            for filler in fillers[len(pairs[0].target)][:1]:
                fillers[len(pairs[0].target)].remove(filler)
                if self.take(filler):
                    gender = filler.nouns[0].gender
                    items.append((filler, {"item": number, "switch": "none", "y1": gender, "y2": gender}))
            return True

        repeat(size // 4, attempt)
        return items

    def _fillers(self, sampler: Sampler, count: int) -> dict[int, list[SentencePair]]:
        by_length: dict[int, list[SentencePair]] = defaultdict(list)
        for number in range(count):
            pair = self._again(sampler, GENDERS[number % 2], Wish(layout=pick(sampler.rng, _SOME)))
            if pair is not None:
                by_length[len(pair.target)].append(pair)
        return by_length

    def _again(self, sampler: Sampler, gender: str, wish: Wish) -> SentencePair | None:
        """*He is a boy who …, and he is tired*: one person in two clauses."""
        wish = replace(wish, third=True, relative=True)
        first = CONSTRUCTIONS["copula-pronoun"](sampler, gender, wish)
        second = CONSTRUCTIONS[AGAIN](sampler, gender, replace(wish, tense=first.tense, person=first.subject))
        may = sampler.follows((first,), second, gender) and not self.held.said((first, second))
        return realise(sampler.joined((first, second))) if may else None

    def _with_attractor(self, sampler: Sampler, gender: str, attractor: str | None) -> Clause:
        """A clause in the third person with one attractor of gender `attractor`, or none."""
        name = pick(sampler.rng, ("copula-pronoun", "copula-definite", "copula-possessive"))
        wish = Wish(relative=True, third=True, attractors=(), layout=pick(sampler.rng, _SOME))
        if attractor is not None:
            chosen = pick(sampler.rng, [a for a in self.grammar.attractors if a.noun.gender == attractor])
            wish = replace(wish, attractors=(chosen,), layout=pick(sampler.rng, _layouts_with(chosen.type)))
        return sampler.clause(name, gender, wish)

    def distance(self, sampler: Sampler, size: int) -> list[Item]:
        """Agreeing words at each distance from 1 to the longest there is, equally many of each; tag `position`."""
        items: list[Item] = []
        filled: Counter[int] = Counter()
        rng, own = (
            sampler.rng,
            [a for a in self.grammar.attractors if a.determiner == "own" and a.subject == "any"],
        )
        longest = [use for use in self.grammar.verbs if use.verb.reflexive and use.complements] or self.grammar.verbs
        quota = max(1, size // _farthest(lambda: self._stretched(sampler, "m", own, longest, full=True)))

        for number in range(60 * size):
            pair = self._stretched(sampler, GENDERS[number % 2], own, longest, full=number % 4 < 2)
            if pair is None:
                continue
            wanted = [a for a in pair.agreements if a.kind != "possessive" and filled[a.distance] < quota]
            if wanted and self.take(pair):
                agreement = (
                    max(wanted, key=lambda a: (-filled[a.distance], a.distance)) if rng.random() < 0.5 else wanted[-1]
                )
                filled[agreement.distance] += 1
                items.append(
                    (
                        pair,
                        {
                            "distance": agreement.distance,
                            "position": agreement.position,
                            "kind": agreement.kind,
                        },
                    )
                )
            if len(items) == size:
                break
        return sorted(items, key=lambda item: item[1]["distance"])

    def _stretched(
        self, sampler: Sampler, gender: str, own: list, longest: Sequence, full: bool
    ) -> SentencePair | None:
        rng = sampler.rng
        wish = Wish(relative=True, third=True, layout=pick(rng, _SOME))
        if full:
            wish = replace(
                wish, use=pick(rng, longest), layout=pick(rng, _FULL), attractors=(pick(rng, own),) if own else ()
            )
        if full and rng.random() < 0.4:
            return self._again(sampler, gender, wish)
        noun = sampler.noun(gender)
        clause = CONSTRUCTIONS["copula-definite" if full else pick(rng, self.of_any_noun)](
            sampler, gender, replace(wish, noun=noun)
        )
        if self.held.said((clause,)) or repeats(clause, self.pair_of):
            return None
        return realise(sampler.joined((clause,)))

    def distance_longer(self, sampler: Sampler, size: int) -> list[Item]:
        """The predicate of *the boy who … is happy* farther from its noun than training ever has it; tag `position`.

        Five or six adverbials in one predicate, where training says three at the most, no two of a kind.
        """
        items: list[Item] = []
        filled: Counter[int] = Counter()
        own = [a for a in self.grammar.attractors if a.determiner == "own" and a.subject == "any"]
        longest = [use for use in self.grammar.verbs if use.verb.reflexive and use.complements] or self.grammar.verbs
        trained = _farthest(lambda: self._stretched(sampler, "m", own, longest, full=True))
        beyond = _farthest(lambda: self._crowded(sampler, "m"))
        quota = max(1, size // max(1, beyond - trained))
        for number in range(60 * size):
            pair = self._crowded(sampler, GENDERS[number % 2])
            if pair is None:
                continue
            predicate = pair.agreements[-1]
            if predicate.distance > trained and filled[predicate.distance] < quota and self.take(pair):
                filled[predicate.distance] += 1
                items.append(
                    (pair, {"distance": predicate.distance, "position": predicate.position, "kind": predicate.kind})
                )
            if len(items) == size:
                break
        return sorted(items, key=lambda item: item[1]["distance"])

    def _crowded(self, sampler: Sampler, gender: str) -> SentencePair | None:
        wish = Wish(relative=True, third=True, layout=pick(sampler.rng, _CROWDED))
        clause = CONSTRUCTIONS["copula-definite"](sampler, gender, wish)
        said = [*clause.subject.relative.mid, *clause.subject.relative.final]
        if len(set(said)) < len(said) or self.held.said((clause,)) or repeats(clause, self.pair_of):
            return None
        return realise(sampler.joined((clause,)))

    def attractor(self, sampler: Sampler, size: int) -> list[Item]:
        """The predicate of *the boy who … is happy* with 0, 1 or 2 nouns between, of the same or the other gender."""
        items: list[Item] = []
        genders = [(), ("same",), ("other",), ("same", "same"), ("same", "other"), ("other", "other")]
        cells = list(product(genders, GENDERS))

        def attempt(number: int) -> bool:
            between, gender = cells[number % len(cells)]
            if sampler.rng.random() < 0.5:
                between = between[::-1]
            kinds = ("company",) if len(between) == 1 else ("place", "company")
            chosen = []
            for kind, relation in zip(kinds, between, strict=False):
                wanted = gender if relation == "same" else opposite(gender)
                chosen.append(pick(sampler.rng, self._neutral(kind, wanted)))
            layout = pick(sampler.rng, _FULL)
            clause = sampler.clause(
                "copula-definite", gender, Wish(relative=True, attractors=tuple(chosen), layout=layout)
            )
            if len(attractors_of(clause)) != len(chosen) or repeats(clause, self.pair_of):
                return False
            pair = realise(sampler.joined((clause,)))
            if not self.take(pair):
                return False
            predicate = pair.agreements[-1]
            same = between.count("same")
            tags = {"attractors": len(between), "same": same, "other": len(between) - same, "gender": gender}
            items.append((pair, tags | {"position": predicate.position}))
            return True

        repeat(size // len(cells) * len(cells), attempt)
        return items

    def _neutral(self, kind: str, gender: str) -> list[Attractor]:
        found = [
            a for a in self.grammar.attractors if a.type == kind and a.noun.gender == gender and a.subject == "any"
        ]
        if not found:
            raise TranslateError(
                f'the grammar "{self.grammar.name}" needs an attractor of kind {kind}, gender {gender}.'
            )
        return found


def _farthest(draw: Callable[[], SentencePair | None]) -> int:
    """The greatest distance of an agreeing word in some hundred drawn sentences."""
    tried = (draw() for _ in range(250))
    return max(a.distance for pair in tried if pair for a in pair.agreements)


def _layouts_with(kind: str) -> list[Layout]:
    return [layout for layout in _SOME if kind in layout.mid + layout.final]
