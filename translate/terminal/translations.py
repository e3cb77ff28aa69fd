"""How translations and their scores are written on stdout: lines for people and pipes, JSON for programs.

Imports nothing but what a translation needs: a single sentence must come at once.
"""

from collections.abc import Iterator, Sequence

from translate.model.translator import Translation


def rounded(number: float) -> float:
    """`number` to four places, a zero without a sign."""
    return round(number, 4) + 0.0


def text_lines(translations: Sequence[Translation], scored: bool) -> Iterator[str]:
    """The lines of one sentence: its translation, with the score before it where that is wanted, or a ranked list."""
    if not translations:
        yield ""
    elif len(translations) > 1:
        for rank, translation in enumerate(translations, start=1):
            yield f"{rank}\t{rounded(translation.score):.4f}\t{translation.text}"
    else:
        (only,) = translations
        yield f"{rounded(only.score):.4f}\t{only.text}" if scored else only.text


def text_record(source: str, translations: Sequence[Translation], unknown: Sequence[str]) -> dict:
    """The same for programs, with the words of the source that the model does not know."""
    fields = ("text", "score", "tokens", "log_probs", "finished")
    return {
        "source": source,
        "translation": translations[0].text if translations else "",
        "unknown": unknown,
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
