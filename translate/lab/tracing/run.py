"""`lab.trace`: a run with every quantity recorded, of a translator or of any `torch.nn.LSTM`, `GRU` or `RNN`."""

from collections.abc import Sequence
from typing import Any, cast, overload

import torch
from torch import Tensor, nn

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.tracing.recorder import Recorder, run_recorded
from translate.lab.tracing.roles import Roles, is_written, source_roles, target_roles
from translate.lab.tracing.site import LOGITS, Site, backward, matching, sites_of, started_from
from translate.lab.tracing.trace import Trace
from translate.model import cells, unroll
from translate.model.cells import Watcher, identity
from translate.model.config import ModelConfig
from translate.model.network import Network
from translate.model.runnable import Runnable
from translate.model.translator import Translator
from translate.text import listed
from translate.tokenizer import END, Tokenizer

SentenceLike = str | Sequence[str] | SentencePair
"""A text, its tokens, or an annotated pair."""


@overload
def trace(
    model: Translator,
    inputs: str | Sequence[SentenceLike],
    targets: str | Sequence[SentenceLike] | None = None,
    sites: str | Sequence[str] | None = None,
    *,
    network: Runnable | None = None,
    gradients: bool = False,
) -> Trace: ...


@overload
def trace(
    model: nn.Module,
    inputs: Tensor,
    state: Tensor | tuple[Tensor, Tensor] | None = None,
    sites: str | Sequence[str] | None = None,
    *,
    gradients: bool = False,
    edit: Watcher = identity,
    tokens: list[list[str]] | None = None,
    lengths: Tensor | None = None,
) -> Trace: ...


def trace(  # type: ignore[misc]  # the third argument of a module is its state
    model: Translator | nn.Module,
    inputs: Any,
    targets: Any = None,
    sites: str | Sequence[str] | None = None,
    *,
    network: Runnable | None = None,
    gradients: bool = False,
    state: Tensor | tuple[Tensor, Tensor] | None = None,
    edit: Watcher = identity,
    tokens: list[list[str]] | None = None,
    lengths: Tensor | None = None,
) -> Trace:
    """Record a run: every state and gate of every step, as a `Trace`.

    `trace(translator, sentences)` has `trace["dec.l0.c"]`, `[batch, time, unit]`; `trace(module, tensor)` of a
    `torch.nn.LSTM`, `GRU` or `RNN` has `trace["l0.f"]`, the forget gate of its first layer.

    Args:
        model: the translator, or the module.
        inputs: of a translator texts (a string is one), sentences split into tokens, or annotated ones
            (`SentencePair`), whose words then have roles (the decoder's where the translation is the annotated one but
            for the genders). Of a module its input, in its own layout.
        targets: (translator) what the decoder is made to read and write: teacher forcing. None: its own greedy output.
        sites: a glob or a list of globs ("dec.*", ["*.c", "*.h"]); only these are recorded. None: all states and gates.
        network: (translator) run this network with the translator's tokenizers instead of its own: an untrained twin,
            or `lab.EditedNetwork(translator.network(), runs)`, which edits each sentence in its own way.
        gradients: keep the autograd graph (and record "dec.logits"), so that `Trace.gradient` can tell how a number
            depends on every value recorded; on torch, and several times as slow.
        state: (module) the initial state in the module's layout, also as the third argument; None: zeros.
        edit: (module) a watcher such as `lab.Edits`, which may change values on their way; its values are recorded.
        tokens, lengths: (module) what stands at each position, row by row; how many of a row are real, `[batch]`.

    Of a translator, position t of an encoder site stands beside `tokens["enc"][row][t]`, which has just been read. Step
    t of a decoder site stands beside `tokens["dec"][row][t]`, which it writes next, having read token t - 1.

    Raises `UnknownSite` for a glob that names no site, `TranslateError` for what cannot be run step by step.
    """
    if isinstance(model, nn.Module):
        return _trace_module(
            cast(nn.RNNBase, model),
            inputs,
            targets if state is None else state,
            sites,
            gradients,
            edit,
            tokens,
            lengths,
        )
    return _trace_translator(model, inputs, targets, sites, network, gradients)


