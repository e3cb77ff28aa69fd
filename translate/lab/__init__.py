"""The laboratory: trace a model's states, read them, change them, and judge what that shows.

`lab.trace(translator, sentences)` and `lab.trace(module, inputs)` record a run; `lab.fit_readout`, `lab.Readout` read
the current gender; `lab.edit` translates with edits; `lab.probe(lab.make_bench(translator))` is the whole report.
Nothing here is imported, torch least of all, before it is used.
"""

from importlib import import_module

_HOME = {
    "trace": "runs",
    "Trace": "traces",
    "Recorder": "recording",
    "Ledger": "ledger",
    "who_wrote": "ledger",
    "Chain": "jacobian",
    "Readout": "readout",
    "fit_readout": "readout",
    "fit_probe": "probes",
    "fit_probes": "probes",
    "edit": "counterfactual",
    "Edit": "edits",
    "EditedNetwork": "edited",
    "Edits": "edited",
    **dict.fromkeys(
        ("Affine", "Clamp", "From", "InSubspace", "Mean", "Noise", "Resample", "Scale", "Set", "Zero"), "edits"
    ),
    "transplant": "intervene",
    "Results": "results",
    "make_bench": "probing",
    "probe": "probing",
}


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOME)
