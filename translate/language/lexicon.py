"""Loading the lexicon: every word form that the generator can say, checked row by row."""

from functools import cache
from pathlib import Path
from typing import Literal

from translate.errors import TranslateError
from translate.language.table import Row, read_table
from translate.language.words import (
    GENDERS,
    Adjective,
    Adverbial,
    Attractor,
    Complement,
    Conjunction,
    Gender,
    GenderedNoun,
    Lexicon,
    NounPair,
    Number,
    Participle,
    Person,
    Section,
    Tense,
    Verb,
    VerbKind,
)
from translate.resources import data

_CASES = ("nom_sg", "gen_sg", "dat_sg", "acc_sg", "loc_sg", "ins_sg", "voc_sg", "nom_pl")
_NOUN_COLUMNS = " ".join(f"{gender}_{case}" for gender in GENDERS for case in _CASES)
_ADJECTIVE_COLUMNS = "m_nom f_nom m_acc f_acc m_ins f_ins m_nom_pl f_nom_pl"
_VERB_COLUMNS = (
    "kind en_inf en_3sg en_past en_other cs_inf reflexive aspect sg1 sg2 sg3 pl3 past_m past_f past_m_pl past_f_pl "
    "object_case environment complements"
)
_ATTRACTOR_COLUMNS = "en_preposition determiner en gender cs_preposition case type subject"


@cache
def lexicon() -> Lexicon:
    """The project's own lexicon (`data/lexicon`), loaded once."""
    return load(data("lexicon"))


def load(folder: Path) -> Lexicon:
    """The lexicon in `folder`; raises `TranslateError` naming file, line and reason for the first bad row."""

    def rows(name: str, header: str, key: str, optional: str = "note") -> list[Row]:
        return list(read_table(folder / f"{name}.tsv", header, key, optional))

    noun_rows = rows("nouns", f"section en_m en_f {_NOUN_COLUMNS} note", "en_m en_f m_nom_sg f_nom_sg")
    nouns = tuple(_noun(row) for row in noun_rows)
    adjectives = rows("adjectives", f"type en {_ADJECTIVE_COLUMNS} note", "en")
    optional = "en_other reflexive object_case environment complements"
    verb_rows = rows("verbs", _VERB_COLUMNS, "kind en_inf cs_inf", optional)
    verbs = [_verb(row) for row in verb_rows]
    adverbials = rows("adverbials", "en cs type environment mid note", "en")
    attractors = rows("attractors", _ATTRACTOR_COLUMNS, "en_preposition determiner en gender", "")
    persons = rows("persons", "en person number gender en_present en_past possessive object note", "en", "gender note")
    forms, plural_forms = (_forms(folder / "pronouns.tsv", number) for number in ("sg", "pl"))
    return Lexicon(
        nouns=nouns,
        adjectives={row["en"]: _adjective(row) for row in adjectives},
        verbs={" ".join(verb.english): verb for verb in verbs if verb.kind == "like"},
        people_verbs=tuple(verb for verb in verbs if verb.kind == "pers"),
        main_verbs={row["en_inf"]: verb for row, verb in zip(verb_rows, verbs, strict=True) if verb.kind == "main"},
        adverbials={row["en"]: _adverbial(row) for row in adverbials},
        attractors={attractor.name: attractor for attractor in (_attractor(row, nouns, forms) for row in attractors)},
        forms=forms,
        plural_forms=plural_forms,
        persons={row["en"]: _person(row) for row in persons},
        conjunctions={
            row["en"]: _conjunction(row) for row in rows("conjunctions", "en cs comma hosts_clitics note", "en cs")
        },
        articles={row["en"]: row.choice("article", ("a", "an")) for row in rows("articles", "en article note", "en")},
        people=tuple(_name(row) for row in rows("names", f"gender en {' '.join(_CASES[:-1])}", "en nom_sg", "")),
        participles={row["en"]: _participle(row) for row in rows("participles", "en m f m_pl f_pl note", "en")},
        plurals={row["en"]: row["plural"] for row in rows("plurals", "en plural note", "en")},
    )


