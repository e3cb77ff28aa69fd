"""What a figure of the report is: a picture, and all that must stand around it."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from translate.lab.verdicts.results import Claim, Results
from translate.records import plain
from translate.report.tables import Table

FORMAT = "translate-figure 1"


@dataclass(frozen=True)
class Figure:
    """One figure; from it come its part of the page, the files beside the page and its LaTeX table.

    name: of its files and its place in the page. claims: names of the claims that it shows; the first one's statement
    is the title. own_title: the title where the results have none of these claims. how: how to read it. counts: what
    was counted, and the intervals. data: the part of the results that is drawn. table: the same to read. draw: makes
    the matplotlib figure. remark: what it does not show. refuted_by: what would refute it where no claim says so.
    control: name of the figure that shows its control. bears_on: names of claims that have a figure of their own and
    that this one supports or weakens.
    """

    name: str
    own_title: str
    how: str
    counts: str
    data: object
    table: Table
    draw: Callable
    claims: tuple[str, ...] = ()
    remark: str = ""
    refuted_by: str = ""
    control: str = ""
    bears_on: tuple[str, ...] = ()

    def shown(self, results: Results) -> list[Claim]:
        """Those of its claims that the results have."""
        return [claim for name in self.claims for claim in results.claims if claim.name == name]

    def title(self, results: Results) -> str:
        """The claim that it is about."""
        return next((claim.statement for claim in self.shown(results)), self.own_title)

    def refutations(self, results: Results) -> list[str]:
        """What would refute it, a sentence each."""
        return [claim.refuted_by for claim in self.shown(results)] or [self.refuted_by]

    def to_json(self, results: Results, question: str) -> str:
        """The figure's data and all that stands around it; the same figure gives the same bytes."""
        about = results.about
        found = {
            "format": FORMAT,
            "name": self.name,
            "question": question,
            "title": self.title(results),
            "claims": [claim.record() for claim in self.shown(results)],
            "bears_on": list(self.bears_on),
            "how_to_read": self.how,
            "counts": self.counts,
            "remark": self.remark,
            "refuted_by": self.refutations(results),
            "control": f"{self.control}.json" if self.control else None,
            "model": about.model,
            "seed": about.seed,
            "command": about.command,
            "table": {"columns": list(self.table.columns), "rows": [list(row) for row in self.table.rows]},
            "data": plain(self.data),
        }
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
