"""Along what a cell is looked at: one unit, the mean of all, or the direction that tells the gender."""

from dataclasses import dataclass

import numpy as np

from translate.errors import TranslateError, UsageError
from translate.lab.probes.readout import Readout
from translate.lab.tracing.site import Site, memory_of, units_of
from translate.model.config import ModelConfig

MEAN, GENDER = "mean", "gender"


@dataclass(frozen=True)
class Along:
    """The directions that a walk looks along: memory and hidden, `[unit]`, and what to add to be log-odds."""

    memory: np.ndarray
    hidden: np.ndarray
    memory_bias: float = 0.0
    hidden_bias: float = 0.0

    @classmethod
    def of(cls, config: ModelConfig, side: str, layer: int, look: int | str, readout: Readout | None) -> "Along":
        """Those of a look; see `walk` for what it raises."""
        units = units_of(config, side)
        if look == MEAN:
            mean = np.full(units, 1 / units)
            return cls(mean, mean)
        if look == GENDER:
            if readout is None:
                raise TranslateError("No gender is read from this model's memory; look at `mean` or at a `unit`.")
            memory, hidden = Site.of(side, layer, memory_of(config.cell)), Site.of(side, layer, "h")
            directions = _direction(readout, memory), _direction(readout, hidden)
            return cls(*directions, readout.biases[memory], readout.biases[hidden])
        if not (isinstance(look, int) and 0 <= look < units):
            last = units - 1
            raise UsageError(f"There is no unit {look}; the {units} units of a layer are numbered from 0 to {last}.")
        return cls(np.eye(units)[look], np.eye(units)[look])

    def valve(self, values: np.ndarray) -> float:
        """Values `[unit]` of a valve as one: their mean, each unit weighing as much as in the memory's direction."""
        weights = np.abs(self.memory)
        return float(values @ weights / weights.sum())


def _direction(readout: Readout, site: Site) -> np.ndarray:
    if site not in readout.sites:
        raise TranslateError(f"The model's readout does not read {site}; it reads {', '.join(readout.sites)}.")
    return np.asarray(readout.directions[site], dtype=np.float64)
