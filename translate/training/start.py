"""What a run begins with: its recipe and its tokenizers, new ones or those of the run that is resumed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from translate.errors import UsageError
from translate.files import read_text
from translate.model.checkpoint import open_frame
from translate.tokenizer import Tokenizer
from translate.training import state
from translate.training.recipe import Recipe

Begun = tuple[Recipe, tuple[Tokenizer, Tokenizer], bool]
"""The recipe, the tokenizers, and whether they are those of a run that is resumed."""


def start(recipe: Recipe | None, pairs: Sequence[tuple[str, str]], out: Path, resume: bool, overwrite: bool) -> Begun:
    """Read from `out` where a run is resumed, else chosen and learned.

    Raises `UsageError` where `out` holds a run that is not to be touched, or one of another recipe.
    """
    has_run = (out / state.NAME).exists()
    if has_run and not (resume or overwrite):
        raise UsageError(f"{out} holds a training already; add `resume` to continue it or `overwrite` to replace it.")
    if resume and has_run:
        stored = stored_recipe(out)
        changed = stored.differences(recipe) if recipe else []
        if changed:
            raise UsageError(
                f"The run in {out} has another {changed[0]}; resume it with its own recipe or `overwrite` it."
            )
        frame = open_frame(out)
        return stored, (frame.source, frame.target), True
    recipe = recipe or stored_recipe(out)
    wanted = recipe.tokenizer
    source, target = (
        Tokenizer.train((pair[side] for pair in pairs), wanted.pieces, wanted.size, side == 0, wanted.pretokenised)
        for side in (0, 1)
    )
    return recipe, (source, target), False


def stored_recipe(out: Path) -> Recipe:
    """The recipe of the run in `out`, which may have been stopped before it had a state to continue from."""
    path = out / "recipe.toml"
    return Recipe.parse(read_text(path, "recipe"), str(path)) if path.exists() else Recipe()


def resolved(recipe: Recipe, own_text: bool, precision: str, processes: int) -> Recipe:
    """The recipe with nothing left open, as it is written beside the model."""
    best_by = recipe.training.best_by
    if best_by == "auto":
        best_by = "chrf" if own_text else "exact_match"
    training = replace(recipe.training, best_by=best_by, precision=precision, processes=processes)
    return replace(recipe, training=training)
