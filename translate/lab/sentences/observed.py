"""States of annotated sentences as rows that a probe can be fitted to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from translate.corpus.pair import SentencePair
from translate.errors import TranslateError
from translate.lab.sentences.labels import Labels, label
from translate.lab.tracing.run import trace
from translate.lab.tracing.site import DECODER_FIRST, Site, states_of
from translate.lab.tracing.trace import Trace
from translate.model.runnable import Runnable
from translate.model.translator import Translator

AT_ONCE = 1000  # sentences that are traced together: while they are, every gate is held


@dataclass(frozen=True)
class Observed:
    """Annotated sentences and the states of a model that read and wrote them.

    states: by site, word after word of all sentences, `[word, unit]`: half of a rectangle `[sentence, time, unit]`
    would be padding. lengths: of the sentences, by side, `[sentence]`. labels: by side ("enc", "dec"). kind: of the
    cell.
    """

    pairs: list[SentencePair]
    states: dict[Site, np.ndarray]
    lengths: dict[str, torch.Tensor]
    labels: dict[str, Labels]
    kind: str

    @classmethod
    def of(cls, pairs: list[SentencePair], traces: Iterable[Trace]) -> "Observed":
        """The sentences beside their traces, row by row, each of which is let go before the next is made."""
        states: dict[str, list[np.ndarray]] = {}
        lengths: dict[str, list[torch.Tensor]] = {}
        for part in traces:
            for site in part.sites:
                there = _there(part.lengths[Site(site).side])
                states.setdefault(site, []).append(part[site][there].numpy())
            for side, of_side in part.lengths.items():
                lengths.setdefault(side, []).append(of_side)
        return cls(
            pairs,
            {Site(site): np.concatenate(parts) for site, parts in states.items()},
            {side: torch.cat(parts) for side, parts in lengths.items()},
            {side: label(pairs, side) for side in DECODER_FIRST},
            part.kind,
        )

    @property
    def sites(self) -> list[Site]:
        """The sites that were kept."""
        return list(self.states)

    def trace(self, site: str) -> Trace:
        """The trace of one site, made anew."""
        there = _there(self.lengths[Site(site).side])
        values = torch.full((*there.shape, self.states[Site(site)].shape[1]), torch.nan)
        values[there] = torch.from_numpy(self.states[Site(site)])
        return Trace(self.kind, {site: values}, lengths=self.lengths)

    def array(self, site: str) -> np.ndarray:
        """The states at a site, `[sentence, time, unit]`, NaN beyond a sentence's end; made anew."""
        return self.trace(site)[site].numpy()

    def rows(self, site: str, labels: Labels) -> np.ndarray:
        """The states that stand beside some labels, `[row, unit]`."""
        lengths = self.lengths[Site(site).side].numpy()
        return self.states[Site(site)][(np.cumsum(lengths) - lengths)[labels.sentence] + labels.position]

    def labelled(self, rows: np.ndarray) -> "Observed":
        """The same states with the labels of some of the sentences alone; rows: a mask `[sentence]`."""
        chosen = {side: labels.where(rows[labels.sentence]) for side, labels in self.labels.items()}
        return replace(self, labels=chosen)


def _there(lengths: torch.Tensor) -> torch.Tensor:
    """Which positions of each row are a word's, `[sentence, time]`."""
    return torch.arange(int(max(lengths, default=0))) < lengths[:, None]


def observe(
    translator: Translator,
    pairs: Sequence[SentencePair],
    network: Runnable | None = None,
    sites: Sequence[str] | None = None,
) -> Observed:
    """Let a model read and write `pairs` (teacher forcing) and keep its states.

    sites: what to keep (default: c and h of every layer; of a bidirectional encoder those of the half that reads
    forwards, for the *current* gender is that of a noun that has been read, and the other half comes from the end).
    network: a `Network` to run instead of the translator's own.
    Raises `TranslateError` where a word of the sentences is unknown to the model: a state would then stand beside a
    word that the model never saw.
    """
    pairs = list(pairs)
    check_words(translator, pairs)
    if sites is None:
        config = translator.checkpoint.config if network is None else network.config
        both = [site for side in reversed(DECODER_FIRST) for site in states_of(config, side)]
        sites = [site for site in both if not site.is_reverse]
    parts = [pairs[first : first + AT_ONCE] for first in range(0, len(pairs), AT_ONCE)] or [[]]
    return Observed.of(
        pairs,
        (
            trace(translator, [p.source for p in part], [p.target for p in part], sites, network=network)
            for part in parts
        ),
    )


def check_words(translator: Translator, pairs: Sequence[SentencePair]) -> None:
    """Raise `TranslateError` unless each token of the sentences is one known step of the model."""
    for tokenizer, side in ((translator.source, "source"), (translator.target, "target")):
        known = set(tokenizer.vocabulary)
        unknown = sorted({word for pair in pairs for word in getattr(pair, side)} - known)
        if unknown:
            check_whole_words(translator)
            more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
            raise TranslateError(
                f"The model does not know {', '.join(unknown[:3])}{more}; "
                "give the corpus of `translate corpus` that it was trained on (--corpus), or, of a model of other "
                "text, contrasts of your own (`contrast`, lab.contrast)."
            )


def check_whole_words(translator: Translator) -> None:
    """Raise `TranslateError` for a model of pieces: of the laboratory's sentences it has few words as one step."""
    for tokenizer in (translator.source, translator.target):
        if tokenizer.kind != "word":
            raise TranslateError(
                f"The model reads {tokenizer.kind} pieces, and the laboratory's sentences are annotated by word; "
                "train one of whole words (--pieces word), or bring contrasts of your own (`contrast`, lab.contrast)."
            )
