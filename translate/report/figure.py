"""What a figure of the report is: a picture, and all that must stand around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any, Protocol

from translate.braces import read_texts
from translate.lab.experiments.setup import Provenance
from translate.lab.verdicts.claim import Claim, to_record
from translate.records import plain, to_json
from translate.report.names import filled
from translate.report.picture.style import Drawn
from translate.report.tables import Table

FORMAT = "translate-figure 2"


class Reported(Protocol):
    """What figures are made of: the results of a report, or the findings of a contrast."""

    @property
    def about(self) -> Provenance: ...
    @property
    def claims(self) -> tuple[Claim, ...]: ...


@dataclass(frozen=True)
class Text:
    """What stands around a figure in words, with what was measured in braces: see `figures/texts.toml`."""

    title: str
    how: str
    counts: str
    remark: str = ""
    refuted_by: str = ""
    claims: tuple[str, ...] = ()
    control: str = ""
    bears_on: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One figure; from it come its part of the page, the files beside the page and its LaTeX table.

    name: of its files and its place in the page. text: what stands around it. data: the part of the results that is
    drawn. table: the same to read. drawing: makes the matplotlib figure of the data.
    """

    name: str
    text: Text
    data: object
    table: Table
    drawing: Callable[[Any], Drawn]

    def draw(self) -> Drawn:
        """The matplotlib figure, made anew."""
        return self.drawing(self.data)

    def shown(self, results: Reported) -> list[Claim]:
        """Those of its claims that the results have."""
        return [claim for name in self.text.claims for claim in results.claims if claim.name == name]

    def title(self, results: Reported) -> str:
        """The statement of the first claim that it shows, or its own title."""
        return next((claim.statement for claim in self.shown(results)), self.text.title)

    def refutations(self, results: Reported) -> list[str]:
        """What would refute it, a sentence each."""
        return [claim.refuted_by for claim in self.shown(results)] or [self.text.refuted_by]

    def to_json(self, results: Reported, question: str) -> str:
        """The figure's data and all that stands around it; the same figure gives the same bytes."""
        about, text = results.about, self.text
        return to_json(
            {
                "format": FORMAT,
                "name": self.name,
                "question": question,
                "title": self.title(results),
                "claims": [to_record(plain(claim)) for claim in self.shown(results)],
                "bears_on": text.bears_on,
                "how_to_read": text.how,
                "counts": text.counts,
                "remark": text.remark,
                "refuted_by": self.refutations(results),
                "control": f"{text.control}.json" if text.control else None,
                "model": about.model,
                "seed": about.seed,
                "command": about.command,
                "table": self.table,
                "data": self.data,
            }
        )


def make(name: str, data: object, table: Table, drawing: Callable[[Any], Drawn], **measured: object) -> Figure:
    """The figure of this name; measured: what is put into the braces of its text."""
    return with_text(texts()[name], name, data, table, drawing, measured)


def with_text(
    text: Text, name: str, data: object, table: Table, drawing: Callable[[Any], Drawn], measured: Mapping[str, object]
) -> Figure:
    """The figure with this text around it."""
    words = {part.name: getattr(text, part.name) for part in fields(text)}
    changes: dict[str, Any] = {
        part: filled(value, **measured) for part, value in words.items() if isinstance(value, str)
    }
    return Figure(name, replace(text, **changes), data, table, drawing)


@cache
def texts() -> dict[str, Text]:
    """The text of each figure by its name, before anything was measured."""
    return read_texts("translate.report.figures", "texts.toml", Text)
