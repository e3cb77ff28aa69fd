"""Suites that vary one thing at a time: gender, its switch, distance, attractors."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product

from translate.corpus.choice import pick
from translate.corpus.constructions import AGAIN, CONSTRUCTIONS, Layout, VerbUse, Wish
from translate.corpus.heldout import spoken_of
from translate.corpus.pair import Agreement, SentencePair, realise
from translate.corpus.sampling import Sampler, subject_gender, tense_of
from translate.corpus.speaker import returning
from translate.corpus.suites.maker import Item, SuiteMaker, attractors_of
from translate.errors import TranslateError
from translate.language.meaning import Clause, Pronoun, Sentence
from translate.language.words import GENDERS, Attractor, Gender, opposite

# What stands in the middle and at the end of a predicate. The presets give each of these sequences a weight, so that a
# suite asks for nothing that training never says. All three kinds of adverbials make the longest predicates.
_FULL = (
    Layout(("time", "place"), ("company",)),
    Layout(("time", "company"), ("place",)),
    Layout(("place", "company"), ("time",)),
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
# More than training ever says.
_CROWDED = (
    Layout(("time", "place", "company"), ("place", "company")),
    Layout(("time", "place", "company"), ("place", "company", "time")),
)


class MinimalPairs(SuiteMaker):
    """The suites of minimal pairs; each is a method."""

    def boy_girl(self, sampler: Sampler, size: int) -> list[Item]:
        """Neighbouring lines that differ in nothing but the gender of one person; all noun pairs equally often."""

        def attempt(number: int) -> list[Item] | None:
            noun = self.grammar.nouns[number % len(self.grammar.nouns)].m
            clause = sampler.clause(pick(sampler.rng, self.of_any_noun), "m", Wish(noun=noun))
            twin = self.twin(clause)
            if twin is None:
                return None
            end = sampler.joined((clause,)).end
            pairs = [realise(Sentence((version,), (), end)) for version in (clause, twin)]
            tags = [{"pair": number, "gender": gender, "lemma": noun.lemma} for gender in GENDERS]
            return list(zip(pairs, tags, strict=True))

        return self.collect(size // 2, attempt)

    def switch(self, sampler: Sampler, size: int) -> list[Item]:
        """Two clauses, fully crossed: each item says the same with m>m, m>f, f>m and f>f.

        A third of the items has no attractor in the first clause, a third a masculine and a third a feminine one.
        Fillers, of the length of their item where there is one, go on about the same person.
        """
        fillers = self._fillers(sampler, size)
        suite: list[Item] = []

        def attempt(number: int) -> list[Item] | None:
            attractor = (None, *GENDERS)[number % 3]
            first = self._with_attractor(sampler, attractor)
            second = sampler.clause(pick(sampler.rng, self.of_any_noun), "m")
            first_twin, second_twin = self.twin(first), self.twin(second)
            if first_twin is None or second_twin is None or self.held.said((first, second)):
                return None
            crossed = list(product((first, first_twin), (second, second_twin)))
            if not all(sampler.follows((one,), other, gender_of(other)) for one, other in crossed):
                return None
            sentence = sampler.joined((first, second))
            return [
                (
                    realise(replace(sentence, clauses=clauses)),
                    {"item": number, "switch": f"{y1}>{y2}", "y1": y1, "y2": y2, "attractor": attractor or "none"},
                )
                for clauses, (y1, y2) in zip(crossed, product(GENDERS, GENDERS), strict=True)
            ]

        def gender_of(clause: Clause) -> Gender:
            return subject_gender(clause) or "m"

        for number in range(size // 4):
            items = self.make_one(number, attempt)
            suite += items
            same_length = fillers[len(items[0][0].target)] if items else []
            if same_length:
                filler = same_length.pop(0)
                if self.take(filler):
                    gender = filler.nouns[0].gender
                    suite.append((filler, {"item": number, "switch": "none", "y1": gender, "y2": gender}))
        return suite

    def returning(self, sampler: Sampler, size: int) -> list[Item]:
        """Sentences that come back to their first person, fully crossed as those of `switch` are.

        That person is *I* or *you*: *he …, my brother …, and he* could mean either of two men.
        """

        def attempt(number: int) -> list[Item] | None:
            sentence = returning(sampler, ("m", "m"))
            said = [clause for clause in sentence.clauses if isinstance(clause, Clause)]
            if len(said) < 3 or self.held.said(said):
                return None
            first, second, last = said
            first_twin, second_twin = self.twin(first), self.twin(second)
            if first_twin is None or second_twin is None:
                return None
            if not isinstance(first.subject, Pronoun) or first.subject.person.gender is not None:
                return None
            items: list[Item] = []
            crossed = product((first, first_twin), (second, second_twin))
            for (one, other), (y1, y2) in zip(crossed, product(GENDERS, GENDERS), strict=True):
                clauses = (one, other, replace(last, subject=one.subject))  # the same person as before
                tags = {"item": number, "switch": f"{y1}>{y2}", "y1": y1, "y2": y2}
                items.append((realise(replace(sentence, clauses=clauses)), tags))
            return items

        return self.collect(size // 4, attempt)

    def _fillers(self, sampler: Sampler, count: int) -> dict[int, list[SentencePair]]:
        by_length: dict[int, list[SentencePair]] = defaultdict(list)
        for number in range(count):
            pair = self._again(sampler, GENDERS[number % 2], Wish(layout=pick(sampler.rng, _SOME)))
            if pair is not None:
                by_length[len(pair.target)].append(pair)
        return by_length

    def _again(self, sampler: Sampler, gender: Gender, wish: Wish) -> SentencePair | None:
        """*He is a boy who …, and he is tired*: one person in two clauses."""
        wish = replace(wish, third=True, relative=True)
        first = CONSTRUCTIONS["copula-pronoun"](sampler, gender, wish)
        again = first.subject if isinstance(first.subject, Pronoun) else None
        second = CONSTRUCTIONS[AGAIN](sampler, gender, replace(wish, tense=tense_of(first), again=again))
        may = sampler.follows((first,), second, gender) and not self.held.said((first, second))
        return realise(sampler.joined((first, second))) if may else None

    def _with_attractor(self, sampler: Sampler, attractor: Gender | None) -> Clause:
        """A clause about a man, in the third person, with one attractor of gender `attractor`, or none."""
        name = pick(sampler.rng, ("copula-pronoun", "copula-definite", "copula-possessive"))
        wish = Wish(relative=True, third=True, attractors=(), layout=pick(sampler.rng, _SOME))
        if attractor is not None:
            chosen = pick(sampler.rng, [a for a in self.grammar.attractors if a.noun.gender == attractor])
            layouts = [layout for layout in _SOME if chosen.type in layout.mid + layout.final]
            wish = replace(wish, attractors=(chosen,), layout=pick(sampler.rng, layouts))
        return sampler.clause(name, "m", wish)

    def distance(self, sampler: Sampler, size: int) -> list[Item]:
        """Agreeing words at each distance from 1 to the longest there is, equally many of each; tag `position`."""
        quota = max(1, size // _farthest(lambda: self._stretched(sampler, "m", full=True)))

        def draw(number: int) -> SentencePair | None:
            return self._stretched(sampler, GENDERS[number % 2], full=number % 4 < 2)

        def wanted(pair: SentencePair) -> list[Agreement]:
            return [word for word in pair.agreements if word.kind != "possessive"]

        def choose(words: list[Agreement], filled: Counter[int]) -> Agreement:
            rarest = sampler.rng.random() < 0.5
            return max(words, key=lambda word: (-filled[word.distance], word.distance)) if rarest else words[-1]

        return self._by_distance(size, quota, draw, wanted, choose)

    def distance_longer(self, sampler: Sampler, size: int) -> list[Item]:
        """The predicate of *the boy who … is happy* farther from its noun than training ever has it; tag `position`.

        Five or six adverbials in one predicate, where training says three at the most, no two of a kind.
        """
        trained = _farthest(lambda: self._stretched(sampler, "m", full=True))
        beyond = _farthest(lambda: self._crowded(sampler, "m"))
        quota = max(1, size // max(1, beyond - trained))

        def draw(number: int) -> SentencePair | None:
            return self._crowded(sampler, GENDERS[number % 2])

        def wanted(pair: SentencePair) -> list[Agreement]:
            return [word for word in pair.agreements[-1:] if word.distance > trained]

        return self._by_distance(size, quota, draw, wanted, lambda words, filled: words[0])

    def _by_distance(
        self,
        size: int,
        quota: int,
        draw: Callable[[int], SentencePair | None],
        wanted: Callable[[SentencePair], list[Agreement]],
        choose: Callable[[list[Agreement], Counter[int]], Agreement],
    ) -> list[Item]:
        """Up to `size` drawn sentences, by the distance of the one word in each that is asked about: `quota` of each.

        wanted: the words of a pair that may be asked about. choose: one of those whose distance is still wanted.
        """
        items: list[Item] = []
        filled: Counter[int] = Counter()
        for number in range(60 * size):
            pair = draw(number)
            words = [word for word in wanted(pair) if filled[word.distance] < quota] if pair else []
            if pair and words and self.take(pair):
                word = choose(words, filled)
                filled[word.distance] += 1
                items.append((pair, {"distance": word.distance, "position": word.position, "kind": word.kind}))
                if len(items) == size:
                    break
        return sorted(items, key=lambda item: item[1]["distance"])

    @cached_property
    def _anybodys(self) -> list[Attractor]:
        """The attractors that belong to whom the sentence is about, and that both genders can have."""
        return [a for a in self.grammar.attractors if a.determiner == "own" and a.subject == "any"]

    @cached_property
    def _longest(self) -> Sequence[VerbUse]:
        return [use for use in self.grammar.verbs if use.verb.reflexive and use.complements] or self.grammar.verbs

    def _stretched(self, sampler: Sampler, gender: Gender, full: bool) -> SentencePair | None:
        """A sentence about `gender` in the third person; `full`: as long as training ever says it."""
        rng = sampler.rng
        wish = Wish(relative=True, third=True, layout=pick(rng, _SOME))
        if full:
            use, layout = pick(rng, self._longest), pick(rng, _FULL)
            attractors = (pick(rng, self._anybodys),) if self._anybodys else ()
            wish = replace(wish, use=use, layout=layout, attractors=attractors)
        if full and rng.random() < 0.4:
            return self._again(sampler, gender, wish)
        noun = sampler.noun(gender)
        name = "copula-definite" if full else pick(rng, self.of_any_noun)
        return self._alone(sampler, CONSTRUCTIONS[name](sampler, gender, replace(wish, noun=noun)))

    def _crowded(self, sampler: Sampler, gender: Gender) -> SentencePair | None:
        """*The boy who … is happy* with more adverbials than training ever says."""
        wish = Wish(relative=True, third=True, layout=pick(sampler.rng, _CROWDED))
        clause = CONSTRUCTIONS["copula-definite"](sampler, gender, wish)
        phrases = [phrase for _, liking in spoken_of(clause) if liking for phrase in liking.mid + liking.final]
        return self._alone(sampler, clause) if len(set(phrases)) == len(phrases) else None

    def _alone(self, sampler: Sampler, clause: Clause) -> SentencePair | None:
        """The sentence of one clause; None where it says what is held out, or one noun twice."""
        if self.held.said((clause,)) or self.repeats(clause):
            return None
        return realise(sampler.joined((clause,)))

    def attractor(self, sampler: Sampler, size: int) -> list[Item]:
        """The predicate of *the boy who … is happy* with 0, 1 or 2 nouns between, of the same or the other gender."""
        relations = [(), ("same",), ("other",), ("same", "same"), ("same", "other"), ("other", "other")]
        cells = list(product(relations, GENDERS))

        def attempt(number: int) -> list[Item] | None:
            between, gender = cells[number % len(cells)]
            if sampler.rng.random() < 0.5:
                between = between[::-1]
            kinds = ("company",) if len(between) == 1 else ("place", "company")
            genders = [gender if relation == "same" else opposite(gender) for relation in between]
            chosen = tuple(
                pick(sampler.rng, self._of_both(kind, noun_gender))
                for kind, noun_gender in zip(kinds, genders, strict=False)
            )
            wish = Wish(relative=True, attractors=chosen, layout=pick(sampler.rng, _FULL))
            clause = sampler.clause("copula-definite", gender, wish)
            if len(attractors_of(clause)) != len(chosen) or self.repeats(clause):
                return None
            pair, same = realise(sampler.joined((clause,))), between.count("same")
            tags = {"attractors": len(between), "same": same, "other": len(between) - same, "gender": gender}
            return [(pair, tags | {"position": pair.agreements[-1].position})]

        return self.collect(size // len(cells) * len(cells), attempt)

    def _of_both(self, kind: str, gender: Gender) -> list[Attractor]:
        """The attractors of `kind` with a noun of `gender` that can be said of both men and women."""
        attractors = [
            a for a in self.grammar.attractors if a.type == kind and a.noun.gender == gender and a.subject == "any"
        ]
        if not attractors:
            raise TranslateError(
                f'the grammar "{self.grammar.name}" needs an attractor of kind {kind}, gender {gender}.'
            )
        return attractors


def _farthest(draw: Callable[[], SentencePair | None]) -> int:
    """The greatest distance of an agreeing word in some hundred drawn sentences."""
    tried = (draw() for _ in range(250))
    return max(word.distance for pair in tried if pair for word in pair.agreements)
