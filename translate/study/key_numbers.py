"""The numbers of a report by which models are compared, whatever was claimed of them, each with its name."""

from collections.abc import Iterator

from translate.lab.experiments.intervening.clamps import best
from translate.lab.experiments.intervening.clause_erasure import PlaceErasure
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import Results
from translate.terms import SIDES

CLAMPED = best(3)
_HELD = {"forget open": "forget valve held open", "nothing written": "nothing written", "both": "both"}

Named = Iterator[tuple[str, Estimate | None]]


def key_numbers(report: Results) -> dict[str, Estimate]:
    """Estimates by name; what the report did not measure is left out."""
    parts = (_exchanges, _parts, _subspaces, _erasures, _clamps, _readings)
    return {name: estimate for part in parts for name, estimate in part(report) if estimate and estimate.n}


def _exchanges(report: Results) -> Named:
    """Exchanges in the first clause, one word after its noun."""
    for side, effects in (("decoder", report.effects), ("encoder", report.encoder_effects)):
        for effect in effects:
            if (effect.clause, effect.moment) == (0, "after noun"):
                name = f"exchange, {side}, {effect.part.words}"
                yield f"{name}: its clause turns", effect.flipped
                if effect.part.kind == "whole state":
                    yield f"{name}: the other clause turns", effect.other


def _parts(report: Results) -> Named:
    """Each part of the memory alone, and all but it, where it turns fewest words, and where it turns most."""
    for parts in report.necessity:
        for part in parts.parts:
            name = f"part, {SIDES[parts.side]}, {part.part.words}"
            clauses = sorted(part.by_clause.values(), key=lambda turned: turned.value)
            yield f"{name}: fewest turn in a clause", clauses[0]
            yield f"{name}: most turn in a clause", clauses[-1]


def _subspaces(report: Results) -> Named:
    for subspaces in report.subspaces:
        for basis in subspaces.bases:
            name = f"subspace of {subspaces.site}, rank {basis.rank}"
            yield f"{name}: IIA on held-out nouns", basis.iia
            yield f"{name}: IIA of random bases", basis.random


def is_compared(place: PlaceErasure) -> bool:
    """Whether the erasure of a place is one that models are compared by."""
    return place.rank == 1 and place.where == "after the noun"


def _erasures(report: Results) -> Named:
    for erasure in report.erasure:
        name = f"LEACE on {' and '.join(Site(site).name for site in erasure.sites)}"
        yield f"{name}: agreement before", erasure.before
        yield f"{name}: agreement after", erasure.after
        for place in erasure.places:
            if is_compared(place):
                yield f"{name}, clause {place.clause + 1} by itself: words that keep their gender", place.kept
                yield f"{name}, clause {place.clause + 1} by itself: words that turn", place.turned
                yield f"{name}, clause {place.clause + 1} by itself: a small network then reads", place.nonlinear[0]
        yield f"{name}: the rest's words stay", erasure.rest_words
        yield f"{name}: agreement, random direction instead", erasure.random
        yield f"{name}: a new probe at the erased word", erasure.probed.erased
        yield f"{name}: a new probe one word later", erasure.probed.later


def _clamps(report: Results) -> Named:
    """The clamps of the three best units on sentences that switch the gender."""
    for clamp in report.clamps.switch if report.clamps else ():
        if clamp.units == CLAMPED and clamp.gates in _HELD:
            name = f"at the switch, {SIDES[clamp.side]}, {_HELD[clamp.gates]}"
            yield f"{name}: the old gender comes back", clamp.old
            yield f"{name}: the new gender comes", clamp.new


def _readings(report: Results) -> Named:
    for reading in report.readings:
        yield f"probe of {reading.site}, unseen nouns", reading.probe
        yield f"probe of {reading.site}, untrained network", reading.untrained
    for selectivity in report.selectivity:
        yield f"selectivity of {selectivity.site}", selectivity.selectivity
