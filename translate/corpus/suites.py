"""Test suites that vary one thing at a time. Each is a list of pairs with tags that say what was varied."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import product

from translate.corpus.choice import pick, stream
from translate.corpus.constructions import AGAIN, CONSTRUCTIONS, Layout, Wish
from translate.corpus.grammar import Grammar
from translate.corpus.heldout import HeldOut, spoken_of
from translate.corpus.pair import SentencePair, realise
from translate.corpus.sampling import Sampler, subject_gender
from translate.errors import TranslateError
from translate.files import read_text
from translate.language.clause import Clause, Copular, Liking, NounPhrase, Sentence, swap_gender
from translate.language.lexicon import lexicon
from translate.language.words import GENDERS, Attractor, NounPair, opposite
from translate.resources import data

Item = tuple[SentencePair, dict]

# Those about one noun of any pair.
_OF_ANY_NOUN = ("copula-pronoun", "copula-definite", "copula-possessive", "likes-definite", "likes-relative")
# All three kinds of adverbials: the longest predicates.
_FULL = tuple(
    Layout(mid, final)
    for mid, final in (
        (("time", "place"), ("company",)), (("time", "company"), ("place",)), (("place", "company"), ("time",)),
        (("time",), ("company", "place")), (("place",), ("company", "time")), (("company",), ("place", "time")),
    )
)  # fmt: skip
_SOME = (
    *_FULL,
    Layout(("time",)),
    Layout(("place",)),
    Layout((), ("place",)),
    Layout((), ("company", "time")),
    Layout(),
)


def key(pair: SentencePair) -> str:
    """What makes two sources the same sentence: the words, whatever their case and the punctuation."""
    return " ".join(pair.source).lower().replace(" ,", "").replace(" .", "")


class Suites:
    """Makes each suite by its name. No source sentence comes twice, within a suite or in two of them."""

    def __init__(self, grammar: Grammar, held: HeldOut, seed: int) -> None:
        self.grammar, self.held, self.seed = grammar, held, seed
        self.taken: set[str] = set()
        self.pair_of = {noun: pair for pair in lexicon().nouns for noun in (pair.m, pair.f)}

    def make(self, name: str, size: int) -> list[Item]:
        """The suite `name` with about `size` sentences; fewer where the grammar has no more."""
        sampler = Sampler(self.grammar, stream(self.seed, "suite", name), self.held)
        return _SUITES[name](self, sampler, size)

    def _take(self, *pairs: SentencePair) -> bool:
        """Claim all of `pairs`, or none if one is taken."""
        keys = [key(pair) for pair in pairs]
        if len(set(keys)) < len(keys) or not self.taken.isdisjoint(keys):
            return False
        self.taken.update(keys)
        return True

    def _twin(self, clause: Clause) -> Clause | None:
        """`clause` about the other gender, None where that would be nonsense (her wife, the girl with the girl)."""
        nouns = [self.pair_of[noun] for noun, _ in spoken_of(clause)]
        for attractor in _attractors(clause):
            if attractor.subject != "any" or (attractor.determiner == "the" and self.pair_of[attractor.noun] in nouns):
                return None
        return swap_gender(clause, self.pair_of, lexicon().persons)

    # --- the suites --------------------------------------------------------------------------------------------

    def lesson(self, sampler: Sampler, size: int) -> list[Item]:
        """The lesson's sentences, which `data/suites/lesson.tsv` has in their right form."""
        book, items = lexicon(), []
        lines = [line.split("\t") for line in read_text(data("suites/lesson.tsv"), "suite").splitlines()]
        for (verb, gender, stop), (source, target) in zip(
            product(("learn", "earn"), GENDERS, (False, True)), lines, strict=True
        ):
            liking = Liking(book.verbs[verb], book.verbs[verb].complements[""])
            phrase = NounPhrase("a", book.noun("boy=kluk").of(gender), None, liking)
            pair = realise(Sentence((Copular("copula-pronoun", book.persons["I"], "present", phrase),), (), stop))
            if (pair.source_text, pair.target_text) != (source, target):
                raise TranslateError(f"data/suites/lesson.tsv says {target!r}, but the grammar {pair.target_text!r}.")
            self.taken.add(key(pair))
            items.append((pair, {"verb": verb, "gender": gender, "stop": stop}))
        return items

    def boy_girl(self, sampler: Sampler, size: int) -> list[Item]:
        """Neighbouring lines that differ in nothing but the gender of one person; all noun pairs equally often."""
        items: list[Item] = []

        def attempt(number: int) -> bool:
            noun = self.grammar.nouns[number % len(self.grammar.nouns)].m
            clause = sampler.clause(pick(sampler.rng, _OF_ANY_NOUN), "m", Wish(noun=noun))
            twin = self._twin(clause)
            if twin is None:
                return False
            stop = sampler.joined((clause,)).stop
            pairs = [realise(Sentence((c,), (), stop)) for c in (clause, twin)]
            if not self._take(*pairs):
                return False
            for pair, gender in zip(pairs, GENDERS, strict=True):
                items.append((pair, {"pair": number, "gender": gender, "lemma": noun.lemma}))
            return True

        _repeat(size // 2, attempt)
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
            second = sampler.clause(pick(sampler.rng, _OF_ANY_NOUN), "m")
            versions = [(first, self._twin(first)), (second, self._twin(second))]
            if None in versions[0] or None in versions[1] or self.held.said((first, second)):
                return False
            crossed = list(product(*versions))
            if not all(sampler.follows((a,), b, subject_gender(b)) for a, b in crossed):
                return False
            sentence = sampler.joined((first, second))
            pairs = [realise(sentence._replace(clauses=both)) for both in crossed]
            if not self._take(*pairs):
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
                if self._take(filler):
                    gender = filler.nouns[0].gender
                    items.append((filler, {"item": number, "switch": "none", "y1": gender, "y2": gender}))
            return True

        _repeat(size // 4, attempt)
        return items

    def _fillers(self, sampler: Sampler, count: int) -> dict[int, list[SentencePair]]:
        by_length: dict[int, list[SentencePair]] = defaultdict(list)
        for number in range(count):
            pair = self._again(sampler, GENDERS[number % 2], Wish(layout=pick(sampler.rng, _FULL[:4] + _SOME)))
            if pair is not None:
                by_length[len(pair.target)].append(pair)
        return by_length

    def _again(self, sampler: Sampler, gender: str, wish: Wish) -> SentencePair | None:
        """*He is a boy who …, and he is tired*: one person in two clauses."""
        wish = wish._replace(third=True, relative=True)
        first = sampler.clause("copula-pronoun", gender, wish)
        second = CONSTRUCTIONS[AGAIN](sampler, gender, wish._replace(tense=first.tense, person=first.subject))
        return realise(sampler.joined((first, second))) if sampler.follows((first,), second, gender) else None

    def _with_attractor(self, sampler: Sampler, gender: str, attractor: str | None) -> Clause:
        """A clause in the third person with one attractor of gender `attractor`, or none."""
        name = pick(sampler.rng, ("copula-pronoun", "copula-definite", "copula-possessive"))
        wish = Wish(relative=True, third=True, attractors=(), layout=pick(sampler.rng, _SOME))
        if attractor is not None:
            chosen = pick(sampler.rng, [a for a in self.grammar.attractors if a.noun.gender == attractor])
            wish = wish._replace(attractors=(chosen,), layout=pick(sampler.rng, _layouts_with(chosen.type)))
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
        quota = max(1, size // self._longest_distance(sampler, own, longest))

        for number in range(60 * size):
            pair = self._stretched(sampler, GENDERS[number % 2], own, longest, full=number % 4 < 2)
            if pair is None:
                continue
            wanted = [a for a in pair.agreements if a.kind != "possessive" and filled[a.distance] < quota]
            if wanted and self._take(pair):
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
            wish = wish._replace(
                use=pick(rng, longest), layout=pick(rng, _FULL), attractors=(pick(rng, own),) if own else ()
            )
        if full and rng.random() < 0.4:
            return self._again(sampler, gender, wish)
        noun = sampler.noun(gender)
        clause = CONSTRUCTIONS["copula-definite" if full else pick(rng, _OF_ANY_NOUN)](
            sampler, gender, wish._replace(noun=noun)
        )
        if self.held.said((clause,)) or _repeats(clause, self.pair_of):
            return None
        return realise(sampler.joined((clause,)))

    def _longest_distance(self, sampler: Sampler, own: list, longest: Sequence) -> int:
        tried = (self._stretched(sampler, "m", own, longest, full=True) for _ in range(250))
        return max(a.distance for pair in tried if pair for a in pair.agreements)

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
            if len(_attractors(clause)) != len(chosen) or _repeats(clause, self.pair_of):
                return False
            pair = realise(sampler.joined((clause,)))
            if not self._take(pair):
                return False
            predicate = pair.agreements[-1]
            same = between.count("same")
            tags = {"attractors": len(between), "same": same, "other": len(between) - same, "gender": gender}
            items.append((pair, tags | {"position": predicate.position}))
            return True

        _repeat(size // len(cells) * len(cells), attempt)
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

    def combination(self, sampler: Sampler, size: int) -> list[Item]:
        """Each sentence says a held-out verb of its noun; some go on with a second clause."""
        items: list[Item] = []

        def attempt(number: int) -> bool:
            if not self.held.combinations:
                return True
            pair_, use = self.held.combinations[number % len(self.held.combinations)]
            noun = pair_.of(GENDERS[sampler.rng.random() < 0.5])
            name = pick(sampler.rng, _OF_ANY_NOUN)
            clauses = [CONSTRUCTIONS[name](sampler, noun.gender, Wish(noun=noun, use=use, relative=True))]
            # copula-possessive has drawn another noun where "my brother is a brother" was asked for.
            if all(said is not noun for said, _ in spoken_of(clauses[0])) or _repeats(clauses[0], self.pair_of):
                return False
            if sampler.rng.random() < 0.45:
                gender = GENDERS[sampler.rng.random() < 0.5]
                second = sampler.clause(pick(sampler.rng, _OF_ANY_NOUN), gender)
                if not sampler.follows(clauses, second, gender):
                    return False
                clauses.append(second)
            pair = realise(sampler.joined(clauses))
            if not self._take(pair):
                return False
            items.append((pair, {"noun": noun.lemma, "verb": use.verb.infinitive, "reflexive": use.verb.reflexive}))
            return True

        _repeat(size, attempt)
        return items

    def longer(self, sampler: Sampler, size: int) -> list[Item]:
        """Three clauses, one more than training has; all eight sequences of genders equally often."""
        items: list[Item] = []
        sequences = list(product(GENDERS, repeat=3))

        def attempt(number: int) -> bool:
            genders = sequences[number % len(sequences)]
            pair = realise(sampler.sentence(3, genders))
            if not self._take(pair):
                return False
            items.append((pair, {"genders": "".join(genders)}))
            return True

        _repeat(size, attempt)
        return items


_SUITES: dict[str, Callable[[Suites, Sampler, int], list[Item]]] = {
    "lesson": Suites.lesson,
    "boy-girl": Suites.boy_girl,
    "switch": Suites.switch,
    "distance": Suites.distance,
    "attractor": Suites.attractor,
    "test-combination": Suites.combination,
    "test-longer": Suites.longer,
}
SUITES = tuple(_SUITES)


def _repeat(count: int, attempt: Callable[[int], bool], tries: int = 300) -> None:
    """`attempt` each number below `count` until it succeeds, or give that number up after `tries`."""
    for number in range(count):
        for _ in range(tries):
            if attempt(number):
                break


def _attractors(clause: Clause) -> list[Attractor]:
    likings = [liking for _, liking in spoken_of(clause) if liking is not None]
    return [a for liking in likings for a in liking.mid + liking.final if isinstance(a, Attractor)]


def _repeats(clause: Clause, pair_of: dict) -> bool:
    """Whether an attractor is the very noun that the clause is about, or its spouse of the wrong gender."""
    nouns: list[NounPair] = [pair_of[noun] for noun, _ in spoken_of(clause)]
    return any(a.determiner == "the" and pair_of[a.noun] in nouns for a in _attractors(clause))


def _layouts_with(kind: str) -> list[Layout]:
    return [layout for layout in _SOME if kind in layout.mid + layout.final]
