"""Numbers of any kind as a numpy array, without torch where there is no tensor."""

from typing import Any

import numpy as np


def as_numpy(given: Any) -> np.ndarray:
    """A number, a list, an array, or a tensor as an array: of any type, on any device, with a gradient or without.

    Floats that numpy does not know (bfloat16, float8) become float32. A list may hold tensors. Raises what
    `numpy.asarray` raises.
    """
    if hasattr(given, "detach"):
        values = given.detach().cpu()
        unknown = str(values.dtype).startswith(("torch.bfloat", "torch.float8"))
        return (values.float() if unknown else values).numpy()
    if isinstance(given, list | tuple) and any(hasattr(each, "detach") for each in given):
        return np.asarray([as_numpy(each) for each in given])
    return np.asarray(given)
