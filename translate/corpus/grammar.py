"""A grammar preset (`data/grammars/NAME.toml`): which words are used and how often each construction is said."""

import difflib
import math
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from translate.corpus.constructions import CONSTRUCTIONS, VerbUse
from translate.corpus.full.sampler import CONSTRUCTIONS as CONSTRUCTIONS_OF_ALL
from translate.errors import TranslateError, UsageError
from translate.files import read_text
from translate.language.lexicon import lexicon
from translate.language.words import Adjective, Adverbial, Attractor, NounPair
from translate.resources import data

T = TypeVar("T")

# The kinds of adverbials; a predicate has at most one of each.
SLOTS = ("time", "place", "company")

_WEIGHTS = ("construction", "pronoun", "mid", "final", "clauses")
_ALLOWED = {"construction": CONSTRUCTIONS, "pronoun": ("I", "you", "third"), "clauses": ("1", "2")}
# Of `beyond`: the grammar's own sentences, and those of its words that come back to the first person.
OWN, RETURN = "lesson", "lesson-return"
SHARES = (
    *("relative", "adjective", "complement", "negative", "attractor", "unfitting"),
    *("past", "mixed_tense", "same_tense"),
    *("but", "stop", "comma_after_relative", "comma_before_and", "comma_before_but"),
    "held_out",
)


@dataclass(frozen=True, slots=True, eq=False)
class Grammar:
    """A preset whose every word has been found in the lexicon."""

    name: str
    description: str
    nouns: tuple[NounPair, ...]
    possessed: tuple[NounPair, ...]
    adjectives: tuple[Adjective, ...]
    contrary: dict[Adjective, frozenset[Adjective]]
    adverbials: tuple[Adverbial, ...]
    attractors: tuple[Attractor, ...]
    unmarried: frozenset[NounPair]
    verbs: tuple[VerbUse, ...]
    weights: dict[str, dict[str, float]]
    shares: dict[str, float]
    beyond: dict[str, float]  # what else is said, by weight (see `speaker`); empty for a grammar of its own sentences


_KEYS = [field.name for field in fields(Grammar) if field.name != "beyond"]
_EXTENSION = ("name", "description", "extends", "beyond")


def grammars() -> list[str]:
    """The names of the presets that there are."""
    return sorted(path.stem for path in data("grammars").glob("*.toml"))


def load_grammar(name: str) -> Grammar:
    """The preset `name`, or the one in the file `name` if it ends in .toml.

    Raises `UsageError` for a name that does not exist, `TranslateError` naming the key that is wrong in the file.
    """
    path = Path(name) if name.endswith(".toml") else data(f"grammars/{name}.toml")
    if not path.is_file():
        known = grammars()
        near = difflib.get_close_matches(name, known, 1)
        hint = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known)}."
        raise UsageError(f'There is no grammar "{name}"; {hint}')
    try:
        preset = tomllib.loads(read_text(path, "grammar"))
    except tomllib.TOMLDecodeError as error:
        raise TranslateError(f"{path} is not TOML: {error}.") from error
    return _extended(path, preset) if "extends" in preset else _Reader(path, preset).grammar()


def _extended(path: Path, preset: dict[str, Any]) -> Grammar:
    """A grammar that says what another does, and more."""
    reader = _Reader(path, preset)
    reader.known("top level", preset, _EXTENSION)
    for key, kind, what in (("name", str, "text"), ("description", str, "text"), ("extends", str, "text")):
        if not isinstance(preset.get(key), kind):
            raise reader.wrong(key, f"must be {what}")
    reader.preset = {"weights": {"beyond": preset.get("beyond")}}
    beyond = reader.weights("beyond")
    return replace(
        load_grammar(preset["extends"]), name=preset["name"], description=preset["description"], beyond=beyond
    )


_TYPES = (
    ("name", str, "text"),
    ("description", str, "text"),
    ("contrary", list, "a list of lists"),
    ("verbs", dict, "a section"),
    ("weights", dict, "a section"),
    ("shares", dict, "a section"),
)


