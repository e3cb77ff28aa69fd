"""Tab-separated tables whose every error names file, line and reason."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from translate.errors import TranslateError
from translate.files import read_text

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

    def choice(self, column: str, allowed: Iterable[str]) -> str:
        """The cell of `column`, which must be one of `allowed`."""
        value = self[column]
        if value not in allowed:
            raise self.wrong(f'unknown {column} "{value}"; known are {", ".join(sorted(allowed))}')
        return value

    def require(self, *columns: str) -> None:
        """Raise unless each of `columns` has something in it."""
        for column in columns:
            if not self[column]:
                raise self.wrong(f'the cell "{column}" is empty')


def read_table(
    path: Path, columns: tuple[str, ...], key: tuple[str, ...], optional: tuple[str, ...] = ()
) -> Iterator[Row]:
    """The rows of the table at `path`, whose header must be exactly `columns`.

    Raises `TranslateError` for a wrong header or column count, an empty cell outside `optional`, two rows with
    the same `key`, and characters that no word has.
    """
    lines = read_text(path, "lexicon table").rstrip("\n").split("\n")
    if tuple(lines[0].split("\t")) != columns:
        raise TranslateError(f'{path}, line 1: the header must be "{" ".join(columns)}" (tab-separated).')
    required = [column for column in columns if column not in optional]
    seen: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise TranslateError(f"{path}, line {number}: {len(cells)} columns, but {len(columns)} are needed.")
        row = Row(zip(columns, cells, strict=True), path, number)
        if any(cell != cell.strip() or "  " in cell for cell in cells):
            raise row.wrong("a cell has stray spaces")
        if _FORBIDDEN.intersection(*[line]):
            raise row.wrong("quotation marks, backslashes and carriage returns are not allowed")
        row.require(*required)
        identity = tuple(row[column] for column in key)
        if identity in seen:
            raise row.wrong(f'"{" / ".join(identity)}" is already on line {seen[identity]}')
        seen[identity] = number
        yield row
