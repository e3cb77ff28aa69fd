"""Drawing what is said of people: adverbials and predicates."""

from collections.abc import Sequence
from dataclasses import replace

from translate.corpus.full.people import People
from translate.language.meaning import (
    Acting,
    Adverbials,
    Becoming,
    Being,
    Beside,
    Clause,
    Doing,
    Fond,
    Frequency,
    Liking,
    Modal,
    NounPhrase,
    Predicate,
    Pronoun,
    Referent,
    Saying,
    Staying,
    Whom,
)
from translate.language.words import (
    Adjective,
    Adverbial,
    Case,
    Complement,
    Tense,
    Verb,
)

# Prepositions that name somebody: English, Czech, case, and the kind of adverbial it makes.
_BESIDE: tuple[tuple[str, str, Case, str], ...] = (
    ("with", "s", "ins", "company"),
    ("with", "s", "ins", "company"),
    ("without", "bez", "gen", "company"),
    ("next to", "vedle", "gen", "place"),
)
_ANY_TENSE: tuple[Tense, ...] = (*("present",) * 6, *("past",) * 6, "future", "future", "conditional")
_NOTHING = Complement((), (), "")
_DOING_TENSE: tuple[Tense, ...] = ("past", "past", "past", "present", "future")
_FREQUENCIES: tuple[Frequency, ...] = ("always", "never", "often")


