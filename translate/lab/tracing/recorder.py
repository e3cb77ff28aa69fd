"""The one recorder: a watcher that keeps what passes through the sites of a run, whatever runs.

It takes numpy arrays and torch tensors alike and imports neither's library before it sees one: the prompt records a
sentence on numpy alone, `lab.trace` a batch of thousands, or a `torch.nn.LSTM` of yours with its autograd graph.
"""

from collections.abc import Sequence
from fnmatch import fnmatchcase

import numpy as np

from translate.errors import TranslateError
from translate.lab.tracing.editor import seeing_edited
from translate.lab.tracing.site import LOGITS, Site
from translate.model import search
from translate.model.arrays import Array, library_of
from translate.model.cells import Watcher, identity
from translate.model.runnable import Runnable
from translate.text import listed
from translate.tokenizer import END

_AT_ONCE = 512  # rows of a batch

_Piece = tuple[int, Sequence[int] | None, Array]
"""A value of one step: the step, the rows of the whole that it belongs to (None: all), and the value `[row, unit]`."""


class Recorder:
    """Keeps the values that pass through the sites, and changes none of them.

    Args:
        sites: a glob or a list of globs over full site names ("enc.*", ["dec.l0.c", "*.f"]); only these are kept.
            None keeps all.
        gradients: keep the values in the autograd graph, so that their gradients can be asked for.

    One recorder serves a model of several parts: `recorder.under("enc.")` is the watcher of the encoder. It records one
    run; a run in several batches says with `begin` which rows come next. A second value for the same site and position
    of a batch raises `TranslateError`.
    """

    def __init__(self, sites: str | Sequence[str] | None = None, gradients: bool = False):
        self.globs = None if sites is None else listed(sites)
        self.gradients = gradients
        self.pieces: dict[str, list[_Piece] | None] = {}  # None: a site that no glob names
        self._rows: Sequence[int] | None = None
        self._seen: set[tuple[str, int]] = set()

    def begin(self, rows: Sequence[int]) -> None:
        """From here on the values are those of these rows of the whole; of fewer values, the first of the rows."""
        self._rows = rows
        self._seen.clear()

    def __call__(self, site: str, t: int, value: Array) -> Array:
        if site not in self.pieces:
            self.pieces[site] = [] if self._wanted(site) else None
        pieces = self.pieces[site]
        if pieces is None:
            return value
        if (site, t) in self._seen:
            raise TranslateError(f"This recorder already holds {site} at step {t}; make a new Recorder for each run.")
        self._seen.add((site, t))
        if self.gradients and not value.requires_grad:
            # A frozen model leaves nothing to differentiate: then the graph begins at the value itself.
            value = value.detach().requires_grad_()
        pieces.append((t, self._rows, value))
        # A search writes over its logits, where it forbids some words.
        return library_of(value).copy(value) if site == LOGITS else value

    def under(self, prefix: str) -> Watcher:
        """The watcher of one part of a model: it records into this recorder under `prefix` (such as "enc.")."""
        return lambda site, t, value: self(prefix + site, t, value)

    @property
    def sites(self) -> list[str]:
        """The sites that were kept, in the order in which they came."""
        return [site for site, pieces in self.pieces.items() if pieces]

    def steps(self, site: str) -> list[Array]:
        """The values of a site as they came."""
        return [value for _, _, value in self.pieces[site] or ()]

    def laid_out(self, site: str, lengths: Sequence[int] | np.ndarray) -> np.ndarray:
        """The values of a site, `[row, time, unit]`: row i has `lengths[i]` steps, and NaN beyond them.

        Where rows have fewer units than others (of attention one for each word of their source), NaN beyond those too.
        """
        lengths = np.asarray(lengths)
        pieces = [(t, rows, library_of(value).to_numpy(value)) for t, rows, value in self.pieces[site] or ()]
        width = max((value.shape[-1] for _, _, value in pieces), default=0)
        kind = pieces[0][2].dtype if pieces else np.float32
        values = np.full((int(lengths.max(initial=0)), len(lengths), width), np.nan, dtype=kind)
        for t, rows, value in pieces:
            if t < len(values):
                values[t, slice(None) if rows is None else rows[: len(value)], : value.shape[-1]] = value
        values[np.arange(len(values))[:, None] >= lengths] = np.nan
        return values.transpose(1, 0, 2)

    def _wanted(self, site: str) -> bool:
        """Whether a glob names the site; an initial state (c_0) is kept where its state (c) is."""
        name = site.removesuffix("_0")
        return self.globs is None or any(fnmatchcase(name, glob) for glob in self.globs)


def run_recorded(
    network: Runnable,
    recorder: Recorder,
    sources: Sequence[Sequence[int]],
    targets: Sequence[Sequence[int]] | None,
    editor: Watcher = identity,
) -> list[list[int]]:
    """Let a network read `sources` (ids) and write, watched by a recorder; what it wrote, the end marks included.

    targets: what the decoder is made to read and write (teacher forcing); None: its own greedy output. editor: may
    change what passes; the recorder sees what it has made of it. In batches of one source length, so that no padding
    reaches a state.
    """
    written: list[list[int]] = [[]] * len(sources)
    for rows, batch in search.same_length(sources, _AT_ONCE):
        recorder.begin(rows)
        watched = network.for_rows(rows).watched(seeing_edited(recorder, editor))
        if targets is None:
            hypotheses = search.decode(watched, batch)
            outputs = [hypothesis.tokens + [END] * hypothesis.finished for hypothesis in hypotheses]
        else:
            for _ in search.read(watched, batch, [targets[row] for row in rows]):
                pass  # the recorder sees all
            outputs = [[*targets[row], END] for row in rows]
        for row, output in zip(rows, outputs, strict=True):
            written[row] = output
    return written


def record(
    network: Runnable,
    sources: Sequence[Sequence[int]],
    targets: Sequence[Sequence[int]] | None = None,
    sites: str | Sequence[str] | None = None,
) -> tuple[dict[Site, np.ndarray], list[list[int]]]:
    """The values of the sites in a run, each `[row, time, unit]` (NaN beyond a row's end), and what was written.

    As `lab.trace`, without torch where the network is on numpy. Arguments as in `run` and `Recorder`.
    """
    recorder = Recorder(sites)
    written = run_recorded(network, recorder, sources, targets)
    lengths = {"enc": [len(source) for source in sources], "dec": [len(output) for output in written]}
    return {Site(site): recorder.laid_out(site, lengths[Site(site).side]) for site in recorder.sites}, written
