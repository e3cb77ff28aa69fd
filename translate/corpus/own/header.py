"""Whether the first line of a table names its columns and holds no sentences."""

import re

from translate.text import normal

# What such a name means, a line each: the languages that such tables are usually of, by code and by name, in English,
# in Czech and in themselves; then what else columns are called.
_MEANINGS = """
en eng english anglicky angličtina anglictina englisch anglais inglés ingles inglese angielski английский 英語 英文
cs cz ces cze czech česky cesky čeština cestina tschechisch tchèque checo ceco czeski чешский チェコ語 捷克語 捷克语
de deu ger german deutsch německy nemecky němčina nemcina
fr fra fre french français francais francouzsky francouzština
es spa spanish español espanol španělsky španělština
it ita italian italiano italsky italština
pl pol polish polski polsky polština
sk slk slo slovak slovensky slovenština slovenčina
ru rus russian русский rusky ruština
uk ukr ukrainian українська ukrajinsky ukrajinština
nl nld dut dutch nederlands nizozemsky nizozemština
pt por portuguese português portugues portugalsky portugalština
sv swe swedish svenska švédsky švédština
hu hun hungarian magyar maďarsky maďarština
la lat latin latina latinsky
ja jpn japanese japonsky japonština
zh zho chi chinese čínsky čínština
source src zdroj zdrojový original originál orig input vstup
target tgt trg cíl cílový translation translated překlad preklad output výstup reference ref
sentence sentences věta věty segment segments text texts
question otázka
answer odpověď
premise
hypothesis
masculine
feminine
column columns col sloupec field
language languages lang jazyk line
"""
_MEANING = {name: number for number, names in enumerate(_MEANINGS.split("\n")) for name in names.split()}
# What may stand beside such a name: en_US, "source language", "the sentence".
_BESIDE = frozenset("us gb at ch br latn language lang jazyk column col side raw clean id the txt tsv".split())  # noqa: SIM905
_COUNTED = frozenset("12ab")  # "sentence 1", "text B", "col2"


def is_header(cells: tuple[str, str]) -> bool:
    """Whether both cells of a line name columns ("en", "source_text", "Czech (cs)"), and not what is the same.

    `sentence` with `věta`, or `Czech` with `čeština`, is a line of a dictionary.
    """
    first, second = (_meant(cell) for cell in cells)
    return bool(first and second) and first != second


def _meant(cell: str) -> set[int | str]:
    """What a name of a column means; nothing for what is none."""
    words = re.findall(r"[^\W\d_]+|\d+", normal(cell).casefold())
    if len(words) > 4 or not all(word in _MEANING or word in _BESIDE or word in _COUNTED for word in words):
        return set()
    meant: set[int | str] = {_MEANING[word] for word in words if word in _MEANING}
    return meant | (_COUNTED & set(words)) if meant else set()