class Draw(People):
    """Draws adverbials and predicates too."""

    # --- adverbials ------------------------------------------------------------------------------------------------

    def adverbials(self, verb: Verb, complement: Complement | None, owner: Pronoun | None, mid: bool) -> Adverbials:
        """None to two adverbials of different kinds; company may be somebody, `owner`'s relative among them."""
        chance = self.rng.random()
        if chance < 0.6:
            return ()
        barred = _barred(verb, complement)
        if chance < 0.74:
            kinds: tuple[str, ...] = ("time",)
        elif chance < 0.86:
            kinds = ("place",)
        elif chance < 0.93:
            kinds = ("company",)
        else:
            kinds = (
                ("time", "place") if mid else self.pick((("place", "time"), ("company", "time"), ("company", "place")))
            )
        chosen = [self.adverbial(kind, verb, owner, mid) for kind in kinds if kind not in barred]
        said = set(complement.english) if complement else set()
        return tuple([one for one in chosen if not said or said.isdisjoint(one.english[-1:])])

    def adverbial(self, kind: str, verb: Verb, owner: Pronoun | None, mid: bool) -> Adverbial | Beside:
        """One adverbial of `kind`: time, place, or company, which is often somebody."""
        if kind == "company" and self.chance(0.7):
            return self.beside(owner)
        if kind == "place" and self.chance(0.04):
            return self.beside(owner, place=True)
        once = kind == "time" and verb.aspect == "pf"
        return self.pick(self.pools.adverbials("once" if once else kind, verb.environment or "any", mid))

    def beside(self, owner: Pronoun | None, place: bool = False) -> Beside:
        """*with her brother*, *without the king*, *next to Eve*."""
        english, czech, case, _ = _BESIDE[3] if place else self.pick(_BESIDE[:3])
        if owner is not None and owner.person.person == 3 and self.chance(0.55):
            whom = self.own(owner)
        elif self.chance(0.25):
            whom = self.name(Referent(self.gender()))
        else:
            whom = self.the(adjective=0.05)
        return Beside(tuple(english.split()), czech, case, whom)

    # --- what is said of somebody ----------------------------------------------------------------------------------

    def use(self) -> tuple[Verb, Complement]:
        """A verb of what one likes to do, with a complement or none."""
        verb = self.pick(self.pools.like)
        self.verbs.append(verb)
        return verb, self.pick(self.pools.complements[verb])

    def liking(
        self, owner: Pronoun | None, tense: Tense | None = None, mid: bool = True, negative: float = 0.1
    ) -> Liking:
        """*likes to read books in the garden*; *would like to* now and then where `tense` is left to chance."""
        verb, complement = self.use()
        if tense is None:
            tense = "conditional" if self.chance(0.12) else self.tense()
            if tense == "conditional" and self.chance(0.12):  # *would like to win*
                return Liking(self.pick(self.pools.events), _NOTHING, tense, self.chance(negative))
        before = self.adverbials(verb, complement, owner, True) if mid and self.chance(0.5) else ()
        after = () if len(before) > 1 else self.adverbials(verb, complement, owner, False)
        if before and after and _kind(before[0]) == _kind(after[0]):
            after = ()
        return Liking(verb, complement, tense, self.chance(negative), before, after)

    def doing(self, owner: Pronoun | None, tense: Tense | None = None, negative: float = 0.1) -> Doing:
        """*reads books in the garden*, *returned*, *will sleep*, *used to sing*."""
        when = self.pick(_DOING_TENSE) if tense is None else tense
        if self.chance(0.35):
            verb = self.pick(self.pools.states if when == "present" else self.pools.events)
            final = self.adverbials(verb, None, owner, False) if self.chance(0.7) else ()
            perfect = when == "past" and self.chance(0.08)
            return Doing(verb, None, when, self.chance(negative), final, perfect=perfect)
        verb, complement = self.use()
        final = self.adverbials(verb, complement, owner, False)
        used = when == "past" and self.chance(0.08)
        progressive = not used and when in ("past", "present") and self.chance(0.12)
        if not final and self.chance(0.05):
            final = (self.pick(self.pools.adverbials("manner", "any", False)),)
        return Doing(verb, complement, when, not used and self.chance(negative), final, used, progressive)

    def activity(self, tense: Tense) -> Doing:
        """*read books*, *waited*: what takes its time, and so may last until something happens."""
        verb, complement = self.use()
        return Doing(verb, complement, tense, final=self.adverbials(verb, complement, None, False))

    def being(self, tense: Tense | None = None, negative: float = 0.12, besides: object = None) -> Being:
        """*is happy*, *was never tired*, *will be sad after dinner*, *is old but strong*."""
        when = self.pick(_ANY_TENSE) if tense is None else tense
        word = self.adjective(besides)
        if when == "conditional" and self.chance(0.3):  # *would be sad without him*
            without = Beside(("without",), "bez", "gen", self.third(Referent(self.gender())))
            return Being(word, when, False, (without,))
        if self.chance(0.06):
            link = self.book.conjunctions["but" if self.chance(0.3) else "and"]
            return Being((word, link, self.adjective(word)), when)
        if when in ("present", "past") and self.chance(0.12):
            return Being(word, when, frequency=self.pick(_FREQUENCIES))
        time = (self.pick(self.pools.adverbials("time", "any", True)),) if self.chance(0.08) else ()
        return Being(word, when, self.chance(negative), time)

    def staying(self, tense: Tense | None = None) -> Staying:
        """*is alone at home*, *was in the garden*, *is not alone*."""
        alone, place = self.chance(0.75), self.pick(self.pools.adverbials("place", "any", False))
        if alone and self.chance(0.3):
            return Staying(None, True, tense or self.tense(), self.chance(0.3))
        return Staying(place, alone, tense or self.tense())

    def fond(self, tense: Tense | None = None) -> Fond:
        """*likes tea*."""
        return Fond(self.pick(self.pools.things), tense or self.tense(0.3), self.chance(0.15))

    def modal(self, owner: Pronoun | None, tense: Tense | None = None) -> Modal:
        """*wants to learn Czech*, *can swim*, *had to rest*, *should learn*."""
        word = self.pick(("want", "want", "can", "must", "should"))
        verb, complement = self.use()
        doing = Doing(verb, complement, final=self.adverbials(verb, complement, owner, False))
        if self.chance(0.2):
            doing = Doing(self.pick(self.pools.events))
        if word == "should":
            return Modal(self.book.main_verbs["have"], doing, "conditional", self.chance(0.1))
        negative = word != "must" and self.chance(0.15)
        return Modal(self.book.main_verbs[word], doing, tense or self.tense(), negative)

    def becoming(self, who: Referent, tense: Tense | None = None) -> Becoming:
        """*became a queen*, *would like to become a doctor*, *became famous*."""
        complement: Adjective | NounPhrase = self.a(who, 0.5, 0.05)
        if self.chance(0.25):
            complement = self.adjective()
            while complement.english in _NOT_BECOME:
                complement = self.adjective()
        liking = tense is None and self.chance(0.3)
        return Becoming(complement, "future" if tense is None and self.chance(0.2) else "past", liking)

    def act(self, verbs: Sequence[Verb], tense: Tense) -> Verb:
        """One of `verbs`, as it is said of one act in that tense."""
        verb = self.pick(verbs)
        return self.pools.once.get(verb, verb) if tense == "past" else verb

    def meeting(self, tense: Tense | None = None, deep: bool = True) -> Acting:
        """*saw the king*, *loves her*, *hates the girl who …*: what one does to somebody."""
        tense = tense or self.tense()
        verb = self.act(self.pools.people if tense == "past" else self.pools.lasting, tense)
        if self.chance(0.2):
            return Acting(verb, self.third(Referent(self.gender())), tense, self.chance(0.1))
        whom = self.someone()
        if deep and whom.determiner == "the" and self.chance(0.35):
            loved = Whom(self.act(self.pools.people, "past"), self.someone(), "past")
            if self.chance(0.5):
                loved = Whom(self.pick(self.pools.lasting), self.someone())
            whom = replace(whom, relative=loved if self.chance(0.4) else self.liking(self.third(whom.who), None))
        return Acting(verb, whom, tense, self.chance(0.08))

    def predicate(self, subject: Pronoun | None, tense: Tense | None = None, besides: object = None) -> Predicate:
        """Anything that can be said of somebody in one clause; `subject` as a pronoun lets *her brother* be said."""
        chance = self.rng.random()
        if chance < 0.42:
            return self.being(tense, besides=besides)
        if chance < 0.67:
            return self.liking(subject, tense, mid=False)
        if chance < 0.83:
            return self.doing(subject, tense)
        if chance < 0.90:
            return self.staying(tense)
        if chance < 0.94:
            return self.fond(tense)
        if chance < 0.96:
            return self.meeting(tense, deep=False)
        if chance < 0.98 and subject is not None and subject.person.person == 3 and tense != "future":
            return self.naming(subject, tense)
        return self.modal(subject, tense)

    def naming(self, subject: Pronoun, tense: Tense | None) -> Predicate:
        """*is my classmate*, *was a king*, *would like to become a singer*."""
        who = subject.who
        if who.number == "pl" or self.chance(0.4):
            return Being(self.a(who, 0.3 if who.number == "sg" else 0.0), tense or self.tense())
        if self.chance(0.4):
            return self.becoming(who, None if tense != "past" else "past")
        relation = self.pick((*self.pools.relations[who.gender], *self.pools.ambiguous_relations[who.gender]))
        return Being(NounPhrase(who, self.pick(("my", "my", "your", "our")), relation), tense or self.tense())

    def relative(self, subject: Pronoun | None, tense: Tense | None = None) -> Predicate:
        """What follows *who*: mostly what somebody likes."""
        chance = self.rng.random()
        if chance < 0.66:
            return self.liking(subject, tense)
        if chance < 0.80:
            return self.being(tense)
        if chance < 0.89:
            return self.doing(subject, tense)
        if chance < 0.94:
            return self.meeting(tense)
        if chance < 0.96 and subject is not None and subject.person.person == 3 and tense != "future":
            return self.thinking(subject, tense)
        return self.fond(tense) if chance < 0.98 else self.staying(tense)

    def thinking(self, subject: Pronoun, tense: Tense | None) -> Saying:
        """*says that she is happy*, *hoped that he would win*: of oneself."""
        verb, past = self.pick(self.pools.saying), tense == "past" or (tense is None and self.chance(0.5))
        if verb.aspect == "pf":
            verb, past = (verb, True) if past else (self.pools.says, False)
        said: Predicate = self.being(self.pick(("present", "present", "past", "future")), 0.08)
        if self.chance(0.3):
            said = self.liking(None, "present", mid=False)
        return Saying(verb, Clause("reported", subject, said), "past" if past else "present", that=self.chance(0.8))


