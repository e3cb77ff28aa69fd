"""Is a Czech sentence that is not the reference right all the same? What grammar.md accepts beside what is generated.

Both sentences are cut at their punctuation and at *a* and *nebo*. In each piece the same words must stand, but for
doublets (see `doublets.py`) and a few little words that may be left out, and their order may differ only so far:

- clitics follow the first part of their clause, as one cluster in its own order;
- *rád*, adverbials and what a preposition leads may stand anywhere behind them;
- a subject may change places with the verb in a dependent clause, a question, beside a quotation, and after a clause in
  front, an object with the verb behind its subject; everything else keeps its order.

So *který se ve škole rád učí* is accepted, *který ve škole se rád učí* and *Holka, který rád čte* are not.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from translate.evaluation.chunks import Chunk, chunks
from translate.evaluation.doublets import instrumental_of, may_stand_for
from translate.language import forms
from translate.text import split

_ENDS = frozenset(',.!?:;„“"')
_JOINTS = frozenset(("a", "nebo", "i"))
_THINK = ("myslím", "myslíš", "myslí", "myslíme", "myslíte", "myslel", "myslela", "mysleli", "myslely")
_PRESENT = ("je", "jsem", "jsi", "jsou", "jsme", "jste", "není", "nejsem", "nejsi", "nejsou")
_PAST = ("byl", "byla", "byli", "byly", "nebyl", "nebyla", "nebyli", "nebyly")
_FUTURE = ("bude", "budu", "budeš", "budou", "nebude", "nebudu", "nebudeš")
_BE = (*_PRESENT, *_PAST, *_FUTURE)
_PRONOUNS = ("já", "ty", "on", "ona", "my", "vy", "oni", "ony")
_STOPS = frozenset(".!?")


def accepts(reference: str, text: str) -> bool:
    """Whether `text` is `reference` or a variant of it that is as right."""
    if text == reference:
        return True
    ours, theirs = _pieces(reference), _pieces(text)
    if [piece.after for piece in ours] != [piece.after for piece in theirs]:
        return False
    return all(_same(one, other) for one, other in zip(ours, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words between two marks.

    Attributes:
        words: in lower case. after: the mark or joint that ends it.
        first: it begins a sentence or goes on after a joint. loose: its subject may follow the verb.
    """

    words: tuple[str, ...]
    after: str
    first: bool
    loose: bool


def _pieces(text: str) -> list[_Piece]:
    tokens = [token.lower() for token in split(text)]
    while "i" in tokens[:-1] and tokens[tokens.index("i") + 1] == "když":
        at = tokens.index("i")
        tokens[at : at + 2] = ["přestože"]
    pieces: list[_Piece] = []
    start, fronted, before = 0, False, "."
    for at, token in enumerate([*tokens, ""]):
        if token in _ENDS or token in _JOINTS or at == len(tokens):
            words = tuple(tokens[start:at])
            parts = chunks(words)
            dependent = bool(parts) and parts[0].kind == "opener"
            first = before in _STOPS or before in _JOINTS or before in '„":'
            if words and before in (*_STOPS, "„"):
                fronted = dependent
            loose = dependent or fronted or before == "“" or "?" in tokens[at : at + 1]
            pieces.append(_Piece(words, token, first, loose))
            start, before = at + 1, token
    return pieces


def _same(one: _Piece, other: _Piece) -> bool:
    """Whether `other` says in an accepted way what `one`, of the reference, says."""
    if one.words == other.words:
        return True
    dropped = _without_pronoun(one.words, other.words)
    if dropped is None:
        return False
    ours, theirs = _without_fillers(dropped[0]), _without_fillers(dropped[1])
    adopted = _adopted(ours, theirs)
    if adopted is None:
        return False
    moved = dropped != (one.words, other.words)
    return ours == adopted or _ordered(chunks(ours), chunks(adopted), one, moved, chunks(other.words))


