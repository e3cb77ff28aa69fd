"""Numbers of any kind as a numpy array, without torch where there is no tensor."""

from typing import Any

import numpy as np


def as_numpy(given: Any) -> np.ndarray:
    """A number, a list, an array, or a tensor as an array: of any type, on any device, with a gradient or without.

    bfloat16, which numpy does not know, becomes float32. A list may hold tensors. Raises what `numpy.asarray` raises.
    """
    if hasattr(given, "detach"):
        values = given.detach().cpu()
        return (values.float() if str(values.dtype) == "torch.bfloat16" else values).numpy()
    if isinstance(given, list | tuple) and any(hasattr(each, "detach") for each in given):
        return np.asarray([as_numpy(each) for each in given])
    return np.asarray(given)
