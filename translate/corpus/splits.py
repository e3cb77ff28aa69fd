"""Building a corpus: suites first, then dev, test and train from one stream, with no source sentence in common."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import count as numbers
from itertools import islice
from pathlib import Path

from translate.corpus.choice import stream
from translate.corpus.files import CorpusFiles, card
from translate.corpus.full.registry import CONSTRUCTIONS
from translate.corpus.full.suites import WHOLE_SUITES, WholeSuites
from translate.corpus.grammar import Grammar, load_grammar
from translate.corpus.heldout import HeldOut
from translate.corpus.pair import lines
from translate.corpus.speaker import Speaker
from translate.corpus.suites.all import SUITES, Suites
from translate.corpus.suites.maker import key
from translate.errors import TranslateError, UsageError
from translate.files import writable_folder
from translate.processes import begin_worker, pool_of, processors

_CHUNK = 1_000
_STEP = 50  # sentences that are made together: few enough for the processor to have them all at hand
_AHEAD = 60  # chunks that the workers may be ahead together: 90 MB
_PARALLEL_FROM = 8_000  # below that, starting processes costs more than it saves
_FULL_PAIRS = 10_000  # from this many training pairs on, suites have their full size

Progress = Callable[[int, int], None]
# Key, TSV line, JSONL line. Bytes, because they pass from process to process faster than text.
_Line = tuple[str, bytes, bytes]
# Gives the next chunk, being told how many lines are missing.
_Chunks = Callable[[int], list[_Line]]


def build(
    grammar: str, pairs: int, seed: int, out: Path | str, progress: Progress | None = None, workers: int | None = None
) -> dict[str, int]:
    """Write the corpus folder `out`; the number of pairs by file name (without ending).

    `pairs` is the number of training pairs. `progress(done, total)` is called now and then. The bytes depend on
    `grammar`, `pairs` and `seed` alone, not on `workers` (by default the processors there are).
    Raises `UsageError` for an impossible request, `TranslateError` where the grammar or the disk says no.
    """
    if pairs < 1:
        raise UsageError(f"A corpus needs at least 1 training pair, not {pairs}.")
    chosen = load_grammar(grammar)
    files = CorpusFiles(writable_folder(out))
    suites = Suites(chosen, HeldOut(chosen, seed), seed)
    sizes = {"dev": _held_size(pairs), "test": _held_size(pairs), "train": pairs}
    wanted = sum(sizes.values())
    with _no_collection(), _chunks(grammar, seed, wanted, workers) as chunks:
        # Workers are making chunks meanwhile.
        in_suites = {name: files.suite(name, suites.make(name, _suite_size(name, pairs))) for name in SUITES}
        if grammar_says_more(chosen):
            in_suites |= _whole_suites(files, suites, seed, pairs)
        lines = _unique(chunks, wanted, suites.taken)
        counts = _write_splits(files, sizes, lines, progress) | in_suites
    facts = {"grammar": grammar, "description": chosen.description, "pairs": pairs, "seed": seed, "counts": counts}
    files.finish(facts, card(facts))
    return counts


def grammar_says_more(grammar: Grammar) -> bool:
    """Whether a grammar says the constructions of `corpus/full`, which have suites of their own."""
    return not CONSTRUCTIONS.keys().isdisjoint(grammar.beyond)


def _whole_suites(files: CorpusFiles, suites: Suites, seed: int, pairs: int) -> dict[str, int]:
    makes, share = WholeSuites(seed, suites.take), min(1.0, pairs / _FULL_PAIRS)
    return {
        name: files.suite(name, make(makes, stream(seed, "suite", name), round(size * share)))
        for name, (make, size) in WHOLE_SUITES.items()
    }


def _held_size(pairs: int) -> int:
    return max(20, min(1_000, pairs // 5))


def _suite_size(name: str, pairs: int) -> int:
    return max(28, round(SUITES[name].size * min(1.0, pairs / _FULL_PAIRS)))


def _write_splits(
    files: CorpusFiles, sizes: dict[str, int], lines: Iterator[_Line], progress: Progress | None
) -> dict[str, int]:
    done, total, counts = 0, sum(sizes.values()), {"train": 0}
    for name, size in sizes.items():
        with files.split(name) as (text, data):
            for start in range(0, size, _CHUNK):
                batch = list(islice(lines, min(_CHUNK, size - start)))
                text.write(b"".join([tsv for _, tsv, _ in batch]))
                data.write(b"".join([json_line for _, _, json_line in batch]))
                done += len(batch)
                if progress:
                    progress(done, total)
        counts[name] = size
    return counts


def _unique(chunks: _Chunks, wanted: int, taken: set[str]) -> Iterator[_Line]:
    """At least `wanted` lines whose source no suite and no line before has."""
    taken, in_vain = set(taken), 0
    while wanted > 0:
        for line in chunks(wanted):
            if line[0] in taken:
                in_vain += 1
                if in_vain > 20 * _CHUNK:
                    raise TranslateError("The grammar has too few sentences for so many pairs; ask for fewer.")
                continue
            in_vain = 0
            wanted -= 1
            taken.add(line[0])
            yield line


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
def _chunks(grammar: str, seed: int, wanted: int, workers: int | None) -> Iterator[_Chunks]:
    """Chunk after chunk of lines, each with a random stream of its own: workers change nothing.

    Workers start at once, so that they are ahead when the first chunk is asked for.
    """
    count = workers or processors()
    if count == 1 or (wanted < _PARALLEL_FROM and workers is None):
        make, number = _Maker(load_grammar(grammar), seed), numbers()
        yield lambda missing: make(next(number))
        return
    # A forked or a spawned worker does the same.
    with pool_of(count, _start_worker, (os.getpid(), grammar, seed)) as pool:
        ahead = _Ahead(pool, max(_AHEAD, 2 * count))
        ahead.submit(wanted)
        yield ahead
        pool.shutdown(wait=True, cancel_futures=True)


class _Ahead:
    """Chunks that workers make, at most `size` ahead of the one that is asked for, and none in vain."""

    def __init__(self, pool: ProcessPoolExecutor, size: int) -> None:
        self._pool, self._size, self._number = pool, size, numbers()
        self._window: deque[Future[list[_Line]]] = deque()

    def submit(self, missing: int) -> None:
        """Have as many chunks made as `missing` lines may need."""
        while len(self._window) < min(self._size, -(-missing // _CHUNK)):
            self._window.append(self._pool.submit(_worker_chunk, next(self._number)))

    def __call__(self, missing: int) -> list[_Line]:
        self.submit(missing)
        return self._window.popleft().result()


class _Maker:
    """Makes chunk by chunk of a corpus's stream."""

    def __init__(self, grammar: Grammar, seed: int) -> None:
        self.seed = seed
        self.speaker = Speaker(grammar, stream(seed, "start"), HeldOut(grammar, seed), seed)

    def __call__(self, number: int) -> list[_Line]:
        self.speaker.listen(stream(self.seed, "chunk", number))
        pairs: list[tuple[str, str, bytes]] = []
        for _ in range(_CHUNK // _STEP):
            pairs += lines([self.speaker.sentence() for _ in range(_STEP)])
        return [(key(source), f"{source}\t{target}\n".encode(), line + b"\n") for source, target, line in pairs]


_makers: list[_Maker] = []  # a worker process's own


def _start_worker(parent: int, grammar: str, seed: int) -> None:
    begin_worker(parent)
    gc.disable()  # see `_no_collection`
    _makers.append(_Maker(load_grammar(grammar), seed))


def _worker_chunk(number: int) -> list[_Line]:
    return _makers[0](number)
