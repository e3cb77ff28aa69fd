"""The files of a corpus folder: TSV, annotated JSONL, `corpus.json` and a data card."""

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import Any, BinaryIO

from msgspec import json

from translate.corpus.pair import SentencePair, Tags, read_line
from translate.errors import TranslateError, UsageError
from translate.files import atomic, read_text, write_atomic

_SYNC = 10_000_000  # bytes


def no_corpus(folder: Path) -> UsageError:
    """What to say of a folder that is no corpus: how to make one, in its place if that is free."""
    out = "FOLDER" if folder.exists() else quote(str(folder))
    return UsageError(f"{folder} is no corpus folder; make one with `translate corpus --out {out}`.")


def load_pairs(path: Path | str) -> list[SentencePair]:
    """The pairs of a JSONL file; tags are left aside. Raises `TranslateError` naming the line that is wrong."""
    return [pair for pair, _ in read_pairs(Path(path))]


def load_suite(folder: Path | str, name: str) -> list[tuple[SentencePair, Tags]]:
    """The pairs of the suite or split `name` in a corpus folder, each with its tags ({} if it has none)."""
    folder = Path(folder)
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.jsonl"))) or "none"
        raise TranslateError(f'The corpus {folder} has no suite "{name}"; it has: {known}.')
    return list(read_pairs(path))


def read_pairs(path: Path) -> Iterator[tuple[SentencePair, Tags]]:
    """The pairs of a JSONL file one after the other, each with its tags ({} if it has none); raises as `load_pairs`."""
    for number, line in enumerate(read_text(path, "corpus file").split("\n"), 1):  # U+2028 may stand in a sentence
        if line.strip():
            try:
                yield read_line(line)
            except ValueError as error:
                raise TranslateError(f"{path}, line {number}: {error}.") from error


class CorpusFiles:
    """Writes the files of the corpus in `folder`, which is a corpus again only when `finish` has been called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._sha256: dict[str, str] = {}  # by file name
        (folder / "corpus.json").unlink(missing_ok=True)

    @contextmanager
    def split(self, name: str) -> Iterator[tuple["_Hashed", "_Hashed"]]:
        """The open `NAME.tsv` and `NAME.jsonl` (lines as UTF-8); they appear only when all of them has been written."""
        with self._file(f"{name}.tsv") as text, self._file(f"{name}.jsonl") as data:
            yield text, data

    @contextmanager
    def _file(self, name: str) -> Iterator["_Hashed"]:
        with atomic(self.folder / name) as path:
            with open(path, "wb") as file:
                hashed = _Hashed(file)
                yield hashed
            self._sha256[name] = hashed.sha256.hexdigest()

    def suite(self, name: str, items: Iterable[tuple[SentencePair, Tags | None]]) -> int:
        """Write both files of the suite `name`, whose pairs may have tags; how many they are."""
        count = 0
        with self.split(name) as (text, data):
            for pair, tags in items:
                text.write(tsv_line(pair).encode())
                data.write(pair.to_json(tags) + b"\n")
                count += 1
        return count

    def finish(self, description: dict[str, Any], card: str) -> None:
        """Write `corpus.json` (`description`, with a SHA-256 of each file) and `README.md` (the data `card`)."""
        description = description | {"sha256": dict(sorted(self._sha256.items()))}
        write_atomic(self.folder / "corpus.json", json.format(json.encode(description), indent=2) + b"\n")
        write_atomic(self.folder / "README.md", card)


class _Hashed:
    """A file that is hashed and goes to the disk while it is written, so that nothing takes long at its end."""

    def __init__(self, file: BinaryIO) -> None:
        self.sha256 = hashlib.sha256()
        self._file, self._waiting = file, 0

    def write(self, content: bytes) -> None:
        """Write `content`."""
        self._file.write(content)
        self.sha256.update(content)
        self._waiting += len(content)
        if self._waiting > _SYNC:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._waiting = 0


def tsv_line(pair: SentencePair) -> str:
    """Source and target text, tab-separated, with the line end."""
    return f"{pair.source_text}\t{pair.target_text}\n"


_ABOUT = {
    "train": "for training; up to two clauses",
    "dev": "for choosing when to stop",
    "test": "drawn like train; no sentence in common",
    "test-combination": "nouns with verbs that are never said together anywhere else",
    "test-longer": "three clauses",
    "boy-girl": "neighbouring lines differ in nothing but the gender of one person (tags pair, gender, lemma)",
    "switch": "the same two clauses with m>m, m>f, f>m and f>f (tags item, switch, y1, y2, attractor)",
    "distance": "an agreeing word at each distance from its noun, equally many (tags distance, position, kind)",
    "distance-longer": "the predicate farther from its noun than in any training sentence "
    "(tags distance, position, kind)",
    "attractor": "0 to 2 other nouns between noun and predicate (tags attractors, same, other, gender, position)",
    "constructions": "each construction of the whole grammar equally often (tag construction)",
    "held-out-nouns": "nouns that training says in the simplest constructions alone, in all the others (tag lemma)",
    "held-out-combinations": "nouns with verbs that are never in one sentence of training (tags noun, verb)",
    "masculines-in-a": "masculine nouns that look feminine: hrdina, kolega (tag lemma)",
    "far": "an agreeing word 1 to 25 tokens after the last that told its gender (tags distance, position, kind)",
    "between": "0 to 3 nouns between a word and its noun, one of the other gender (tags attractors, position, kind)",
    "switches": "clauses about people whose gender changes 0 to 3 times (tag switches)",
    "return": "the first person again after somebody of the other gender (tag gender)",
    "no-cue": "no word of the English tells the gender: both Czech sentences are right (tags gender, other)",
    "lesson": "the lesson's own sentences in their right form (tags verb, gender, stop)",
}

_NEUTRAL = """
This is its neutral twin, in a Czech without agreement: every word that agrees has its masculine form, \
whatever its noun.
The nouns keep their gender, and the annotation says which words would agree, and with what.
"""


def card(description: dict[str, Any], neutral: bool = False) -> str:
    """The data card of the corpus with this description, or of its neutral twin."""
    rows = "\n".join(f"| {name} | {count:,} | {_ABOUT[name]} |" for name, count in description["counts"].items())
    made_with = f"--grammar {description['grammar']} --pairs {description['pairs']} --seed {description['seed']}"
    return f"""# Corpus "{description["grammar"]}"

{description["description"]}
{_NEUTRAL if neutral else ""}
English sentences with their Czech, made by rule from the project's own lexicon and grammar; nobody's text is in it.
Made with:

    translate corpus {made_with}{" --neutral" if neutral else ""} --out DIR

The same command gives the same bytes on any machine.

| file | pairs | what it is |
|---|---|---|
{rows}

`NAME.tsv` has a pair a line, English and Czech separated by a tab. `NAME.jsonl` has the same pairs as tokens, with the
nouns that fix a gender and, for each Czech word that agrees, the noun that controls it (`controller`, an index into
`nouns`), the `distance` in tokens, the `direction`, the nouns between (`attractors`) and the form in the other gender
(`other`). Source sentences that differ only in punctuation or case count as one, and no two files share one.
"""
