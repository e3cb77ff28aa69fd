"""The tables of `translate evaluate`."""

import sys
from collections.abc import Sequence

from rich import box
from rich.table import Table

from translate.evaluation.agreement import MISSING, WRONG, AgreementResult
from translate.evaluation.bins import Bin
from translate.evaluation.evaluate import Evaluation, Mistake
from translate.evaluation.preference import PreferenceResult
from translate.evaluation.proportion import Proportion
from translate.numerals import percent
from translate.terminal.screen import Console

_WIDTH = 100  # no table is wider; a narrower terminal wraps rather than loses a number


def show(results: Sequence[Evaluation], features: Sequence[str], tags: Sequence[str] | None, mistakes: int) -> None:
    """Print `results` on stdout: all suites, each by what it varied, the signatures, and wrong translations.

    features: of words. tags: of sentences, by which to part a suite; None for all that it has.
    """
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    console.width = max(_WIDTH, console.width) if sys.stdout.isatty() else _WIDTH
    tables = [_overview(results), _agreement(results), _scores(results)]
    for result in results:
        tables.append(_bins(result.suite, result.bins, tags))
        if result.agreement and result.preference:
            tables.append(_breakdown(f"Suite {result.suite}", result.agreement, result.preference, features))
    for table in tables:
        if table.row_count:
            console.print(table)
            console.print()
    for score in results[0].scores:
        console.print(f"{score.name}|{score.signature}")
    for result in results:
        if result.masculine is not None:
            said = f"{_share(result.masculine)} % of {result.masculine.count:,} that show one are masculine"
            console.print(f"{result.suite}: nothing tells the gender, both are right; {said}.")
    console.print("[…]: 95 % intervals, Wilson's for shares, sacrebleu's bootstrap for BLEU, chrF2 and TER.")
    for result in results:
        for mistake in result.mistakes[:mistakes]:
            _mistake(console, result, mistake)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, justify="left" if index == 0 else "right", no_wrap=True, vertical="bottom")
    return table


def _overview(results: Sequence[Evaluation]) -> Table:
    table = _table(f"Model {results[0].model}", "suite", "sentences", "exact %", "accepted %", "agreement %", "words")
    for result in results:
        agreement = result.agreement
        agreeing = (_share(agreement.accuracy), f"{agreement.accuracy.count:,}") if agreement else ("", "")
        accepted = _share(result.accepted) if result.accepted else ""
        table.add_row(result.suite, f"{result.sentences:,}", _share(result.exact), accepted, *agreeing)
    return table


def _agreement(results: Sequence[Evaluation]) -> Table:
    columns = ("wrong", "missing", "right form\nlikelier %", "right sentence\nlikelier %", "not\ncompared")
    table = _table("Agreeing words", "suite", *columns)
    for result in results:
        agreement, preference = result.agreement, result.preference
        if agreement and preference:
            failures = (f"{agreement.count(outcome):,}" for outcome in (WRONG, MISSING))
            likelier = (_share(preference.word), _share(preference.sentence))
            table.add_row(result.suite, *failures, *likelier, f"{preference.unknown:,}")
    return table


def _scores(results: Sequence[Evaluation]) -> Table:
    table = _table("Translation quality", "suite", *(score.name for score in results[0].scores))
    for result in results:
        cells = (f"{s.value:.2f} [{s.interval[0]:.1f}, {s.interval[1]:.1f}]" for s in result.scores)
        table.add_row(result.suite, *cells)
    return table


def _bins(suite: str, bins: dict[str, dict[str, Bin]], tags: Sequence[str] | None) -> Table:
    """One table for a suite, a section for each feature of its sentences."""
    columns = ("by", "n", "exact %", "accepted %", "agreement %", "words")
    table = _table(f"Suite {suite}", *columns)
    for feature, values in bins.items():
        if tags is not None and feature not in tags:
            continue
        table.add_row(feature)
        for value, one in values.items():
            shares = (_share(share) for share in (one.exact, one.accepted, one.agreement))
            counts = f"{one.exact.count:,}", f"{one.agreement.count:,}"
            table.add_row(f"  {value}", counts[0], *shares, counts[1])
        table.add_section()
    return table


def _breakdown(title: str, agreement: AgreementResult, preference: PreferenceResult, features: Sequence[str]) -> Table:
    """One table for a suite, a section for each feature that varies in it."""
    likelier = "right form\nlikelier %" if preference.word.count else "right sentence\nlikelier %"
    table = _table(title, "words by", "", "words", "agreement %", likelier)
    for feature in features:
        agreeing, preferred = agreement.by(feature), preference.by(feature)
        if len(agreeing) < 2:
            continue
        for row, (value, share) in enumerate(agreeing.items()):
            liked = preferred.get(value, Proportion(0, 0))
            table.add_row(feature if row == 0 else "", value, f"{share.count:,}", _share(share), _share(liked))
        table.add_section()
    return table


def _mistake(console: Console, result: Evaluation, mistake: Mistake) -> None:
    console.print()
    console.print(f"{result.suite}: {mistake.source}")
    console.print(f"  should be  {mistake.reference}")
    console.print(f"  but is     {mistake.translation}")
    if mistake.wrong:
        console.print(f"  agreement  {'; '.join(mistake.wrong)}")


def _share(share: Proportion) -> str:
    """A share with its interval in per cent: `99.8 [99.3, 100.0]`; a dash of no cases. What is not all is not 100.0."""
    value = percent(share.value, near="finer", zeros=True, unit="")
    if share.interval is None:
        return value
    low, high = (percent(end, zeros=True, unit="") for end in share.interval)
    return f"{value} [{low}, {high}]"
