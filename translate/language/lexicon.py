"""Loading the lexicon: every word form that the generator can say, checked row by row."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
    Person,
    Verb,
)
from translate.resources import data

_CASES = ("nom_sg", "gen_sg", "dat_sg", "acc_sg", "loc_sg", "ins_sg", "voc_sg", "nom_pl")


def _noun(row: Row) -> NounPair:
    section = row.choice("section", ("fixed", "ambiguous"))
    if (section == "ambiguous") != (row["en_m"] == row["en_f"]):
        raise row.wrong(f'section "{section}" does not fit the English words "{row["en_m"]}" and "{row["en_f"]}"')
    if row["m_nom_sg"] == row["f_nom_sg"]:
        raise row.wrong(f'both genders have the same nominative "{row["m_nom_sg"]}"')
    m, f = (
        GenderedNoun(
            tuple(row[f"en_{g}"].split()),
            g,
            row[f"{g}_nom_sg"],
            {case: row[f"{g}_{case}"] for case in _CASES},
        )
        for g in GENDERS
    )
    return NounPair(section, m, f)


def _adjective(row: Row) -> Adjective:
    kind = row.choice("type", ("hard", "suppletive"))
    m, f = row["m_nom"], row["f_nom"]
    if not (m.endswith("ý") and f.endswith("á")) or (kind == "hard" and m[:-1] != f[:-1]):
        raise row.wrong(f'"{m}" and "{f}" are not the two nominatives of a hard adjective')
    forms = {name: row[name] for name in row if name not in ("type", "en", "note")}
    return Adjective(tuple(row["en"].split()), {"m": m, "f": f}, forms)


def _complements(row: Row) -> dict[str, Complement]:
    found: dict[str, Complement] = {}
    for item in filter(None, row["complements"].split("; ")):
        english, equals, rest = ("", "=", "/") if item == "none" else item.partition("=")
        czech, slash, case = rest.rpartition("/")
        if not equals or not slash or (item != "none" and not (czech and case)):
            raise row.wrong(f'the complement "{item}" is not written English=Czech/case')
        if english in found:
            raise row.wrong(f'the complement "{english or "none"}" is there twice')
        found[english] = Complement(tuple(english.split()), tuple(czech.split()), case)
    return found


def _is_feminine_past(feminine: str, masculine: str) -> bool:
    # The vowel before the l of šel and its relatives is lost: našel, našla.
    lost = masculine.endswith("šel") and feminine == masculine[:-2] + "la"
    return masculine.endswith("l") and (feminine == masculine + "a" or lost)


def _verb(row: Row) -> Verb:
    kind = row.choice("kind", ("like", "pers", "main"))
    row.choice("reflexive", ("", "se", "si"))
    row.choice("aspect", ("ipf", "pf"))
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
        kind, tuple(row["en_inf"].split()), {name: row[name] for name in ("en_3sg", "en_past", "en_other")},
        row["cs_inf"], row["reflexive"], row["aspect"], {name: row[name] for name in ("sg1", "sg2", "sg3", "pl3")},
        {"m": row["past_m"], "f": row["past_f"]}, {"m": row["past_m_pl"], "f": row["past_f_pl"]},
        row["object_case"], row["environment"], _complements(row),
    )  # fmt: skip


def _adverbial(row: Row) -> Adverbial:
    kind = row.choice("type", ("time", "frequency", "duration", "place", "company", "manner"))
    environment = row.choice("environment", ("in", "out", "any"))
    mid = row.choice("mid", ("y", "n")) == "y"
    return Adverbial(tuple(row["en"].split()), tuple(row["cs"].split()), kind, environment, mid)


def _attractor(row: Row, nouns: tuple[NounPair, ...]) -> Attractor:
    kind = row.choice("type", ("place", "company", "benefit"))
    determiner = row.choice("determiner", ("own", "the"))
    gender = row.choice("gender", GENDERS)
    noun = next((pair.of(gender) for pair in nouns if " ".join(pair.of(gender).english) == row["en"]), None)
    if noun is None:
        raise row.wrong(f'no noun "{row["en"]}" with gender {gender} in nouns.tsv')
    case = row.choice("case", ("gen", "dat", "acc", "loc", "ins"))
    own = _own_form(row.path.parent, case, gender) if determiner == "own" else ()
    czech = (row["cs_preposition"], *own, noun.forms[f"{case}_sg"])
    subject = row.choice("subject", ("any", *GENDERS))
    return Attractor(tuple(row["en_preposition"].split()), determiner, noun, czech, kind, subject)


def _own_form(folder: Path, case: str, gender: Gender) -> tuple[str, ...]:
    return (_forms(folder)[f"svůj {case}"][gender],)


@cache
def _forms(folder: Path) -> dict[str, dict[str, str]]:
    columns = ("slot", "m_sg", "f_sg", "m_pl", "f_pl")
    rows = read_table(folder / "pronouns.tsv", columns, ("slot",), optional=columns[1:])
    found = {r["slot"]: {"m": r["m_sg"], "f": r["f_sg"], "m_pl": r["m_pl"], "f_pl": r["f_pl"]} for r in rows}
    for slot in ("který nom", "rád", "nerad", "můj nom", "svůj ins"):
        if slot not in found or not (found[slot]["m"] and found[slot]["f"]):
            raise TranslateError(f'{folder / "pronouns.tsv"}: the slot "{slot}" is missing or empty.')
    return found


def _person(row: Row) -> Person:
    number = int(row.choice("person", ("1", "2", "3")))
    gender = row.choice("gender", ("", *GENDERS)) or None
    be = {"present": row["en_present"], "past": row["en_past"]}
    return Person(row["en"], number, gender, be, row["possessive"], row["object"])


def _conjunction(row: Row) -> Conjunction:
    comma = row.choice("comma", ("before", "none"))
    hosts = row.choice("hosts_clitics", ("yes", "no")) == "yes"
    return Conjunction(row["en"], tuple(row["cs"].split()), comma, hosts)


def load(folder: Path) -> Lexicon:
    """The lexicon in `folder`; raises `TranslateError` naming file, line and reason for the first bad row."""
    genders = [f"{g}_{case}" for g in GENDERS for case in _CASES]
    nouns = tuple(
        _noun(row)
        for row in read_table(
            folder / "nouns.tsv", ("section", "en_m", "en_f", *genders, "note"),
            ("en_m", "en_f", "m_nom_sg", "f_nom_sg"), ("note",),
        )
    )  # fmt: skip
    cases = [f"{g}_{case}" for case in ("nom", "acc", "ins", "nom_pl") for g in GENDERS]
    adjectives = read_table(folder / "adjectives.tsv", ("type", "en", *cases, "note"), ("en",), ("note",))
    verbs = [_verb(row) for row in _verb_rows(folder / "verbs.tsv")]
    adverbials = read_table(
        folder / "adverbials.tsv", ("en", "cs", "type", "environment", "mid", "note"), ("en",), ("note",)
    )
    attractors = read_table(
        folder / "attractors.tsv", ("en_preposition", "determiner", "en", "gender", "cs_preposition", "case", "type", "subject"),
        ("en_preposition", "determiner", "en", "gender"),
    )  # fmt: skip
    persons = read_table(
        folder / "persons.tsv",
        ("en", "person", "gender", "en_present", "en_past", "possessive", "object", "note"), ("en",), ("gender", "note"),
    )  # fmt: skip
    conjunctions = read_table(
        folder / "conjunctions.tsv", ("en", "cs", "comma", "hosts_clitics", "note"), ("en", "cs"), ("note",)
    )
    articles = read_table(folder / "articles.tsv", ("en", "article", "note"), ("en",), ("note",))
    names = ("gender", "en", *_CASES[:-1])
    forms = _forms(folder)
    found = [_attractor(row, nouns) for row in attractors]
    return Lexicon(
        nouns,
        {" ".join(a.english): a for a in map(_adjective, adjectives)},
        {" ".join(v.english): v for v in verbs if v.kind == "like"},
        tuple(v for v in verbs if v.kind == "pers"),
        {" ".join(v.english): v for v in verbs if v.kind == "main"},
        {" ".join(a.english): a for a in map(_adverbial, adverbials)},
        {a.name: a for a in found},
        forms,
        {p.english: p for p in map(_person, persons)},
        {c.english: c for c in map(_conjunction, conjunctions)},
        {row["en"]: row.choice("article", ("a", "an")) for row in articles},
        tuple(dict(row) for row in read_table(folder / "names.tsv", names, ("en", "nom_sg"))),
    )


def _verb_rows(path: Path) -> Iterator[Row]:
    columns = (
        "kind", "en_inf", "en_3sg", "en_past", "en_other", "cs_inf", "reflexive", "aspect", "sg1", "sg2", "sg3", "pl3",
        "past_m", "past_f", "past_m_pl", "past_f_pl", "object_case", "environment", "complements",
    )  # fmt: skip
    optional = ("en_other", "reflexive", "object_case", "environment", "complements")
    return read_table(path, columns, ("kind", "en_inf", "cs_inf"), optional)


@cache
def lexicon() -> Lexicon:
    """The project's own lexicon (`data/lexicon`), loaded once."""
    return load(data("lexicon"))
