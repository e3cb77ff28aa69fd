"""The laboratory: trace a model's states, read them, change them, and judge what that shows.

`lab.trace(translator, sentences)` and `lab.trace(module, inputs)` record a run; `lab.edit` translates with edits;
`lab.fit_probe` and `lab.fit_readout` read states; `lab.probe(lab.make_setup(translator))` is the whole report.
`__init__.pyi` lists everything, for people, editors and type checkers; `README.md` beside it is the guide.
Nothing is imported, torch least of all, before it is used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