def _trace_module(
    module: nn.RNNBase,
    inputs: Tensor,
    state: Tensor | tuple[Tensor, Tensor] | None,
    sites: str | Sequence[str] | None,
    gradients: bool,
    edit: Watcher,
    tokens: list[list[str]] | None,
    lengths: Tensor | None,
) -> Trace:
    recorder = Recorder(sites, gradients)
    kind, names = unroll.kind_of(module), unroll.sites_of(module)
    matching(recorder.globs or "*", names)  # raises where one names nothing

    def watch(site: str, t: int, value: Tensor) -> Tensor:
        return recorder(site, t, edit(site, t, value))

    watcher = recorder if edit is identity else watch
    with torch.set_grad_enabled(gradients):
        outputs, last = unroll.run(module, inputs, state, watcher, lengths, keep_all=sites is None)
    return module_trace(
        recorder,
        kind,
        outputs=outputs if module.batch_first else outputs.transpose(0, 1),
        state=last,
        tokens={} if tokens is None else {"": tokens},
        lengths={} if lengths is None else {"": lengths},
    )


def module_trace(recorder: Recorder, kind: str, **fields: Any) -> Trace:
    """What a recorder kept of modules of one kind of cell, as a `Trace`.

    fields: its other fields (outputs, state, tokens, lengths). For models of several parts, each watched by
    `recorder.under(prefix)`.
    """
    kept = {site: [steps[t] for t in sorted(steps)] for site, steps in _by_step(recorder).items()}
    initial = {site.removesuffix("_0"): kept.pop(site)[0] for site in list(kept) if site.endswith("_0")}
    values = {site: value.transpose(0, 1) for site, value in _joined(kept).items()}
    return Trace(kind, values, initial, _steps=kept if recorder.gradients else {}, **fields)


def _by_step(recorder: Recorder) -> dict[str, dict[int, Tensor]]:
    return {site: {t: value for t, _, value in recorder.pieces[site] or ()} for site in recorder.sites}


def _joined(kept: dict[str, list[Tensor]]) -> dict[str, Tensor]:
    """The values of all steps of each site as one tensor `[time, batch, unit]`.

    Values that already lie in one buffer at equal distances (where nothing is differentiated: the pre-activations,
    and with all sites recorded the others as well) are described by a view of it. The rest are copied side by side
    in one go, those of one shape together: this costs half of what a copy for each site does.
    """
    views = {site: unroll.one_view(steps) for site, steps in kept.items()}
    joined = {site: view for site, view in views.items() if view is not None}
    alike: dict[tuple, list[str]] = {}
    for site, steps in kept.items():
        if site not in joined:
            key = len(steps), steps[0].shape, steps[0].dtype, steps[0].requires_grad
            alike.setdefault(key, []).append(site)
    for sites in alike.values():
        copies = torch.stack([value for site in sites for value in kept[site]])
        joined |= zip(sites, copies.chunk(len(sites)), strict=True)
    return {site: joined[site] for site in kept}


def _trace_translator(
    translator: Translator,
    sentences: str | Sequence[SentenceLike],
    targets: str | Sequence[SentenceLike] | None,
    sites: str | Sequence[str] | None,
    network: Runnable | None,
    gradients: bool,
) -> Trace:
    sentences = listed(sentences)
    sources = [_ids(translator.source, sentence, "source") for sentence in sentences]
    forced = None if targets is None else [_ids(translator.target, target, "target") for target in listed(targets)]
    if not all(sources):
        raise TranslateError("A sentence without words cannot be traced; leave it out.")
    if forced is not None and len(forced) != len(sources):
        raise TranslateError(f"There are {len(sources)} sentences and {len(forced)} targets; give one for each.")
    if network is None:
        network = Network.of(translator.checkpoint.module()) if gradients else translator.network(len(sources))
    wanted = _wanted(network.config, sites, gradients)
    recorder = Recorder([*wanted, *started_from(network.config, wanted)], gradients)
    with torch.set_grad_enabled(gradients):
        written = run_recorded(network, recorder, sources, forced)
        run_of = _TranslatorRun(network.config, recorder, sources, written, [Site(site) for site in wanted])
        pairs = [sentence for sentence in sentences if isinstance(sentence, SentencePair)]
        return run_of.trace(translator, pairs if len(pairs) == len(sentences) else None)


