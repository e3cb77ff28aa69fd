"""In a notebook results show themselves, and long work shows a bar under its cell: by a kernel, where there is one."""

import numpy as np
import pytest

from translate import lab
from translate.model.translator import Translator
from translate.processes import NotebookBar

LONG = """
from pathlib import Path
from translate.training.loop import train
from translate.training.recipe import Recipe
pairs = [(f"I am a {noun}", f"Jsem {czech}") for noun, czech in (("boy", "kluk"), ("girl", "holka"), ("king", "král"))]
settings = ["hidden=8", "embedding=8", "steps=40", "batch=2", "validate_every=20", "threads=1", "device=cpu"]
_ = train(Recipe().override(settings), pairs, pairs, Path(FOLDER))
"""


def test_outside_of_a_notebook_a_bar_is_silent(capsys):
    bar = NotebookBar("training")
    bar("step 1", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_long_work_shows_a_bar_under_its_cell_and_nothing_on_stderr(tmp_path):
    pytest.importorskip("ipykernel")
    nbformat, client = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    cell = nbformat.v4.new_code_cell(LONG.replace("FOLDER", repr(str(tmp_path / "out"))))
    notebook = nbformat.v4.new_notebook(cells=[cell])
    client.NotebookClient(notebook, timeout=120).execute()
    (bar,) = cell.outputs
    assert bar.output_type == "display_data" and "<progress value='40' max='40'>" in bar.data["text/html"]
    assert bar.data["text/plain"].startswith("training: step 40 of 40, loss ")


def test_probes_translators_and_traces_say_what_they_are():
    x = np.random.default_rng(0).normal(size=(200, 12))
    labels, groups = np.where(x[:, 3] > 0, "f<", "m"), np.arange(200) % 10
    for probe in (lab.fit_probe(x, labels, groups), lab.fit_mlp(x, labels, groups)):
        shown = probe._repr_html_()
        assert "&#x27;m&#x27; from &#x27;f&lt;&#x27;" in shown and ">200<" in shown
        assert shown.index("3: -") < shown.index("0: ")  # the unit that weighs most stands first
    many = lab.fit_probes(x, np.stack([labels] * 20, 1), groups)._repr_html_()
    assert "8 of 20" in many and many.count("<tr>") == 9
    translator = Translator.load("lesson", "numpy")
    assert repr(translator).startswith("<Translator lesson: LSTM encoder–decoder without attention")
    assert (
        repr(lab.trace(translator, "I am a girl", sites="dec.l0.c")) == "<Trace of lstm: 1 sites, dec.l0.c 1 × 3 × 128>"
    )
