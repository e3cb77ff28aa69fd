"""Which Czech word stands for which English one: each word of either side has one partner at most."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from translate.doubt.dictionary import MAYBE_S, Reading, infinitives, instrumentals, normal, participles
from translate.doubt.english import English
from translate.doubt.inflection import Analysis, Forms, word_set

_TENSES = {"present": "present", "past": "past", "would": "past", "infinitive": "infinitive", "will": "future"}
_PAST_AUXILIARIES = word_set("jsem jsi jsme jste nejsem nejsi nejsme nejste")
FUTURE = word_set("budu budeš bude budeme budete budou nebudu nebudeš nebude nebudeme nebudete nebudou")
_GLAD = word_set("rád ráda rádi rády")
HAVE = word_set(
    "mám máš má máme máte mají měl měla měli měly nemám nemáš nemá nemáme nemáte nemají neměl neměla neměli neměly"
)
_JOINTS = frozenset((*',.!?:;„“"”', "a", "ale", "nebo", "i"))
_SPLIT = {"ses": ("jsi", "se"), "sis": ("jsi", "si")}


@dataclass(frozen=True)
class Czech:
    """A Czech sentence. forms: its words as they are compared; each comes from the token at `positions`. auxiliaries:
    the forms that are no copula but belong to a past (*četl jsem*)."""

    words: tuple[str, ...]
    forms: tuple[str, ...]
    positions: tuple[int, ...]
    auxiliaries: frozenset[int]


@dataclass(frozen=True, eq=False)
class Node:
    """A Czech word that is wanted: by the unit `unit`, as its head (`part` 0) or beside it; any of `forms` will do.

    tense: the forms that say it are taken first (*jsem byla* for *was*).
    """

    unit: int
    part: int
    forms: Forms | frozenset[str]
    tense: str | None = None

    def fits(self, form: str) -> bool:
        """Whether `form` says the tense that is looked for."""
        return self.tense is None or any(analysis.tense == self.tense for analysis in self.forms[form])  # type: ignore[index]


@dataclass
class Alignment:
    """Partners. heads: of each unit that needs one, the form in `Czech.forms` that stands for it. beside: further words
    of the unit. lacking: units of which a word was not found. free: forms that stand for nothing."""

    heads: dict[int, int] = field(default_factory=dict)
    beside: dict[int, list[int]] = field(default_factory=dict)
    lacking: set[int] = field(default_factory=set)
    free: list[int] = field(default_factory=list)
    readings: dict[int, Reading] = field(default_factory=dict)

    def analyses(self, unit: int, czech: Czech) -> tuple[Analysis, ...]:
        """What the Czech word for a unit says by its form; nothing if there is none."""
        head = self.heads.get(unit)
        return () if head is None else self.readings[unit].heads[czech.forms[head]]


_AUXILIARY = Node(-1, -1, frozenset())
"""What a word is taken by that belongs to a verb form."""


def czech_of(words: Sequence[str]) -> Czech:
    """The words of a translation, prepositions without their second form, and *ses* as *jsi se*."""
    forms: list[str] = []
    positions: list[int] = []
    lower = [word.lower() for word in words]
    for at, word in enumerate(lower):
        after = lower[at + 1] if at + 1 < len(lower) else ""
        if not word[0].isalnum() or (word == "i" and after == "když"):
            continue
        if word == "se":
            parts: tuple[str, ...] = (MAYBE_S if after in instrumentals() else "se",)
        else:
            parts = _SPLIT.get(word, (normal(word),))
        forms += parts
        positions += [at] * len(parts)
    return Czech(tuple(words), tuple(forms), tuple(positions), _auxiliaries(lower, forms, positions))


def _auxiliaries(words: Sequence[str], forms: Sequence[str], positions: Sequence[int]) -> frozenset[int]:
    """Which *jsem* … stand in a clause with a participle, *budu* … with an infinitive, *mám* … with *rád*."""
    clause = 0
    clauses = [clause := clause + (word in _JOINTS) for word in words]
    by_clause = [(form, clauses[t]) for form, t in zip(forms, positions, strict=True)]
    pasts = {clause for form, clause in by_clause if form in participles()}
    infinitive = {clause for form, clause in by_clause if form in infinitives()}
    liking = {clause for form, clause in by_clause if form in _GLAD} - infinitive
    return frozenset(
        at
        for at, (form, clause) in enumerate(by_clause)
        if (form in _PAST_AUXILIARIES and clause in pasts)
        or (form in FUTURE and clause in infinitive)
        or (form in HAVE and clause in liking)
    )


def align(english: English, czech: Czech) -> Alignment:
    """Find each unit's Czech, those that need one first; of equal words the first is for the first."""
    alignment = Alignment()
    taken: dict[int, Node] = {at: _AUXILIARY for at in czech.auxiliaries}
    for needed in (True, False):
        nodes: list[Node] = []
        for number, unit in enumerate(english.units):
            reading = None if unit.is_silent else _best(unit.readings, czech, taken)
            if reading is not None and reading.needed == needed:
                alignment.readings[number] = reading
                tense = None if english.is_reported(unit) else _TENSES.get(unit.time or "")
                phrase = _nodes(number, reading, tense)
                is_placed = reading.kind == "phrase" and _place_together(phrase, czech, taken)
                nodes += () if is_placed else phrase
        for node in nodes:
            if not _place(node, czech, taken, set()) and needed:
                alignment.lacking.add(node.unit)
    for at, node in taken.items():
        if node.part == 0:
            alignment.heads[node.unit] = at
        elif node is not _AUXILIARY:
            alignment.beside.setdefault(node.unit, []).append(at)
    alignment.free = [at for at in range(len(czech.forms)) if at not in taken]
    return alignment


