"""Every form that a word of the lexicon may take in a sentence, and what each form says: person, tense, gender, case.

The lexicon lists the forms that the corpus prints. A translation may hold others (plurals in all cases, *-uju* beside
*-uji*), and a right word must not be doubted for its ending: what is missing is derived here by the regular endings.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from translate.language.words import GENDERS, Adjective, Gender, GenderedNoun, Participle, Verb

Tense = Literal["present", "past", "infinitive", "future", "passive"]


class Analysis(NamedTuple):
    """What one form says; None where it does not say it.

    nominative: of nouns and of words that agree, whether it is the form of the subject; case: of nouns. reflexive: the
    clitic that the verb needs.
    """

    gender: Gender | None = None
    plural: bool | None = None
    nominative: bool | None = None
    tense: Tense | None = None
    person: int | None = None
    reflexive: str = ""
    negated: bool = False
    case: str = ""


Forms = dict[str, tuple[Analysis, ...]]
"""Forms in lower case, with all that each may be."""

_ADJECTIVE_ENDINGS = {
    "m": ("ý", "ého", "ému", "ém", "ým"),
    "f": ("á", "é", "ou"),
    None: ("ých", "ým", "ými", "é"),
}
_PLURAL_ENDINGS = ("", "i", "y", "e", "ů", "ům", "em", "ím", "ám", "ích", "ách", "ami", "emi", "ěmi", "ěm", "í")
_SOFTENED = {"k": "c", "h": "z", "g": "z", "r": "ř", "ch": "š", "c": "č"}
BE_PRESENT = {(1, False): "jsem", (2, False): "jsi", (3, False): "je", (1, True): "jsme", (2, True): "jste"}
BE_FUTURE = {(1, False): "budu", (2, False): "budeš", (3, False): "bude", (1, True): "budeme", (2, True): "budete"}


def word_set(words: str) -> frozenset[str]:
    """The words of a line, as a set."""
    return frozenset(words.split())


def collect(pairs: Iterable[tuple[str, Analysis]]) -> Forms:
    """The forms of `pairs` in lower case, each with all its analyses."""
    forms: Forms = {}
    for form, analysis in pairs:
        if form:
            forms[form.lower()] = (*forms.get(form.lower(), ()), analysis)
    return forms


def noun_forms(noun: GenderedNoun, plural: bool) -> Forms:
    """The forms of a noun in the singular, or in the plural with its regular endings."""
    table = noun.forms
    if not plural:
        singular = ((form, case) for case, form in table.items() if case.endswith("_sg"))
        return collect((form, Analysis(noun.gender, False, case == "nom_sg", case=case)) for form, case in singular)
    stem = table["gen_sg"][:-1] if table["gen_sg"][-1] in "aeiouyěí" else table["gen_sg"]
    stems = {stem, table["nom_pl"].rstrip("aeiouyéíě")}
    stems |= {stem.removesuffix(hard) + soft for hard, soft in _SOFTENED.items() if stem.endswith(hard)}
    known = [form for case, form in table.items() if case.endswith("_pl")]
    nominative = table["nom_pl"].lower()
    derived = [*known, *(each + ending for each in stems for ending in _PLURAL_ENDINGS)]
    return collect((form, Analysis(noun.gender, True, form.lower() == nominative)) for form in dict.fromkeys(derived))


def adjective_forms(adjective: Adjective) -> Forms:
    """All forms of an adjective; of a suppletive one, of both its stems. A soft one shows no gender."""
    if adjective.kind == "soft":
        stem = adjective.nom["m"]
        return collect((stem + ending, Analysis()) for ending in ("", "ho", "mu", "m", "ch", "mi"))
    pairs: list[tuple[str, Analysis]] = []
    for gender in GENDERS:
        nominative, plural = adjective.nom[gender], adjective.forms[f"{gender}_nom_pl"]
        pairs.append((nominative, Analysis(gender, False, True)))
        pairs.append((plural, Analysis(gender, True, True)))
        for shown in (gender, None):
            for ending in _ADJECTIVE_ENDINGS[shown]:
                form = nominative[:-1] + ending
                if form not in (nominative, plural):
                    pairs.append((form, Analysis(shown, None, False)))
                elif form == plural:  # šťastné is also the genitive of šťastná
                    pairs.append((form, Analysis("f", None, False)))
    return collect(pairs)


def verb_forms(verb: Verb) -> Forms:
    """All forms of a verb, each also with *ne-*."""
    persons, kind = verb.persons, verb.reflexive
    present = {(1, False): persons["sg1"], (2, False): persons["sg2"], (3, False): persons["sg3"]}
    present |= {(1, True): persons["pl1"], (2, True): persons["pl2"], (3, True): persons["pl3"]}
    pairs = [(form, Analysis(None, p, None, "present", n, kind)) for (n, p), form in present.items()]
    if persons["sg1"].endswith("ji"):  # pracuji, pracuju
        pairs.append((persons["sg1"][:-1] + "u", Analysis(None, False, None, "present", 1, kind)))
        pairs.append((persons["pl3"][:-1] + "ou", Analysis(None, True, None, "present", 3, kind)))
    for gender in GENDERS:
        pairs.append((verb.past[gender], Analysis(gender, False, True, "past", None, kind)))
        pairs.append((verb.past_plural[gender], Analysis(gender, True, True, "past", None, kind)))
    pairs.append((verb.infinitive, Analysis(None, None, None, "infinitive", None, kind)))
    return with_negative(pairs)


def passive_forms(participle: Participle) -> Forms:
    """The short participle: pochválen, pochválena."""
    numbers = ((False, participle.singular), (True, participle.plural))
    return collect(
        (forms[gender], Analysis(gender, many, True, "passive")) for many, forms in numbers for gender in GENDERS
    )


def be_forms() -> Forms:
    """All forms of *být* as a copula."""
    pairs = [(form, Analysis(None, p, None, "present", n)) for (n, p), form in BE_PRESENT.items()]
    pairs += [(form, Analysis(None, p, None, "future", n)) for (n, p), form in BE_FUTURE.items()]
    pairs += [("jsou", Analysis(None, True, None, "present", 3)), ("budou", Analysis(None, True, None, "future", 3))]
    for gender, singular, plural in (("m", "byl", "byli"), ("f", "byla", "byly")):
        pairs.append((singular, Analysis(gender, False, True, "past")))  # type: ignore[arg-type]
        pairs.append((plural, Analysis(gender, True, True, "past")))  # type: ignore[arg-type]
    pairs.append(("být", Analysis(tense="infinitive")))
    forms = with_negative(pairs)
    return forms | {"není": (Analysis(None, False, None, "present", 3, negated=True),)}


def agreeing_forms(singular: dict[Gender, str], plural: dict[Gender, str], negated: bool = False) -> Forms:
    """Nominatives of a word that agrees: rád, ráda, rádi, rády."""
    numbers = ((False, singular), (True, plural))
    return collect(
        (forms[gender], Analysis(gender, many, True, negated=negated)) for many, forms in numbers for gender in GENDERS
    )


def with_negative(pairs: Iterable[tuple[str, Analysis]]) -> Forms:
    """The forms, and each of them with *ne-*."""
    pairs = [(form.lower(), analysis) for form, analysis in pairs]
    return collect([*pairs, *(("ne" + form, analysis._replace(negated=True)) for form, analysis in pairs)])
