"""A translation together with what went on in the network while it was made."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from translate.lab.demonstrations.direction import MEMORY
from translate.lab.tracing.words import words
from translate.lines import visible
from translate.model.network import Network
from translate.model.translator import Translator
from translate.tokenizer import START

Values = dict[str, np.ndarray]
"""By full site name (`dec.l0.c`), what it held at each step: `[time, unit]`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One translated sentence.

    Attributes:
        source, text: the sentence and its translation, as people write them.
        read, written: the words of both, as the network took them.
        finished: whether the network ended the translation; False if it was cut.
        values: what each site held when a word had been read (`enc.`) or was being chosen (`dec.`), `[word, unit]`.
            Where a word is several steps long (subword pieces), it is its last step's.
        memory: the state that is the network's memory, "c" or "h".
    """

    source: str
    text: str
    read: list[str]
    written: list[str]
    finished: bool
    values: Values = field(repr=False)
    memory: str

    def memory_site(self, side: str) -> str:
        """Where the memory of a side ("enc", "dec") is: the state of its first layer."""
        return f"{side}.l0.{self.memory}"


def answer(translator: Translator, line: str) -> Answer:
    """Translate `line` greedily and record the run. Raises `TranslateError` where the model cannot be computed."""
    translation = translator.translate([line], scores=False)[0][0]
    source, target = translator.source.encode(line), translator.target.ids(translation.tokens)
    values = record(translator.network(), source, target)
    steps = translator.source.split(line) if translator.source.kind == "word" else None
    read, read_ends = words(translator.source, source, steps)
    written, written_ends = words(translator.target, target)
    ends = {"enc": read_ends, "dec": written_ends}
    values = {site: steps[ends[site.split(".")[0]]] for site, steps in values.items()}
    return Answer(
        source=line,
        text=visible(translation.text),  # a model of subword pieces can write any byte, control characters too
        read=read,
        written=written,
        finished=translation.finished,
        values=values,
        memory=MEMORY[translator.checkpoint.config.cell],
    )


def record(network: Network, source: Sequence[int], target: Sequence[int]) -> Values:
    """Run one sentence, ids without marks, and keep every state and gate (no pre-activations, no logits).

    The values of the decoder at step t are those from which word t of `target` is chosen; the step that ends the
    sentence is left out.
    """
    kept: dict[str, dict[int, np.ndarray]] = {}

    def keep(site: str, t: int, value):
        if not site.endswith(("_pre", "logits")):
            kept.setdefault(site, {})[t] = network.lib.to_numpy(value)[0].copy()
        return value

    watched = network.watched(keep)
    state = watched.encode(np.array([source], dtype=np.int64))
    for t, word in enumerate([START, *target][: len(target)]):
        _, state = watched.step(state, np.array([word], dtype=np.int64), t)
    return {site: np.stack([steps[t] for t in sorted(steps)]) for site, steps in kept.items()}
