"""What a probe may be given: states, a label for each, and two kinds of labels. One check for all probes.

Everything is refused in one sentence that would otherwise be taken for something else: labels of one kind or of three,
more labels than states, a column of labels in place of a row, states that are not numbers.
"""

from collections.abc import Sequence
from numbers import Number
from typing import Any

import numpy as np

from translate.errors import UsageError
from translate.lab.tracing.numbers import as_numpy
from translate.text import shown

Classes = tuple[Any, Any]
"""The two labels: the negative one, and the positive one, of which a probe gives the log-odds."""

TRUE = (False, True)
"""The classes of labels that are true or false."""


class NotExamples(UsageError, ValueError):
    """States and labels that no probe can be fitted on, or judged by."""


def as_states(given: Any, units: int | None = None) -> np.ndarray:
    """States `[n, unit]` as an array, of a tensor as well; all must be finite. units: how many there must be."""
    x = as_vectors(given, units)
    if x.ndim != 2 or x.shape[1] == 0:
        raise NotExamples(f"The states must be [row, unit], not of shape {list(x.shape)}.")
    with np.errstate(over="ignore"):
        is_finite = np.isfinite(x.astype(np.float32, copy=False)).all()  # in which probes are fitted
    if not is_finite:
        raise NotExamples("Some states are not finite; leave their rows out before a probe is fitted or judged.")
    return x


def as_vectors(given: Any, units: int | None = None) -> np.ndarray:
    """Vectors `[..., unit]` of numbers, finite or not; units: how many there must be."""
    x = _array(given, "The states")
    if x.dtype.kind not in "biuf":
        raise NotExamples(f"The states must be numbers, not {x.dtype}.")
    if units is not None and x.shape[-1:] != (units,):
        raise NotExamples(f"The states have the shape {list(x.shape)}; this probe reads [..., {units}].")
    return x if x.dtype.kind == "f" else x.astype(np.float32)


def as_labels(given: Any, rows: int, problems: bool = False) -> np.ndarray:
    """Labels, one for each of so many rows: `[row]`, or `[row, problem]` for several problems; none may be missing."""
    if isinstance(given, list | tuple) and len({isinstance(label, str) for label in given if label is not None}) > 1:
        raise NotExamples("Some labels are texts and others are not; give them all one type, and leave NaN's rows out.")
    labels = _array(given, "The labels")
    wanted = f"[{rows}, problem]" if problems else f"[{rows}]"
    if labels.ndim != 1 + problems or len(labels) != rows:
        raise NotExamples(
            f"There are {rows} states and labels of shape {list(labels.shape)}; give one label for each, {wanted}."
        )
    objects = labels.flat if labels.dtype.kind == "O" else ()
    kinds = {type(each).__name__ for each in objects if not isinstance(each, str | bytes | Number | None)}
    if labels.dtype.kind not in "biufUSO" or kinds:
        raise NotExamples(f"Labels are numbers, texts or truth values, not {min(kinds, default=labels.dtype)}.")
    missing = labels.dtype.kind == "f" and not np.isfinite(labels).all()
    if missing or (labels.dtype.kind == "O" and any(_is_missing(label) for label in labels.flat)):
        raise NotExamples("Some labels are missing (NaN, infinite or None); leave their rows out.")
    return labels


def classes_of(labels: np.ndarray) -> Classes:
    """The two kinds of labels there are, the positive one last: the larger of two numbers, the later of two texts."""
    try:
        kinds = np.unique(labels).tolist()
    except TypeError:
        raise NotExamples("The labels cannot be compared with each other; give numbers, or texts.") from None
    if len(kinds) == 1:
        raise NotExamples(f"All labels are {kinds[0]!r}; a probe needs two kinds to tell apart.")
    if len(kinds) != 2:
        shown = ", ".join(map(repr, kinds[:4])) + (", …" if len(kinds) > 4 else "")
        raise NotExamples(
            f"There are {len(kinds)} kinds of labels ({shown}), and a probe tells two apart; "
            "fit one for each kind (labels == kind)."
        )
    return kinds[0], kinds[1]


def positive(labels: np.ndarray, classes: Classes) -> np.ndarray:
    """Whether each label is the positive one; raises where one is neither."""
    is_positive = np.asarray(labels == classes[1])
    strange = labels[~is_positive & np.asarray(labels != classes[0])] if is_positive.shape == labels.shape else labels
    if len(strange):
        raise NotExamples(f"The probe tells {classes[0]!r} from {classes[1]!r}; a label is {strange.tolist()[0]!r}.")
    return is_positive


def as_groups(given: Any, shape: Sequence[int], problems: int | None = None) -> np.ndarray:
    """The group of each row, `[row]`, or `[row, problem]` where they differ by problem."""
    groups = _array(given, "The groups")
    if groups.dtype == object and any(map(_is_missing, groups.flat)):
        raise NotExamples("Some groups are missing (NaN or None); leave their rows out.")
    if groups.shape not in ((shape[0],), (shape[0], problems)):
        raise NotExamples(f"There are {shape[0]} states and groups of shape {list(groups.shape)}; give one for each.")
    return groups.astype(str) if groups.dtype == object else groups


def examples(x: Any, labels: Any, groups: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, Classes]:
    """States `[n, unit]`, whether each label is the positive one, groups `[n]`, and the two labels."""
    states = as_states(x)
    known = as_labels(labels, len(states))
    classes = classes_of(known)
    return states, positive(known, classes), as_groups(groups, states.shape), classes


def check_fit(seed: Any, most: Any, strengths: Any = (1.0,)) -> None:
    """Raise `NotExamples` for a seed, a number of rows or strengths that no fit can have."""
    for name, number, least in (("seed", seed, 0), ("most", most, 2)):
        if not isinstance(number, int | np.integer) or isinstance(number, bool) or number < least:
            raise NotExamples(f"`{name}` must be a whole number of at least {least}, not {shown(number)}.")
    values = _array(strengths, "The strengths")
    if values.dtype.kind not in "iuf" or values.ndim != 1 or not len(values) or not (values > 0).all():
        raise NotExamples(f"`strengths` are numbers above 0, not {shown(strengths)}.")


def right(logit: np.ndarray, labels: Any, classes: Classes) -> np.ndarray:
    """Whether log-odds `[n]`, or `[n, problem]`, give each label, which are as many."""
    known = as_labels(labels, len(logit), problems=logit.ndim == 2)
    if known.shape != logit.shape:
        raise NotExamples(
            f"There are {logit.shape[1]} probes and labels of shape {list(known.shape)}; give a column each."
        )
    return (logit > 0) == positive(known, classes)


def predicted(logit: np.ndarray, classes: Classes) -> np.ndarray:
    """The label that log-odds give: the positive one above 0."""
    return np.array(classes)[(logit > 0).astype(int)]


def _array(given: Any, what: str) -> np.ndarray:
    try:
        array = as_numpy(given)
    except (TypeError, ValueError, RuntimeError) as error:
        raise NotExamples(f"{what} cannot be read as an array: {str(error).rstrip('.')}.") from error
    if array.ndim == 0:
        raise NotExamples(f"{what} must be an array, one for each row, not {shown(given)}.")
    if np.ma.is_masked(given):
        raise NotExamples(f"{what} are masked in places; leave those rows out.")
    return array


def _is_missing(label: Any) -> bool:
    return label is None or (isinstance(label, float) and not np.isfinite(label))
