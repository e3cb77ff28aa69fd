"""What a site usually holds: its values over sentences drawn like those that the lesson's models are judged by."""

from collections.abc import Sequence

import numpy as np

from translate.errors import TranslateError
from translate.lab.probes.readout import Readout, readout_of
from translate.lab.tracing.recorder import record
from translate.lab.tracing.site import Site
from translate.model.translator import Translator

SENTENCES, SEED = 300, 0


def reference(translator: Translator, site: str) -> np.ndarray:
    """What a site holds at every word of `SENTENCES` sentences, `[word, unit]`, while the model translates freely.

    Raises `TranslateError` for a model that does not know the sentences' words.
    """
    return references(translator, [site])[Site(site)]


def references(translator: Translator, sites: Sequence[str]) -> dict[Site, np.ndarray]:
    """The same of several sites, from one run."""
    from translate.corpus.show import sample

    texts = [pair.source_text for pair in sample("lesson", SENTENCES, SEED)]
    unknown = sorted({word for text in texts for word in translator.source.unknown(text)})
    if unknown:
        raise TranslateError(
            f"The model does not know '{unknown[0]}' and other words of the lesson's sentences, "
            "over which means are taken."
        )
    recorded, _ = record(translator.network(), [translator.source.encode(text) for text in texts], sites=sites)
    return {site: values[~np.isnan(values[..., 0])] for site, values in recorded.items()}


def best_units(
    translator: Translator, site: str, count: int | None = None, readout: Readout | None = None
) -> tuple[int, ...]:
    """The `count` units (None: all) of a state ("dec.l0.c") that weigh most in the gender read from it, the best first.

    A unit's weight is |direction| · spread: the readout's coefficient in units of what the unit does over `reference`.
    readout: the model's own where none is given. Raises `TranslateError` where it does not read the state, where there
    is none, or as `reference` does.
    """
    readout = readout or readout_of(translator)
    if site not in readout.sites:
        raise TranslateError(f"The model's readout does not read {site}; it reads {', '.join(readout.sites)}.")
    return by_weight(readout.directions[site], reference(translator, site).std(0))[:count]


def by_weight(direction: np.ndarray, spread: np.ndarray | float = 1.0) -> tuple[int, ...]:
    """All units, those first that weigh most in a `direction`: |direction| · spread."""
    return tuple(np.argsort(-np.abs(direction) * spread, kind="stable").tolist())
