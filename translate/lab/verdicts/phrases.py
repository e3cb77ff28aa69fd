"""How numbers and places are worded in claims."""

from typing import Literal

from translate.braces import Braces
from translate.lab.sentences.events import WRITES
from translate.lab.sentences.switch_words import SECOND_CLAUSE
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.numerals import percent
from translate.terms import SIDES, STATES

Side = Literal["decoder", "encoder", "model"]
"""Of what a claim speaks: one side, or the model as a whole."""
NAMES: dict[str, Side] = {"dec": "decoder", "enc": "encoder"}
"""What claims call the sides of a site."""
EXAMPLES = {
    "copula-pronoun": "I am a boy who …",
    "copula-definite": "the boy who … is happy",
    "copula-possessive": "my brother is a boy …",
    "copula-again": "…, and he is happy",
    "likes-definite": "the boy likes to …",
    "likes-possessive": "my brother likes to …",
    "likes-relative": "the boy who … likes to …",
}
"""What sentences of a construction sound like, by its name."""


def share_of(estimate: Estimate) -> str:
    """ "99.2 %", with one digit where it counts; 100 % only if it is exactly that."""
    return percent(estimate.value, near="marked") if estimate.n else "–"


def state_name(site: str) -> str:
    """The state of a site: "cell state c", "hidden state h"."""
    name = Site(site).name
    return f"{STATES[name].field} {name}"


def site_of(site: str) -> str:
    """A site to stand inside a sentence: "the decoder's cell state c"."""
    return f"the {SIDES[Site(site).side]}'s {state_name(site)}"


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def place(offset: int) -> str:
    """An offset from the second noun in words: where the word stands that the decoder writes at that step."""
    words = offset - WRITES
    if words == 0:
        return "at the second noun"
    count = {1: "one word", 2: "two words", 3: "three words"}.get(abs(words), f"{abs(words)} words")
    return f"{count} {'before' if words < 0 else 'after'} the second noun"


def word_name(name: str) -> str:
    """A word of the switch (see `switch_words`) inside a sentence: "the comma", "*ale*", "the second noun"."""
    if name == ",":
        return "the comma"
    return f"the {name}" if " " in name and name != SECOND_CLAUSE else name if " " in name else f"*{name}*"


BRACES = Braces({"share": share_of, "of": site_of, "Of": lambda site: capital(site_of(site))})
"""How `claims.toml` may write what was measured."""
