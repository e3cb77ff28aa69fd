"""Any contrast in place of the lesson's: a setup for the experiments, made of sentences and their counterfactuals."""

from collections.abc import Sequence

from translate.errors import UsageError
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.contrast import Contrast
from translate.lab.sentences.contrasted import Contrasted, contrasted
from translate.lab.sentences.lemmas import split_lemmas
from translate.model.translator import Translator

_LEAST = 4
"""So many different labels at least: some to fit on, others to test on."""


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
