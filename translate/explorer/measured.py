"""What stands beside a single example: how it is in general, from the `results.json` of `translate probe`."""

from pathlib import Path
from shlex import quote
from typing import Any

from translate.errors import TranslateError
from translate.files import read_text
from translate.lab.experiments.intervening.clamps import Clamp
from translate.lab.experiments.intervening.parts import Effect, Exchange, Gates
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.claims import after_noun
from translate.lab.verdicts.results import Results
from translate.records import plain
from translate.terms import GATES, SIDES

NAME = "results.json"
_FIGURES = {
    "stored": "controls",
    "used": "effects",
    "forgotten": "verdicts",
    "agreement": "accuracy",
    "turns": "time-course",
    **{name: name for name in ("held", "written", "erased", "contained", "first-noun", "units", "gates")},
}
"""The figure of the report that shows each claim."""
_HELD: dict[Gates, tuple[str, str]] = {
    "forget open": ("f", "open"),
    "nothing written": ("i", "closed"),
}
"""The gate of each clamp that stands on the page, and how it then stands."""


def find_results(folder: Path, given: Path | None) -> Path | None:
    """The results to use: those given, or those in the model folder; None where there are none."""
    if given is not None:
        path = given / NAME if given.is_dir() else given
        if not path.is_file():
            raise TranslateError(f"There is no {path}; make it with {_probe_into(path)}, or leave --results out.")
        return path
    return next((path for path in (folder / "report" / NAME, folder / NAME) if path.is_file()), None)


def load_results(path: Path, model: str) -> Results:
    """The results in `path`; raises `TranslateError` where they are damaged or belong to other weights than `model`."""
    results = Results.from_json(read_text(path, "results"), str(path), f"make it again with {_probe_into(path)}")
    other = results.about.model
    if other != model:
        raise TranslateError(
            f"{path} belongs to other weights ({other}, not {model}); make it again with {_probe_into(path)}."
        )
    return results


def _probe_into(path: Path) -> str:
    return f"`translate probe` (--model MODEL --out {quote(str(path.parent))})"


def aggregates(results: Results) -> dict[str, dict[str, Any]]:
    """By id, what was measured: text, verdict, value, interval, n, unit, whether it is a share, and its figure.

    The ids: every claim by its name ("used-decoder", "gates"); an exchange of a part of the state one word after the
    first noun as "swap.dec.c", "swap.dec.h", "swap.dec.both", "swap.dec.top3", "swap.dec.random3" (and "swap.enc.…");
    a valve held over the switch as "clamp.dec.f.top3", "clamp.dec.i.all".
    """
    entries = {
        claim.name: _entry(claim.statement, claim.verdict, claim.estimate, _FIGURES.get(claim.id, ""))
        for claim in results.claims
    }
    for side, effects in (("dec", results.effects), ("enc", results.encoder_effects)):
        for effect in after_noun(effects):
            text = _swapped(side, effect)
            entries[f"swap.{side}.{_part(effect.part)}"] = _entry(text, None, effect.flipped, "effects")
    for clamp in results.clamps.switch if results.clamps else ():
        if clamp.gates in _HELD:
            units = "all" if clamp.units.count is None else f"top{clamp.units.count}"
            name = f"clamp.{clamp.side}.{_HELD[clamp.gates][0]}.{units}"
            entries[name] = _entry(_clamped(clamp), None, clamp.old, "clamps")
    return entries


def _entry(text: str, verdict: str | None, number: Estimate, figure: str) -> dict[str, Any]:
    entry = {
        "text": text,
        "verdict": verdict,
        "value": number.value,
        "interval": [number.low, number.high],
        "n": number.n,
        "unit": number.unit,
        "share": number.is_share,
        "figure": figure,
    }
    return plain(entry)


def _part(part: Exchange) -> str:
    """By which id the page asks for it: "both", "c", "top3", "random3"."""
    if part.count is not None:
        return f"{'top' if part.kind == 'best units' else 'random'}{part.count}"
    return "both" if len(part.states) > 1 else part.states[0]


def _swapped(side: str, effect: Effect) -> str:
    text = (
        f"Exchanging {_named(effect.part)} of the {SIDES[side]} one word after the noun turns {_of(effect.flipped)} "
        "agreeing words of its clause"
    )
    return f"{text} and {_of(effect.other)} of the other clause." if effect.other else f"{text}."


def _clamped(clamp: Clamp) -> str:
    gate, standing = _HELD[clamp.gates]
    name = clamp.units.words if clamp.units.count is None else _best(clamp.units.count, "c")
    return (
        f"Holding the {GATES[gate].lesson} {standing} up to the second noun ({SIDES[clamp.side]}, {name}) leaves the "
        f"first noun's gender in {_of(clamp.old)} words that should agree with the second."
    )


def _named(part: Exchange) -> str:
    """A part of the state as a sentence has it: "c alone", "the best 3 units of c"."""
    if part.count is None:
        return part.words
    state = part.states[0]
    return _best(part.count, state) if part.kind == "best units" else f"{part.count} random units of {state}"


def _best(count: int, state: str) -> str:
    return f"the best unit of {state}" if count == 1 else f"the best {count} units of {state}"


def _of(number: Estimate) -> str:
    return f"{round(number.value * number.n):,} of {number.n:,}"
