"""What stands beside a single example: how it is in general, from the `results.json` of `translate probe`."""

import json
from pathlib import Path
from typing import Any

from translate.errors import TranslateError
from translate.files import read_text
from translate.lab.experiments.intervening.parts import ClampedUnits, Exchange
from translate.terms import GATES, SIDES

NAME = "results.json"

Found = dict[str, Any]
"""A part of `results.json` as it is read."""

_FIGURES = {
    "stored": "controls",
    "used": "effects",
    "forgotten": "verdicts",
    "agreement": "accuracy",
    "turns": "time-course",
    **{name: name for name in ("held", "written", "erased", "contained", "first-noun", "units", "gates")},
}
"""The figure of the report that shows each claim."""

_HELD = {"forget open": ("f", "open"), "nothing written": ("i", "closed")}
"""The gate of each clamp that stands on the page, and how it then stands."""


def find_results(folder: Path, given: Path | None) -> Path | None:
    """The results to use: those given, or those in the model folder; None where there are none."""
    if given is not None:
        path = given / NAME if given.is_dir() else given
        if not path.is_file():
            raise TranslateError(f"There is no {path}; make it with `translate probe`, or leave --results out.")
        return path
    return next((path for path in (folder / "report" / NAME, folder / NAME) if path.is_file()), None)


def load_results(path: Path, model: str) -> Found:
    """The results in `path`; raises `TranslateError` where they are damaged or belong to other weights than `model`."""
    try:
        results = json.loads(read_text(path, "results"))
        about = results["about"]["model"]
    except (ValueError, KeyError, TypeError) as error:
        raise TranslateError(f"{path} is damaged; make it again with `translate probe`.") from error
    if about != model:
        raise TranslateError(
            f"{path} belongs to other weights ({about}, not {model}); run `translate probe` on this model."
        )
    return results


def aggregates(results: Found) -> dict[str, Found]:
    """By id, what was found: text, verdict, value, interval, n, unit, whether it is a share, and the report's figure.

    The ids: every claim by its name ("used-decoder", "gates"); an exchange of a part of the state one word after the
    first noun as "swap.dec.c", "swap.dec.h", "swap.dec.both", "swap.dec.top3", "swap.dec.random3" (and "swap.enc.…");
    a valve held at the second noun as "clamp.dec.f.top3", "clamp.dec.i.all".
    """
    by_id = {}
    for claim in results["claims"]:
        name = claim["id"] if claim["side"] == "model" else f"{claim['id']}-{claim['side']}"
        low, high = claim["interval"]
        number = {**claim, "value": claim["estimate"], "low": low, "high": high}
        by_id[name] = _entry(claim["statement"], number, _FIGURES.get(claim["id"], ""), claim["verdict"])
    for side, effects in (("dec", results["effects"]), ("enc", results["encoder_effects"])):
        for effect in effects:
            if effect["clause"] == 0 and effect["moment"] == "after noun":
                name = f"swap.{side}.{_part(effect['part'])}"
                by_id[name] = _entry(_swapped(side, effect), effect["flipped"], "effects")
    for clamp in (results.get("clamps") or {}).get("switch", ()):
        if clamp["gates"] in _HELD:
            gate, count = _HELD[clamp["gates"]][0], clamp["units"]["count"]
            name = f"clamp.{clamp['side']}.{gate}.{'all' if count is None else f'top{count}'}"
            by_id[name] = _entry(_clamped(clamp), clamp["old"], "clamps")
    return by_id


def _entry(text: str, number: Found, figure: str, verdict: str | None = None) -> Found:
    return {
        "text": text,
        "verdict": verdict,
        "value": number["value"],
        "interval": [number["low"], number["high"]],
        "n": number["n"],
        "unit": number["unit"],
        "share": number["is_share"],
        "figure": figure,
    }


def _swapped(side: str, effect: Found) -> str:
    other = effect["other"]
    elsewhere = f" and {_of(other)} of the other clause" if other else ""
    return (
        f"Exchanging {_named(effect['part'])} of the {SIDES[side]} one word after the noun turns "
        f"{_of(effect['flipped'])} agreeing words of its clause{elsewhere}."
    )


def _clamped(clamp: Found) -> str:
    gate, standing = _HELD[clamp["gates"]]
    units = ClampedUnits(**clamp["units"])
    name = _best(units.count, "c") if units.kind == "best units" else units.words
    return (
        f"Holding the {GATES[gate].lesson} {standing} at the second noun ({SIDES[clamp['side']]}, {name}) leaves the "
        f"first noun's gender in {_of(clamp['old'])} words that should agree with the second."
    )


def _part(part: Found) -> str:
    """By which id the page asks for it: "both", "c", "top3", "random3"."""
    if part["kind"] in ("best units", "random units"):
        return f"{'top' if part['kind'] == 'best units' else 'random'}{part['count']}"
    return "both" if len(part["states"]) > 1 else part["states"][0]


def _named(part: Found) -> str:
    """A part of the state as a sentence has it: "c alone", "the best 3 units of c"."""
    count, states = part["count"], ", ".join(part["states"])
    if part["kind"] == "best units":
        return _best(count, states)
    return f"{count} random units of {states}" if part["kind"] == "random units" else Exchange(**part).words


def _best(count: int | None, state: str) -> str:
    return f"the best unit of {state}" if count == 1 else f"the best {count} units of {state}"


def _of(number: Found) -> str:
    return f"{round(number['value'] * number['n']):,} of {number['n']:,}"
