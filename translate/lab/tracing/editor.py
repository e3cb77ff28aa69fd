"""What may change the values of a run that is traced: a watcher, or edits, of which it is known where they are made.

This room does not know what an edit does, only where: see `editing/edit.py`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from translate.errors import UsageError
from translate.lab.tracing.site import DECODER, Site
from translate.model.cells import Watcher, identity


class Placed(Protocol):
    """One `lab.Edit`: at which site, and at which steps (None: at all)."""

    @property
    def site(self) -> str: ...
    @property
    def steps(self) -> tuple[int, ...] | None: ...
    def watcher(self) -> Watcher:
        """What makes it in a run."""
        ...


class Editable(Protocol):
    """A `lab.Edit`, or `lab.Edits`: what it changes is known, and so whether a run has it."""

    def within(self, known: Mapping[str, range]) -> Sequence[Placed]:
        """Its edits at the sites that they name; known: the steps of every site of the run.

        Raises `UsageError` for a site or a step that the run has not.
        """
        ...


Editing = Watcher | Editable | Sequence[Editable] | None
"""What may change values on their way: a watcher, or one or several edits."""


def placed(edit: Editing, known: Mapping[str, range]) -> list[Placed] | None:
    """The edits at each site, held against the sites and the steps that are `known`; None for a bare watcher.

    Raises `UsageError` for what is no edit, and for one that the run has not.
    """
    if edit is None or edit is identity:
        return []
    if callable(edit) and not hasattr(edit, "within"):
        return None
    given: Any = [edit] if hasattr(edit, "within") else edit
    if not isinstance(given, Sequence) or not all(hasattr(each, "within") for each in given):
        raise UsageError(f"`edit` takes lab.Edit(…), a list of them, or a function at(site, t, value), not {edit!r}.")
    return [one for several in given for one in several.within(known)]


def editor_of(edit: Editing, known: Mapping[str, range]) -> Watcher:
    """`edit` as a watcher (`identity`: nothing is edited); as `placed`."""
    edits: Any = placed(edit, known)
    if edits is None:
        return edit  # type: ignore[return-value]  # a watcher, as `placed` has found
    watchers = [one.watcher() for one in edits]

    def at(site: str, t: int, value: Any) -> Any:
        for watcher in watchers:
            value = watcher(site, t, value)
        return value

    return at if watchers else identity


def seeing_edited(seen_by: Watcher, editor: Watcher) -> Watcher:
    """A watcher that sees, and lets go on, what an editor has made of each value."""
    return seen_by if editor is identity else lambda site, t, value: seen_by(site, t, editor(site, t, value))


def check_reached(edits: Iterable[tuple[Placed, int]]) -> None:
    """Raise `UsageError` for edits of the decoder at steps that no translation with such an edit comes to.

    edits: each with the number of steps of its translation, the end mark included.
    """
    longest: dict[tuple, int] = {}
    for edit, written in edits:
        if edit.steps and Site(edit.site).side == DECODER:
            key = edit.site, edit.steps
            longest[key] = max(longest.get(key, 0), written)
    for (site, steps), written in longest.items():
        if min(steps) >= written:
            raise UsageError(
                f"No translation comes to step {min(steps)} of {site}, so that its edit changes nothing; "
                f"the last step here is {written - 1}."
            )
