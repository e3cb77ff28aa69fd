"""Which state of the explorer's page shows one of the cases that a figure counts.

A state is the page's hash (see `translate/explorer/page/state/view.js`): a screen, a sentence, what is looked at, and
the word that the figure speaks of: the step that has just `read` it, or the one that `writes` it. A figure tells of
hundreds of sentences; the page shows one of them, with its gates.
"""

import json
from typing import Any
from urllib.parse import urlencode

from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import Results

SWITCH = "I am a boy who likes to read, but my sister is a girl who likes to sing."
FAR = "The queen who at night in Prague likes to dance is tired."
SAME = "I am a girl who likes to cook, but my sister is a witch who likes to travel."
_FIRST, _SECOND, _JOINT, _LAST = "kluk", "sestra", "ale", "unavená"
"""Words of their Czech: both nouns of SWITCH and what lies between its clauses; in FAR the last word that agrees."""
_IN_CLAUSE_1, _AT_THE_SWITCH = list(range(2, 5)), list(range(5, 11))
"""Steps of SWITCH: once *kluk* has been read, to its agreeing words; from there to the one that has read *sestra*."""


def page_states(results: Results) -> dict[str, str]:
    """By the name of a figure, the hash of a page state that shows one of its cases."""
    gender = {"unit": "gender"}
    switch = {"sentence": SWITCH, "side": "dec", **gender}
    first, second, joint = (switch | {"read": word} for word in (_FIRST, _SECOND, _JOINT))
    far = {"sentence": FAR, "side": "dec", "writes": _LAST, **gender}
    site = Site(results.units.site)
    best = [unit.unit for unit in results.units.ranked[:3]]
    top = {"unit": best[0], "pinned": ",".join(map(str, best))} if best else {}
    state = {"screen": "pair", "part": site.name}

    def held(gate: str, value: float) -> dict:
        return {"site": site.named(gate), "units": best, "steps": _AT_THE_SWITCH, "op": "set", "value": value}

    silent = {"site": site, "units": best, "steps": _IN_CLAUSE_1, "op": "set", "value": 0}
    states: dict[str, dict[str, Any]] = {
        "accuracy": {"screen": "translate", **far},
        "controls": {"screen": "translate", **second},
        "selectivity": {"screen": "translate", **second},
        "information": {"screen": "memory", **second},
        "time-course": {"screen": "translate", **second},
        "units": {"screen": "memory", **second, "sort": "weight", **top},
        "pair": {"screen": "pair", "sentence": results.pair.source["m"], "side": "dec", "read": _FIRST, **gender},
        "held": {"screen": "memory", **far},
        "generalisation": {"screen": "memory", **second},
        "gradients": {"screen": "gradients", **far},
        "written": {"screen": "cell", **first},
        "erased": {"screen": "cell", **joint},
        "gates": {"screen": "memory", **joint, "site": "f", **top},
        "necessity": {**state, **first},
        "effects": {**state, **first, "part": "both"},
        "subspaces": {**state, **first, "part": "top1"},
        "ablation": {"screen": "whatif", **first, "edits": [silent]},
        "erasure": {"screen": "whatif", **first, "edits": [silent | {"op": "mean"}]},
        "paths": {**state, **first},
        "attention": {**state, **first},
        "causal-map": {**state, **first},
        "contained": {**state, **first, "part": "both"},
        "verdicts": {"screen": "whatif", **second, "edits": [held("f", 1)]},
        "first-noun": {"screen": "memory", **second, "sort": "switch"},
        "two-slots": {**state, **first},
        "closing": {"screen": "cell", **joint, **top},
        "residual": {"screen": "memory", **second, "sort": "switch"},
        "clamps": {"screen": "whatif", **second, "edits": [held("i", 0)]},
        "moments": {"screen": "whatif", **joint, "edits": [held("f", 1)]},
        "against": {"screen": "memory", "sentence": SAME, "side": "dec", "read": _SECOND, **gender},
        "twin": {**state, **first},
    }
    return {name: _hash(state) for name, state in states.items()}


def _hash(state: dict) -> str:
    edits = {"edits": json.dumps(state["edits"], separators=(",", ":"))} if "edits" in state else {}
    return urlencode(state | edits)
