"""Running sentences through a model with every quantity recorded.

Sentences are run in batches of one source length, as everywhere in this project, so that no padding reaches the
encoder's state. The recorded arrays are then laid side by side: beyond a row's own length they hold NaN.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.tracing.recorder import trace as trace_module
from translate.lab.tracing.roles import is_written, source_roles, target_roles
from translate.lab.tracing.site import LOGITS, sites_of, states_of
from translate.lab.tracing.trace import Trace, matching, part_of
from translate.model import cells, search
from translate.model.network import Network
from translate.tokenizer import END, START, Tokenizer

__all__ = ["read", "sites_of", "states_of", "trace", "trace_translator"]

Sentences = Sequence[str] | Sequence[Sequence[str]] | Sequence[SentencePair]

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
    gradients: bool = False,
) -> Trace:
    """Run `sentences` through encoder and decoder and record every site: `trace["dec.l0.c"]` is `[batch, time, unit]`.

    sentences: texts, sentences already split into tokens, or annotated ones (`SentencePair`), whose words then have
        roles in the trace; the decoder's where the translation is the annotated one but for the genders.
    targets: what the decoder is made to read and write (teacher forcing); None: its own greedy output.
    sites: a glob or a list of globs ("dec.*", ["*.c", "*.h"]); only these are recorded. None: all states and gates.
    network: run this `Network` with the translator's tokenizers instead of its own (an untrained twin).
    gradients: keep the autograd graph and record "dec.logits" as well, so that `Trace.gradient` can tell how a
        log-probability depends on every value recorded; on torch, and several times as slow.

    `tokens["enc"]` are the source's tokens: position t of an encoder site stands beside the one just read.
    `tokens["dec"]` are the target's and the end mark: step t of a decoder site is the one that writes token t, having
    read token t-1. `lengths` counts them. Raises `UnknownSite` for a glob that names no site, `TranslateError` for an
    empty sentence or another number of targets than sentences.
    """
    sentences = list(sentences)
    pairs = sentences if all(isinstance(sentence, SentencePair) for sentence in sentences) else None
    sources = [_ids(translator.source, sentence, "source") for sentence in sentences]
    forced = None if targets is None else [_ids(translator.target, target, "target") for target in targets]
    if any(not source for source in sources):
        raise TranslateError("A sentence without words cannot be traced; leave it out.")
    if forced is not None and len(forced) != len(sources):
        raise TranslateError(f"There are {len(sources)} sentences and {len(forced)} targets; give one for each.")
    if network is None:
        network = Network.of(translator.checkpoint.module()) if gradients else translator.network(len(sources))
    store = _Store(network.config, sources, forced, _wanted(network.config, sites, gradients), gradients)
    with torch.set_grad_enabled(gradients):
        for rows, batch in search.same_length(sources, _AT_ONCE):
            store.begin(rows)
            watched = network.watched(store.watch)
            if forced is None:
                found = search.decode(watched, batch)
                for row, hypothesis in zip(rows, found, strict=True):
                    store.written[row] = hypothesis.tokens + [END] * hypothesis.finished
            else:
                read(watched, batch, [forced[row] for row in rows])
        return store.trace(translator, pairs)


def read(network, source: np.ndarray, targets: Sequence[Sequence[int]]) -> None:
    """Let the decoder read given `targets` (ids, without marks) after the sources `[batch, time]`: teacher forcing."""
    words = np.full((len(targets), max(map(len, targets)) + 1), END, dtype=np.int64)
    words[:, 0] = START
    for row, target in enumerate(targets):
        words[row, 1 : len(target) + 1] = target
    state = network.encode(source)
    for t in range(words.shape[1]):
        _, state = network.step(state, words[:, t], t)


class _Store:
    """Collects what passes through the sites, batch by batch, into one array a site."""

    def __init__(self, config, sources, forced, wanted, gradients):
        self.config, self.sources, self.wanted, self.gradients = config, sources, set(wanted), gradients
        self.written = [None] * len(sources) if forced is None else [[*target, END] for target in forced]
        self.steps = {"enc": max(map(len, sources), default=0)}
        known = None if forced is None else max(map(len, self.written), default=0)
        self.steps["dec"] = known or max((search.longest(len(source)) for source in sources), default=0)
        self.values: dict[str, np.ndarray] = {}
        self.pieces: dict[str, list[tuple[int, list[int], Tensor]]] = {}  # with gradients: step, rows, value
        self.order = list(wanted)
        self.rows: list[int] = []

    def begin(self, rows: list[int]) -> None:
        self.rows = rows

    def watch(self, site: str, t: int, value):
        if site not in self.wanted:
            return value
        if self.gradients:
            # The model is frozen: the first step of a batch begins the graph at its own values.
            value = value if value.requires_grad else value.detach().requires_grad_()
            self.pieces.setdefault(site, []).append((t, self.rows, value))
            return value.clone() if site == LOGITS else value  # a search writes over its logits
        array = np.asarray(value)
        if site not in self.values:  # in the network's own precision
            shape = (self.steps[site[:3]], len(self.sources), value.shape[-1])
            self.values[site] = np.full(shape, np.nan, dtype=array.dtype)
        self.values[site][t, self.rows] = array
        return value

    def trace(self, translator, pairs: list[SentencePair] | None) -> Trace:
        counts = {"enc": [len(s) for s in self.sources], "dec": [len(w) for w in self.written]}
        self.lengths = {side: torch.tensor(count, dtype=torch.long) for side, count in counts.items()}
        tokens = {
            "enc": [_words(translator.source, ids) for ids in self.sources],
            "dec": [_words(translator.target, ids) for ids in self.written],
        }
        if self.gradients:
            steps = {site: [value for *_, value in self.pieces[site]] for site in self.order}
            values = {site: self._together(site, steps[site]) for site in self.order}
        else:
            steps, values = {}, {site: self._recorded(site) for site in self.order}
        return Trace(
            self.config.cell,
            values,
            self._initial(values),
            tokens=tokens,
            lengths=self.lengths,
            roles={} if pairs is None else self._roles(pairs, tokens["dec"]),
            vocabulary=list(translator.target.vocabulary) if LOGITS in values else [],
            backward=("enc",) if self.config.reverse_source else (),
            _steps=steps,
            _together=self._together,
        )

    def _recorded(self, site: str) -> Tensor:
        """The values of a site `[batch, time, unit]`, NaN beyond each row's end."""
        lengths = self.lengths[part_of(site)].numpy()
        longest = int(lengths.max(initial=0))
        empty = np.zeros((longest, len(self.sources), self.config.hidden), np.float32)
        array = self.values.get(site, empty)[:longest]
        array[np.arange(longest)[:, None] >= lengths] = np.nan
        return torch.from_numpy(array).transpose(0, 1)

    def _together(self, site: str, steps: Sequence[Tensor]) -> Tensor:
        """The same of values (or gradients) that came in pieces, one a batch and step."""
        lengths = self.lengths[part_of(site)]
        laid = steps[0].new_zeros(len(lengths), max(t for t, *_ in self.pieces[site]) + 1, steps[0].shape[-1])
        for (t, rows, _), value in zip(self.pieces[site], steps, strict=True):
            laid[rows, t] = value
        laid = laid[:, : int(lengths.max())]
        real = torch.arange(laid.shape[1]) < lengths.unsqueeze(1)
        return laid.where(real.unsqueeze(-1), torch.nan)

    def _initial(self, values: dict[str, Tensor]) -> dict[str, Tensor]:
        """The states before the first step: zeros for the encoder, the encoder's last for the decoder."""
        rows, initial = torch.arange(len(self.sources)), {}
        # Read backwards, the word at position 0 is the last one.
        last = torch.zeros_like(rows) if self.config.reverse_source else self.lengths["enc"] - 1
        for site in values:
            if site.split(".")[-1] not in cells.STATES[self.config.cell]:
                continue
            before = values.get(site.replace("dec.", "enc.", 1))
            if site.startswith("enc."):
                initial[site] = torch.zeros_like(values[site][:, 0])
            elif before is not None:
                initial[site] = before[rows, last]
        return initial

    def _roles(self, pairs: list[SentencePair], tokens: list[list[str]]) -> dict[str, list]:
        """The roles of both sides; in a translation that is another than the annotated one no word has a role."""
        own = [said[:-1] if ids[-1:] == [END] else said for said, ids in zip(tokens, self.written, strict=True)]
        fits = [is_written(pair, said) for pair, said in zip(pairs, own, strict=True)]
        target = [target_roles(pair) if fine else {} for pair, fine in zip(pairs, fits, strict=True)]
        return {"enc": [source_roles(pair) for pair in pairs], "dec": target}


def _ids(tokenizer: Tokenizer, sentence, side: str) -> list[int]:
    if isinstance(sentence, SentencePair):
        return tokenizer.ids(getattr(sentence, side))
    return tokenizer.encode(sentence) if isinstance(sentence, str) else tokenizer.ids(sentence)


def _words(tokenizer: Tokenizer, ids: Sequence[int]) -> list[str]:
    return [tokenizer.vocabulary[i] for i in ids]


def _wanted(config, sites: str | Sequence[str] | None, gradients: bool) -> list[str]:
    """The sites to record; the logits only where they are named, or needed for a score to differentiate."""
    known = sites_of(config)
    named = [] if sites is None else [sites] if isinstance(sites, str) else list(sites)
    found = known if sites is None else matching([glob for glob in named if glob != LOGITS], known)
    return [*found, LOGITS] if gradients or LOGITS in named else found
