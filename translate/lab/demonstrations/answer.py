"""A translation together with what went on in the network while it was made."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from translate.lab.tracing.recorder import record
from translate.lab.tracing.site import Site, memory_of, sites_of
from translate.lab.tracing.words import words
from translate.model.translator import Translation, Translator

Values = Mapping[str, np.ndarray]
"""By full site name (`dec.l0.c`), what it held at each step: `[time, unit]`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One translated sentence.

    Attributes:
        source, text: the sentence and its translation, as people write them.
        read, written: the words of both, as the network took them.
        finished: whether the network ended the translation; False if it was cut.
        translation: the translation itself, with the probabilities of its words.
        values: what each site held when a word had been read (`enc.`) or was being chosen (`dec.`), `[word, unit]`.
            Where a word is several steps long (subword pieces), it is its last step's.
        memory: the state that is the network's memory, "c" or "h".
    """

    source: str
    text: str
    read: list[str]
    written: list[str]
    finished: bool
    translation: Translation = field(repr=False)
    values: Values = field(repr=False)
    memory: str

    def memory_site(self, side: str) -> Site:
        """Where the memory of a side ("enc", "dec") is: the state of its first layer."""
        return Site.of(side, 0, self.memory)


def answer(translator: Translator, line: str) -> Answer:
    """Translate `line` greedily and record the run. Raises `TranslateError` where the model cannot be computed."""
    translation = translator.translate([line])[0][0]
    source, target = translator.source.encode(line), translator.target.ids(translation.tokens)
    recorded, _ = record(translator.network(), [source], [target], _shown(translator))
    steps = translator.source.split(line) if translator.source.kind == "word" else None
    read, read_ends = words(translator.source, source, steps)
    written, written_ends = words(translator.target, target)
    ends = {"enc": read_ends, "dec": written_ends}
    values: Values = {site: steps[0][ends[site.side]] for site, steps in recorded.items()}
    return Answer(
        source=line,
        text=translation.text,
        read=read,
        written=written,
        finished=translation.finished,
        translation=translation,
        values=values,
        memory=memory_of(translator.checkpoint.config.cell),
    )


def _shown(translator: Translator) -> list[Site]:
    """Every state and gate: no pre-activations."""
    return [site for site in sites_of(translator.checkpoint.config) if not site.name.endswith("_pre")]
