"""The report's tables for a paper: LaTeX with the packages booktabs and graphicx."""

from collections.abc import Mapping, Sequence

from translate.lab.verdicts.claim import Claim
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure
from translate.report.figures import figures
from translate.report.tables import ESTIMATE, Table, cells

_ESCAPED = {letter: f"\\{letter}" for letter in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
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
_TABLE = r"""\begin{table}[p]
\centering\scriptsize
\caption{%(caption)s}
\label{tab:%(name)s}
\resizebox{\ifdim\width>\linewidth\linewidth\else\width\fi}{!}{%%
\begin{tabular}{%(columns)s}
\toprule
%(head)s
\midrule
%(body)s
\bottomrule
\end{tabular}}
\end{table}
"""


def latex_tables(results: Results, drawn: Mapping[str, Sequence[Figure]] | None = None) -> str:
    """One table for the claims and one for each figure, to be read into a paper with \\input.

    drawn: the figures, where they have been made already. A table wider than the line is shrunk to it.
    """
    about = results.about
    head = _HEAD.format(command=about.command.replace("\n", " "), model=about.model, seed=about.seed)
    parts = [table("claims", f"The claims about model {about.model} (one model).", _claims(results.claims))]
    for answers in (figures(results) if drawn is None else drawn).values():
        parts += [
            table(figure.name, f"{figure.title(results)} {figure.text.counts}", figure.table) for figure in answers
        ]
    return "\n".join([head, *parts])


def _claims(claims: Sequence[Claim]) -> Table:
    rows = [
        [claim.id, claim.side, claim.verdict, *cells(claim.estimate), ", ".join(claim.failed) or "–"]
        for claim in claims
    ]
    return Table(("claim", "side", "verdict", *ESTIMATE, "failed controls"), rows)


def table(name: str, caption: str, of: Table) -> str:
    """One table as a float with a caption and the label tab:NAME."""
    head, *body = [" & ".join(map(escape, row)) + r" \\" for row in (of.columns, *of.rows)]
    columns = "l" + "r" * (len(of.columns) - 1)
    parts = {"name": name, "caption": escape(caption), "columns": columns, "head": head, "body": "\n".join(body)}
    return _TABLE % parts


def escape(text: str) -> str:
    """Text that LaTeX prints as it stands here."""
    return "".join(_ESCAPED.get(letter, letter) for letter in text)
