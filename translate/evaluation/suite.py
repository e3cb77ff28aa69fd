"""What a model is evaluated on: sentences with their references, annotated or not."""

import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from translate.corpus.pair import SentencePair, Tags
from translate.errors import TranslateError, UsageError
from translate.text import listed, normal
from translate.tokenizer import LONGEST, Tokenizer


class _Corpus(TypedDict):
    grammar: str
    pairs: int
    seed: int


# The frozen evaluation corpus. From this many training pairs on, test and suites have their full size and depend on
# the seed alone; a model that is to be judged by them is trained on a corpus of the same grammar and seed, whose
# training part shares no sentence with them.
FROZEN: _Corpus = {"grammar": "lesson", "pairs": 10_000, "seed": 0}


@dataclass(frozen=True)
class Suite:
    """Sentences and their references.

    Attributes:
        name: by which results name it.
        sources, references: texts as people write them, one reference each; made `normal`, as translations are.
        pairs: the same sentences annotated, None if nothing is known about their agreement.
        tags: what the suite varied in each of them, None if nothing is known.
        lines: of parallel text, the line of each.
    """

    name: str
    sources: tuple[str, ...]
    references: tuple[str, ...]
    pairs: tuple[SentencePair, ...] | None = None
    tags: tuple[Tags, ...] | None = None
    lines: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        for side in ("sources", "references"):
            object.__setattr__(self, side, tuple(map(normal, listed(getattr(self, side)))))

    @classmethod
    def of(cls, name: str, pairs: Iterable[SentencePair], tags: Iterable[Tags] = ()) -> "Suite":
        """The suite of annotated `pairs`, and of the tags of each where they are known."""
        pairs, tags = tuple(pairs), tuple(tags)
        sources, references = (
            tuple(texts) for texts in ([p.source_text for p in pairs], [p.target_text for p in pairs])
        )
        return cls(name, sources, references, pairs, tags or None)

    def readable(self, tokenizer: Tokenizer) -> "tuple[Suite, str]":
        """What of parallel text a model can read, and in words what not: sentences of more than `LONGEST` pieces."""
        if self.lines is None:
            return self, ""
        long = [4 * len(source) >= LONGEST and len(tokenizer.encode(source)) > LONGEST for source in self.sources]
        if not any(long):
            return self, ""
        kept = [row for row, is_long in enumerate(long) if not is_long]
        numbers = [f"{line:,}" for line, is_long in zip(self.lines, long, strict=True) if is_long]
        what = f"{LONGEST:,} {'words' if tokenizer.kind == 'word' else f'{tokenizer.kind} pieces'}"
        many = ", ".join(numbers[:5]) + (", …" if len(numbers) > 5 else "")
        why = f"{len(numbers):,} (line{'s' if len(numbers) > 1 else ''} {many}) with more than {what}"
        if not kept:
            raise TranslateError(f"{self.name} has no sentence that can be read: {why}.")
        sources, references = (tuple(texts[row] for row in kept) for texts in (self.sources, self.references))
        return Suite(self.name, sources, references, lines=tuple(self.lines[row] for row in kept)), why


def open_suite(path: Path | str, strict: bool = False, report: Callable[[str], None] = lambda said: None) -> Suite:
    """Read annotated pairs (`.jsonl`), or parallel text (a two-column TSV, or the stem of NAME.en and NAME.cs).

    `report` is told which lines of parallel text are left out; with `strict` none is. Raises `TranslateError` if the
    file cannot be read, a line of it is wrong, or there is none.
    """
    from translate.corpus.files import read_pairs
    from translate.corpus.parallel import open_parallel

    path = Path(path)
    if path.suffix == ".jsonl":
        items = list(read_pairs(path))
        suite = Suite.of(path.stem, (pair for pair, _ in items), (tags for _, tags in items))
    else:
        text = open_parallel(path, strict)
        for said in text.remarks():
            report(said)
        sources, references = zip(*text.pairs, strict=True)
        name = re.sub(r"(\.tsv|\.en|\.cs)?(\.gz)?$", "", path.name)
        suite = Suite(name, sources, references, lines=tuple(text.numbers))
    if not suite.sources:
        raise TranslateError(f"{path} has no sentences; there is nothing to evaluate.")
    return suite


def suites_of(corpus: Path | str, names: Iterable[str] = ()) -> list[Suite]:
    """The suites `names` of a corpus folder; by default the test split and every suite, not train and dev.

    Raises `UsageError` naming what there is if a suite is missing or `corpus` is no corpus folder.
    """
    from translate.corpus.files import no_corpus

    corpus, names = Path(corpus), list(names)
    available = sorted(path.stem for path in corpus.glob("*.jsonl"))
    if not available:
        raise no_corpus(corpus)
    _check(names, available, str(corpus))
    tests = sorted(set(available) - {"train", "dev"}, key=lambda name: (name != "test", name))
    return [open_suite(corpus / f"{name}.jsonl") for name in names or tests]


def frozen_suites(names: Iterable[str] = (), report: Callable[[str], None] = lambda stage: None) -> list[Suite]:
    """The suites `names` of the frozen evaluation corpus (see `suites_of`), generated on the spot.

    `report` is told before the work begins, which takes some seconds.
    """
    from translate.corpus.splits import build
    from translate.corpus.suites.all import SUITES

    names = list(names)
    _check(names, ["train", "dev", "test", *SUITES], "The frozen evaluation corpus")
    report("making the frozen evaluation corpus …")
    with tempfile.TemporaryDirectory() as folder:
        build(**FROZEN, out=folder)
        return suites_of(folder, names)


def _check(names: list[str], available: list[str], where: str) -> None:
    for name in names:
        if name not in available:
            raise UsageError(f"{where} has no suite '{name}'; there are {', '.join(available)}.")
