"""The tables of `translate evaluate`."""

import sys
from collections.abc import Sequence

from translate.evaluation.evaluate import Evaluation
from translate.evaluation.proportion import Proportion

_WIDTH = 100  # no table is wider; a narrower terminal wraps rather than loses a number


def show(results: Sequence[Evaluation], features: Sequence[str], mistakes: int) -> None:
    """Print `results` on stdout: all suites, each suite by `features`, the signatures, and wrong translations."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    console.width = max(_WIDTH, console.width) if sys.stdout.isatty() else _WIDTH
    tables = [_overview(results), _agreement(results), _scores(results)]
    tables += [_breakdown(result, features) for result in results if result.agreement]
    for table in tables:
        if table.row_count:
            console.print(table)
            console.print()
    for score in results[0].scores:
        console.print(f"{score.name}|{score.signature}")
    console.print("[…]: 95 % intervals, Wilson's for shares, sacrebleu's bootstrap for BLEU, chrF2 and TER.")
    for result in results:
        for mistake in result.mistakes[:mistakes]:
            _mistake(console, result, mistake)


def _table(title: str, *columns: str):
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index == 0 else "right", no_wrap=True, vertical="bottom")
    return table


def _overview(results: Sequence[Evaluation]):
    table = _table(f"Model {results[0].model}", "suite", "sentences", "exact %", "agreement %", "words")
    for result in results:
        agreement = result.agreement
        table.add_row(
            result.suite, f"{result.sentences:,}", percent(result.exact),
            percent(agreement.accuracy) if agreement else "", f"{agreement.accuracy.count:,}" if agreement else "",
        )  # fmt: skip
    return table


def _agreement(results: Sequence[Evaluation]):
    columns = ("wrong", "missing", "right form\nlikelier %", "right sentence\nlikelier %", "not\ncompared")
    table = _table("Agreeing words", "suite", *columns)
    for result in results:
        if result.agreement and result.preference:
            preference = result.preference
            table.add_row(
                result.suite, f"{result.agreement.count('wrong'):,}", f"{result.agreement.count('missing'):,}",
                percent(preference.word), percent(preference.sentence), f"{preference.unknown:,}",
            )  # fmt: skip
    return table


def _scores(results: Sequence[Evaluation]):
    table = _table("Translation quality", "suite", *(score.name for score in results[0].scores))
    for result in results:
        cells = (f"{s.value:.2f} [{s.interval[0]:.1f}, {s.interval[1]:.1f}]" for s in result.scores)
        table.add_row(result.suite, *cells)
    return table


def _breakdown(result: Evaluation, features: Sequence[str]):
    """One table for a suite, a section for each feature that varies in it."""
    likelier = "right form\nlikelier %" if result.preference.word.count else "right sentence\nlikelier %"
    table = _table(f"Suite {result.suite}", "words by", "", "words", "agreement %", likelier)
    for feature in features:
        agreement, preference = result.agreement.by(feature), result.preference.by(feature)
        if len(agreement) < 2:
            continue
        for row, (value, share) in enumerate(agreement.items()):
            liked = preference.get(value, Proportion(0, 0))
            table.add_row(feature if row == 0 else "", value, f"{share.count:,}", percent(share), percent(liked))
        table.add_section()
    return table


def _mistake(console, result: Evaluation, mistake) -> None:
    console.print()
    console.print(f"{result.suite}: {mistake.source}")
    console.print(f"  should be  {mistake.reference}")
    console.print(f"  but is     {mistake.translation}")
    if mistake.wrong:
        console.print(f"  agreement  {'; '.join(mistake.wrong)}")


def percent(share: Proportion) -> str:
    """A share with its interval in per cent: `99.8 [99.3, 100.0]`; a dash of no cases."""
    if share.value is None:
        return "–"
    low, high = share.interval
    # What is not all must not be shown as 100.0.
    digits = 1 if share.successes == share.count or share.value < 0.9995 else 2
    return f"{100 * share.value:.{digits}f} [{100 * low:.1f}, {100 * high:.1f}]"
