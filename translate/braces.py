"""Texts that stand in a file, with what was measured put into their braces.

They are Python's format strings with further ways to write a value: `{probe:percent}` calls the format "percent".
"""

import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files
from string import Formatter
from typing import Any, TypeVar

from translate.records import from_plain

T = TypeVar("T")


class Braces(Formatter):
    """Fills texts. formats: further ways to write a value, by the name that stands after the colon."""

    def __init__(self, formats: Mapping[str, Callable[[Any], str]]):
        self.formats = formats

    def filled(self, text: str, *values: object, **measured: object) -> str:
        """`text` with what was measured in its braces; raises `KeyError` for a name that is not there."""
        return self.vformat(text, values, measured)

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as the text wants it."""
        write = self.formats.get(format_spec)
        return format(value, format_spec) if write is None else write(value)


def read_texts(package: str, name: str, kind: type[T]) -> dict[str, T]:
    """The tables of a TOML file that lies in a package, by their names, each as a `kind`."""
    tables = tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    return {table: from_plain(values, kind) for table, values in tables.items()}
