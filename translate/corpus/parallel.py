"""A user's own parallel text: a two-column NAME.tsv, or two files NAME.en and NAME.cs with one sentence a line."""

from pathlib import Path

from translate.errors import TranslateError
from translate.files import read_text


def read_parallel(path: Path | str) -> list[tuple[str, str]]:
    """The (source, target) pairs of `path`: a TSV file, or the stem NAME of NAME.en and NAME.cs, or of NAME.tsv.

    Wholly blank lines are skipped. Raises `TranslateError` naming file and line for text that is not UTF-8, a wrong
    number of columns, an empty side, or two files of different length.
    """
    path = Path(path)
    if path.is_file() and path.suffix in (".en", ".cs"):
        path = path.with_suffix("")
    sides = [path.parent / f"{path.name}.{side}" for side in ("en", "cs")]
    table = path if path.is_file() else path.parent / f"{path.name}.tsv"
    if table != path and all(side.is_file() for side in sides):
        pairs = _read_two(*sides)
    elif table.is_file():
        pairs = _read_tsv(table)
    else:
        raise TranslateError(
            f"There is no parallel text {path}: neither that TSV file nor {sides[0].name} and {sides[1].name}."
        )
    if not pairs:
        raise TranslateError(f"The parallel text {path} has no pairs.")
    return pairs


def with_dev(pairs: list[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The pairs to train on and those to check on: a fortieth of them, evenly spread, but at most 1000."""
    count = max(1, min(1000, len(pairs) // 40))
    step = len(pairs) // count
    dev = set(range(0, count * step, step))
    return [pair for place, pair in enumerate(pairs) if place not in dev], [pairs[place] for place in sorted(dev)]


def _read_tsv(path: Path) -> list[tuple[str, str]]:
    pairs = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) != 2:
            columns = f"{len(cells)} column{'s' if len(cells) > 1 else ''}"
            raise TranslateError(
                f"{path}, line {number}: {columns}, but source and target need 2, with one tab between."
            )
        pairs.append(_checked(cells[0], cells[1], f"{path}, line {number}"))
    return pairs


def _read_two(source: Path, target: Path) -> list[tuple[str, str]]:
    sources, targets = _lines(source), _lines(target)
    if len(sources) != len(targets):
        raise TranslateError(f"{source} has {len(sources)} lines and {target} {len(targets)}; they must go together.")
    both = enumerate(zip(sources, targets, strict=True), 1)
    return [_checked(s, t, f"{source} / {target.name}, line {n}") for n, (s, t) in both if s.strip() or t.strip()]


def _checked(source: str, target: str, place: str) -> tuple[str, str]:
    source, target = source.strip(), target.strip()
    for text, side in ((source, "source"), (target, "target")):
        if not text:
            raise TranslateError(f"{place}: the {side} is empty.")
    return source, target


def _lines(path: Path) -> list[str]:
    # Not splitlines(): that also breaks at characters that may stand inside a sentence (U+2028, form feed).
    text = read_text(path, "parallel text").replace("\r\n", "\n").replace("\r", "\n")
    return text[:-1].split("\n") if text.endswith("\n") else text.split("\n") if text else []
