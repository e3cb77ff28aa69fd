"""The names of a model's sites, known without running it."""

from difflib import get_close_matches

from translate.errors import UsageError
from translate.model import cells

LOGITS = "dec.logits"
"""The scores of the next word, `[batch, word]`: the one site that is not in a layer."""


def sites_of(config) -> list[str]:
    """Every site of a model of this shape, encoder first: "enc.l0.i_pre" … "dec.l0.h"."""
    return [
        f"{side}.l{layer}.{site}" for side in ("enc", "dec") for layer in range(config.layers)
        for site in cells.SITES[config.cell]
    ]  # fmt: skip


def states_of(config, side: str) -> list[str]:
    """The sites of a side's states, the last layer's first, cell before hidden state: ["dec.l0.c", "dec.l0.h"]."""
    names = sorted(cells.STATES[config.cell])
    return [f"{side}.l{layer}.{name}" for layer in reversed(range(config.layers)) for name in names]


def width_of(config, site: str) -> int:
    """How many units a site has; raises `UsageError`, naming the nearest, where there is no such site."""
    known = [*sites_of(config), LOGITS]
    if site not in known:
        near = get_close_matches(site, known, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
        raise UsageError(f"There is no site {site} in this model; {hint}")
    return config.target_vocabulary if site == LOGITS else config.hidden
