"""The suites of the whole grammar: each construction, what is held out, and one thing varied at a time."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from random import Random

from translate.corpus.full.draw import Draw
from translate.corpus.full.registry import CONSTRUCTIONS
from translate.corpus.full.sampler import BASIC, Sampler, drawn, held_out, held_pairs
from translate.corpus.full.words import Pools
from translate.corpus.pair import Agreement, SentencePair, Tags, realise, told
from translate.language.lexicon import lexicon
from translate.language.meaning import Clause, Sentence
from translate.language.words import opposite

Item = tuple[SentencePair, Tags]
Take = Callable[[SentencePair], bool]

# Masculine nouns that look feminine: hrdina, hrdinu, hrdinou.
MASCULINES_IN_A = (
    *("dad", "duke", "hero", "policeman", "chairman"),
    *("colleague", "guitarist", "pianist", "tourist"),
)
_FAR = ("whom-far", "whom", "whose", "who", "who-twice", "copula", "as-a", "reported", "as-soon-as", "has", "knows")
_FARTHEST, _MOST = 25, 3
# A chance of finding what is asked for, in draws.
_PATIENCE = 1000
# Draws for each sentence of a suite whose rarest bins fill slowly.
_SEARCH = 80


class WholeSuites:
    """Makes each suite by its name; `take` claims a sentence, and refuses one that is taken."""

    def __init__(self, seed: int, take: Take) -> None:
        self.seed, self.take = seed, take

    def constructions(self, rng: Random, size: int) -> Iterator[Item]:
        """Each construction equally often, with words that training says together."""
        sampler = Sampler(rng, self.seed)

        def one(name: str) -> tuple[SentencePair | None, Tags]:
            return told(sampler.of(name)), {"construction": name}

        for name in CONSTRUCTIONS:
            yield from self._fill(size // len(CONSTRUCTIONS), partial(one, name))

    def held_out_nouns(self, rng: Random, size: int) -> Iterator[Item]:
        """Nouns that training says in the simplest constructions alone, in all the others."""
        names = [name for name in CONSTRUCTIONS if name not in BASIC and name not in ("no-gender", "address", "return")]
        draw, held = Draw(rng, Pools(only=held_pairs())), {n.lemma for pair in held_pairs() for n in (pair.m, pair.f)}

        def one() -> tuple[SentencePair | None, Tags]:
            name = draw.pick(names)
            return _named(told(drawn(draw, name, rng)), held, name)

        return self._fill(size, one)

    def held_out_combinations(self, rng: Random, size: int) -> Iterator[Item]:
        """Nouns with verbs that are never in one sentence of training."""
        draw = Draw(rng, Pools())

        def one() -> tuple[SentencePair | None, Tags]:
            meaning = drawn(draw, draw.pick(("likes", "copula", "who", "clauses", "whose", "as-a", "does")), rng)
            held = [(n, v) for n in draw.nouns for v in draw.verbs if held_out(n, v, self.seed)]
            pair = told(meaning) if held else None
            said = {noun.lemma for noun in pair.nouns} if pair is not None else set()
            held = [(n, v) for n, v in held if n.lemma in said]
            return (pair, {"noun": held[0][0].lemma, "verb": held[0][1].infinitive}) if held else (None, {})

        return self._fill(size, one)

    def masculines_in_a(self, rng: Random, size: int) -> Iterator[Item]:
        """*hrdina, kolega, policista* in every construction that names somebody."""
        pairs = [lexicon().noun(word) for word in MASCULINES_IN_A if lexicon().noun(word) not in held_pairs()]
        masculine = {pair.m.lemma for pair in pairs}
        draw = Draw(rng, Pools(only=pairs))
        names = [name for name in CONSTRUCTIONS if name not in ("no-gender", "question")]

        def one() -> tuple[SentencePair | None, Tags]:
            name = draw.pick(names)
            return _named(told(drawn(draw, name, rng)), masculine, name)

        return self._fill(size, one)

    def far(self, rng: Random, size: int) -> Iterator[Item]:
        """An agreeing word at each distance from the last word that told its gender, equally many of each."""

        def wanted(pair: SentencePair) -> Iterator[tuple[int, Agreement]]:
            for word in pair.agreements:
                yield pair.told_before(word), word

        return self._by_bin(rng, size, _FAR, range(1, _FARTHEST + 1), wanted, "distance")

    def between(self, rng: Random, size: int) -> Iterator[Item]:
        """No noun to three nouns between a word and the noun that controls it, one at least of the other gender."""

        def wanted(pair: SentencePair) -> Iterator[tuple[int, Agreement]]:
            for word in pair.agreements:
                others = [pair.nouns[index].gender != word.gender for index in word.attractors]
                if any(others) or not others:
                    yield len(others), word

        return self._by_bin(rng, size, (*_FAR, "clauses", "return"), range(_MOST + 1), wanted, "attractors")

    def switches(self, rng: Random, size: int) -> Iterator[Item]:
        """Four clauses about four people whose gender changes none to three times."""
        sampler = Sampler(rng, self.seed)

        def one(number: int) -> tuple[SentencePair | None, Tags]:
            changes = number % (_MOST + 1)
            meaning = sampler.of("clauses")
            if not isinstance(meaning, Sentence) or len(meaning.clauses) < 3:
                return None, {}
            genders = [c.subject.who.gender for c in meaning.clauses if isinstance(c, Clause)]
            counted = sum(a != b for a, b in pairwise(genders))
            return (told(meaning) if counted == changes else None), {"switches": changes}

        for number in range(size):
            yield from self._fill(1, partial(one, number))

    def returning(self, rng: Random, size: int) -> Iterator[Item]:
        """The first person comes back after a clause about somebody of the other gender."""
        sampler = Sampler(rng, self.seed)

        def one() -> tuple[SentencePair | None, Tags]:
            meaning = sampler.of("return")
            assert isinstance(meaning, Sentence)
            first, *others, _ = (c.subject.who.gender for c in meaning.clauses if isinstance(c, Clause))
            other = any(gender != first for gender in others)
            return (told(meaning) if other else None), {"gender": first}

        return self._fill(size, one)

    def no_cue(self, rng: Random, size: int) -> Iterator[Item]:
        """*I like to read.*: nothing tells the gender, and both Czech sentences are right (tag `other`)."""
        draw = Draw(rng, Pools())

        def one() -> tuple[SentencePair | None, Tags]:
            gender = draw.gender()
            subject = draw.pronoun(draw.pick(("I", "I", "you", "we")))
            subject.who.gender = gender
            said = draw.liking(None, mid=False) if draw.chance(0.5) else draw.being()
            sentence = Sentence((Clause("no-cue", subject, said),))
            pair = realise(sentence, untold=True)
            subject.who.gender = opposite(gender)
            other = realise(sentence, untold=True)
            return (pair if pair.agreements else None), {"gender": gender, "other": other.target_text}

        return self._fill(size, one)

    # --- how they are filled ---------------------------------------------------------------------------------------

    def _fill(self, count: int, one: Callable[[], tuple[SentencePair | None, Tags]]) -> Iterator[Item]:
        """`count` sentences that are not taken; fewer where `one` finds no more."""
        for _ in range(count * _PATIENCE):
            pair, tags = one()
            if pair is not None and self.take(pair):
                yield pair, tags
                count -= 1
                if not count:
                    return

    def _by_bin(
        self,
        rng: Random,
        size: int,
        names: tuple[str, ...],
        bins: range,
        wanted: Callable[[SentencePair], Iterator[tuple[int, Agreement]]],
        tag: str,
    ) -> Iterator[Item]:
        """Equally many sentences for each value that `wanted` gives a word, the rarest first."""
        sampler, filled, quota = Sampler(rng, self.seed), Counter[int](), size // len(bins)
        for _ in range(_SEARCH * size):
            # The first of `names` has the rarest values.
            pair = told(sampler.of(names[max(0, int((2 * rng.random() - 1) * len(names)))]))
            if pair is None:
                continue
            words = [(value, word) for value, word in wanted(pair) if value in bins and filled[value] < quota]
            if words and self.take(pair):
                value, word = max(words, key=lambda found: (-filled[found[0]], found[0]))
                filled[value] += 1
                yield pair, {tag: value, "position": word.position, "kind": word.kind}
            if sum(filled.values()) >= quota * len(bins):
                return


def _named(pair: SentencePair | None, lemmas: set[str], construction: str) -> tuple[SentencePair | None, Tags]:
    """`pair` with the first of `lemmas` that it says; None where it says none."""
    said = [noun.lemma for noun in pair.nouns if noun.lemma in lemmas] if pair is not None else []
    return (pair, {"construction": construction, "lemma": said[0]}) if said else (None, {})


# By the name of the file: how it is made, and how many sentences it has where the corpus is large.
WHOLE_SUITES: dict[str, tuple[Callable[[WholeSuites, Random, int], Iterator[Item]], int]] = {
    "constructions": (WholeSuites.constructions, 200 * len(CONSTRUCTIONS)),
    "held-out-nouns": (WholeSuites.held_out_nouns, 1_500),
    "held-out-combinations": (WholeSuites.held_out_combinations, 1_000),
    "masculines-in-a": (WholeSuites.masculines_in_a, 1_000),
    "far": (WholeSuites.far, 200 * _FARTHEST),
    "between": (WholeSuites.between, 500 * (_MOST + 1)),
    "switches": (WholeSuites.switches, 500 * (_MOST + 1)),
    "return": (WholeSuites.returning, 600),
    "no-cue": (WholeSuites.no_cue, 600),
}
