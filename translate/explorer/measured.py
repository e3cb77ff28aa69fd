"""What stands beside a single example: how it is in general, from the `results.json` of `translate probe`."""

import json
from pathlib import Path

from translate.errors import TranslateError
from translate.files import read_text
from translate.lab.experiments.intervening.parts import ClampedUnits, Exchange

NAME = "results.json"
# The figure of the report that shows each claim.
_FIGURES = {
    "stored": "controls", "held": "held", "written": "written", "erased": "erased", "used": "effects",
    "contained": "contained", "forgotten": "verdicts", "agreement": "accuracy", "turns": "time-course",
    "first-noun": "first-noun", "units": "units", "gates": "gates",
}  # fmt: skip
_SIDES = {"dec": "decoder", "enc": "encoder"}
_HELD = {"forget open": ("f", "the forget valve open"), "nothing written": ("i", "the memory valve closed")}
"""The gate of each clamp that stands on the page, and how it is held."""


def find_results(folder: Path, given: Path | None) -> Path | None:
    """The results to use: those given, or those in the model folder; None where there are none."""
    if given is not None:
        path = given / NAME if given.is_dir() else given
        if not path.is_file():
            raise TranslateError(f"There is no {path}; make it with `translate probe`, or leave --results out.")
        return path
    return next((path for path in (folder / "report" / NAME, folder / NAME) if path.is_file()), None)


def load_results(path: Path, model: str) -> dict:
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


def aggregates(results: dict) -> dict[str, dict]:
    """By id, what was found: text, verdict, value, interval, n, unit, whether it is a share, and the report's figure.

    The ids: every claim by its name ("used-decoder", "gates"); an exchange of a part of the state one word after the
    first noun as "swap.dec.c", "swap.dec.h", "swap.dec.both", "swap.dec.top3", "swap.dec.random3" (and "swap.enc.…");
    a valve held at the second noun as "clamp.dec.f.top3", "clamp.dec.i.all".
    """
    found = {}
    for claim in results["claims"]:
        name = claim["id"] if claim["side"] == "model" else f"{claim['id']}-{claim['side']}"
        number = {"value": claim["estimate"], "low": claim["interval"][0], "high": claim["interval"][1], **claim}
        found[name] = _entry(claim["statement"], claim["verdict"], number, _FIGURES.get(claim["id"], ""))
    for side, effects in (("dec", results["effects"]), ("enc", results["encoder_effects"])):
        for effect in effects:
            if effect["clause"] == 0 and effect["moment"] == "after noun":
                name = f"swap.{side}.{_part(effect['part'])}"
                found[name] = _entry(_swapped(side, effect), None, effect["flipped"], "effects")
    for clamp in (results.get("clamps") or {}).get("switch", ()):
        if clamp["gates"] in _HELD:
            gate, count = _HELD[clamp["gates"]][0], clamp["units"]["count"]
            name = f"clamp.{clamp['side']}.{gate}.{'all' if count is None else f'top{count}'}"
            found[name] = _entry(_clamped(clamp), None, clamp["old"], "clamps")
    return found


def _entry(text: str, verdict: str | None, number: dict, figure: str) -> dict:
    return {
        "text": text, "verdict": verdict, "value": number["value"], "interval": [number["low"], number["high"]],
        "n": number["n"], "unit": number["unit"], "share": number["is_share"], "figure": figure,
    }  # fmt: skip


def _part(part: dict) -> str:
    """By which id the page asks for it: "both", "c", "top3", "random3"."""
    if part["kind"] in ("best units", "random units"):
        return f"{'top' if part['kind'] == 'best units' else 'random'}{part['count']}"
    return "both" if len(part["states"]) > 1 else part["states"][0]


def _swapped(side: str, effect: dict) -> str:
    flipped, other = effect["flipped"], effect["other"]
    part = _named(effect["part"])
    text = f"Exchanging {part} of the {_SIDES[side]} one word after the noun turns {_of(flipped)} agreeing words of its clause"
    return text + (f" and {_of(other)} of the other clause." if other else ".")


def _clamped(clamp: dict) -> str:
    units = ClampedUnits(**clamp["units"])
    name = _best(units.count, "c") if units.kind == "best units" else units.words
    return (
        f"Holding {_HELD[clamp['gates']][1]} at the second noun ({_SIDES[clamp['side']]}, {name}) leaves the first noun's "
        f"gender in {_of(clamp['old'])} words that should agree with the second."
    )


def _named(part: dict) -> str:
    """A part of the state as a sentence has it: "c alone", "the best 3 units of c"."""
    kind, count, states = part["kind"], part["count"], ", ".join(part["states"])
    if kind == "best units":
        return _best(count, states)
    return f"{count} random units of {states}" if kind == "random units" else Exchange(**part).words


def _best(count: int | None, state: str) -> str:
    return f"the best unit of {state}" if count == 1 else f"the best {count} units of {state}"


def _of(number: dict) -> str:
    return f"{round(number['value'] * number['n']):,} of {number['n']:,}"
