"""The boy/girl twin of an English sentence."""

from translate import text
from translate.language.english.phrases import article
from translate.language.forms import english_twin


def twin_of(line: str, pretokenised: bool = False) -> str | None:
    """`line` with every gendered noun, pronoun and possessive in the other gender; None if it has none.

    "I am an actor who likes to chat with his sister" → "I am an actress who likes to chat with her brother". The
    article before a swapped noun follows it (an emperor → an empress, a monk → a nun).
    """
    words = line.split() if pretokenised else text.split(line, english=True)
    swapped = [english_twin(word) for word in words]
    if not any(swapped):
        return None
    twin: list[str] = []
    for word, swap in zip(words, swapped, strict=True):
        if swap and twin and twin[-1].lower() in ("a", "an"):
            twin[-1] = _cased(article(swap), twin[-1])
        twin.append(_cased(swap, word) if swap else word)
    return " ".join(twin) if pretokenised else text.join(twin)


def _cased(word: str, like: str) -> str:
    return word[0].upper() + word[1:] if like[0].isupper() else word