def _noun(row: Row) -> NounPair:
    section: Section = row.choice("section", ("fixed", "ambiguous"))
    if (section == "ambiguous") != (row["en_m"] == row["en_f"]):
        raise row.wrong(f'section "{section}" does not fit the English words "{row["en_m"]}" and "{row["en_f"]}"')
    if row["m_nom_sg"] == row["f_nom_sg"]:
        raise row.wrong(f'both genders have the same nominative "{row["m_nom_sg"]}"')
    m, f = (_gendered(row, gender, section == "fixed") for gender in GENDERS)
    return NounPair(section, m, f)


def _gendered(row: Row, gender: Gender, tells: bool) -> GenderedNoun:
    forms = {case: row[f"{gender}_{case}"] for case in _CASES}
    return GenderedNoun(tuple(row[f"en_{gender}"].split()), gender, forms["nom_sg"], forms, tells)


def _name(row: Row) -> GenderedNoun:
    forms = {case: row[case] for case in _CASES[:-1]}
    return GenderedNoun(tuple(row["en"].split()), row.choice("gender", GENDERS), forms["nom_sg"], forms)


def _adjective(row: Row) -> Adjective:
    kind: Literal["hard", "suppletive", "soft"] = row.choice("type", ("hard", "suppletive", "soft"))
    m, f = row["m_nom"], row["f_nom"]
    if kind == "soft":
        if not (m == f and m.endswith("í")):
            raise row.wrong(f'"{m}" and "{f}" are not the nominative of a soft adjective')
    elif not (m.endswith("ý") and f.endswith("á")) or (kind == "hard" and m[:-1] != f[:-1]):
        raise row.wrong(f'"{m}" and "{f}" are not the two nominatives of a hard adjective')
    forms = {name: row[name] for name in row if name not in ("type", "en", "note")}
    # A masculine that is animate has one form for genitive and accusative: mladého; the rest of the singular follows.
    stem, thin = forms["m_acc"].removesuffix("ho"), forms["f_nom_pl"]
    forms |= {"m_gen": forms["m_acc"], "m_dat": f"{stem}mu", "m_loc": f"{stem}m"}
    forms |= {f"f_{case}": thin for case in ("gen", "dat", "loc")}
    return Adjective(tuple(row["en"].split()), {"m": m, "f": f}, forms, kind)


def _participle(row: Row) -> Participle:
    m, f = row["m"], row["f"]
    if f != m + "a" or (row["m_pl"], row["f_pl"]) != (m + "i", m + "y"):
        raise row.wrong(f'the participle "{m}" must go on with "{m}a", "{m}i" and "{m}y"')
    return Participle(row["en"], {"m": m, "f": f}, {"m": m + "i", "f": m + "y"})


def _complements(row: Row) -> dict[str, Complement]:
    complements: dict[str, Complement] = {}
    for item in filter(None, row["complements"].split("; ")):
        english, equals, rest = ("", "=", "/") if item == "none" else item.partition("=")
        czech, slash, case = rest.rpartition("/")
        if not equals or not slash or (item != "none" and not (czech and case)):
            raise row.wrong(f'the complement "{item}" is not written English=Czech/case')
        if english in complements:
            raise row.wrong(f'the complement "{english or "none"}" is there twice')
        complements[english] = Complement(tuple(english.split()), tuple(czech.split()), case)
    return complements


def _is_feminine_past(feminine: str, masculine: str) -> bool:
    # The vowel before the l of šel and its relatives is lost: našel, našla.
    lost = masculine.endswith("šel") and feminine == masculine[:-2] + "la"
    return masculine.endswith("l") and (feminine == masculine + "a" or lost)


