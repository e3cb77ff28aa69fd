"""The numbers of a report by which models are compared, whatever was claimed of them.

They are read from the JSON of finished reports, so that a study needs no model to compare what was found.
"""

from collections.abc import Iterator

from translate.lab.experiments.intervening.parts import Exchange

_SIDES = (("decoder", "effects"), ("encoder", "encoder_effects"))
_CLAMPED = {"kind": "best units", "count": 3}

Named = Iterator[tuple[str, dict | None]]


def key_numbers(report: dict) -> dict[str, dict]:
    """Estimates by name, each as `results.json` has it; what the report did not measure is left out."""
    parts = (_exchanges, _subspaces, _erasures, _clamps, _readings)
    return {name: estimate for part in parts for name, estimate in part(report) if estimate and estimate.get("n")}


def _exchanges(report: dict) -> Named:
    """Exchanges in the first clause, one word after its noun."""
    for side, name in _SIDES:
        for effect in report.get(name) or ():
            if (effect["clause"], effect["moment"]) == (0, "after noun"):
                part = Exchange(**effect["part"])
                yield f"exchange, {side}, {part.words}: its clause turns", effect["flipped"]
                if part.kind == "whole state":
                    yield f"exchange, {side}, {part.words}: the other clause turns", effect["other"]


def _subspaces(report: dict) -> Named:
    for one in report.get("subspaces") or ():
        for found in one["bases"]:
            name = f"subspace of {one['site']}, rank {found['rank']}"
            yield f"{name}: IIA on held-out nouns", found["held_out"]["iia"]
            yield f"{name}: IIA of random bases", found["random"]


def _erasures(report: dict) -> Named:
    for one in report.get("erasure") or ():
        name = f"LEACE on {' and '.join(site.split('.')[-1] for site in one['sites'])}"
        yield f"{name}: agreement before", one["before"]
        yield f"{name}: agreement after", one["after"]
        yield f"{name}: the rest's words stay", one["rest_words"]
        yield f"{name}: agreement, random direction instead", one["random"]
        yield f"{name}: a new probe at the erased word", one["probed"]["erased"]
        yield f"{name}: a new probe one word later", one["probed"]["later"]


def _clamps(report: dict) -> Named:
    """The clamps of the three best units on sentences that switch the gender."""
    said = {"forget open": "forget valve held open", "nothing written": "nothing written", "both": "both"}
    for clamp in (report.get("clamps") or {}).get("switch", ()):
        if clamp["units"] == _CLAMPED and clamp["gates"] in said:
            name = f"at the switch, {'decoder' if clamp['side'] == 'dec' else 'encoder'}, {said[clamp['gates']]}"
            yield f"{name}: the old gender comes back", clamp["old"]
            yield f"{name}: the new gender comes", clamp["new"]


def _readings(report: dict) -> Named:
    for one in report.get("readings") or ():
        yield f"probe of {one['site']}, unseen nouns", one["probe"]
        yield f"probe of {one['site']}, untrained network", one["untrained"]
    for one in report.get("selectivity") or ():
        yield f"selectivity of {one['site']}", one["selectivity"]
