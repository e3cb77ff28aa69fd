"""From text to numbers and back: SentencePiece, with casing, punctuation and unknown words handled on purpose.

All text passes here in both directions, and is made `normal` here; SentencePiece itself changes nothing ("identity").
`word` is the lesson's tokenizer: one step of the network is one word or punctuation mark, contractions are spelt
out, and casing is looked up rather than learnt (`the boy` and `The boy` are the same tokens; a translation starts
with a capital). `unigram` and `bpe` take any text as it is and fall back to bytes, so that nothing is unknown to
them.
"""

import difflib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import sentencepiece

from translate.errors import TranslateError, UsageError
from translate.text import join, listed, normal, opening, plain, shown, split, split_exactly

KINDS = ("word", "unigram", "bpe")
LONGEST = 1000
"""The most pieces of one sentence, in training and after it: what is longer is none, and would take hours to learn."""
PAD, UNKNOWN, START, END = 0, 1, 2, 3
_SPECIAL = ("<pad>", "<unk>", "<s>", "</s>")
_SPACE = "▁"  # SentencePiece's mark of a word's beginning


class Tokenizer:
    """One language's text to ids and back.

    Args:
        model: a serialised SentencePiece model.
        kind: `word`, `unigram` or `bpe`.
        english: spell out English contractions before a `word` split.
        pretokenised: the text's tokens are already separated by spaces and its casing is to be kept.
    """

    def __init__(self, model: bytes, kind: str, english: bool = False, pretokenised: bool = False):
        self.kind, self.english, self.pretokenised = kind, english, pretokenised
        self._model = model
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=model)

    @classmethod
    def train(
        cls,
        texts: Iterable[str],
        kind: str = "word",
        size: int = 8000,
        english: bool = False,
        pretokenised: bool = False,
    ) -> "Tokenizer":
        """Learn a vocabulary of at most `size` pieces from `texts`; the same texts give the same bytes."""
        if kind not in KINDS:
            raise UsageError(f"There is no tokenizer '{kind}'; choose one of {', '.join(KINDS)}.")
        texts = [text for text in map(normal, listed(texts)) if text]
        if not texts:
            raise TranslateError("There is no text to learn a vocabulary from.")
        if kind == "word":
            # Counted as they are read: a million sentences as lists of words would take gigabytes.
            sentences = (_words(text, english, pretokenised) for text in texts)
            counts = _counted(sentences) if pretokenised else _true_case(sentences)
            texts = [f"{word}\t{count}" for word, count in counts.items()]
        return cls(_train_pieces(texts, kind, size), kind, english, pretokenised)

    def __len__(self) -> int:
        return self._pieces.get_piece_size()

    @cached_property
    def vocabulary(self) -> list[str]:
        """Every piece by its id; a word's piece is written without SentencePiece's space mark."""
        pieces = [self._pieces.id_to_piece(i) for i in range(len(self))]
        return [p.removeprefix(_SPACE) if self.kind == "word" else p for p in pieces]

    @cached_property
    def words(self) -> list[str]:
        """The known words of a `word` tokenizer, by frequency; empty for the others, which know no words."""
        return self.vocabulary[len(_SPECIAL) :] if self.kind == "word" else []

    @cached_property
    def _id_of(self) -> dict[str, int]:
        return {word: i for i, word in enumerate(self.vocabulary)}

    @cached_property
    def _by_casefold(self) -> dict[str, str]:
        # The most frequent spelling wins, so go through them from the rarest.
        return {word.casefold(): word for word in reversed(self.words)}

    def split(self, text: str) -> list[str]:
        """The steps that `text` takes through the network, as strings; unknown words keep their spelling."""
        if self.kind != "word":
            return self._pieces.encode(normal(text), out_type=str)
        words = _words(text, self.english, self.pretokenised)
        if words and not self.pretokenised:
            # Where training has a word with the capital that opens a sentence, a sentence typed without it means that.
            capital = words[0][:1].upper() + words[0][1:]
            words[0] = capital if capital in self._id_of else words[0]
        words = [self._known_spelling(word) for word in words]
        return [word for word in words if word]

    def encode(self, text: str) -> list[int]:
        """The ids of `text`, without start and end marks."""
        if self.kind == "word":
            return self.ids(self.split(text))
        return self._pieces.encode(normal(text))

    def ids(self, steps: Iterable[str]) -> list[int]:
        """The ids of tokens that `split` gave; raises `UsageError` for what is no series of tokens."""
        get, steps = self._id_of.get, listed(steps)
        if strange := [step for step in steps if not isinstance(step, str) or (" " in step and self.kind == "word")]:
            raise UsageError(f"A token is needed here, not {shown(strange[0])}; give a text as a string of its own.")
        return [get(step, UNKNOWN) for step in steps]

    def decode(self, ids: Iterable[int]) -> str:
        """The text that `ids` stand for; start, end and padding marks are left out."""
        ids = [i for i in ids if i not in (PAD, START, END)]
        if self.kind != "word":
            return normal(self._pieces.decode(ids))  # bytes can spell a line break or a terminal's control code
        words = [self.vocabulary[i] for i in ids]
        return normal(" ".join(words) if self.pretokenised else join(words))

    def beginning(self, text: str, steps: int) -> str:
        """As much of `text` as takes at most so many steps; it ends with a whole word where one fits."""
        if self.kind == "word":
            return " ".join(map(plain, self.split(text)[:steps]))
        ids = self.encode(text)
        if len(ids) > steps:
            whole = [t for t, start in enumerate(self.word_starts(ids)[: steps + 1]) if start and t]
            text = self.decode(ids[: max(whole, default=steps)]).rstrip("�")  # bytes of half a character
        while len(self.encode(text)) > steps:  # half a word may be spelt in more pieces than as a part of the whole
            text = text[:-1]
        return text

    def unknown(self, text: str) -> list[str]:
        """The words of `text` that the vocabulary lacks, in order, each once."""
        if self.kind != "word":
            return []
        return list(dict.fromkeys(word for word in self.split(text) if word not in self._id_of))

    def nearest(self, word: str, count: int = 3) -> list[str]:
        """Known words that look like `word`, the likest first."""
        folded = difflib.get_close_matches(word.casefold(), self._by_casefold, n=count, cutoff=0.6)
        return [self._by_casefold[f] for f in folded]

    def word_starts(self, ids: list[int]) -> list[bool]:
        """For each id, whether a new word (or mark) begins with it."""
        if self.kind == "word":
            return [True] * len(ids)
        return [i == 0 or self._pieces.id_to_piece(piece).startswith(_SPACE) for i, piece in enumerate(ids)]

    def serialised(self) -> bytes:
        """The SentencePiece model; write it to a file and `load` it again."""
        return self._model

    @classmethod
    def load(cls, path: Path, kind: str, english: bool = False, pretokenised: bool = False) -> "Tokenizer":
        """Read a SentencePiece model from `path`; raises `TranslateError` if it is none."""
        try:
            model = path.read_bytes()
            if not model:  # SentencePiece would take it, and complain later
                raise RuntimeError("empty file")
            return cls(model, kind, english, pretokenised)
        except (OSError, RuntimeError) as error:
            raise TranslateError(f"Cannot read the tokenizer {path}; the model folder is incomplete.") from error

    def _known_spelling(self, word: str) -> str:
        if word in self._id_of or self.pretokenised:
            return word
        known = self._by_casefold.get(word.casefold())
        return known or (word if plain(word) == word else self._known_spelling(plain(word)))


