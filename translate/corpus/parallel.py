"""A user's own parallel text: a two-column NAME.tsv, or two files NAME.en and NAME.cs with one sentence a line.

Each may be packed with gzip; `-`, a pipe or a FIFO is a table. What cannot be learnt from is left out, and said.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from translate.corpus.own.header import is_header
from translate.corpus.own.held_back import key
from translate.errors import TranslateError
from translate.files import read_text
from translate.processes import Stage, nobody
from translate.text import normal

_NAMED = 5  # line numbers in a message
_QUOTED = re.compile(r'"(?:[^"]|"")*""(?:[^"]|"")*"')  # a cell as spreadsheets write one with quotation marks
_ENDINGS = ("", ".gz")


@dataclass(frozen=True)
class Parallel:
    """Parallel text as it was read.

    Attributes:
        name: of the file, for messages.
        pairs: source and target of each line that can be used.
        lines: how many lines the file has that are not blank.
        left_out: the numbers of the lines that cannot, by what is wrong with them ("an empty target").
        header: the number and the text of a first line that names the columns; it is left out.
        copies: the numbers of the lines whose target is their source, which are among the pairs (or left out).
        numbers: the line of each pair.
        quoted: how many lines are written in quotation marks as spreadsheets do it.
    """

    name: str
    pairs: list[tuple[str, str]]
    lines: int
    left_out: dict[str, list[int]]
    header: tuple[int, str] | None = None
    copies: tuple[int, ...] = ()
    numbers: array = field(default_factory=lambda: array("i"), repr=False)
    quoted: int = 0

    def remarks(self, way_out: str = "") -> list[str]:
        """What a user should know before a model is trained on it or held against it: a sentence each.

        way_out: what can be done about targets that are copies.
        """
        said = []
        if self.header:
            said.append(f"line {self.header[0]} is a header ({self.header[1]}) and is left out.")
        if self.left_out:
            count = sum(map(len, self.left_out.values()))
            said.append(f"{count:,} of {self.lines:,} lines left out: {self.reasons()}.")
        if self.copies and _COPY not in self.left_out:
            copied = f"{_counted(self.copies)} of {self.lines:,} lines"
            said.append(f"the target is a copy of the source in {copied}{way_out}.")
        if self.quoted:
            said.append(
                f"{self.quoted:,} of {self.lines:,} lines stand in quotation marks, as spreadsheets write them, and "
                "are read with these; write it without quoting."
            )
        return [f"{self.name}: {sentence}" for sentence in said]

    def reasons(self) -> str:
        """The lines that were left out, in words: "2 with an empty target (lines 3, 9), 1 with 3 columns (line 4)"."""
        return ", ".join(f"{_counted(numbers)} with {what}" for what, numbers in self.left_out.items())

    def lines_of(self, pairs: Iterable[tuple[str, str]]) -> str:
        """How many lines have one of these pairs, and the first of them: "2 (lines 4, 9)"."""
        wanted = set(pairs)
        return _counted([number for number, pair in zip(self.numbers, self.pairs, strict=True) if pair in wanted])

    def facts(self) -> dict[str, str]:
        """What a model's card should say of it."""
        facts = {"data": f"`{self.name}`, {len(self.pairs):,} pairs"}
        header = f"a header (line {self.header[0]})" if self.header else ""
        if header or self.left_out:
            facts["left out of it"] = ", ".join(filter(None, (header, self.reasons())))
        if self.copies and _COPY not in self.left_out:
            facts["targets that are copies of their source"] = f"{len(self.copies):,}"
        return facts


def read_parallel(path: Path | str) -> list[tuple[str, str]]:
    """The pairs of a text that is as it should be; raises `TranslateError` naming file and line where it is not."""
    return open_parallel(path, strict=True).pairs


def open_parallel(path: Path | str, strict: bool = False, skip_copies: bool = False, stage: Stage = nobody) -> Parallel:
    """The parallel text `path`: a TSV file, `-` or a pipe, or the stem NAME of NAME.en and NAME.cs, or of NAME.tsv.

    Args:
        strict: do not leave lines out, but raise for the first of them. Blank lines are none.
        skip_copies: leave out the lines whose target is their source as well.
        stage: told how far the reading is.

    Raises:
        TranslateError: what is there is not UTF-8, two files have different lengths, there is no pair that can be
            used, or `strict` finds a line that cannot be.

    How long a line may be is not known here: that is counted in a model's pieces (`tokenizer.LONGEST`).
    """
    path = Path(path)
    if path.exists() and path.name.removesuffix(".gz").endswith((".en", ".cs")):
        path = path.parent / path.name.removesuffix(".gz")[:-3]
    sides = [_existing(path.parent / f"{path.name}.{side}") for side in ("en", "cs")]
    table = path if str(path) == "-" else _existing(path) or _existing(path.parent / f"{path.name}.tsv")
    if table != path and sides[0] and sides[1]:
        rows, name = _of_two(sides[0], sides[1]), f"{sides[0]} / {sides[1].name}"
    elif table:
        rows, name = _of_table(table), "standard input" if str(table) == "-" else str(table)
    else:
        names = f"{path.name}.en and {path.name}.cs"
        if path.is_dir():
            raise TranslateError(f"{path} is a folder, not parallel text; give a file in it.")
        if there := sides[0] or sides[1]:
            missing = path.parent / f"{path.name}.{'cs' if sides[0] else 'en'}"
            raise TranslateError(f"There is {there}, but no {missing}; one has the sentences, one their translations.")
        raise TranslateError(f"There is no parallel text {path}: neither that TSV file nor {names}.")
    return _sorted_out(rows, name, strict, skip_copies, stage)


