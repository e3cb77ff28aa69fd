"""Any contrast in place of the lesson's: a setup for the experiments, and what they find of it.

Misleads when a contrast is taken for one thing and is two: a man and a woman in a caption differ in gender, and in what
captions say of them. What else differs in the model's words stands in `changed`; the controls move as much as the
contrast does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from translate.errors import UsageError
from translate.lab.experiments.intervening.necessity import Necessity, necessity
from translate.lab.experiments.mechanism.causal_map import CausalMap, causal_map
from translate.lab.experiments.reading.stored import Reading, stored
from translate.lab.experiments.reading.units import Units, rank, units
from translate.lab.experiments.setup import Provenance, Setup, provenance
from translate.lab.sentences.contrast import Contrast
from translate.lab.sentences.contrasted import Contrasted, Dropped, contrasted
from translate.lab.sentences.lemmas import split_lemmas
from translate.lab.statistics.shown import Shown
from translate.lab.tracing.site import DECODER_FIRST
from translate.model.translator import Translator

_LEAST = 4
"""So many different labels at least: some to fit on, others to test on."""


@dataclass(frozen=True)
class Change:
    """What the model writes for the first sentence, what in its place for the other, and in how many contrasts."""

    one: str
    other: str
    contrasts: int


@dataclass(frozen=True)
class OfSide:
    """One side of the network. read: its memory, read on contrasts it was not fitted on, beside the controls.

    units: of its memory, best first. parts: what exchanging each part of the memory does, and all but it; None where
    hardly anything depends on the contrast.
    """

    side: str
    read: Reading
    units: Units
    parts: Necessity | None


@dataclass(frozen=True)
class ContrastFindings(Shown):
    """What depends on a contrast, where it is, and what follows it.

    used: contrasts that could be asked; dropped: the others, and why. crossed: sentences with two. words: of the
    model's that are judged, over all sentences. hits, expected: of the words that were said to change, those that do,
    and all. causes: every site at every step exchanged.
    """

    about: Provenance
    used: int
    dropped: tuple[Dropped, ...]
    crossed: int
    changed: tuple[Change, ...]
    words: int
    hits: int
    expected: int
    sides: tuple[OfSide, ...]
    causes: CausalMap | None


def contrast(
    translator: Translator,
    pairs: Sequence[Contrast | tuple[str, str]],
    seed: int = 0,
    origin: str = "your contrasts",
) -> tuple[Setup, Contrasted]:
    """A setup with which every experiment asks about a contrast of one's own, and what it was made of.

    pairs: sentences with their counterfactuals. Where the experiments speak of a gender, the first sentence's side is
    masculine ("m") and the other one's feminine ("f"), whatever they are about; where of a noun, the first word that
    the model writes otherwise. seed: of the split and of every other random choice. origin: where they come from.
    Raises `UsageError` where too few can be used, see `contrasted`.
    """
    found = contrasted(translator, [each if isinstance(each, Contrast) else Contrast(*each) for each in pairs], origin)
    sentences = found.material.pairs("switch")
    labels = {noun.lemma for pair in sentences for noun in pair.nouns}
    if len(labels) < _LEAST:
        raise UsageError(
            f"Of {len(pairs)} contrasts {len(found.used)} can be used, too few to fit on some and to test on others; "
            f"give {_LEAST} or more that the model translates in two ways."
        )
    return Setup(translator, found.material, split_lemmas(sentences, seed), seed), found


def contrast_findings(
    setup: Setup, found: Contrasted, command: str = "", progress: Callable[[str], None] = lambda stage: None
) -> ContrastFindings:
    """Ask the experiments about a contrast, as `contrast` has set it up. progress: told of each part as it begins."""
    sides = []
    for side in DECODER_FIRST:
        site = setup.memory.on(side)
        progress(f"reading: the {'decoder' if side == 'dec' else 'encoder'}'s memory, and its controls")
        read, ranking = stored(setup, site), rank(setup, site)
        progress(f"intervention: each part of that memory exchanged, and all but it ({side})")
        sides.append(OfSide(side, read, units(setup, ranking), necessity(setup, ranking, side)))
    progress("mechanism: every site at every step exchanged")
    return ContrastFindings(
        about=Provenance(**provenance(setup, command)),
        used=len(found.used),
        dropped=found.dropped,
        crossed=found.crossed,
        changed=tuple(Change(*words, count) for words, count in found.changed.items()),
        words=sum(len(pair.agreements) for pair in setup.pairs),
        hits=found.hits,
        expected=found.expected,
        sides=tuple(sides),
        causes=causal_map(setup),
    )
