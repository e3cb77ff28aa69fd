import pytest

from translate.braces import Braces

BRACES = Braces({"loud": str.upper})


def test_a_value_is_written_as_the_text_asks():
    assert BRACES.filled("{what:loud}, {n:,} {part.imag:.1f}", what="a", n=1200, part=2j) == "A, 1,200 2.0"
    assert BRACES.filled("no braces, 5 %") == "no braces, 5 %"


def test_a_name_that_is_not_there_is_an_error():
    with pytest.raises(KeyError):
        BRACES.filled("{missing}", other=1)
