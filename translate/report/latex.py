"""The report's tables for a paper: LaTeX with the packages booktabs and graphicx."""

from collections.abc import Sequence

from translate.lab.verdicts.results import Claim, Results
from translate.report.figure import Figure
from translate.report.figures import figures
from translate.report.tables import ESTIMATE, Table, cells

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "−": r"$-$",
    "→": r"$\rightarrow$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "×": r"$\times$",
    "∂": r"$\partial$",
    "…": r"\dots{}",
    "“": "``",
    "”": "''",
    "–": "--",
    "\n": " ",
}
_HEAD = """% Made by: {command}
% Model {model}, seed {seed}. Needs \\usepackage{{booktabs}} and \\usepackage{{graphicx}}.
"""


def latex_tables(results: Results, found: dict[str, list[Figure]] | None = None) -> str:
    """One table for the claims and one for each figure, to be read into a paper with \\input.

    found: the figures, where they have been made already. A table wider than the line is shrunk to it.
    """
    about = results.about
    head = _HEAD.format(command=about.command.replace("\n", " "), model=about.model, seed=about.seed)
    parts = [table("claims", f"The claims about model {about.model} (one model).", _claims(results.claims))]
    for made in (figures(results) if found is None else found).values():
        parts += [table(figure.name, f"{figure.title(results)} {figure.counts}", figure.table) for figure in made]
    return "\n".join([head, *parts])


def _claims(claims: Sequence[Claim]) -> Table:
    rows = [
        [claim.id, claim.side, claim.verdict, *cells(claim.estimate), ", ".join(claim.failed) or "–"]
        for claim in claims
    ]
    return Table(("claim", "side", "verdict", *ESTIMATE, "failed controls"), rows)


def table(name: str, caption: str, of: Table) -> str:
    """One table as a float with a caption and the label tab:NAME."""
    columns = "l" + "r" * (len(of.columns) - 1)
    body = [" & ".join(map(escape, row)) + r" \\" for row in [of.columns, *of.rows]]
    return "\n".join(
        [
            r"\begin{table}[p]",
            r"\centering\scriptsize",
            rf"\caption{{{escape(caption)}}}",
            rf"\label{{tab:{name}}}",
            r"\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%",
            rf"\begin{{tabular}}{{{columns}}}",
            r"\toprule",
            body[0],
            r"\midrule",
            *body[1:],
            r"\bottomrule",
            r"\end{tabular}}",
            r"\end{table}",
            "",
        ]
    )


def escape(text: str) -> str:
    """Text that LaTeX prints as it stands here."""
    return "".join(_ESCAPES.get(letter, letter) for letter in text)
