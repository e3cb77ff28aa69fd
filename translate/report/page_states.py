"""Which state of the explorer's page shows one of the cases that a figure counts.

A state is the page's hash (see `translate/explorer/page/state.js`): a screen, a sentence, and what is looked at. A
figure tells of hundreds of sentences; the page shows one of them, with its gates.
"""

import json
from typing import Any
from urllib.parse import urlencode

from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import Results

SWITCH = "I am a boy who likes to read, but my sister is a girl who likes to sing."
FAR = "The queen who at night in Prague likes to dance is tired."
SAME = "I am a girl who likes to cook, but my sister is a witch who likes to travel."
_AT_THE_SWITCH = list(range(5, 11))  # of SWITCH: from the step after *rád* to the one that has read *sestra*


def page_states(results: Results) -> dict[str, str]:
    """By the name of a figure, the hash of a page state that shows one of its cases."""
    switch = {"sentence": SWITCH, "side": "dec"}
    site, gender = Site(results.units.site), {"unit": "gender"}
    best = [unit.unit for unit in results.units.ranked[:3]]

    def held(gate: str, value: float) -> dict:
        return {"site": site.named(gate), "units": best, "steps": _AT_THE_SWITCH, "op": "set", "value": value}

    silent = {"site": site, "units": best, "steps": None, "op": "set", "value": 0}
    states: dict[str, dict[str, Any]] = {
        "accuracy": {"screen": "translate", "sentence": FAR},
        "controls": {"screen": "translate", **switch},
        "selectivity": {"screen": "translate", **switch},
        "information": {"screen": "memory", **switch},
        "time-course": {"screen": "translate", **switch},
        "units": {"screen": "memory", **switch, "sort": "weight"},
        "pair": {"screen": "pair", "sentence": results.pair.source["m"], "side": "dec"},
        "held": {"screen": "memory", "sentence": FAR, "side": "dec"},
        "generalisation": {"screen": "memory", **switch},
        "gradients": {"screen": "gradients", "sentence": FAR},
        "written": {"screen": "cell", **switch, **gender},
        "erased": {"screen": "cell", **switch, **gender},
        "gates": {"screen": "memory", **switch, "site": "f"},
        "necessity": {"screen": "pair", **switch, "part": site.name},
        "effects": {"screen": "pair", **switch, "part": "both"},
        "subspaces": {"screen": "pair", **switch, "part": "top1"},
        "ablation": {"screen": "whatif", **switch, "edits": [silent]},
        "erasure": {"screen": "whatif", **switch, "edits": [silent | {"op": "mean", "units": None}]},
        "paths": {"screen": "pair", **switch, "part": site.name},
        "attention": {"screen": "pair", **switch, "part": site.name},
        "causal-map": {"screen": "pair", **switch, "part": site.name},
        "contained": {"screen": "pair", **switch, "part": "both"},
        "verdicts": {"screen": "whatif", **switch, "edits": [held("f", 1)]},
        "first-noun": {"screen": "memory", **switch, "sort": "switch"},
        "two-slots": {"screen": "pair", **switch, "part": site.name},
        "closing": {"screen": "cell", **switch, **gender},
        "residual": {"screen": "memory", **switch, "sort": "switch"},
        "clamps": {"screen": "whatif", **switch, "edits": [held("i", 0)]},
        "moments": {"screen": "whatif", **switch, "edits": [held("f", 1)]},
        "against": {"screen": "memory", "sentence": SAME, "side": "dec"},
        "twin": {"screen": "pair", **switch, "part": site.name},
    }
    return {name: _hash(state) for name, state in states.items()}


def _hash(state: dict) -> str:
    edits = {"edits": json.dumps(state["edits"], separators=(",", ":"))} if "edits" in state else {}
    return urlencode(state | edits)
