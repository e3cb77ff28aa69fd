"""`lab.trace`: a run with every quantity recorded, of a translator or of any `torch.nn.LSTM`, `GRU` or `RNN`."""

from collections.abc import Sequence
from typing import Any, cast, overload

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError, UsageError
from translate.lab.tracing.editor import Editing, check_reached, editor_of, placed
from translate.lab.tracing.module_run import module_trace as module_trace
from translate.lab.tracing.module_run import trace_module
from translate.lab.tracing.recorder import Recorder, run_recorded
from translate.lab.tracing.roles import Roles, is_written, source_roles, target_roles
from translate.lab.tracing.site import DECODER, ENCODER, LOGITS, Site, backward, matching, sites_of, started_from
from translate.lab.tracing.trace import Trace
from translate.model import cells, search
from translate.model.config import ModelConfig
from translate.model.network import Network
from translate.model.runnable import Runnable
from translate.model.translator import Translator
from translate.model.unroll import Lengths
from translate.text import listed, shown
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
    edit: Editing = None,
) -> Trace: ...


@overload
def trace(
    model: nn.Module,
    inputs: Tensor | PackedSequence,
    state: Tensor | tuple[Tensor, Tensor] | None = None,
    sites: str | Sequence[str] | None = None,
    *,
    gradients: bool = False,
    edit: Editing = None,
    tokens: list[list[str]] | None = None,
    lengths: Lengths | None = None,
    check: bool = True,
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
    edit: Editing = None,
    tokens: list[list[str]] | None = None,
    lengths: Lengths | None = None,
    check: bool = True,
) -> Trace:
    """Record a run: every state and gate of every step, as a `Trace`.

    `trace(translator, sentences)` has `trace["dec.l0.c"]`, `[batch, time, unit]`; `trace(module, tensor)` of a
    `torch.nn.LSTM`, `GRU` or `RNN` has `trace["l0.f"]`, the forget gate of its first layer.

    Args:
        model: the translator, or the module.
        inputs: of a translator texts (a string is one), sentences split into tokens, or annotated ones
            (`SentencePair`), whose words then have roles (the decoder's where the translation is the annotated one but
            for the genders). Of a module its input: in its own layout, one sequence `[time, input]` (a batch of one),
            or a `PackedSequence`.
        targets: (translator) what the decoder is made to read and write: teacher forcing. None: its own greedy output.
        sites: a glob or a list of globs ("dec.*", ["*.c", "*.h"]); only these are recorded. None: all states and gates.
        network: (translator) run this network with the translator's tokenizers instead of its own: an untrained twin,
            or `lab.EditedNetwork(translator.network(), runs)`, which edits each sentence in its own way.
        gradients: keep the autograd graph (and record "dec.logits"), so that `Trace.gradient` can tell how a number
            depends on every value recorded; on torch, and several times as slow.
        state: (module) the initial state in the module's layout, also as the third argument; None: zeros.
        edit: what changes values on their way, in all rows alike; what it makes of them is recorded. A `lab.Edit`, a
            list of them, `lab.Edits`, or a watcher `at(site, t, value)`. An edit of a site, a step or a unit that the
            run has not is an error.
        tokens, lengths: (module) what stands at each position, row by row; how many of a row are real, `[batch]`, as a
            list, an array or a tensor.
        check: (module) hold the values against the module itself. A plain module makes each step of the first row
            again, from the states that the step began with, and must come to the states that it ended with; once for
            each state of its weights and kind of run. One with hooks, a forward of its own or weights made by others is
            run as a whole each time, its hooks too, and its outputs and last state must be those of the steps. Where
            values are edited, the steps checked are made without the edits. A wrapper that sets the weights with each
            of its runs is not asked: call eval() on it and run it once before.

    Of a translator, position t of an encoder site stands beside `tokens["enc"][row][t]`, which has just been read. Step
    t of a decoder site stands beside `tokens["dec"][row][t]`, which it writes next, having read token t - 1.

    Raises `UnknownSite` for a glob that names no site, `TranslateError` for what cannot be run step by step, or gives
    other values than the module itself.
    """
    if isinstance(model, nn.Module):
        _refuse({"network": network}, "a module", "a translator")
        state = targets if state is None else state
        return trace_module(cast(nn.RNNBase, model), inputs, state, sites, gradients, edit, tokens, lengths, check)
    if not isinstance(model, Translator):
        raise UsageError(
            f"A Translator or a torch.nn.LSTM, GRU or RNN is traced, not {shown(model)}; "
            "Translator.load(…) opens a model."
        )
    _refuse({"state": state, "tokens": tokens, "lengths": lengths}, "a translator", "a module")
    return _trace_translator(model, inputs, targets, sites, network, gradients, edit)


