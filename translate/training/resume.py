"""Which settings of a run may change when it is resumed: the number of its steps, and no other."""

from dataclasses import replace
from pathlib import Path

from translate.errors import UsageError
from translate.training import state
from translate.training.recipe import Recipe

_STEPS = "training.steps"


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
