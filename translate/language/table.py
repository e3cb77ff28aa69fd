"""Tab-separated tables whose every error names file, line and reason."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from translate.errors import TranslateError
from translate.files import read_text

T = TypeVar("T", bound=str)

_FORBIDDEN = frozenset('"\\\r')


class Row(dict[str, str]):
    """One row of a table: column name → cell, with the place it came from."""

    def __init__(self, cells: Iterable[tuple[str, str]], path: Path, line: int) -> None:
        super().__init__(cells)
        self.path = path
        self.line = line

    def wrong(self, reason: str) -> TranslateError:
        """The error to raise when this row cannot be right."""
        return TranslateError(f"{self.path}, line {self.line}: {reason}.")

    def choice(self, column: str, allowed: Collection[T]) -> T:
        """The cell of `column`, which must be one of `allowed`."""
        for value in allowed:
            if value == self[column]:
                return value
        raise self.wrong(f'unknown {column} "{self[column]}"; known are {", ".join(sorted(allowed))}')

    def require(self, *columns: str) -> None:
        """Raise unless each of `columns` has something in it."""
        for column in columns:
            if not self[column]:
                raise self.wrong(f'the cell "{column}" is empty')


def read_table(path: Path, header: str, key: str, optional: str = "") -> Iterator[Row]:
    """The rows of the table at `path`, whose columns must be those of `header` (names with spaces between).

    Raises `TranslateError` for a wrong header or column count, an empty cell outside `optional`, two rows with
    the same cells in the columns of `key`, and characters that no word has.
    """
    columns, keys = header.split(), key.split()
    lines = read_text(path, "lexicon table").rstrip("\n").split("\n")
    if lines[0].split("\t") != columns:
        raise TranslateError(f'{path}, line 1: the header must be "{header}" (tab-separated).')
    required = [column for column in columns if column not in optional.split()]
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise TranslateError(f"{path}, line {number}: {len(cells)} columns, but {len(columns)} are needed.")
        row = Row(zip(columns, cells, strict=True), path, number)
        if any(cell != cell.strip() or "  " in cell for cell in cells):
            raise row.wrong("a cell has stray spaces")
        if not _FORBIDDEN.isdisjoint(line):
            raise row.wrong("quotation marks, backslashes and carriage returns are not allowed")
        row.require(*required)
        identity = tuple(row[column] for column in keys)
        if identity in seen:
            raise row.wrong(f'"{" / ".join(identity)}" is already on line {seen[identity]}')
        seen[identity] = number
        yield row
