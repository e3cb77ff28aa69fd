"""Counterfactual translations: what a model says when its states are edited on the way.

runs = [(0, [Edit("dec.l0.f", Set(1.0), steps=3)]), (0, [Edit("dec.l0.f", Set(0.0), steps=3)])]
lab.edit(translator, ["I am a girl who likes to learn"], runs)
"""

from collections.abc import Sequence

import numpy as np

from translate.errors import TranslateError, UsageError
from translate.lab.editing.edit import Edit
from translate.lab.editing.network import EditedNetwork, Run
from translate.lab.editing.operations import Set
from translate.lab.tracing.site import LOGITS
from translate.model import search
from translate.model.runnable import Runnable
from translate.model.translator import Translation, Translator
from translate.text import listed
from translate.tokenizer import UNKNOWN, Tokenizer

AT_ONCE = 4096

Text = str | Sequence[str]
"""A text, or its tokens."""


def edit(
    translator: Translator,
    sentences: str | Sequence[Text],
    runs: Sequence[tuple[int, Run]],
    *,
    targets: str | Sequence[Text] | None = None,
    prefix: str | Sequence[Text] = (),
    beam: int = 1,
    scores: bool = False,
    network: Runnable | None = None,
) -> list[Translation]:
    """Translate with edits, freely: one `Translation` a run, in their order; thousands go through in one call.

    Args:
        translator: the model.
        sentences: texts, or sentences already split into tokens; a string is one sentence.
        runs: (number of the sentence, the edits) for each run; no edits give the model's own translation.
        targets: for each run, the translation that it is made to read and write (teacher forcing); what comes back
            is that one with its log-probabilities. None: the run's own words.
        prefix: with what a translation must begin: one text for all runs, or a list with one for each.
        beam: the width of the beam; 1 is greedy.
        scores: whether log-probabilities are wanted; they take time. (With a beam and with targets they are there.)
        network: run this `Network` instead of the translator's own.

    Raises `TranslateError` for an edit that cannot be made and `UsageError` for a prefix of unknown words or options
    that exclude each other.
    """
    if beam < 1 or (targets is not None and (beam > 1 or len(prefix))):
        raise UsageError("With targets there is nothing to search; leave prefix and beam out (a beam is 1 or wider).")
    ids = [_ids(translator.source, sentence) for sentence in listed(sentences)]
    numbers = [number for number, _ in runs]
    if any(not 0 <= number < len(ids) for number in numbers):
        raise TranslateError(f"A run names sentence {max(numbers)} of {len(ids)}; they are numbered from 0.")
    first, edits = _with_prefix(translator.target, prefix, [edits for _, edits in runs])
    sources = [ids[number] for number in numbers]
    edited = EditedNetwork(network or translator.network(len(runs)), edits)
    if targets is not None:
        forced_words = [_ids(translator.target, target) for target in _one_each(listed(targets), runs, "target")]
        hypotheses = search.score(edited, sources, forced_words)
    elif beam > 1:
        hypotheses = [best for (best,) in search.beam(edited, sources, beam, prefix=first)]
    else:
        hypotheses = search.greedy(edited, sources, first, scores, AT_ONCE)
    return [translator.present(hypothesis, 1.0) for hypothesis in hypotheses]


def forced(words: Sequence[int], vocabulary: int) -> list[Edit]:
    """Edits under which a run begins with these `words` (ids), whatever it would have written.

    vocabulary: how many words the model can write.
    """
    edits = []
    for step, word in enumerate(words):
        logits = np.full(vocabulary, -np.inf, dtype=np.float32)
        logits[word] = 0
        edits.append(Edit(LOGITS, Set(logits), step))
    return edits


def _with_prefix(
    tokenizer: Tokenizer, prefix: str | Sequence[Text], edits: Sequence[Run]
) -> tuple[list[int], list[Run]]:
    """The ids with which all runs begin, and their edits; where each has its own beginning, an edit forces it."""
    if isinstance(prefix, str) or not len(prefix):
        return _known(tokenizer, prefix if isinstance(prefix, str) else ""), list(edits)
    begun: dict[Text, list[Edit]] = {}
    with_prefix: list[Run] = []
    for run, text in zip(edits, _one_each(prefix, edits, "prefix"), strict=True):
        key = text if isinstance(text, str) else tuple(text)
        if key not in begun:
            begun[key] = forced(_known(tokenizer, text), len(tokenizer))
        with_prefix.append([*run, *begun[key]])
    return [], with_prefix


def _known(tokenizer: Tokenizer, text: Text) -> list[int]:
    ids = _ids(tokenizer, text)
    if UNKNOWN in ids:
        word = (tokenizer.split(text) if isinstance(text, str) else text)[ids.index(UNKNOWN)]
        raise UsageError(f"The model cannot write '{word}', so no translation can begin with it.")
    return ids


def _one_each(given: Sequence[Text], runs: Sequence, what: str) -> Sequence[Text]:
    if len(given) != len(runs):
        raise UsageError(f"There are {len(runs)} runs and {len(given)} of {what}; give one for each.")
    return given


def _ids(tokenizer: Tokenizer, text: Text) -> list[int]:
    return tokenizer.encode(text) if isinstance(text, str) else tokenizer.ids(text)