def _verb(row: Row) -> Verb:
    kind: VerbKind = row.choice("kind", ("like", "pers", "main"))
    if not _is_feminine_past(row["past_f"], row["past_m"]):
        raise row.wrong(f'the feminine past "{row["past_f"]}" is not the masculine "{row["past_m"]}" with -a')
    stem = row["past_f"][:-1]
    if (row["past_m_pl"], row["past_f_pl"]) != (stem + "i", stem + "y"):
        raise row.wrong(f'the plural past must be "{stem}i" and "{stem}y"')
    if kind == "like":
        row.choice("environment", ("in", "out", "any"))
        row.require("complements")
        if row["aspect"] != "ipf":
            raise row.wrong("rád needs an imperfective verb")
    if kind == "pers":
        row.require("object_case")
    return Verb(
        kind=kind,
        english=tuple(row["en_inf"].partition(" (")[0].split()),  # "know (a fact)": the table tells two verbs apart
        english_forms={name: row[name] for name in ("en_3sg", "en_past", "en_other")},
        infinitive=row["cs_inf"],
        reflexive=row.choice("reflexive", ("", "se", "si")),
        aspect=row.choice("aspect", ("ipf", "pf")),
        persons=_persons(row),
        past={"m": row["past_m"], "f": row["past_f"]},
        past_plural={"m": row["past_m_pl"], "f": row["past_f_pl"]},
        object_case=row["object_case"],
        environment=row["environment"],
        complements=_complements(row),
    )


def _persons(row: Row) -> dict[str, str]:
    persons = {name: row[name] for name in ("sg1", "sg2", "sg3", "pl3")}
    stem = "js" if row["cs_inf"] == "být" else row["sg3"]
    return persons | {"pl1": f"{stem}me", "pl2": f"{stem}te"}


def _adverbial(row: Row) -> Adverbial:
    kind = row.choice("type", ("time", "frequency", "duration", "place", "company", "manner"))
    environment = row.choice("environment", ("in", "out", "any"))
    mid = row.choice("mid", ("y", "n")) == "y"
    return Adverbial(tuple(row["en"].split()), tuple(row["cs"].split()), kind, environment, mid)


def _attractor(row: Row, nouns: tuple[NounPair, ...], forms: dict[str, dict[Gender, str]]) -> Attractor:
    gender: Gender = row.choice("gender", GENDERS)
    noun = next((pair.of(gender) for pair in nouns if " ".join(pair.of(gender).english) == row["en"]), None)
    if noun is None:
        raise row.wrong(f'no noun "{row["en"]}" with gender {gender} in nouns.tsv')
    case = row.choice("case", ("gen", "dat", "acc", "loc", "ins"))
    own = (forms[f"svůj {case}"][gender],) if row["determiner"] == "own" else ()
    return Attractor(
        english=tuple(row["en_preposition"].split()),
        determiner=row.choice("determiner", ("own", "the")),
        noun=noun,
        czech=(row["cs_preposition"], *own, noun.forms[f"{case}_sg"]),
        type=row.choice("type", ("place", "company", "benefit")),
        subject=row.choice("subject", ("any", "m", "f")),
    )


def _forms(path: Path, number: Number) -> dict[str, dict[Gender, str]]:
    rows = list(read_table(path, "slot m_sg f_sg m_pl f_pl", "slot", "m_sg f_sg m_pl f_pl"))
    forms: dict[str, dict[Gender, str]] = {
        row["slot"]: {"m": row[f"m_{number}"], "f": row[f"f_{number}"]} for row in rows
    }
    for slot in ("který nom", "rád", "nerad", "můj nom", "svůj ins"):
        if slot not in forms or not all(forms[slot].values()):
            raise TranslateError(f'{path}: the slot "{slot}" is missing or empty.')
    return forms


def _person(row: Row) -> Person:
    person = int(row.choice("person", ("1", "2", "3")))
    number: Number = row.choice("number", ("sg", "pl"))
    gender: Gender | None = row.choice("gender", GENDERS) if row["gender"] else None
    be: dict[Tense, str] = {"present": row["en_present"], "past": row["en_past"]}
    return Person(row["en"].removesuffix(" (pl)"), person, number, gender, be, row["possessive"], row["object"])


def _conjunction(row: Row) -> Conjunction:
    hosts = row.choice("hosts_clitics", ("yes", "no")) == "yes"
    return Conjunction(row["en"], tuple(row["cs"].split()), row.choice("comma", ("before", "none")), hosts)
