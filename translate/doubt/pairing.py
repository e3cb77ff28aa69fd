"""A translation beside its English: what was read of the English, and each word with its partner."""

from collections.abc import Collection, Sequence

from translate.doubt.alignment import FUTURE, HAVE, Alignment, Czech, align, czech_of
from translate.doubt.clauses import read
from translate.doubt.dictionary import MAYBE_S
from translate.doubt.english import English, Relative
from translate.doubt.inflection import word_set

RELATIVE = word_set("který která které kterého kterému kterém kterým kterou kteří kterých kterými")
WHOSE = word_set("jehož jejíž jejíhož jejímuž jejímž jejichž")
CONDITIONAL = word_set("by bych bys bychom byste")
UNREAL = word_set("kdyby kdybych kdybys kdybychom kdybyste aby abych abys abychom abyste")
_AUXILIARY = word_set("jsem jsi jsme jste nejsem nejsi nejsme nejste")
_PREPOSITIONS = word_set("v na s o k u do z po při od za pod nad pro")
REFLEXIVES = ("se", "si")

_NOTHING = "ʔ"
"""Written for a word that the translator did not know: no dictionary has it."""


class Pairing:
    """A translation beside its English, each word with its partner.

    Args:
        english, czech: tokens without end mark.
        unknown: English words that the translator did not know; nothing is expected to stand for them.
    """

    def __init__(self, english: Sequence[str], czech: Sequence[str], unknown: Collection[str] = ()) -> None:
        self.english: English = read([_NOTHING if word in unknown else word for word in english])
        self.czech: Czech = czech_of(czech)
        self.alignment: Alignment = align(self.english, self.czech)

    def relatives(self) -> list[tuple[Relative, int]]:
        """Each *who* with the position of its *který*, in order; empty where there are not as many."""
        places = [t for t, word in enumerate(self.czech.words) if word.lower() in RELATIVE | WHOSE]
        certain = [relative for relative in self.english.relatives if relative.certain]
        return list(zip(certain, places, strict=True)) if len(certain) == len(places) else []

    def spare(self) -> list[int]:
        """Forms of the Czech that stand for no English word and belong to no grammar that the English has."""
        free = [at for at in self.alignment.free if not self._is_grammar(self.czech.forms[at])]
        prepositions = [at for at in free if self.czech.forms[at] in _PREPOSITIONS]
        if len(prepositions) <= self.english.prepositions:
            free = [at for at in free if at not in prepositions]
        return free

    def stand_for_unknown(self) -> tuple[int, ...]:
        """The positions of Czech words that can only stand for English words that nobody knows."""
        places = self.spare() if self.english.unknown else ()
        return tuple(dict.fromkeys(self.czech.positions[at] for at in places))

    def _is_grammar(self, form: str) -> bool:
        english = self.english
        if form in RELATIVE or form in WHOSE or form in REFLEXIVES or form in _AUXILIARY:
            return True  # those are counted
        if form in CONDITIONAL:
            return english.has("would", "should", "could", "if")
        if form in UNREAL:
            return english.has("if", "that", "would", "to")
        if form in FUTURE:
            return english.has("will", "would", "when", "until")
        if form in HAVE:
            return any(unit.be("like") for unit in english.units)
        if form == MAYBE_S:
            return True
        if form == "to":  # je to kluk
            return any(group.names and group.is_of("he", "she", "they") for group in english.groups)
        if form == "že":
            return any(unit.be("verb", "modal", "adjective") for unit in english.units) and bool(english.groups[1:])
        return form == "kdo" and english.has("who")