_COPY = "a target that is a copy of the source"


def _sorted_out(
    rows: Iterator[tuple[int, int, list[str]]], name: str, strict: bool, skip_copies: bool, stage: Stage
) -> Parallel:
    pairs: list[tuple[str, str]] = []
    numbers, left_out, quoted = array("i"), dict[str, list[int]](), 0
    copies: list[int] = []
    header, lines = None, 0
    for number, of, cells in rows:
        lines += 1
        if not lines % 1000:
            stage(f"reading {name}", number, of)
        if lines == 1 and len(cells) > 1 and is_header((cells[0], cells[1])):
            if strict:
                raise TranslateError(f"{name}, line {number}: this is a header; it is left out without `strict`.")
            header = number, ", ".join(map(str.strip, cells[:2]))
            continue
        problem = _problem(cells)
        if problem and strict:
            raise TranslateError(f"{name}, line {number}: {_STRICTLY.get(problem) or _of_columns(problem)}.")
        if not problem and _copied(*cells):
            copies.append(number)
            problem = _COPY if skip_copies else ""
        if problem:
            left_out.setdefault(problem, []).append(number)
        else:
            pairs.append((cells[0].strip(), cells[1].strip()))
            numbers.append(number)
            quoted += any(cell[:1] == '"' and _QUOTED.fullmatch(cell) for cell in cells)
    text = Parallel(name, pairs, lines, left_out, header, tuple(copies), numbers, quoted)
    if not pairs:
        why = f" that can be used: {text.reasons()}; a line is source, one tab, target" if left_out else ""
        raise TranslateError(f"The parallel text {name} has no pairs{why}.")
    return text


_STRICTLY = {
    "an empty source": "the source is empty",
    "an empty target": "the target is empty",
}


def _problem(cells: list[str]) -> str:
    if len(cells) != 2:
        return "1 column" if len(cells) == 1 else f"{len(cells)} columns"
    for text, side in zip(cells, ("source", "target"), strict=True):
        if not text.strip() or (not text[:1].isalnum() and not normal(text)):
            return f"an empty {side}"
    return ""


def _of_columns(problem: str) -> str:
    return f"{problem}, but source and target need 2, with one tab between"


def _copied(source: str, target: str) -> bool:
    """Whether the target is the source but for case, bytes and punctuation; a number may be."""
    first = source.lstrip()[:1].lower(), target.lstrip()[:1].lower()
    if first[0] != first[1] and "".join(first).isalpha() and "".join(first).isascii():
        return False  # most pairs, at once
    return any(map(str.isalpha, source)) and key(source) == key(target)


def _counted(numbers: Sequence[int]) -> str:
    """How many lines, and the first of them: "3 (lines 4, 7, 9)"."""
    named = ", ".join(f"{number:,}" for number in numbers[:_NAMED]) + (", …" if len(numbers) > _NAMED else "")
    return f"{len(numbers):,} (line{'s' if len(numbers) > 1 else ''} {named})"


def _existing(path: Path) -> Path | None:
    """The file or pipe of this name, or packed; not a folder."""
    found = (path.parent / f"{path.name}{ending}" for ending in _ENDINGS)
    return next((each for each in found if each.exists() and not each.is_dir()), None)


def _of_table(path: Path) -> Iterator[tuple[int, int, list[str]]]:
    """Number, of how many, and cells of each line that is not blank."""
    lines = _lines(path)
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield number, len(lines), line.split("\t")


def _of_two(source: Path, target: Path) -> Iterator[tuple[int, int, list[str]]]:
    sources, targets = _lines(source), _lines(target)
    if len(sources) != len(targets):
        raise TranslateError(f"{source} has {len(sources)} lines and {target} {len(targets)}; they must go together.")
    for number, cells in enumerate(zip(sources, targets, strict=True), 1):
        if any(map(str.strip, cells)):
            yield number, len(sources), list(cells)


def _lines(path: Path) -> list[str]:
    # Not splitlines(): that also breaks at characters that may stand inside a sentence (U+2028, form feed).
    text = read_text(path, "parallel text").replace("\r\n", "\n").replace("\r", "\n")
    return text[:-1].split("\n") if text.endswith("\n") else text.split("\n") if text else []
