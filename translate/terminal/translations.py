"""How translations and their scores are written on stdout: lines for people and pipes, JSON for programs.

Imports nothing but what a translation needs: a single sentence must come at once.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict

from translate import text
from translate.doubt.translations import Review
from translate.doubt.unsaid import Unsaid
from translate.model.translator import Translation


def rounded(number: float) -> float:
    """`number` to four places, a zero without a sign."""
    return round(number, 4) + 0.0


def with_marks(translation: str, stand_ins: Collection[int]) -> str:
    """A translation with marks on the words at `stand_ins`: they stand for something that the model did not know."""
    if not stand_ins:
        return translation
    return text.join(f"{word}(?)" if t in stand_ins else word for t, word in enumerate(text.split(translation)))


def doubt_lines(review: Review) -> Iterator[str]:
    """What is doubtful about a translation, but unknown words, of which there is more to say; or what is left open."""
    for doubt in review.doubts:
        if doubt.kind != "unknown":
            yield f"doubtful: {doubt.reason}."
    if review.unsaid is not None:
        yield unsaid_line(review.unsaid)


def unsaid_line(unsaid: Unsaid) -> str:
    """What the English leaves open, and both translations."""
    return f"{unsaid.reason}: {' / '.join(unsaid.translations)}"


def text_lines(
    translations: Sequence[Translation], scored: bool, ranked: bool = False, stand_ins: Collection[int] = ()
) -> Iterator[str]:
    """The lines of one sentence: its translation, with the score before it where that is wanted, or a ranked list.

    ranked: a list even of one. stand_ins: the positions of the words to mark in the one translation.
    """
    if not translations:
        yield ""
    elif ranked:
        for rank, translation in enumerate(translations, start=1):
            yield f"{rank}\t{rounded(translation.score):.4f}\t{translation.text}"
    else:
        (only,) = translations
        shown = with_marks(only.text, stand_ins)
        yield f"{rounded(only.score):.4f}\t{shown}" if scored else shown


def text_record(source: str, translations: Sequence[Translation], unknown: Sequence[str], review: Review) -> dict:
    """The same for programs, with the words of the source that the model does not know and the doubts of the best."""
    fields = ("text", "score", "tokens", "log_probs", "finished")
    return {
        "source": source,
        "translation": translations[0].text if translations else "",
        "unknown": unknown,
        "doubts": [asdict(doubt) for doubt in review.doubts],
        "unsaid": asdict(review.unsaid) if review.unsaid is not None else None,
        "translations": [{name: getattr(translation, name) for name in fields} for translation in translations],
    }


def score_lines(target: str, translation: Translation) -> Iterator[str]:
    """A given translation with its log-probability, and below it each word with its own."""
    yield f"{rounded(sum(translation.log_probs)):.4f}\t{target}"
    for word, log_prob in zip([*translation.tokens, "(end)"], translation.log_probs, strict=True):
        yield f"  {rounded(log_prob):9.4f}  {word}"


def score_record(target: str, translation: Translation) -> dict:
    """The same for programs."""
    return {
        "translation": target,
        "log_prob": sum(translation.log_probs),
        "words": [*translation.tokens, "</s>"],
        "log_probs": translation.log_probs,
    }
