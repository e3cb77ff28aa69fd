"""A corpus small enough to train on in a second, and the recipe for it."""

import itertools

import pytest

from translate.training.recipe import Recipe

NOUNS = {"boy": ("kluk", "který", "rád"), "girl": ("holka", "která", "ráda"), "king": ("král", "který", "rád")}
VERBS = {"read": "čte", "sing": "zpívá", "dance": "tančí", "cook": "vaří", "run": "běhá"}
PLACES = {"": "", " at home": " doma", " in the park": " v parku"}


@pytest.fixture(scope="session")
def pairs() -> list[tuple[str, str]]:
    """All 45 sentences *I am a N who likes to V (place)* with their Czech."""
    return [
        (f"I am a {en} who likes to {verb}{place}.", f"Jsem {noun}, {rel} {rad} {czech}{where}.")
        for (en, (noun, rel, rad)), (verb, czech), (place, where) in itertools.product(
            NOUNS.items(), VERBS.items(), PLACES.items()
        )
    ]


@pytest.fixture(scope="session")
def recipe() -> Recipe:
    """Two epochs and a half of a network with dropout, so that the random generator matters too."""
    settings = ["hidden=16", "embedding=8", "dropout=0.1", "steps=60", "batch=4", "validate_every=20", "warmup=5"]
    return Recipe().override([*settings, "learning_rate=0.02", "threads=1", "device=cpu", "precision=float32"])
