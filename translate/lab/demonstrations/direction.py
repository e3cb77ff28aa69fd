"""Along what a cell is looked at: one unit, the mean of all, or the direction that tells the gender."""

from dataclasses import dataclass

import numpy as np

from translate.errors import TranslateError, UsageError
from translate.lab.probes.readout import Readout

MEAN, GENDER = "mean", "gender"
MEMORY = {"lstm": "c", "gru": "h", "rnn": "h"}
"""The state that is a cell's memory, by its kind."""


@dataclass(frozen=True)
class Along:
    """The directions that a walk looks along: memory and hidden, `[unit]`, and what to add to be log-odds."""

    memory: np.ndarray
    hidden: np.ndarray
    memory_bias: float = 0.0
    hidden_bias: float = 0.0

    @classmethod
    def of(cls, config, side: str, layer: int, look: int | str, readout: Readout | None) -> "Along":
        """Those of a look; see `walk` for what it raises."""
        units = config.hidden
        if look == MEAN:
            return cls(*[np.full(units, 1 / units)] * 2)
        if look == GENDER:
            if readout is None:
                raise TranslateError("No gender is read from this model's memory; look at --mean or at a --unit.")
            memory, hidden = f"{side}.l{layer}.{MEMORY[config.cell]}", f"{side}.l{layer}.h"
            directions = _direction(readout, memory), _direction(readout, hidden)
            return cls(*directions, readout.biases[memory], readout.biases[hidden])
        if not (isinstance(look, int) and 0 <= look < units):
            raise UsageError(
                f"There is no unit {look}; the {units} units of a layer are numbered from 0 to {units - 1}."
            )
        return cls(*[np.eye(units)[look]] * 2)

    def valve(self, values: np.ndarray) -> float:
        """Values `[unit]` of a valve as one: their mean, each unit weighing as much as in the memory's direction."""
        weights = np.abs(self.memory)
        return float(values @ weights / weights.sum())


def _direction(readout: Readout, site: str) -> np.ndarray:
    if site not in readout.sites:
        raise TranslateError(f"The model's readout does not read {site}; it reads {', '.join(readout.sites)}.")
    return np.asarray(readout.directions[site], dtype=np.float64)
