"""Who each English word is said of, when, and whether not: a walk through the sentence that keeps a stack of clauses.

No grammar of English. What a verb, an adjective or *like* agrees with is the subject of its clause. A verb that comes
where the clause has its verb already ends the relative clause in between (*The boy whom the girl saw | was happy*),
unless *and* goes on with it or somebody new has been named since (*…, and my sister | is happy*).

Longer than 300 lines because verbs and persons are read in one walk, with one memory of what came before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from translate.doubt.english import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    ENDS,
    NOT,
    OBJECTS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SUBORDINATORS,
    TRANSPARENT,
    English,
    Group,
    Person,
    Relative,
    Time,
    Unit,
    is_copula,
    is_perfect,
    units_of,
)


@dataclass(eq=False)
class _Clause:
    subject: Person | None = None
    antecedent: Person | None = None
    group: Group | None = None
    until: bool = False
    whose: bool = False
    asks: bool = False
    is_relative: bool = False


def read(words: Sequence[str]) -> English:
    """Read a sentence, given as tokens with contractions spelt out."""
    lower = [word.lower() for word in words]
    return _Reader(English(lower, units_of(lower))).read()


class _Reader:
    """What has been read so far.

    Attributes:
        stack: the clauses that are open, the innermost last.
        named: somebody who may be the subject of a new clause, if a verb follows.
        last: the noun before, whom *who* is about.
        before: the unit before this one.
        coordinated: whether *and* or a comma stands before this phrase.
        auxiliary: the verb form that is still to come after *does*, *is*, *can*, *to*.
        described: adjectives and possessives of a noun that is still to come.
        as_noun, called: a noun that says who *I* or *you* is: *as a boy I*, *Peter, you*.
        is_beside: whether nothing but the words of a noun phrase have come since the last noun.
    """

    def __init__(self, english: English) -> None:
        self.english = english
        self.stack = [_Clause()]
        self.named: Person | None = None
        self.last: Person | None = None
        self.before: Unit | None = None
        self.preposition = ""
        self.coordinated = self.conjoined = self.negated = self.is_beside = False
        self.auxiliary = ""
        self.is_quoting, self.is_new = False, True
        self.pronouns: dict[str, Person] = {}
        self.described: list[Unit] = []
        self.as_noun: Unit | None = None
        self.called: Unit | None = None

    @property
    def clause(self) -> _Clause:
        """The innermost clause."""
        return self.stack[-1]

    def read(self) -> English:
        """The sentence with every unit looked at."""
        units = self.english.units
        for unit, *after in ((unit, *units[k + 1 : k + 4]) for k, unit in enumerate(units)):
            self._unit(unit, " ".join(unit.words), after)
            is_small = unit.words[-1] in DETERMINERS or unit.words == (",",) or unit.be("adjective")
            names = unit.person is not None and unit is not self.called
            self.is_beside = names or (self.is_beside and is_small)
            if unit.words[-1] not in TRANSPARENT:
                self.before = unit
        return self.english

    def _unit(self, unit: Unit, word: str, after: list[Unit]) -> None:
        follows = next((each for each in after if each.words[0] not in TRANSPARENT), None)
        if word in ENDS:
            self._end(word)
        elif word in COORDINATORS or not word[0].isalnum():
            self.coordinated, self.conjoined = word in (*COORDINATORS, ","), word in COORDINATORS
            self.auxiliary = self.preposition = ""
        elif word in NOT:
            self._negate(word)
        elif word == "to":
            self.auxiliary, self.preposition = "to", "to"
        elif word in ("who", "whom", "whose", "which") or (word == "that" and self._relates(follows)):
            self._relative(unit, word, follows)
        elif word == "that" or word in SUBORDINATORS:
            self.english.contents += word == "that" and self.before is not None and self.before.be("verb", "modal")
            self.stack.append(_Clause(until=word == "until"))
            self.named, self.coordinated = None, False
        elif word in AUXILIARIES and (word != "used" or (follows is not None and follows.words == ("to",))):
            group = self._finite(AUXILIARIES[word])
            self.auxiliary = "base"
            if unit.be("modal"):  # should: měl by
                unit.time = "would"
                self._join(unit, group)
        elif word in ("have", "has", "had") and is_perfect(after):
            if self.auxiliary != "base":
                self._finite("past")
            self.auxiliary, unit.is_silent = "participle", True
        elif unit.be("be"):
            self._be(unit, word, follows)
        elif unit.be("verb", "modal", "like") and not self._is_as(unit, follows) and not self._is_complement(unit):
            self._verb(unit, word)
        elif word in PRONOUNS and not (word == "you" and self._is_object(follows)):
            self._pronoun(word, follows)
        elif unit.be("noun"):
            self._noun(unit, after)
        elif unit.be("adjective"):
            self._adjective(unit, after)
        elif word in PREPOSITIONS:
            self.preposition = word
        elif word in ("my", "your"):
            unit.attributive = True
            self.described.append(unit)
        elif not unit.readings and word not in DETERMINERS:
            self.english.unknown.append(unit.start)

    def _end(self, word: str) -> None:
        """A sentence ends, or somebody begins to speak or stops: who spoke last, and of whom, is another matter."""
        if word == '"':
            self.is_quoting = not self.is_quoting
            if self.is_quoting and self.is_new:
                self.pronouns.clear()
        self.is_new = word != '"' and not self.is_quoting
        self.stack, self.named, self.before, self.preposition = [_Clause()], None, None, ""
        self.coordinated = self.conjoined = self.negated = self.is_beside = False
        self.auxiliary, self.called = "", None

    # --------------------------------------------------------------------------------------------------- verbs

    def _finite(self, time: Time) -> Group:
        """A finite verb begins: of which clause, and who is its subject?"""
        resumes = False
        if self.named is not None:
            for noun in self.named.nouns[:1]:
                noun.is_subject = noun.person is self.named
            self.stack, self.named = [_Clause(self.named)], None
        elif self.clause.group is not None and not self.conjoined:
            while len(self.stack) > 1 and self.clause.group is not None:
                self.stack.pop()
                resumes = True
            if self.clause.group is not None:  # two verbs and nothing between: whose it is cannot be told
                self.stack = [_Clause(is_relative=True)]
        clause = self.clause
        clause.subject = clause.subject or clause.antecedent
        clause.asks = clause.subject is None and not (resumes or clause.is_relative)
        group = Group(clause.subject, time, self.negated, clause.until, resumes=resumes)
        clause.group, self.negated, self.coordinated, self.conjoined = group, False, False, False
        self.english.groups.append(group)
        self.preposition = ""
        return group

    def _negate(self, word: str) -> None:
        group, is_verb = self.clause.group, self.before is not None and self.before.be("be", "modal")
        if group is not None and (self.auxiliary or is_verb):
            group.negated = True
        else:
            self.negated = True

    def _be(self, unit: Unit, word: str, follows: Unit | None) -> None:
        if word in ("be", "been", "being"):
            group = self.clause.group
            unit.time = "past" if word == "been" else self._time_of_base(group)
        else:
            group = self._finite("past" if word in ("was", "were") else "present")
            unit.time = group.time
        self._join(unit, group)
        forms = {reading.form for reading in follows.readings} if follows is not None else set()
        unit.is_silent = "ing" in forms
        self.auxiliary = "be"

    def _verb(self, unit: Unit, word: str) -> None:
        forms = {reading.form for reading in unit.readings}
        group, waiting = self.clause.group, self.auxiliary
        unit.readings = [reading for reading in unit.readings if reading.kind != "noun"]
        if waiting in ("base", "to", "modal") and "base" in forms:
            unit.time = self._time_of_base(group)
        elif waiting == "participle":
            unit.time = "past"
        elif waiting == "be" and forms & {"ing", "participle", "past"}:
            unit.time = group.time if group is not None and "ing" in forms else None
        elif forms == {"ing"}:
            likes = group is not None and any(each.be("like") for each in group.units)
            unit.time = group.time if group is not None and likes else None
        else:
            group = self._finite("past" if "past" in forms else "present")
            singular = group.subject is not None and group.subject.number == 3 and not group.subject.plural
            unit.time = group.time if forms != {"base", "past"} or singular else None
        if unit.time == "past" and word in REPORTING and self.english.reported is None:
            self.english.reported = unit.start
        self._join(unit, group)
        self.auxiliary = "modal" if unit.be("modal") else ""
        self.preposition, self.coordinated, self.conjoined = "", False, False

    def _time_of_base(self, group: Group | None) -> Time | None:
        """The time of an infinitive: that of *does*, *liked to*, *used to*, or none of its own."""
        if group is None:
            return None
        if group.time == "infinitive" or any(
            each.be("modal", "be") or (each.be("verb") and self.auxiliary != "base") for each in group.units
        ):
            return "infinitive"
        return group.time

    def _join(self, unit: Unit, group: Group | None) -> None:
        unit.group, unit.subject = group, group.subject if group is not None else None
        if group is not None:
            group.units.append(unit)

    # ------------------------------------------------------------------------------------------------- persons

    def _pronoun(self, word: str, follows: Unit | None) -> None:
        number, plural, gender = PRONOUNS[word]
        person = self.pronouns.get(word) if gender is None else None
        if person is None:
            person = self.pronouns[word] = Person(word, number, plural, gender)
            self.english.persons.append(person)
        if self.called is not None and word == "you":
            person.nouns.append(self.called)
            self.called = None
        if self.as_noun is not None:
            person.nouns.append(self.as_noun)
            self.as_noun = None
        self._name(person, always=True, follows=follows)

    def _noun(self, unit: Unit, after: list[Unit]) -> None:
        reading = next(reading for reading in unit.readings if reading.kind == "noun")
        person = Person(" ".join(unit.words), 3, reading.plural, reading.gender, [unit])
        self.english.persons.append(person)
        unit.person = person
        for described in self.described:
            described.subject = person
        self.described = []
        if self.preposition == "as":
            self.as_noun = unit
        elif self._is_address(after):
            self.called = unit
            if "you" in self.pronouns:
                self.pronouns["you"].nouns.append(unit)
        elif not self.preposition:
            self._name(person, follows=next((each for each in after if each.words[0] not in TRANSPARENT), None))
            unit.is_subject = person is self.clause.subject
        self.last, self.preposition = person, ""
        if not (unit.is_subject and self.clause.group is not None):  # not in a question: does the boy like
            self.auxiliary = ""

    def _is_address(self, after: list[Unit]) -> bool:
        """Whether a noun calls somebody: *Peter, you are*, *Peter, would you like*."""
        words = [unit.words[0] for unit in after]
        is_last = self.before is not None and self.before.words == (",",) and words[:1] != [","] and words[:1] < ["A"]
        is_first = self.clause.subject is None and words[:1] == [","] and not {"i", "you"}.isdisjoint(words[1:3])
        return is_first or (is_last and "you" in self.pronouns)

    def _name(self, person: Person, always: bool = False, follows: Unit | None = None) -> None:
        """Somebody is named: as the subject, as what the subject is, or as an object."""
        clause = self.clause
        if not self.conjoined and self._drops_relative(always, follows):
            self._relative_without_pronoun(person)
        elif clause.group is not None:
            self._name_after_verb(clause, clause.group, person, always)
        elif clause.subject is None:
            clause.subject = person
        elif clause.whose and not self.conjoined:  # whose father the girl sees
            for noun in clause.subject.nouns[:1]:
                noun.is_subject = False
            clause.subject, clause.whose = person, False
        elif self.conjoined and clause.subject is not clause.antecedent:  # the boy and the girl
            both = (clause.subject.gender, person.gender)
            gender = None if None in both else "m" if "m" in both else "f"
            clause.subject = Person(f"{clause.subject.word} and {person.word}", 3, True, gender)
        self.coordinated = self.conjoined = False

    def _name_after_verb(self, clause: _Clause, group: Group, person: Person, always: bool) -> None:
        if clause.subject is None and clause.asks:
            clause.subject = group.subject = person
            for unit in group.units:
                unit.subject = person
        elif always or self.coordinated:
            self.named = person
        elif clause.subject is not None and group.units and is_copula(group.units[-1]):
            clause.subject.nouns += person.nouns
            group.names = group.units[-1].be("be")

    def _drops_relative(self, always: bool, follows: Unit | None) -> bool:
        """Whether somebody begins a relative clause without a pronoun: *the boy the girl sees*."""
        clause, comma = self.clause, self.coordinated
        if not self.is_beside or self.last is None or clause.whose or (clause.asks and clause.subject is self.last):
            return False
        verb = follows is not None and (follows.be("verb", "like", "be", "modal") or follows.words[0] in AUXILIARIES)
        return verb if comma or always else True

    def _relative_without_pronoun(self, person: Person) -> None:
        if self.named is not None:
            self.stack, self.named = [_Clause(self.named)], None
        self.english.inverts = True
        self.english.dropped += 1
        self.stack.append(_Clause(person, self.last))

    def _adjective(self, unit: Unit, after: list[Unit]) -> None:
        unit.attributive = any(each.be("noun") for each in after[:1]) or (
            len(after) > 1 and after[0].be("adjective") and after[1].be("noun")
        )
        if unit.attributive:
            self.described.append(unit)
        else:
            group = self.clause.group
            unit.subject, unit.group = (group.subject if group is not None else None), group
            self.coordinated = self.conjoined = False
            self.auxiliary = ""

    # ------------------------------------------------------------------------------------------------- clauses

    def _relates(self, follows: Unit | None) -> bool:
        """Whether *that* begins a relative clause: it stands after a noun, and a clause follows."""
        return self.before is not None and self.before.be("noun") and follows is not None

    def _relative(self, unit: Unit, word: str, follows: Unit | None) -> None:
        antecedent = self.last
        if self.named is not None:  # …, and the girl who
            self.stack = [_Clause(self.named)]
        if self.conjoined and self.clause.antecedent is not None and self.clause.group is not None:
            is_one = len(self.stack) < 3
            antecedent = self.stack.pop().antecedent if is_one else None  # …, or that of the clause around it
        if self.before is None:  # a question
            self.stack[-1].subject = Person("who")
            return
        has_own = follows is not None and (
            follows.be("noun") or follows.words[0] in DETERMINERS or follows.words[0] in PRONOUNS
        )
        is_subject = word in ("who", "which", "that") and not has_own and not self.preposition
        self.english.relatives.append(Relative(unit.start, word, antecedent, word != "that"))
        self.english.inverts |= self.clause.group is None and len(self.stack) > 1
        self.stack.append(
            _Clause(antecedent if is_subject else None, antecedent, whose=word == "whose", is_relative=True)
        )
        self.named, self.coordinated, self.conjoined, self.preposition = None, False, False, ""

    def _is_object(self, follows: Unit | None) -> bool:
        """Whether *you* is no subject: no verb comes after it, and the clause has both."""
        verb = follows is not None and (follows.be("verb", "be", "like", "modal") or follows.words[0] in AUXILIARIES)
        return bool(self.preposition) or (self.clause.subject is not None and not verb)

    def _is_complement(self, unit: Unit) -> bool:
        """Whether what may be a verb or not is not, and then keep that alone: *tell jokes*, *liked jokes*."""
        if (
            not unit.be("phrase")
            or self.auxiliary
            or self.before is None
            or not self.before.be("verb", "like", "adjective")
        ):
            return False
        unit.readings = [reading for reading in unit.readings if reading.kind == "phrase"]
        return True

    def _is_as(self, unit: Unit, follows: Unit | None) -> bool:
        """Whether *like* is *as*: *he is a boy like him*."""
        is_object = follows is not None and follows.words[0] in OBJECTS
        return unit.be("like") and not self.auxiliary and is_object and self.clause.group is not None
