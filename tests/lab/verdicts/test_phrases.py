from translate.lab.statistics.estimate import wilson
from translate.lab.verdicts.phrases import capital, place, share_of, site_of


def test_all_is_said_only_where_it_is_all():
    shares = [share_of(wilson(hits, 10_000, "words")) for hits in (10_000, 9_999, 9_915, 5_000, 1, 0)]
    assert shares == ["100 %", "99.9+ %", "99.2 %", "50 %", "0.1− %", "0 %"]
    assert share_of(wilson(0, 0, "words")) == "–"


def test_places_are_words():
    assert capital(site_of("enc.l0.h")) == "The encoder's hidden state h"
    assert [place(offset) for offset in (-4, -1, 0, 3)] == [
        "three words before the second noun",
        "at the second noun",
        "one word after the second noun",
        "4 words after the second noun",
    ]