def _words(text: str, english: bool, pretokenised: bool) -> list[str]:
    text = normal(text)
    if pretokenised:
        return text.split()
    # What is written again has to be known exactly; a source is read as it comes, with its contractions spelt out.
    return split(text, english) if english else split_exactly(text)


def _counted(sentences: Iterable[list[str]]) -> Counter[str]:
    """How often each word occurs, in the order of their first occurrence."""
    counts: Counter[str] = Counter()
    for words in sentences:
        counts.update(words)
    return counts


def _true_case(sentences: Iterable[list[str]]) -> Counter[str]:
    """How often each word occurs, once the capital that opens a sentence or a quotation is undone.

    It stays where the word is written so inside sentences too, more often than in lower case (`I`, `Prague`).
    """
    first: Counter[str] = Counter()

    def with_first(sentences: Iterable[list[str]]) -> Iterator[list[str]]:
        for words in sentences:
            first.update(opening(words))
            yield words

    counts = _counted(with_first(sentences)) - first
    inside = counts.copy()
    for word, count in first.items():
        lower = word.lower() if word[1:] == word[1:].lower() else word  # NATO owes its capitals to no sentence
        counts[word if word == "I" or inside[word] > inside[lower] else lower] += count
    return counts


def _train_pieces(texts: list[str], kind: str, size: int) -> bytes:
    model = io.BytesIO()
    # A word with a rare letter must not fall out of the vocabulary; pieces fall back to bytes instead.
    options: dict[str, Any] = {"character_coverage": 1.0, "input_format": "tsv"}
    if kind != "word":
        options = {"character_coverage": 0.9995, "byte_fallback": True}
    if kind == "bpe":
        # BPE cannot make more pieces than there are merges, and fails where the others stop.
        size = min(size, _most_pieces(texts))
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=model,
            model_type=kind,
            vocab_size=size,
            hard_vocab_limit=False,
            normalization_rule_name="identity",
            pad_id=PAD,
            unk_id=UNKNOWN,
            bos_id=START,
            eos_id=END,
            num_threads=1,  # more threads may add up floats in another order
            minloglevel=2,
            **options,
        )
    except (RuntimeError, OSError) as error:
        reason = str(error).strip().splitlines()[-1].rpartition("] ")[2].rstrip(". ")  # without the place in its code
        least = re.search(rf"{size} vs (\d+)", reason)
        advice = f"its letters alone are {least[1]}: take a larger `size`" if least else f"{reason}; try another `size`"
        raise TranslateError(f"SentencePiece cannot make {size} {kind} pieces of this text; {advice}.") from error
    return model.getvalue()


def _most_pieces(texts: list[str]) -> int:
    characters = {_SPACE}.union(*texts)
    words = {word for text in texts for word in text.split()}
    return len(_SPECIAL) + 256 + len(characters) + sum(max(len(word) - 1, 0) for word in words)
