"""Whether the first line of a table names its columns and holds no sentences."""

import re

# The languages that such tables are usually of, by their names in English, in Czech and in themselves, and by code.
_LANGUAGES = """
en eng english anglicky angličtina cs cz ces cze czech česky čeština cesky cestina de deu ger german deutsch německy
němčina fr fra fre french français francais francouzsky francouzština es spa spanish español espanol španělsky
španělština it ita italian italiano italsky italština pl pol polish polski polsky polština sk slk slo slovak slovensky
slovenština slovenčina ru rus russian русский rusky ruština uk ukr ukrainian українська ukrajinsky ukrajinština nl nld
dut dutch nederlands nizozemsky nizozemština pt por portuguese português portugues portugalsky portugalština sv swe
swedish svenska švédsky hu hun hungarian magyar maďarsky maďarština la lat latin latina latinsky ja jpn japanese zh zho
chi chinese englisch tschechisch anglais tchèque
"""
_SIDES = """
source src target tgt trg original originál orig translation translated překlad preklad zdroj zdrojový cíl cílový input
output reference ref sentence sentences věta věty text texts segment segments
"""
_NAMES = frozenset((_LANGUAGES + _SIDES).split())
# What may stand beside such a name: en_US, "source language", "sentence 1".
_BESIDE = frozenset(
    ("us", "gb", "uk", "at", "ch", "br", "latn", "language", "lang", "jazyk", "column", "col", "side")
    + ("raw", "clean", "a", "b", "1", "2", "id", "the")
)


def is_header(cells: tuple[str, str]) -> bool:
    """Whether both cells of a line are names of columns ("en", "source_text", "Czech (cs)"), and not the same."""
    first, second = ([word for word in re.split(r"[\W_]+", cell.casefold()) if word] for cell in cells)
    return first != second and _names(first) and _names(second)


def _names(words: list[str]) -> bool:
    return 0 < len(words) <= 4 and not _NAMES.isdisjoint(words) and set(words) <= _NAMES | _BESIDE
