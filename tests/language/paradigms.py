"""What the tables of the lexicon say of Czech forms, read without the package's own loader."""

import re
from functools import cache

from translate.resources import data

CASES = ("nom", "gen", "dat", "acc", "loc", "ins")


def rows(name):
    """The rows of a table, each a dictionary."""
    lines = [line.split("\t") for line in data(f"lexicon/{name}.tsv").read_text("utf-8").splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def adjective(row):
    """All forms of an adjective: case and number to the masculine and the feminine one."""
    stem = row["m_acc"].removesuffix("ho")  # mladé-, moderní-
    thin = row["f_nom_pl"]
    singular = {
        "nom": (row["m_nom"], row["f_nom"]),
        "gen": (stem + "ho", thin),
        "dat": (stem + "mu", thin),
        "acc": (row["m_acc"], row["f_acc"]),
        "loc": (stem + "m", thin),
        "ins": (row["m_ins"], row["f_ins"]),
    }
    return [*singular.values(), (row["m_nom_pl"], row["f_nom_pl"])]


@cache
def pairs():
    """Every masculine form of a word that agrees, with the feminine form of the same case and number."""
    found = {("jeho", "její"), ("jehož", "jejíž"), ("jehož", "jejíhož")}
    for row in rows("pronouns"):
        found |= {(row["m_sg"], row["f_sg"]), (row["m_pl"], row["f_pl"])}
        if row["slot"].startswith("její"):
            found |= {("jeho", row["m_sg"]), ("jeho", row["f_sg"])}
    for row in rows("adjectives"):
        found.update(adjective(row))
    for row in rows("participles"):
        found |= {(row["m"], row["f"]), (row["m_pl"], row["f_pl"])}
    for row in rows("verbs"):
        past = [(row["past_m"], row["past_f"]), (row["past_m_pl"], row["past_f_pl"])]
        found.update(past)
        found.update((f"ne{m}", f"ne{f}") for m, f in past)
    return found


@cache
def nouns():
    """The gender of each form of a noun or a name, by lemma."""
    found = {}
    for row in rows("nouns"):
        for gender in "mf":
            forms = {form for name, form in row.items() if name.startswith(f"{gender}_")}
            found[row[f"{gender}_nom_sg"]] = gender, forms
    for row in rows("names"):
        found[row["nom_sg"]] = row["gender"], {form for name, form in row.items() if name.endswith("_sg")}
    return found


@cache
def telling():
    """The English words that tell each gender."""
    found = {"m": {"he", "him", "his"}, "f": {"she", "her"}}
    for row in rows("nouns"):
        if row["section"] == "fixed":
            found["m"].add(row["en_m"])
            found["f"].add(row["en_f"])
    for row in rows("names"):
        found[row["gender"]].add(row["en"])
    return found


# What no table has: conjunctions and particles stand in conjunctions.tsv, the rest is here.
SMALL = """
, . ? ! : „ “ se si sis ses bych bys by bychom byste jsem jsi jsme jste je jsou jsem není nejsem nejsi nejsme nejste
nejsou bude budu budeš budeme budete budou nebude nebudu nebudeš nebudeme nebudete nebudou to že jako ano ne vždycky
nikdy často s se bez vedle k ke v ve na o pro do kina divadla jejich jejichž kdybych kdybys kdyby abych abys aby
mě mi tě ti nás nám vás vám mne mně tebe tobě mnou tebou námi vámi na
"""


@cache
def words():
    """All Czech words there are."""
    found = set(SMALL.split())
    for pair in pairs():
        found.update(pair)
    for _, forms in nouns().values():
        found |= forms
    for row in rows("adverbials"):
        found.update(row["cs"].split())
    for row in rows("conjunctions"):
        found.update(row["cs"].split())
    for row in rows("pronouns"):
        found.update(" ".join(row[name] for name in ("m_sg", "f_sg", "m_pl", "f_pl")).split())
    for row in rows("verbs"):
        persons = [row[name] for name in ("sg1", "sg2", "sg3", "pl3")]
        persons += [row["sg3"] + "me", row["sg3"] + "te", row["cs_inf"]]
        found.update(persons)
        found.update(f"ne{form}" for form in persons)
        found.update(" ".join(re.findall(r"=([^/;]+)/", row["complements"])).split())
    found |= {form for row in rows("pronouns") if row["slot"].startswith("její") for form in (row["f_sg"] + "ž",)}
    return found
