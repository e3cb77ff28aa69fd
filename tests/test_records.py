from dataclasses import dataclass, field
from math import inf, isnan, nan

import numpy as np
import pytest
from jsonschema import Draft202012Validator

from translate.lab.tracing.site import Site
from translate.records import from_json, plain, schema, to_json


@dataclass(frozen=True)
class Part:
    """A part."""

    value: float
    courses: list[list[float]]
    other: "Part | None" = None


@dataclass(frozen=True)
class Whole:
    """All of it."""

    site: Site
    parts: tuple[Part, ...]
    ends: tuple[float, int]
    by_clause: dict[int, float] = field(default_factory=dict)


WHOLE = Whole(Site("dec.l0.c"), (Part(nan, [[0.5, nan]], Part(1 / 3, [])),), (inf, 3), {0: nan, 1: 0.25})


def test_numbers_have_six_digits_and_what_is_not_known_is_null():
    part = {"value": None, "courses": [[0.5, None]], "other": {"value": 0.333333, "courses": [], "other": None}}
    assert plain(WHOLE) == {"site": "dec.l0.c", "parts": [part], "ends": [None, 3], "by_clause": {"0": None, "1": 0.25}}
    assert plain({"array": np.float32([1 / 3, nan]), "number": np.int64(3)}) == {"array": [0.333333, None], "number": 3}
    assert to_json({"é": [0.5]}) == '{\n "é": [\n  0.5\n ]\n}\n'


def test_what_was_written_is_read_as_what_it_was():
    whole = from_json(to_json(WHOLE), Whole)
    assert isinstance(whole.site, Site) and whole.site.layer == 0 and whole.ends[1] == 3
    (part,) = whole.parts
    assert isnan(part.value) and isnan(part.courses[0][1]) and isnan(whole.ends[0]) and isnan(whole.by_clause[0])
    assert part.other is not None and part.other.value == 0.333333 and part.other.other is None
    assert to_json(whole) == to_json(WHOLE)


@pytest.mark.parametrize("text", ["", "[]", '{"site": 3}', to_json(WHOLE).replace("0.5", '"half"')])
def test_what_is_something_else_is_refused(text):
    with pytest.raises(ValueError):
        from_json(text, Whole)


def test_the_schema_takes_what_is_written_and_nothing_else():
    check, written = Draft202012Validator(schema(Whole)), plain(WHOLE)
    assert check.is_valid(written)
    assert not check.is_valid(written | {"more": 1})
    assert not check.is_valid({name: value for name, value in written.items() if name != "by_clause"})
