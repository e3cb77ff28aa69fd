"""The gallery: sentences that learners have found and that break a model, kept in the user's data folder."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import msgspec
import platformdirs
from filelock import FileLock

from translate.errors import TranslateError
from translate.files import reason, write_atomic
from translate.lesson.judge import Judgement, judge
from translate.model.translator import Translator
from translate.text import split


@dataclass(frozen=True)
class Broken:
    """A sentence and its translation.

    wrong: words of it that do not agree. lost: English persons that it lacks. doubts: what else is wrong with it, which
    entries of earlier versions lack.
    """

    sentence: str
    translation: str
    wrong: list[str]
    lost: list[str]
    model: str
    date: str
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Tried:
    """A learner's sentence. judgement: of its translation, as the tokens `words`. finished.

    Whether it came to an end.
    """

    sentence: str
    translation: str
    words: list[str]
    judgement: Judgement
    finished: bool


def try_sentence(translator: Translator, sentence: str) -> Tried:
    """Translate a sentence of known words and judge it."""
    translation = translator.translate([sentence], scores=False)[0][0]
    words = split(translation.text)
    judgement = judge(split(sentence, english=True), words)
    return Tried(sentence, translation.text, words, judgement, translation.finished)


def broken(tried: Tried, model: str) -> Broken:
    """The gallery's entry of a sentence that breaks the model `model` (a hash), found today."""
    wrong = [tried.words[t] for t in tried.judgement.wrong]
    return Broken(
        sentence=tried.sentence,
        translation=tried.translation,
        wrong=wrong,
        lost=[*tried.judgement.lost],
        model=model,
        date=date.today().isoformat(),
        doubts=[*tried.judgement.reasons],
    )


def gallery_file() -> Path:
    """Where the gallery is kept: the user's data folder (XDG_DATA_HOME on Linux), one JSON object a line."""
    return Path(platformdirs.user_data_dir("translate", appauthor=False)) / "gallery.jsonl"


def gallery() -> list[Broken]:
    """What was saved, the oldest first; lines that are no entries are left out.

    Raises `TranslateError` if unreadable.
    """
    entries = []
    for line in _lines():
        with suppress(msgspec.MsgspecError):
            entries.append(msgspec.json.decode(line, type=Broken))
    return entries


def save(entry: Broken) -> bool:
    """Add an entry, in one step; False if that sentence of that model is there already.

    What stands in the file, also what this version cannot read, stays as it is. Raises `TranslateError` where the
    folder cannot be written.
    """
    path = gallery_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            if any((other.sentence, other.model) == (entry.sentence, entry.model) for other in gallery()):
                return False
            write_atomic(path, b"".join(line + b"\n" for line in [*_lines(), msgspec.json.encode(entry)]))
    except OSError as error:
        raise TranslateError(
            f"The gallery {path} cannot be written: {reason(error)}; your sentence is not saved."
        ) from error
    return True


def _lines() -> list[bytes]:
    path = gallery_file()
    try:
        return path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        raise TranslateError(f"The gallery {path} cannot be read: {reason(error)}.") from error
