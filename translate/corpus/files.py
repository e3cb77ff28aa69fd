"""The files of a corpus folder: TSV, annotated JSONL, `corpus.json` and a data card."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.files import atomic, read_text, write_atomic


def load_pairs(path: Path | str) -> list[SentencePair]:
    """The pairs of a JSONL file; tags are left aside. Raises `TranslateError` naming the line that is wrong."""
    return [pair for pair, _ in _read(Path(path))]


def load_suite(folder: Path | str, name: str) -> list[tuple[SentencePair, dict]]:
    """The pairs of the suite or split `name` in a corpus folder, each with its tags ({} if it has none)."""
    folder = Path(folder)
    path = folder / f"{name}.jsonl"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.jsonl"))) or "none"
        raise TranslateError(f'The corpus {folder} has no suite "{name}"; it has: {known}.')
    return list(_read(path))


def _read(path: Path) -> Iterator[tuple[SentencePair, dict]]:
    for number, line in enumerate(read_text(path, "corpus file").splitlines(), 1):
        if line.strip():
            try:
                found = json.loads(line)
                tags = found.get("tags", {})
                if not isinstance(tags, dict):
                    raise ValueError("the tags must be an object")
                yield SentencePair.from_json(found), tags
            except (ValueError, AttributeError) as error:
                raise TranslateError(f"{path}, line {number}: {error}.") from error


@contextmanager
def split_files(folder: Path, name: str) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The open `NAME.tsv` and `NAME.jsonl` (lines as UTF-8); they appear in `folder` only when all of them has been written."""
    with ExitStack() as stack:
        paths = [stack.enter_context(atomic(folder / f"{name}.{ending}")) for ending in ("tsv", "jsonl")]
        # Closed before `atomic` moves them into place: the stack unwinds in reverse.
        yield tuple(stack.enter_context(open(p, "wb")) for p in paths)


def write_suite(folder: Path, name: str, items: Iterable[tuple[SentencePair, dict]]) -> int:
    """Write both files of the suite `name`; how many pairs it has."""
    count = 0
    with split_files(folder, name) as (text, data):
        for pair, tags in items:
            text.write(tsv_line(pair).encode())
            data.write(f"{pair.to_json(tags)}\n".encode())
            count += 1
    return count


def tsv_line(pair: SentencePair) -> str:
    """Source and target text, tab-separated, with the line end."""
    return f"{pair.source_text}\t{pair.target_text}\n"


def finish(folder: Path, description: dict) -> None:
    """Write `corpus.json` (with a SHA-256 of each file) and the data card `README.md`."""
    files = sorted(p for p in folder.iterdir() if p.suffix in (".tsv", ".jsonl") and p.stem in description["counts"])
    hashes = {path.name: _sha256(path) for path in files}
    write_atomic(
        folder / "corpus.json",
        json.dumps(description | {"sha256": hashes}, ensure_ascii=False, indent=2) + "\n",
    )
    write_atomic(folder / "README.md", _card(description))


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_ABOUT = {
    "train": "for training; up to two clauses",
    "dev": "for choosing when to stop",
    "test": "drawn like train; no sentence in common",
    "test-combination": "nouns with verbs that are never said together anywhere else",
    "test-longer": "three clauses",
    "boy-girl": "neighbouring lines differ in nothing but the gender of one person (tags pair, gender, lemma)",
    "switch": "the same two clauses with m>m, m>f, f>m and f>f (tags item, switch, y1, y2, attractor)",
    "distance": "an agreeing word at each distance from its noun, equally many (tags distance, position, kind)",
    "attractor": "0 to 2 other nouns between noun and predicate (tags attractors, same, other, gender, position)",
    "lesson": "the lesson's own sentences in their right form (tags verb, gender, stop)",
}


def _card(description: dict) -> str:
    rows = "\n".join(f"| {name} | {count:,} | {_ABOUT[name]} |" for name, count in description["counts"].items())
    return f"""# Corpus "{description["grammar"]}"

{description["description"]}

English sentences with their Czech, made by rule from the project's own lexicon and grammar; nobody's text is in it.
Made with:

    translate corpus --grammar {description["grammar"]} --pairs {description["pairs"]} --seed {description["seed"]} --out DIR

The same command gives the same bytes on any machine.

| file | pairs | what it is |
|---|---|---|
{rows}

`NAME.tsv` has a pair a line, English and Czech separated by a tab. `NAME.jsonl` has the same pairs as tokens, with the
nouns that fix a gender and, for each Czech word that agrees, the noun that controls it (`controller`, an index into
`nouns`), the `distance` in tokens, the `direction`, the nouns between (`attractors`) and the form in the other gender
(`other`). Source sentences that differ only in punctuation or case count as one, and no two files share one.
"""
