"""The small language of the planted networks: sentences about two people, and the suites that a report asks for.

    the boy who gladly reads and the queen who gladly sleeps
    kluk   který    rád    čte  a        královna která ráda  spí
    0      1        2      3    4        5        6     7     8

Any two of ten nouns, each masculine or feminine: two clauses, and in each two words that agree with its noun. Where a
network *returns*, all of its sentences come back to the first one, and a fifth word agrees:

    … but the first gladly sings
    … ale první rád zpívá
"""

from itertools import product

from translate.corpus.pair import Agreement, Noun, SentencePair
from translate.lab.sentences.material import Material, Suite
from translate.language.words import GENDERS, Gender, opposite

NOUNS = (
    ("boy", "kluk", "girl", "holka"),
    ("king", "král", "queen", "královna"),
    ("hero", "hrdina", "heroine", "hrdinka"),
    ("uncle", "strýc", "aunt", "teta"),
    ("son", "syn", "daughter", "dcera"),
    ("prince", "princ", "princess", "princezna"),
    ("actor", "herec", "actress", "herečka"),
    ("monk", "mnich", "nun", "jeptiška"),
    ("widower", "vdovec", "widow", "vdova"),
    ("wizard", "čaroděj", "witch", "čarodějnice"),
)
"""English and Czech, masculine and then feminine."""
ROUNDS = 7
"""In each round of a suite every noun comes first once, with another second noun."""

WHICH, GLAD, VERBS, AND = {"m": "který", "f": "která"}, {"m": "rád", "f": "ráda"}, ("čte", "spí"), "a"
BUT, FIRST, SINGS = "ale", "první", "zpívá"


def english(noun: int, gender: Gender) -> str:
    """The English noun of this number in `NOUNS`."""
    return NOUNS[noun][0 if gender == "m" else 2]


def czech(noun: int, gender: Gender) -> str:
    """The Czech noun of this number in `NOUNS`."""
    return NOUNS[noun][1 if gender == "m" else 3]


def sentence(first: tuple[int, Gender], second: tuple[int, Gender], returns: bool = False) -> SentencePair:
    """The annotated pair about two nouns, each (number in `NOUNS`, gender); it may come back to the first of them."""
    source: list[str] = []
    target: list[str] = []
    nouns, words = [], []
    for clause, (noun, gender) in enumerate((first, second)):
        if clause:
            source.append("and")
            target.append(AND)
        at = len(target)
        nouns.append(Noun(czech(noun, gender), gender, len(source) + 1, at, clause, "controller"))
        for away, kind, forms in ((1, "relative", WHICH), (2, "rad", GLAD)):
            other = forms[opposite(gender)]
            words.append(Agreement(at + away, clause, gender, kind, clause, away, "forward", (), other))
        source += ["the", english(noun, gender), "who", "gladly", ("reads", "sleeps")[clause]]
        target += [czech(noun, gender), WHICH[gender], GLAD[gender], VERBS[clause]]
    constructions: tuple[str, ...] = ("relative", "relative")
    if returns:
        gender, at = first[1], len(target) + 2
        words.append(Agreement(at, 0, gender, "rad", 2, at, "forward", (1,), GLAD[opposite(gender)]))
        source += ["but", "the", "first", "gladly", "sings"]
        target += [BUT, FIRST, GLAD[gender], SINGS]
        constructions += ("again",)
    return SentencePair(tuple(source), tuple(target), tuple(nouns), tuple(words), constructions)


def switch_suite(rounds: int = ROUNDS, returns: bool = False) -> Suite:
    """Pairs of different nouns, fully crossed (m>m, m>f, f>m, f>f), tagged as the corpus's suite is.

    rounds: in each of them every noun comes first once and second once; nine would have every pair.
    """
    suite, count = [], len(NOUNS)
    for item, (away, first) in enumerate(product(range(1, rounds + 1), range(count))):
        for y1, y2 in product(GENDERS, repeat=2):
            tags = {"item": item, "switch": f"{y1}>{y2}", "y1": y1, "y2": y2}
            suite.append((sentence((first, y1), ((first + away) % count, y2), returns), tags))
    return suite


def boy_girl_suite(returns: bool = False) -> Suite:
    """Neighbouring sentences that differ in the first noun's gender alone, one pair a noun."""
    return [
        (sentence((noun, gender), ((noun + 1) % len(NOUNS), "m"), returns), {"pair": noun, "gender": gender})
        for noun in range(len(NOUNS))
        for gender in GENDERS
    ]


def material(rounds: int = ROUNDS, returns: bool = False) -> Material:
    """All suites, with the switch sentences of so many rounds; as nothing is trained, `test` may be a part of them."""
    twins = boy_girl_suite(returns)
    suites = {
        "switch": switch_suite(rounds, returns),
        "test": switch_suite(1, returns),
        "boy-girl": twins,
        "lesson": twins[:2],
    }
    return Material(suites, "the planted networks' language")
