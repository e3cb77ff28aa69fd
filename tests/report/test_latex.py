import re

from translate.report.figures import figures
from translate.report.latex import escape, latex_tables, table
from translate.report.tables import Table


def test_there_is_a_table_for_the_claims_and_one_for_each_figure(results):
    text = latex_tables(results)
    names = [figure.name for answers in figures(results).values() for figure in answers]
    assert re.findall(r"\\label\{tab:(.+)\}", text) == ["claims", *names]
    for found in re.findall(r"\\begin\{table\}.*?\\end\{table\}", text, re.DOTALL):
        assert found.count(r"\toprule") == found.count(r"\midrule") == found.count(r"\bottomrule") == 1
        columns = len(re.search(r"\\begin\{tabular\}\{(l[r]*)\}", found)[1])
        rows = [line for line in found.splitlines() if line.endswith(r"\\")]
        assert len(rows) > 1
        for row in rows:
            assert len(re.findall(r"(?<!\\)&", row)) == columns - 1
    body = re.sub(r"\\resizebox.*?\{%", "{", text.partition("\n\n")[2])
    assert not re.search(r"(?<!\\)[_#^~<>|]", body)
    assert body.count("{") - body.count(r"\{") == body.count("}") - body.count(r"\}")


def test_every_special_letter_is_escaped():
    assert escape("a & b_1 < 5 % {x} \\ #") == r"a \& b\_1 \textless{} 5 \% \{x\} \textbackslash{} \#"
    text = table("t", "100 %", Table(("a_b", "−1"), [["m > f", "p | q"]]))
    assert (
        r"\caption{100 \%}" in text and r"a\_b & $-$1 \\" in text and r"m \textgreater{} f & p \textbar{} q \\" in text
    )