class _TranslatorRun:
    """What was recorded of a translator's run, batch by batch, and how it is laid side by side."""

    def __init__(
        self,
        config: ModelConfig,
        recorder: Recorder,
        sources: Sequence[list[int]],
        written: Sequence[list[int]],
        sites: list[Site],
    ):
        self.config, self.recorder, self.sources, self.written, self.sites = config, recorder, sources, written, sites
        self.lengths = {
            side: torch.tensor([len(ids) for ids in sentences], dtype=torch.long)
            for side, sentences in (("enc", sources), ("dec", written))
        }

    def trace(self, translator: Translator, pairs: list[SentencePair] | None) -> Trace:
        sides = (("enc", translator.source, self.sources), ("dec", translator.target, self.written))
        tokens = {side: [[t.vocabulary[i] for i in ids] for ids in rows] for side, t, rows in sides}
        steps: dict[str, list[Tensor]] = {}
        if self.recorder.gradients:
            steps = {site: self.recorder.steps(site) for site in self.sites}
        values: dict[str, Tensor] = {site: self._value(site) for site in self.sites}
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

    def _value(self, site: Site) -> Tensor:
        return self._together(site, self.recorder.steps(site)) if self.recorder.gradients else self._recorded(site)

    def _recorded(self, site: Site) -> Tensor:
        lengths = self.lengths[site.side].numpy()
        if site not in self.recorder.pieces:  # no sentences
            return torch.zeros(len(lengths), int(lengths.max(initial=0)), self.config.hidden)
        laid_out = torch.from_numpy(self.recorder.laid_out(site, lengths))
        self.recorder.pieces[site] = []  # of thousands of sentences both would be hundreds of megabytes
        return laid_out

    def _together(self, site: str, steps: Sequence[Tensor]) -> Tensor:
        """Values (or gradients) that came in pieces, one a batch and step, as `[batch, time, unit]`."""
        lengths = self.lengths[Site(site).side]
        pieces = self.recorder.pieces[site] or []
        width = max(value.shape[-1] for value in steps)
        laid = steps[0].new_full((len(lengths), max(t for t, *_ in pieces) + 1, width), torch.nan)
        for (t, rows, _), value in zip(pieces, steps, strict=True):
            laid[rows, t, : value.shape[-1]] = value
        laid = laid[:, : int(lengths.max())]
        is_real = torch.arange(laid.shape[1]) < lengths.unsqueeze(1)
        return laid.where(is_real.unsqueeze(-1), torch.nan)

    def _initial(self, values: dict[str, Tensor]) -> dict[str, Tensor]:
        """The states before the first step: zeros for the encoder, the encoder's last for the decoder.

        Those of a bidirectional encoder's directions side by side.
        """
        rows, initial = torch.arange(len(self.sources)), dict[str, Tensor]()
        if not self.sources:
            return initial
        # Read backwards, the word at position 0 is the last one.
        last = torch.zeros_like(rows) if self.config.reverse_source else self.lengths["enc"] - 1
        for site in map(Site, values):
            before = values.get(site.on("enc"))
            if site.name not in cells.STATES[self.config.cell] or before is None:
                continue
            if site.side == "enc":
                initial[site] = torch.zeros_like(before[:, 0])
                continue
            initial[site] = before[rows, last]
            if self.config.bidirectional:
                other = backward(site)
                behind = values[other] if other in values else self._value(other)
                initial[site] = torch.cat([initial[site], behind[:, 0]], dim=-1)
        return initial

    def _roles(self, pairs: list[SentencePair], tokens: list[list[str]]) -> dict[str, list[Roles]]:
        """The roles of both sides; in a translation that is another than the annotated one no word has a role."""
        words = [row[:-1] if ids[-1:] == [END] else row for row, ids in zip(tokens, self.written, strict=True)]
        target = [target_roles(p) if is_written(p, row) else {} for p, row in zip(pairs, words, strict=True)]
        return {"enc": [source_roles(pair) for pair in pairs], "dec": target}


def _ids(tokenizer: Tokenizer, sentence: SentenceLike, side: str) -> list[int]:
    if isinstance(sentence, SentencePair):
        return tokenizer.ids(getattr(sentence, side))
    return tokenizer.encode(sentence) if isinstance(sentence, str) else tokenizer.ids(sentence)


def _wanted(config: ModelConfig, sites: str | Sequence[str] | None, gradients: bool) -> list[str]:
    """The sites to record; the logits only where they are named, or needed for a score to differentiate."""
    known: list[str] = list(sites_of(config))
    named = [] if sites is None else [sites] if isinstance(sites, str) else list(sites)
    wanted = known if sites is None else matching([glob for glob in named if glob != LOGITS], known)
    return [*wanted, LOGITS] if gradients or LOGITS in named else wanted