def _without_pronoun(
    reference: tuple[str, ...], words: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Both without a subject pronoun that only one of them begins with; None where it must not be there."""
    ours, theirs = _pronoun(reference), _pronoun(words)
    if ours is not None and theirs is None:
        return (*reference[:ours], *reference[ours + 1 :]), words
    if theirs is not None and ours is None:
        # *On je kluk*, *protože ona ráda čte* are wrong; *Ona ráda čte* is not.
        rest = (*words[:theirs], *words[theirs + 1 :])
        opened = any(chunk.kind == "opener" for chunk in chunks(words[:theirs]))
        gender = {"on": "m", "oni": "m", "ona": "f", "ony": "f"}.get(words[theirs])
        shown = {forms.shown_gender(word) for word in rest}
        if opened or "to" in reference or (gender is not None and gender not in shown):
            return None
        return reference, rest
    return reference, words


def _pronoun(words: tuple[str, ...]) -> int | None:
    """Where a subject pronoun begins the clause, after what opens it."""
    for place, word in enumerate(words[:2]):
        if word in _PRONOUNS and (place == 0 or words[0] == "ale" or chunks(words[:1])[0].kind == "opener"):
            return place
    return None


def _without_fillers(words: tuple[str, ...]) -> tuple[str, ...]:
    """Without the *to* of *je to král* and the *si* of *myslím si*."""
    for place in range(len(words) - 2):
        if words[place] in _BE and words[place + 1] == "to":
            after = chunks(words[place + 2 :])[0]
            if after.kind == "noun" and after.subject and place <= 1:
                words = (*words[: place + 1], *words[place + 2 :])
                break
    if any(word in _THINK for word in words) and "na" not in words and "o" not in words:
        words = tuple(word for word in words if word != "si")
    return words


def _adopted(reference: tuple[str, ...], words: tuple[str, ...]) -> tuple[str, ...] | None:
    """`words` with the reference's own form for each doublet; None where they are not the same words."""
    missing = Counter(reference) - Counter(words)
    surplus = Counter(words) - Counter(reference)
    adopted = list(words)
    for place, word in enumerate(words):
        if not surplus[word]:
            continue
        found = next(
            (form for form in missing if missing[form] and _doublet(form, word, reference, words[place:])), None
        )
        if found is None:
            return None
        adopted[place] = found
        surplus[word] -= 1
        missing[found] -= 1
    return tuple(adopted) if not missing.total() else None


def _doublet(reference: str, word: str, whole: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    if word == "má" and not (len(rest) > 1 and chunks(rest)[0].kind == "noun"):
        return False  # has, not my
    if may_stand_for(word, reference):
        return True
    copula = any(form in _BE for form in whole) and not any(
        form.removeprefix("ne") in ("stal", "stala") for form in whole
    )
    return copula and not _passive(whole) and instrumental_of(word, reference)


def _passive(words: Sequence[str]) -> bool:
    return any(len(word) > 4 and word.rstrip("aiy").endswith(("en", "án", "ován", "at", "čten")) for word in words)


def _ordered(ours: list[Chunk], theirs: list[Chunk], piece: _Piece, moved: bool, written: list[Chunk]) -> bool:
    """Whether the parts `theirs` stand in an order that is accepted for `ours`.

    moved: a pronoun was left out of one of them. written: what was produced, with its pronoun.
    """
    if Counter(ours) != Counter(theirs):
        return False
    return (
        _clitics(ours, written, moved)
        and _in_step(_skeleton(ours, piece.loose), _skeleton(theirs, piece.loose))
        and (not piece.first or _begins(ours, theirs, piece.loose))
    )


def _clitics(ours: list[Chunk], theirs: list[Chunk], moved: bool) -> bool:
    """Whether the clitics of `theirs` are one cluster, in the reference's order, behind the first part."""
    one, other = _cluster(ours), _cluster(theirs)
    if one is None or other is None:
        return one == other
    place, words = one
    start = 0 if place == 0 and not moved else 1
    return other == (start, words) or (not moved and other == one)


def _cluster(parts: list[Chunk]) -> tuple[int, tuple[Chunk, ...]] | None:
    """How many parts stand before the clitics, and the clitics; -1 parts where they do not stand together."""
    parts = [part for part in parts if part.kind != "link"]
    places = [place for place, part in enumerate(parts) if part.kind == "clitic"]
    if not places:
        return None
    together = places[-1] - places[0] == len(places) - 1
    return places[0] if together else -1, tuple(parts[place] for place in places)


def _skeleton(parts: list[Chunk], loose: bool) -> list[Chunk]:
    """What must keep its order."""
    rest = [part for part in parts if part.kind in ("word", "noun", "role", "opener", "link")]
    subject = next((part for part in rest if part.subject), None)
    others = [part for part in rest if part not in (subject,) and part.kind == "word" and part.words[0] not in _BE]
    if loose and subject is not None and others:
        rest.remove(subject)
    return rest


def _in_step(ours: list[Chunk], theirs: list[Chunk]) -> bool:
    """Whether the two have the same order, but for an object before its verb: *dámě nevěřil*."""
    if ours == theirs:
        return True
    if ours[0] != theirs[0] or not ours[0].subject:
        return False
    return all(
        [part for part in ours if (part.kind == "noun") == nouns]
        == [part for part in theirs if (part.kind == "noun") == nouns]
        for nouns in (True, False)
    )


def _begins(ours: list[Chunk], theirs: list[Chunk], loose: bool) -> bool:
    """Whether `theirs` begins as it may: not with an adverbial that stood later, nor with rád before a noun."""
    ours, theirs = ([part for part in parts if part.kind != "link"] for parts in (ours, theirs))
    one, other = ours[0], theirs[0]
    if one == other:
        return True
    without_subject = one.kind in ("word", "glad")
    if other.kind == "adverbial":
        return without_subject and len(other.words) == 1
    return other.kind != "glad" or without_subject or loose