class _Reader:
    """Checks a parsed preset key by key and resolves its words."""

    def __init__(self, path: Path, preset: dict[str, Any]) -> None:
        self.path = path
        self.preset = preset

    def wrong(self, key: str, reason: str) -> TranslateError:
        return TranslateError(f"{self.path}, {key}: {reason}.")

    def known(self, key: str, given: Iterable[str], allowed: Iterable[str]) -> None:
        allowed = list(allowed)
        for name in given:
            if name not in allowed:
                near = difflib.get_close_matches(name, allowed, 1)
                hint = f'; did you mean "{near[0]}"?' if near else ""
                raise self.wrong(key, f'unknown "{name}"{hint}'.rstrip("?"))

    def find(self, key: str, words: object, lookup: Callable[[str], T]) -> tuple[T, ...]:
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise self.wrong(key, "must be a list of words")
        entries: list[T] = []
        for word in words:
            try:
                entries.append(lookup(word))
            except KeyError:
                raise self.wrong(key, f'"{word}" is not in the lexicon') from None
        if len(set(entries)) != len(entries):
            raise self.wrong(key, "a word is there twice")
        return tuple(entries)

    def grammar(self) -> Grammar:
        self.known("top level", self.preset, _KEYS)
        for key in _KEYS:
            if key not in self.preset:
                raise self.wrong(key, "is missing")
        for key, kind, what in _TYPES:
            if not isinstance(self.preset[key], kind):
                raise self.wrong(key, f"must be {what}")
        book, preset = lexicon(), self.preset
        adjectives = self.find("adjectives", preset["adjectives"], book.adjectives.__getitem__)
        nouns = self.find("nouns", preset["nouns"], book.noun)
        if any(pair.section != "fixed" for pair in nouns):
            raise self.wrong("nouns", "only nouns whose English fixes the gender can be used")
        if not nouns or not adjectives:
            raise self.wrong("nouns", "a grammar needs nouns and adjectives")
        possessed = self.find("possessed", preset["possessed"], book.noun)
        if not set(possessed) <= set(nouns):
            raise self.wrong("possessed", "each of these must be one of the nouns")
        return Grammar(
            name=preset["name"],
            description=preset["description"],
            nouns=nouns,
            possessed=possessed,
            adjectives=adjectives,
            contrary=self.contrary(adjectives),
            adverbials=self.find("adverbials", preset["adverbials"], book.adverbials.__getitem__),
            attractors=self.find("attractors", preset["attractors"], book.attractors.__getitem__),
            unmarried=frozenset(self.find("unmarried", preset["unmarried"], book.noun)),
            verbs=self.verbs(),
            weights={key: self.weights(key) for key in _WEIGHTS},
            shares=self.shares(),
            beyond={},
        )

    def contrary(self, adjectives: tuple[Adjective, ...]) -> dict[Adjective, frozenset[Adjective]]:
        contrary = {adjective: {adjective} for adjective in adjectives}
        for group in self.preset["contrary"]:
            members = self.find("contrary", group, lexicon().adjectives.__getitem__)
            for member in members:
                contrary.setdefault(member, {member}).update(members)
        return {adjective: frozenset(others) for adjective, others in contrary.items()}

    def verbs(self) -> tuple[VerbUse, ...]:
        uses = []
        avoidable = {name: name for name in (*SLOTS, *lexicon().adverbials, *lexicon().attractors)}
        for name, use in self.preset["verbs"].items():
            key = f'verbs."{name}"'
            (verb,) = self.find("verbs", [name], lexicon().verbs.__getitem__)
            if not isinstance(use, dict):
                raise self.wrong(key, "must be a table, {} at least")
            self.known(key, use, ("complements", "avoid"))
            complements = self.find(key, use.get("complements", []), verb.complements.__getitem__)
            plain = verb.complements.get("")
            if plain is None and not complements:
                raise self.wrong(key, "needs complements, since it is never without one")
            avoid = self.find(key, use.get("avoid", []), avoidable.__getitem__)
            uses.append(VerbUse(verb, plain, complements, frozenset(avoid)))
        if not uses:
            raise self.wrong("verbs", "a grammar needs verbs")
        return tuple(uses)

    def weights(self, key: str) -> dict[str, float]:
        table = self.preset["weights"].get(key)
        if not isinstance(table, dict):
            raise self.wrong(f"weights.{key}", "is missing")
        if key == "beyond":
            self.known(key, table, (OWN, RETURN, *CONSTRUCTIONS_OF_ALL))
        elif key in _ALLOWED:
            self.known(f"weights.{key}", table, _ALLOWED[key])
        else:
            for name in table:
                self.known(f"weights.{key}", [] if name == "none" else name.split("-"), SLOTS)
        if not all(_is_number(w) and 0 <= w < math.inf for w in table.values()) or sum(table.values()) <= 0:
            raise self.wrong(f"weights.{key}", "weights must be numbers from 0 and not all 0")
        return {name: float(weight) for name, weight in table.items()}

    def shares(self) -> dict[str, float]:
        shares = self.preset["shares"]
        self.known("shares", shares, SHARES)
        for name in SHARES:
            if not _is_number(shares.get(name)) or not 0 <= shares[name] <= 1:
                raise self.wrong(f"shares.{name}", "must be a number from 0 to 1")
        return {name: float(share) for name, share in shares.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