def _refuse(given: dict[str, Any], of: str, belongs_to: str) -> None:
    for name, value in given.items():
        if value is not None:
            raise UsageError(f"A trace of {of} takes no `{name}`, which is for that of {belongs_to}; leave it out.")


def _trace_translator(
    translator: Translator,
    sentences: str | Sequence[SentenceLike],
    targets: str | Sequence[SentenceLike] | None,
    sites: str | Sequence[str] | None,
    network: Runnable | None,
    gradients: bool,
    edit: Editing,
) -> Trace:
    sentences = listed(sentences)
    sources = [_ids(translator.source, sentence, "source") for sentence in sentences]
    gradients = bool(gradients)
    forced = None if targets is None else [_ids(translator.target, target, "target") for target in listed(targets)]
    if not all(sources):
        raise TranslateError("A sentence without words cannot be traced; leave it out.")
    if forced is not None and len(forced) != len(sources):
        raise TranslateError(f"There are {len(sources)} sentences and {len(forced)} targets; give one for each.")
    if network is None:
        network = Network.of(translator.checkpoint.module()) if gradients else translator.network(len(sources))
    runs = getattr(network, "runs", sentences)  # of an `EditedNetwork`
    if len(runs) != len(sentences):
        raise TranslateError(f"There are {len(runs)} runs and {len(sentences)} sentences; give one for each.")
    wanted = _wanted(network.config, sites, gradients)
    recorder = Recorder([*wanted, *started_from(network.config, wanted)], gradients)
    known = _steps(network.config, sources, forced)
    editor = editor_of(edit, known)
    with torch.set_grad_enabled(gradients):
        written = run_recorded(network, recorder, sources, forced, editor)
        longest = max(map(len, written), default=0)
        named = [*(placed(edit, known) or ()), *(each for run in getattr(network, "runs", ()) for each in run)]
        check_reached((each, longest) for each in named)
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


def _steps(config: ModelConfig, sources: Sequence[list[int]], targets: Sequence[list[int]] | None) -> dict[str, range]:
    """The steps of every site, as far as any sentence has them; targets: what is to be written, if that is known."""
    read = max(map(len, sources), default=0)
    written = search.longest(read) if targets is None else max((len(target) + 1 for target in targets), default=0)
    sides = {ENCODER: range(read), DECODER: range(written)}
    return {site: sides[site.side] for site in [*sites_of(config), LOGITS]}


def _ids(tokenizer: Tokenizer, sentence: SentenceLike, side: str) -> list[int]:
    if isinstance(sentence, SentencePair):
        return tokenizer.ids(getattr(sentence, side))
    return tokenizer.encode(sentence) if isinstance(sentence, str) else tokenizer.ids(sentence)


def _wanted(config: ModelConfig, sites: str | Sequence[str] | None, gradients: bool) -> list[str]:
    """The sites to record; the logits only where they are named, or needed for a score to differentiate."""
    known: list[str] = list(sites_of(config))
    named = [] if sites is None else listed(sites)
    wanted = known if sites is None else matching([glob for glob in named if glob != LOGITS], known)
    return [*wanted, LOGITS] if gradients or LOGITS in named else wanted
