"""Running sentences through a model with every quantity recorded.

Sentences are run in batches of one source length, as everywhere in this project, so that no padding reaches the
encoder's state. The recorded arrays are then laid side by side: beyond a row's own length they hold NaN.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

import numpy as np
import torch
from torch import Tensor, nn

from translate.errors import TranslateError
from translate.lab.recording import Trace, UnknownSite
from translate.lab.recording import trace as trace_module
from translate.model import cells, search
from translate.tokenizer import END, START, Tokenizer

Sentences = Sequence[str] | Sequence[Sequence[str]]

_AT_ONCE = 512  # rows of a batch


def trace(model, *arguments, **options) -> Trace:
    """Record a run of a model.

    `trace(module, inputs, …)` runs a `torch.nn.LSTM`, `GRU` or `RNN`: see `recording.trace`.
    `trace(translator, sentences, targets=None, sites=None)` runs a `Translator`: see `trace_translator`.
    """
    if isinstance(model, nn.Module):
        return trace_module(model, *arguments, **options)
    return trace_translator(model, *arguments, **options)


def trace_translator(
    translator,
    sentences: Sentences,
    targets: Sentences | None = None,
    sites: str | Sequence[str] | None = None,
    network=None,
) -> Trace:
    """Run `sentences` through encoder and decoder and record every site: `trace["dec.l0.c"]` is `[batch, time, unit]`.

    sentences: texts, or sentences already split into tokens.
    targets: what the decoder is made to read and write (teacher forcing); None: its own greedy output.
    sites: a glob or a list of globs ("dec.*", ["*.c", "*.h"]); only these are recorded.
    network: run this `Network` with the translator's tokenizers instead of its own (an untrained twin).

    `tokens["enc"]` are the source's tokens: position t of an encoder site stands beside the one just read.
    `tokens["dec"]` are the target's and the end mark: step t of a decoder site is the one that writes token t, having
    read token t-1. `lengths` counts them. Raises `UnknownSite` for a glob that names no site, `TranslateError` for an
    empty sentence or another number of targets than sentences.
    """
    sources = [_ids(translator.source, sentence) for sentence in sentences]
    forced = None if targets is None else [_ids(translator.target, target) for target in targets]
    if any(not source for source in sources):
        raise TranslateError("A sentence without words cannot be traced; leave it out.")
    if forced is not None and len(forced) != len(sources):
        raise TranslateError(f"There are {len(sources)} sentences and {len(forced)} targets; give one for each.")
    network = network or translator.network(len(sources))
    store = _Store(network.config, sources, forced, _wanted(network.config, sites))
    for rows, batch in search.same_length(sources, _AT_ONCE):
        store.begin(rows)
        watched = network.watched(store.watch)
        if forced is None:
            found = search.decode(watched, batch)
            for row, hypothesis in zip(rows, found, strict=True):
                store.written[row] = hypothesis.tokens + [END] * hypothesis.finished
        else:
            read(watched, batch, [forced[row] for row in rows])
    return store.trace(translator)


def read(network, source: np.ndarray, targets: Sequence[Sequence[int]]) -> None:
    """Let the decoder read given `targets` (ids, without marks) after the sources `[batch, time]`: teacher forcing."""
    words = np.full((len(targets), max(map(len, targets)) + 1), END, dtype=np.int64)
    words[:, 0] = START
    for row, target in enumerate(targets):
        words[row, 1 : len(target) + 1] = target
    state = network.encode(source)
    for t in range(words.shape[1]):
        _, state = network.step(state, words[:, t], t)


def sites_of(config) -> list[str]:
    """Every site of a model of this shape, encoder first: "enc.l0.i_pre" … "dec.l0.h"."""
    return [
        f"{side}.l{layer}.{site}" for side in ("enc", "dec") for layer in range(config.layers)
        for site in cells.SITES[config.cell]
    ]  # fmt: skip


def states_of(config, side: str) -> list[str]:
    """The sites of a side's states, the last layer's first, cell before hidden state: ["dec.l0.c", "dec.l0.h"]."""
    names = sorted(cells.STATES[config.cell])
    return [f"{side}.l{layer}.{name}" for layer in reversed(range(config.layers)) for name in names]


class _Store:
    """Collects what passes through the sites, batch by batch, into one array a site."""

    def __init__(self, config, sources, forced, wanted):
        self.config, self.sources, self.wanted = config, sources, set(wanted)
        self.written = [None] * len(sources) if forced is None else [[*target, END] for target in forced]
        self.steps = {"enc": max(map(len, sources), default=0)}
        known = None if forced is None else max(map(len, self.written), default=0)
        self.steps["dec"] = known or max((search.longest(len(source)) for source in sources), default=0)
        self.values: dict[str, np.ndarray] = {}
        self.order = list(wanted)
        self.rows: list[int] = []

    def begin(self, rows: list[int]) -> None:
        self.rows = rows

    def watch(self, site: str, t: int, value):
        if site in self.wanted:
            if site not in self.values:
                shape = (self.steps[site[:3]], len(self.sources), value.shape[-1])
                self.values[site] = np.full(shape, np.nan, dtype=np.float32)
            self.values[site][t, self.rows] = np.asarray(value)
        return value

    def trace(self, translator) -> Trace:
        lengths = {"enc": np.array([len(s) for s in self.sources]), "dec": np.array([len(w) for w in self.written])}
        values = {}
        for site in self.order:
            side = site[:3]
            longest = int(lengths[side].max(initial=0))
            array = self.values.get(site, np.zeros((longest, len(self.sources), self.config.hidden), np.float32))[
                :longest
            ]
            array[np.arange(longest)[:, None] >= lengths[side]] = np.nan
            values[site] = torch.from_numpy(array).transpose(0, 1)
        return Trace(
            self.config.cell,
            values,
            self._initial(values, lengths),
            tokens={
                "enc": [_words(translator.source, ids) for ids in self.sources],
                "dec": [_words(translator.target, ids) for ids in self.written],
            },
            lengths={side: torch.from_numpy(counts) for side, counts in lengths.items()},
        )

    def _initial(self, values: dict[str, Tensor], lengths) -> dict[str, Tensor]:
        """The states before the first step: zeros for the encoder, the encoder's last for the decoder."""
        if self.config.reverse_source:  # position 0 is then read last: the state before a position stands after it
            return {}
        rows, initial = torch.arange(len(self.sources)), {}
        for site in values:
            if site.split(".")[-1] not in cells.STATES[self.config.cell]:
                continue
            last = values.get(site.replace("dec.", "enc.", 1))
            if site.startswith("enc."):
                initial[site] = torch.zeros_like(values[site][:, 0])
            elif last is not None:
                initial[site] = last[rows, torch.from_numpy(lengths["enc"]) - 1]
        return initial


def _ids(tokenizer: Tokenizer, sentence: str | Sequence[str]) -> list[int]:
    return tokenizer.encode(sentence) if isinstance(sentence, str) else tokenizer.ids(sentence)


def _words(tokenizer: Tokenizer, ids: Sequence[int]) -> list[str]:
    return [tokenizer.vocabulary[i] for i in ids]


def _wanted(config, sites: str | Sequence[str] | None) -> list[str]:
    known = sites_of(config)
    globs = ["*"] if sites is None else [sites] if isinstance(sites, str) else list(sites)
    for glob in globs:
        if not any(fnmatchcase(site, glob) for site in known):
            near = get_close_matches(glob, known, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
            raise UnknownSite(f"There is no site {glob} here; {hint}")
    return [site for site in known if any(fnmatchcase(site, glob) for glob in globs)]
