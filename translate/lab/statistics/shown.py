"""How a result shows itself in a notebook: a table of its numbers with their intervals."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from translate.lab.statistics.estimate import Course, Estimate
from translate.lab.tracing.html import table
from translate.numerals import number

_LARGE = 20
"""From so many parts on, no part of a list is shown by itself."""


class Shown:
    """What the frozen results of experiments are: a notebook shows them as a table of their numbers."""

    def _repr_html_(self) -> str:
        return table(f"<b>{type(self).__name__}</b>", ("", "value", "95 % interval", "n"), rows(self))


def rows(value: object, name: str = "") -> Iterator[tuple[str, ...]]:
    """The numbers in a result, by where they stand in it; what is long is only counted."""
    match value:
        case Estimate():
            text, _, interval = value.text().removesuffix(")").partition(" (")
            yield (name, text, interval, f"{value.n:,} {value.unit}") if value.n else (name, "–", "", "")
        case Course():
            known = [each for each in value.value if each == each]
            spread = f"{number(min(known))} to {number(max(known))}" if known else "–"
            yield name, spread, f"at {value.at[0]:+d} to {value.at[-1]:+d}", f"{max(value.n):,}"
        case _ if is_dataclass(value):
            for field in fields(value):
                yield from rows(getattr(value, field.name), f"{name}.{field.name}".lstrip("."))
        case Mapping():
            for key, part in value.items():
                yield from rows(part, f"{name}: {key}")
        case list() | tuple() if value and is_dataclass(value[0]) and len(value) < _LARGE:
            for place, part in enumerate(value):
                yield from rows(part, f"{name}[{place}]")
        case None | "":
            pass
        case str() | int() | float():
            yield name, number(value, 3) if isinstance(value, float) else str(value), "", ""
        case _:
            yield name, f"{len(value)} values" if hasattr(value, "__len__") else repr(value), "", ""
