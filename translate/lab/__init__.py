"""The laboratory: trace a model's states, read them, change them, and judge what that shows.

`lab.trace(translator, sentences)` and `lab.trace(module, inputs)` record a run; `lab.fit_readout`, `lab.Readout` read
the current gender; `lab.edit` translates with edits; `lab.probe(lab.make_bench(translator))` is the whole report.
Nothing here is imported, torch least of all, before it is used.
"""

from importlib import import_module

_HOME = {
    "trace": "tracing.run",
    "Trace": "tracing.trace",
    "Recorder": "tracing.recorder",
    "Ledger": "tracing.ledger",
    "who_wrote": "tracing.ledger",
    "Chain": "tracing.jacobian",
    "Readout": "probes.readout",
    "fit_readout": "probes.readout",
    "fit_probe": "probes.probe",
    "fit_probes": "probes.probe",
    "edit": "editing.counterfactual",
    "Edit": "editing.edit",
    "EditedNetwork": "editing.network",
    "Edits": "editing.network",
    **dict.fromkeys(
        ("Affine", "Clamp", "From", "InSubspace", "Mean", "Noise", "Resample", "Scale", "Set", "Zero"), "editing.edit"
    ),
    "transplant": "editing.transplant",
    "Results": "verdicts.results",
    "make_bench": "verdicts.probing",
    "probe": "verdicts.probing",
}


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(_HOME)
