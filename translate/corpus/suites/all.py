"""The test suites of a corpus. Each is a list of pairs with tags that say what was varied."""

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

from translate.corpus.choice import pick, stream
from translate.corpus.constructions import CONSTRUCTIONS, Wish
from translate.corpus.heldout import spoken_of
from translate.corpus.pair import realise
from translate.corpus.sampling import Sampler
from translate.corpus.suites.maker import Item, key
from translate.corpus.suites.minimal_pairs import MinimalPairs
from translate.errors import TranslateError
from translate.files import read_text
from translate.language.lexicon import lexicon
from translate.language.meaning import Being, Clause, Liking, NounPhrase, Pronoun, Referent, Sentence
from translate.language.words import GENDERS
from translate.resources import data


class Suites(MinimalPairs):
    """Makes each suite by its name."""

    def make(self, name: str, size: int, *other: str) -> list[Item]:
        """The suite `name` with about `size` sentences; fewer where the grammar has no more.

        other: a further name, for other sentences of the same kind.
        """
        sampler = Sampler(self.grammar, stream(self.seed, "suite", name, *other), self.held)
        return (SUITES | FURTHER)[name].make(self, sampler, size)

    def lesson(self, sampler: Sampler, size: int) -> list[Item]:
        """The lesson's sentences, which `data/suites/lesson.tsv` has in their right form."""
        book, items = lexicon(), []
        lines = [line.split("\t") for line in read_text(data("suites/lesson.tsv"), "suite").splitlines()]
        for (verb, gender, stop), (source, target) in zip(
            product(("learn", "earn"), GENDERS, (False, True)), lines, strict=True
        ):
            liking = Liking(book.verbs[verb], book.verbs[verb].complements[""])
            who = Referent(gender)
            phrase = NounPhrase(who, "a", book.noun("boy=kluk").of(gender), None, liking)
            clause = Clause("copula-pronoun", Pronoun(who, book.persons["I"]), Being(phrase))
            pair = realise(Sentence((clause,), (), "." if stop else ""))
            if (pair.source_text, pair.target_text) != (source, target):
                raise TranslateError(f"data/suites/lesson.tsv says {target!r}, but the grammar {pair.target_text!r}.")
            self.taken.add(key(pair.source_text))
            items.append((pair, {"verb": verb, "gender": gender, "stop": stop}))
        return items

    def combination(self, sampler: Sampler, size: int) -> list[Item]:
        """Each sentence says a held-out verb of its noun; some go on with a second clause."""
        if not self.held.combinations:
            return []

        def attempt(number: int) -> list[Item] | None:
            nouns, use = self.held.combinations[number % len(self.held.combinations)]
            noun = nouns.of(GENDERS[sampler.rng.random() < 0.5])
            name = pick(sampler.rng, self.of_any_noun)
            clauses = [CONSTRUCTIONS[name](sampler, noun.gender, Wish(noun=noun, use=use, relative=True))]
            # copula-possessive has drawn another noun where "my brother is a brother" was asked for.
            if all(other is not noun for other, _ in spoken_of(clauses[0])) or self.repeats(clauses[0]):
                return None
            if sampler.rng.random() < 0.45:
                gender = GENDERS[sampler.rng.random() < 0.5]
                second = sampler.clause(pick(sampler.rng, self.of_any_noun), gender)
                if not sampler.follows(clauses, second, gender):
                    return None
                clauses.append(second)
            pair = realise(sampler.joined(clauses))
            return [(pair, {"noun": noun.lemma, "verb": use.verb.infinitive, "reflexive": use.verb.reflexive})]

        return self.collect(size, attempt)

    def longer(self, sampler: Sampler, size: int) -> list[Item]:
        """Three clauses, one more than training has; all eight sequences of genders equally often."""
        sequences = list(product(GENDERS, repeat=3))

        def attempt(number: int) -> list[Item]:
            genders = sequences[number % len(sequences)]
            return [(realise(sampler.sentence(3, genders)), {"genders": "".join(genders)})]

        return self.collect(size, attempt)


class Suite(NamedTuple):
    """How a suite is made, and how many sentences it has where the corpus is large."""

    make: Callable[[Suites, Sampler, int], list[Item]]
    size: int


SUITES: dict[str, Suite] = {
    "lesson": Suite(Suites.lesson, 8),
    "boy-girl": Suite(Suites.boy_girl, 600),
    "switch": Suite(Suites.switch, 720),
    "distance": Suite(Suites.distance, 850),
    "attractor": Suite(Suites.attractor, 700),
    "test-combination": Suite(Suites.combination, 1_000),
    "test-longer": Suite(Suites.longer, 1_000),
    "distance-longer": Suite(Suites.distance_longer, 500),
}
# Made where they are needed, and no part of a corpus.
FURTHER = {"returning": Suite(Suites.returning, 480)}
