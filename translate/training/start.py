"""What a run begins with: its recipe and its tokenizers, new ones or those of the run that is resumed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from translate.errors import UsageError
from translate.files import read_text
from translate.model.checkpoint import open_frame
from translate.processes import Stage, counted, nobody
from translate.tokenizer import Tokenizer
from translate.training import state
from translate.training.recipe import Recipe
from translate.vocabulary import shortfalls

Pairs = Sequence[tuple[str, str]]
Remark = Callable[[str], None]
_STEPS = "training.steps"
_MANY = 10_000  # sentences to which pieces are fitted for more than a second or two

Begun = tuple[Recipe, tuple[Tokenizer, Tokenizer], bool]
"""The recipe, the tokenizers, and whether they are those of a run that is resumed."""


def start(
    recipe: Recipe | None,
    pairs: Pairs,
    dev: Pairs,
    out: Path,
    resume: bool,
    overwrite: bool,
    remark: Remark,
    stage: Stage = nobody,
) -> Begun:
    """Read from `out` where a run is resumed, else chosen and learned.

    Raises `UsageError` where `out` holds a run that is not to be touched, or one of another recipe.
    """
    has_run = (out / state.NAME).exists()
    if has_run and not (resume or overwrite):
        raise UsageError(f"{out} holds a training already; add `resume` to continue it or `overwrite` to replace it.")
    if resume and has_run:
        frame = open_frame(out)
        return continued(stored_recipe(out), recipe, out), (frame.source, frame.target), True
    recipe = recipe or stored_recipe(out)
    wanted = recipe.tokenizer
    source, target = (_vocabulary(pairs, side, recipe, stage) for side in (0, 1))
    for said in shortfalls((source, target), wanted.size, pairs, dev):
        remark(said)
    return recipe, (source, target), False


def _vocabulary(pairs: Pairs, side: int, recipe: Recipe, stage: Stage) -> Tokenizer:
    wanted, what = recipe.tokenizer, f"the {('source', 'target')[side]} vocabulary"
    if len(pairs) >= _MANY and wanted.pieces != "word":
        stage(f"fitting {what}, {wanted.size:,} {wanted.pieces} pieces to {len(pairs):,} sentences", 0, 0)
    texts = counted((pair[side] for pair in pairs), f"reading the sentences for {what}", len(pairs), stage)
    return Tokenizer.train(texts, wanted.pieces, wanted.size, side == 0, wanted.pretokenised)


def continued(stored: Recipe, wanted: Recipe | None, out: Path) -> Recipe:
    """The recipe by which the run in `out`, begun with `stored`, goes on where `wanted` is asked for (None: the same).

    Another number of steps is another end of the run: the learning rate falls to 0 there, from where it would be had
    that end been planned from the beginning. Raises `UsageError` where the run cannot go on so.
    """
    changed = stored.differences(wanted) if wanted else []
    if others := [key for key in changed if key != _STEPS]:
        raise UsageError(
            f"The run in {out} has another {others[0]}, and of a run that is resumed only {_STEPS} may change; "
            "resume it with its own recipe or `overwrite` it."
        )
    if not wanted or not changed:
        return stored
    progress, planned, steps = state.read_progress(out), stored.training.steps, wanted.training.steps
    if progress.finished and progress.step < planned:
        raise UsageError(
            f"The run in {out} ended by itself at step {progress.step} of {planned}, so {_STEPS} changes nothing; "
            "`overwrite` begins anew."
        )
    if steps <= progress.step:
        raise UsageError(
            f"The run in {out} has done {progress.step} steps already; {_STEPS} must be more, not {steps}."
        )
    return replace(stored, training=replace(stored.training, steps=steps))


def started_anew(out: Path) -> str:
    """What to say where a run is to be resumed and there is none that could be; empty if there is."""
    if (out / state.NAME).exists():
        return ""
    if (out / "recipe.toml").exists():
        return f"The run in {out} was stopped before its first state was saved; it begins again."
    return f"There is no run in {out} to resume; a new training begins."


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
