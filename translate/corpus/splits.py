"""Building a corpus: suites first, then dev, test and train from one stream, with no source sentence in common."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import chain, islice
from itertools import count as numbers
from pathlib import Path

from translate.corpus.choice import stream
from translate.corpus.files import finish, split_files, write_suite
from translate.corpus.grammar import Grammar, load_grammar
from translate.corpus.heldout import HeldOut
from translate.corpus.pair import line
from translate.corpus.sampling import Sampler
from translate.corpus.suite_maker import key
from translate.corpus.suites import SUITES, Suites
from translate.errors import TranslateError, UsageError
from translate.files import writable_folder

_CHUNK = 1_000
_AHEAD = 10  # chunks that a worker may be ahead: 15 MB
_PARALLEL_FROM = 8_000  # below that, starting processes costs more than it saves
_FULL_PAIRS = 10_000  # from this many training pairs on, suites have their full size
_SUITE_SIZES = {
    "lesson": 8, "boy-girl": 600, "switch": 720, "distance": 850, "attractor": 700, "test-combination": 1_000,
    "test-longer": 1_000,
}  # fmt: skip

Progress = Callable[[int, int], None]
# Key, TSV line, JSONL line. Bytes, because they pass from process to process faster than text.
_Line = tuple[str, bytes, bytes]


def build(
    grammar: str,
    pairs: int,
    seed: int,
    out: Path | str,
    progress: Progress | None = None,
    workers: int | None = None,
) -> dict[str, int]:
    """Write the corpus folder `out`; the number of pairs by file name (without ending).

    `pairs` is the number of training pairs. `progress(done, total)` is called now and then. The bytes depend on
    `grammar`, `pairs` and `seed` alone, not on `workers` (by default the processors there are).
    Raises `UsageError` for an impossible request, `TranslateError` where the grammar or the disk says no.
    """
    if pairs < 1:
        raise UsageError(f"A corpus needs at least 1 training pair, not {pairs}.")
    chosen = load_grammar(grammar)
    folder = writable_folder(out)
    held = HeldOut(chosen, seed)
    suites = Suites(chosen, held, seed)
    (folder / "corpus.json").unlink(missing_ok=True)  # until all files are new, the folder is no corpus
    share = min(1.0, pairs / _FULL_PAIRS)
    sizes = {"dev": _held_size(pairs), "test": _held_size(pairs), "train": pairs}
    with _no_collection(), _lines(grammar, seed, sum(sizes.values()), workers) as lines:
        made = {name: suites.make(name, max(28, round(_SUITE_SIZES[name] * share))) for name in SUITES}
        counts = _write_splits(folder, sizes, _unique(lines, suites.taken), progress)
    counts |= {name: write_suite(folder, name, items) for name, items in made.items()}
    description = {
        "grammar": grammar,
        "description": chosen.description,
        "pairs": pairs,
        "seed": seed,
        "counts": counts,
    }
    finish(folder, description)
    return counts


def _held_size(pairs: int) -> int:
    return max(20, min(1_000, pairs // 5))


def _write_splits(
    folder: Path, sizes: dict[str, int], lines: Iterator[_Line], progress: Progress | None
) -> dict[str, int]:
    done, total, counts = 0, sum(sizes.values()), {"train": 0}
    for name, size in sizes.items():
        with split_files(folder, name) as (text, data):
            for start in range(0, size, _CHUNK):
                batch = list(islice(lines, min(_CHUNK, size - start)))
                text.write(b"".join([tsv for _, tsv, _ in batch]))
                data.write(b"".join([json_line for _, _, json_line in batch]))
                done += len(batch)
                if progress:
                    progress(done, total)
        counts[name] = size
    return counts


def _unique(lines: Iterator[_Line], taken: set[str]) -> Iterator[_Line]:
    """The lines whose source no suite and no line before has."""
    taken, in_vain = set(taken), 0
    for made in lines:
        if made[0] in taken:
            in_vain += 1
            if in_vain > 20 * _CHUNK:
                raise TranslateError("The grammar has too few sentences for so many pairs; ask for fewer.")
            continue
        in_vain = 0
        taken.add(made[0])
        yield made


@contextmanager
def _no_collection() -> Iterator[None]:
    """No looking for cyclic garbage meanwhile: sentences make none, and it would cost an eighth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _lines(grammar: str, seed: int, wanted: int, workers: int | None) -> Iterator[Iterator[_Line]]:
    """An endless stream of lines, in chunks of which each has its own random stream: workers change nothing.

    Workers start at once, so that they are ahead when the first line is asked for.
    """
    count = workers or _processors()
    if count == 1 or (wanted < _PARALLEL_FROM and workers is None):
        yield chain.from_iterable(map(_Chunks(load_grammar(grammar), seed), numbers()))
        return
    # A forked or a spawned worker does the same.
    with ProcessPoolExecutor(count, initializer=_start_worker, initargs=(grammar, seed)) as pool:
        needed = -(-wanted // _CHUNK)
        window = deque(pool.submit(_worker_chunk, number) for number in range(min(needed, _AHEAD * count)))
        try:
            yield _received(pool, window, needed, count)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _received(
    pool: ProcessPoolExecutor, window: deque[Future[list[_Line]]], needed: int, count: int
) -> Iterator[_Line]:
    number = len(window)
    while True:
        yield from window.popleft().result()
        # Past `needed` chunks only the lines that were already taken are missing: little is made in vain.
        for _ in range(1 if number < needed else count - len(window)):
            window.append(pool.submit(_worker_chunk, number))
            number += 1


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Chunks:
    """Makes chunk by chunk of a corpus's stream."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        self.seed = seed
        self.sampler = Sampler(grammar, stream(seed, "start"), HeldOut(grammar, seed))

    def __call__(self, number: int) -> list[_Line]:
        self.sampler.rng = stream(self.seed, "chunk", number)
        lines = []
        for _ in range(_CHUNK):
            source, target, json_line = line(self.sampler.sentence())
            lines.append((key(source), f"{source}\t{target}\n".encode(), f"{json_line}\n".encode()))
        return lines


_chunks: _Chunks | None = None


def _start_worker(grammar: str, seed: int) -> None:
    global _chunks
    gc.disable()  # see `_no_collection`
    _chunks = _Chunks(load_grammar(grammar), seed)


def _worker_chunk(number: int) -> list[_Line]:
    return _chunks(number)
