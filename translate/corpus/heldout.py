"""Combinations of a noun pair and a verb that only the suite `test-combination` says."""

from collections.abc import Sequence

from translate.corpus.choice import stream
from translate.corpus.constructions import VerbUse
from translate.corpus.grammar import Grammar
from translate.language.meaning import Being, Clause, Liking, NounPhrase, Relative
from translate.language.words import Attractor, GenderedNoun, NounPair, Verb

# What the lesson's own sentences say is held out of nothing.
_LESSON_NOUN = "boy"
_LESSON_VERBS = ("learn", "earn")


class HeldOut:
    """Which verbs are held out for which noun: about `shares.held_out` of all combinations, drawn from `seed`."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        rng, share = stream(seed, "held-out"), grammar.shares["held_out"]
        self._bit: dict[Verb, int] = {use.verb: 1 << i for i, use in enumerate(grammar.verbs)}
        self._verbs_of: dict[GenderedNoun, int] = {attractor.noun: 0 for attractor in grammar.attractors}
        self.combinations: list[tuple[NounPair, VerbUse]] = []
        for pair in grammar.nouns:
            held = 0
            for use in grammar.verbs:
                if rng.random() < share and not _in_lesson(pair, use.verb):
                    held |= self._bit[use.verb]
                    self.combinations.append((pair, use))
            self._verbs_of[pair.m] = self._verbs_of[pair.f] = held

    def allowed(self, noun: GenderedNoun, uses: Sequence[VerbUse]) -> list[VerbUse]:
        """Those of `uses` that are not held out for `noun`; all of them if every one is."""
        held = self._verbs_of[noun]
        return [use for use in uses if not held & self._bit[use.verb]] or list(uses)

    def masks(self, clause: Clause, nouns: int = 0, verbs: int = 0) -> tuple[int, int]:
        """The verbs held out for the nouns of `clause` (attractors too), and the verbs that it says: a bit a verb.

        `nouns` and `verbs` are those of the clauses before; they are in the result.
        """
        # `spoken_of` without its list: each clause that is drawn comes here.
        held = self._verbs_of
        said = clause.predicate
        for part in (clause.subject, said.complement if type(said) is Being else said):
            liking: object = part
            if type(part) is NounPhrase:
                nouns |= held[part.noun]
                liking = part.relative
            if type(liking) is Liking:
                verbs |= self._bit[liking.verb]
                if liking.mid or liking.final:
                    for adverbial in liking.mid + liking.final:
                        if type(adverbial) is Attractor:
                            nouns |= held[adverbial.noun]
        return nouns, verbs

    def said(self, clauses: Sequence[Clause]) -> bool:
        """Whether a noun and a verb held out for it are both in `clauses`, wherever they stand."""
        nouns = verbs = 0
        for clause in clauses:
            nouns, verbs = self.masks(clause, nouns, verbs)
        return bool(nouns & verbs)


def spoken_of(clause: Clause) -> list[tuple[GenderedNoun, Liking | None]]:
    """The nouns of `clause` that control, each with what is said that it likes (twice if two things are said)."""
    subject, said = clause.subject, clause.predicate
    phrases = (subject, said.complement) if isinstance(said, Being) else (subject,)
    spoken = [(phrase.noun, _liking(phrase.relative)) for phrase in phrases if isinstance(phrase, NounPhrase)]
    if isinstance(said, Liking) and isinstance(subject, NounPhrase):
        spoken.append((subject.noun, said))
    return spoken


def _liking(relative: Relative | None) -> Liking | None:
    return relative if isinstance(relative, Liking) else None


def _in_lesson(pair: NounPair, verb: Verb) -> bool:
    return pair.m.english == (_LESSON_NOUN,) and " ".join(verb.english) in _LESSON_VERBS
