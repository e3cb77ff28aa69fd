"""Counterfactual translations: what a model says when its states are edited on the way.

runs = [(0, [Edit("dec.l0.f", Set(1.0), steps=3)]), (0, [Edit("dec.l0.f", Set(0.0), steps=3)])]
lab.edit(translator, ["I am a girl who likes to learn"], runs)
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from translate.errors import TranslateError, UsageError
from translate.lab.editing.edit import Edit, Edits, Run, is_whole, run_of
from translate.lab.editing.network import EditedNetwork
from translate.lab.editing.operations import Set
from translate.lab.tracing.editor import check_reached
from translate.lab.tracing.site import LOGITS
from translate.model import search
from translate.model.runnable import Runnable
from translate.model.translator import WIDEST, Translation, Translator, check_whole
from translate.text import listed, shown
from translate.tokenizer import UNKNOWN, Tokenizer

AT_ONCE = 4096

Text = str | Sequence[str]
"""A text, or its tokens."""


def edit(
    translator: Translator,
    sentences: str | Sequence[Text],
    runs: Sequence[tuple[int, Run | Edit]] | Run | Edit | Edits,
    *,
    targets: str | Sequence[Text] | None = None,
    prefix: str | Sequence[Text] | None = None,
    beam: int = 1,
    scores: bool = False,
    network: Runnable | None = None,
    must_apply: bool = True,
) -> list[Translation]:
    """Translate with edits, freely: one `Translation` a run, in their order; thousands go through in one call.

    Args:
        translator: the model.
        sentences: texts, or sentences already split into tokens; a string is one sentence.
        runs: (number of the sentence, the edits) for each run; no edits give the model's own translation. One edit, or
            a list of edits alone, is made in every sentence.
        targets: for each run, the translation that it is made to read and write (teacher forcing); what comes back
            is that one with its log-probabilities. None: the run's own words.
        prefix: with what a translation must begin: one text for all runs, or a list with one for each.
        beam: the width of the beam; 1 is greedy.
        scores: whether log-probabilities are wanted; they take time. (With a beam and with targets they are there.)
        network: run this `Network` instead of the translator's own.
        must_apply: whether an edit that changes nothing is an error: it names no step or unit, or steps that no
            translation with such an edit comes to, or for which it has no values.

    Raises `TranslateError` for an edit that cannot be made and `UsageError` for a prefix of unknown words or options
    that exclude each other.
    """
    if not isinstance(translator, Translator):
        raise UsageError(
            f"lab.edit edits a Translator, not {shown(translator)}; of a module lab.trace(module, inputs, edit=…) does."
        )
    check_whole("beam", beam, 1, WIDEST)
    if targets is not None and (beam > 1 or prefix):
        raise UsageError("With targets there is nothing to search; leave prefix and beam out.")
    ids = [_ids(translator.source, sentence) for sentence in listed(sentences)]
    if not all(ids):
        raise UsageError("A sentence without words cannot be edited; leave it out.")
    numbers, own = _numbered(runs, len(ids))
    for edit in (edit for run in own for edit in run if must_apply):
        edit.check()
    first, edits = _with_prefix(translator.target, prefix, own)
    sources = [ids[number] for number in numbers]
    edited = EditedNetwork(network or translator.network(len(own)), edits)
    if targets is not None:
        forced_words = [_ids(translator.target, target) for target in _one_each(listed(targets), own, "target")]
        hypotheses = search.score(edited, sources, forced_words)
    elif beam > 1:
        hypotheses = [best for (best,) in search.beam(edited, sources, beam, prefix=first)]
    else:
        hypotheses = search.greedy(edited, sources, first, scores, AT_ONCE)
    if must_apply:
        written = [len(hypothesis.tokens) + hypothesis.finished for hypothesis in hypotheses]
        check_reached((edit, steps) for run, steps in zip(edited.runs, written, strict=True) for edit in run)
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


def _numbered(
    runs: Sequence[tuple[int, Run | Edit]] | Run | Edit | Edits, sentences: int
) -> tuple[list[int], list[list[Edit]]]:
    """The number of each run's sentence, and its edits."""
    if not isinstance(runs, Edit | Edits | Sequence):
        raise UsageError(f"The runs are a list of (number of a sentence, its edits), not {shown(runs)}.")
    given: list[Any] = run_of(runs) if isinstance(runs, Edit | Edits) else list(runs)
    if given and all(isinstance(each, Edit) for each in given):
        return list(range(sentences)), [given] * sentences
    numbers, edits = [], []
    for run in given:
        if not isinstance(run, tuple | list) or len(run) != 2 or not is_whole(run[0]):
            raise UsageError(f"A run is (number of its sentence, its edits), such as (0, [lab.Edit(…)]), not {run!r}.")
        if not 0 <= run[0] < sentences:
            raise TranslateError(f"A run names sentence {run[0]} of {sentences}; they are numbered from 0.")
        numbers.append(int(run[0]))
        edits.append(run_of(run[1]))
    return numbers, edits


def _with_prefix(
    tokenizer: Tokenizer, prefix: str | Sequence[Text] | None, edits: Sequence[Run]
) -> tuple[list[int], list[Run]]:
    """The ids with which all runs begin, and their edits; where each has its own beginning, an edit forces it."""
    if prefix is None or isinstance(prefix, str) or not listed(prefix):
        return _known(tokenizer, prefix if isinstance(prefix, str) else ""), list(edits)
    begun: dict[Text, list[Edit]] = {}
    with_prefix: list[Run] = []
    for run, text in zip(edits, _one_each(prefix, edits, "prefix"), strict=True):
        key = text if isinstance(text, str) else tuple(listed(text))
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
