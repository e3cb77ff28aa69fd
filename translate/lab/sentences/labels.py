"""What is true at each word of a sentence: whose gender counts there.

The *current gender* at a word is that of the last controlling noun that the reader (encoder) or the writer (decoder)
has come to, the noun itself included. A word that already agrees with a noun still to come (`byla` in *byla královna*,
`she` in *she is a queen*) counts as that noun's. Before the first such word there is no current gender.

Positions: the encoder's state t stands beside the source word that it has just read, the decoder's state t beside the
target word that it writes next (it has read word t-1). The step that writes the end mark is the last one.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from translate.corpus.pair import Noun, SentencePair
from translate.lab.sentences.lemmas import is_known, noun_pair

_PRONOUNS = {"he", "she"}  # the English words that tell a gender before their noun does
_OWN = {"his", "her", "him", "herself", "himself", "svůj", "svou", "svým", "svého", "svém", "svá", "své"}


@dataclass(frozen=True)
class Labels:
    """What holds at many positions of many sentences, one row each (all arrays `[row]`).

    sentence, position: where the row stands. feminine: the current gender. noun: index of the noun whose gender it
    is, in the sentence's `nouns`. lemma: that noun's pair, "kluk/holka". agreeing: whether the word there agrees.
    """

    sentence: np.ndarray
    position: np.ndarray
    feminine: np.ndarray
    noun: np.ndarray
    lemma: np.ndarray
    agreeing: np.ndarray

    def __len__(self) -> int:
        return len(self.sentence)

    def where(self, rows: np.ndarray) -> "Labels":
        """Some of the rows: a mask or indices."""
        return Labels(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def current_nouns(pair: SentencePair, side: str) -> list[int | None]:
    """For each position of a side, the index of the noun whose gender is current; None before the first."""
    if side == "dec":
        starts = _places(pair, lambda noun: noun.target)
        starts |= {word.position: word.controller for word in pair.agreements if word.direction == "backward"}
        length = len(pair.target) + 1
    else:
        starts = _places(pair, lambda noun: noun.source)
        starts |= _pronouns(pair, dict(starts))
        length = len(pair.source)
    nouns: list[int | None] = []
    for position in range(length):
        nouns.append(starts.get(position, nouns[-1] if nouns else None))
    return nouns


def words_since_told(pair: SentencePair, side: str, differing: Collection[int] | None = None) -> list[int | None]:
    """For each position of a side, how many words tell nothing since the last one that told the current gender.

    0 is the first state that has read a telling word; None where none has been read yet. Telling words are the noun, in
    Czech what agrees with it, in English *he*, *she* and their other forms. A companion of one's own counts as well
    (*his wife*, *se svou manželkou*): who has one is not chosen by lot. differing: of a contrast of one's own, the
    places of the source words that differ: these tell it, and no list of words does.
    """
    words, shift = (pair.source, 0) if side == "enc" else (pair.target, 1)
    own = [t for t, word in enumerate(words) if word in _OWN and differing is None]
    if side == "enc" and differing is not None:
        more = sorted(differing)
    elif side == "enc":
        more = [*own, *(t for t, word in enumerate(words) if word.lower() in _PRONOUNS)]
    else:
        more = [*own, *(t + 1 for t in own)]
    since: list[int | None] = []
    for position, index in enumerate(current_nouns(pair, side)):
        if index is None:
            since.append(None)
            continue
        place = pair.nouns[index].source if side == "enc" else pair.nouns[index].target
        told = [*more, *([] if place is None else [place])]
        if side == "dec":
            told += [word.position for word in pair.agreements if word.controller == index]
        read = [t for t in told if t + shift <= position]
        since.append(position - shift - max(read) if read else None)
    return since


def _places(pair: SentencePair, place: Callable[[Noun], int | None]) -> dict[int, int]:
    """The controlling nouns by their position; those that the language does not write have none."""
    places = ((place(noun), index) for index, noun in enumerate(pair.nouns) if noun.role == "controller")
    return {position: index for position, index in places if position is not None}


def _pronouns(pair: SentencePair, nouns: dict[int, int]) -> dict[int, int]:
    """The positions of *he* and *she* with the noun that comes next in the source; nouns: by their position."""
    positions = [position for position, word in enumerate(pair.source) if word.lower() in _PRONOUNS]
    following = {position: min((n for n in nouns if n > position), default=None) for position in positions}
    followed = {position: nouns[noun] for position, noun in following.items() if noun is not None}
    return {position: noun for position, noun in followed.items() if is_known(pair.nouns[noun].lemma)}


def label(pairs: Sequence[SentencePair], side: str) -> Labels:
    """The labels of all positions of `pairs` on one side ("enc" or "dec") that have a current gender."""
    rows = []
    for sentence, pair in enumerate(pairs):
        agreeing = {word.position for word in pair.agreements} if side == "dec" else set()
        for position, index in enumerate(current_nouns(pair, side)):
            if index is not None:
                noun = pair.nouns[index]
                rows.append(
                    (sentence, position, noun.gender == "f", index, noun_pair(noun.lemma), position in agreeing)
                )
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    kinds = (np.int64, np.int64, bool, np.int64, object, bool)
    return Labels(*(np.array(column, dtype=kind) for column, kind in zip(columns, kinds, strict=True)))