# *Became in love, became married*: English falls in love and marries.
_NOT_BECOME = (("in", "love"), ("married",), ("divorced",))
_MOVES, _LIES = (("come",), ("leave",), ("return",)), ("lie",)


def _barred(verb: Verb, complement: Complement | None) -> tuple[str, ...]:
    """Kinds of adverbials that would say something else, or nothing: *came in the café*, *lies with the cook*."""
    if verb.english in _MOVES:
        return ("place",)
    if verb.english == _LIES:
        return ("place", "company")
    misread = verb.infinitive in ("řídit", "učit")  # *řídí se svou matkou* is guided by her
    said = complement is not None and "with" in complement.english
    return ("company",) if misread or said else ()


def in_order(first: Predicate, second: Predicate) -> tuple[Predicate, Predicate]:
    """*She should rest and she slept* the other way round: of one person, Czech would say *by* of both."""
    would, past = getattr(first, "tense", "") == "conditional", getattr(second, "tense", "") == "past"
    return (second, first) if would and past else (first, second)


def _kind(adverbial: object) -> str:
    if isinstance(adverbial, Beside):
        return "place" if adverbial.czech == "vedle" else "company"
    kind = adverbial.type if isinstance(adverbial, Adverbial) else ""
    return "time" if kind == "frequency" else kind