def _best(readings: Sequence[Reading], czech: Czech, taken: dict[int, Node]) -> Reading | None:
    """The reading of which most words are there and free, in one phrase if it is one."""

    def share(reading: Reading) -> float:
        wanted = (*reading.others, reading.heads)
        if reading.kind == "phrase" and len(wanted) > 1 and not _free_runs(wanted, czech, taken):
            return 0.5 * any(form in reading.heads for form in czech.forms)
        free = [form for at, form in enumerate(czech.forms) if at not in taken]
        found = sum(any(form in part for form in free) for part in wanted)
        return found / len(wanted) + 0.001 * len(wanted)

    return max(readings, key=share, default=None) if len(readings) > 1 else next(iter(readings), None)


def _free_runs(wanted: Sequence[Container[str]], czech: Czech, taken: dict[int, Node]) -> list[int]:
    """Where words stand one behind the other that are wanted so, and stand for nothing yet."""
    starts = range(len(czech.forms) - len(wanted) + 1)
    return [
        at for at in starts if all(czech.forms[at + k] in part and at + k not in taken for k, part in enumerate(wanted))
    ]


def _nodes(number: int, reading: Reading, tense: str | None) -> list[Node]:
    """A node for each word, in the order in which a phrase has them: the head is last."""
    beside = [Node(number, part, forms) for part, forms in enumerate(reading.others, start=1)]
    return [*beside, Node(number, 0, reading.heads, tense)]


def _place_together(nodes: list[Node], czech: Czech, taken: dict[int, Node]) -> bool:
    """Give a phrase of several words the first free place where they stand together."""
    starts = _free_runs([node.forms for node in nodes], czech, taken)
    if starts:
        taken.update({starts[0] + k: node for k, node in enumerate(nodes)})
    return bool(starts)


def _place(node: Node, czech: Czech, taken: dict[int, Node], seen: set[int]) -> bool:
    """Give `node` a word, moving others where that helps (augmenting paths in a bipartite graph, Kuhn 1955)."""
    candidates = [at for at, form in enumerate(czech.forms) if form in node.forms and at not in seen]
    candidates.sort(key=lambda at: not node.fits(czech.forms[at]))
    for at in candidates:
        if at not in taken:
            taken[at] = node
            return True
    for at in candidates:
        seen.add(at)
        if taken[at] is not _AUXILIARY and _place(taken[at], czech, taken, seen):
            taken[at] = node
            return True
    return False
