"""Recipes: what is written is what runs, and what cannot be is refused with the nearest right key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import UsageError
from translate.resources import data
from translate.training.recipe import Recipe


@pytest.mark.parametrize("path", sorted(data("recipes").glob("*.toml")), ids=lambda p: p.stem)
def test_a_recipe_that_ships_survives_being_written_and_read(path):
    recipe = Recipe.load(path.stem)
    assert Recipe.parse(recipe.to_toml()) == recipe


@given(st.integers(1, 10_000), st.floats(1e-6, 1.0), st.booleans())
def test_overrides_from_a_command_line_are_typed(steps, rate, reverse):
    recipe = Recipe().override([f"steps={steps}", f"training.learning_rate={rate}", f"reverse_source={reverse}"])
    assert (recipe.training.steps, recipe.training.learning_rate, recipe.model.reverse_source) == (steps, rate, reverse)


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("learning_rte", "learning_rate"),
        ("training.btach", "training.batch"),
        ("modle.hidden", "model.hidden"),
        ("forgetbias", "forget_bias"),
    ],
)
def test_an_unknown_key_names_the_nearest_right_one(key, near):
    with pytest.raises(UsageError, match=f"did you mean '{near}'"):
        Recipe().override([f"{key}=1"])


@pytest.mark.parametrize(
    "toml",
    [
        "[training]\nsteps = 'many'",
        "[training]\nsteps = 1.5",
        "[training]\nsteps = true",
        "[training]\nsteps = 0",
        "[training]\nlearning_rate = nan",
        "[training]\nlearning_rate = inf",
        "[training]\nlearning_rate = -1.0",
        "[training]\nprecision = 'float8'",
        "[model]\ncell = 'transformer'",
        "[model]\ndropout = 1.0",
        "[model]\nreverse_source = 1",
        "[tokenizer]\npieces = 'chars'",
        "[tokenizer]\nsize = 2",
        "seed = 3",
        "[training\nseed = 3",
        "[optimizer]\nname = 'sgd'",
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(toml):
    with pytest.raises(UsageError) as refused:
        Recipe.parse(toml, "my.toml")
    assert str(refused.value).startswith("my.toml") and str(refused.value).count("\n") <= 1


def test_a_recipe_that_does_not_exist_names_those_that_ship():
    with pytest.raises(UsageError, match="lesson"):
        Recipe.load("lessson")
