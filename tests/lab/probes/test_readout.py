import subprocess
import sys

import numpy as np
import pytest
import torch

from translate.errors import TranslateError
from translate.lab.probes.fitting import fit_readout
from translate.lab.probes.readout import NAME, Readout

pytestmark = pytest.mark.numerical


@pytest.fixture
def readout():
    rng = np.random.default_rng(0)
    directions = {site: rng.normal(size=6).astype(np.float32) for site in ("dec.l0.c", "enc.l0.h")}
    return Readout(directions, {"dec.l0.c": 0.25, "enc.l0.h": -1.5}, {"model": "abc", "seed": "0"})


def test_saved_and_loaded_it_is_the_same(readout, tmp_path):
    readout.save(tmp_path / NAME)
    for path in (tmp_path, tmp_path / NAME):  # the folder of a model, or the file
        again = Readout.load(path)
        assert again.sites == readout.sites and again.biases == readout.biases and again.about == readout.about
        assert all((again.directions[site] == readout.directions[site]).all() for site in readout.sites)


def test_numpy_and_torch_give_the_same(readout):
    values = np.random.default_rng(1).normal(size=(2, 3, 6)).astype(np.float32)
    one, other = (readout.p_feminine("dec.l0.c", given) for given in (values, torch.from_numpy(values)))
    assert one.shape == (2, 3) and (one == other).all()
    logit = values.astype(np.float64) @ readout.directions["dec.l0.c"] + 0.25
    assert one == pytest.approx(1 / (1 + np.exp(-logit)), rel=1e-5)  # float32: six products, of a logit up to 10


def test_reading_along_needs_neither_torch_nor_sklearn(readout, tmp_path):
    readout.save(tmp_path / NAME)
    code = (
        "import sys, numpy; from translate.lab.probes.readout import Readout\n"
        f"r = Readout.load({str(tmp_path)!r}); r.p_feminine('dec.l0.c', numpy.zeros((1, 6)))\n"
        "assert not {'torch', 'sklearn', 'scipy'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_cannot_be_read_is_said(readout, tmp_path):
    with pytest.raises(TranslateError, match=r"cannot read dec\.l1\.c"):
        readout.logit("dec.l1.c", np.zeros(6))
    with pytest.raises(TranslateError, match="another model"):
        readout.logit("dec.l0.c", np.zeros(7))
    with pytest.raises(TranslateError, match="Cannot read"):
        Readout.load(tmp_path / "nothing")
    (tmp_path / NAME).write_bytes(b"no tensors")
    with pytest.raises(TranslateError, match="damaged"):
        Readout.load(tmp_path)


def test_fitted_on_the_planted_model_it_reads_unseen_nouns(planted_model):
    translator, units, suite = planted_model
    readout = fit_readout(translator, [pair for pair, _ in suite])
    assert set(readout.sites) == {"dec.l0.c", "dec.l0.h", "enc.l0.c", "enc.l0.h"}
    direction = readout.directions["dec.l0.c"]
    assert direction[units["G"]] == pytest.approx(direction[units["D"]], rel=1e-3)  # a probe cannot tell the decoy
    assert direction[units["G"]] > 0.1
    assert "hrdina/hrdinka" not in readout.about["fitted_on"]


def test_sentences_that_tell_one_gender_alone_make_no_readout(planted_model):
    translator, _, suite = planted_model
    feminine = [pair for pair, _ in suite if all(noun.gender == "f" for noun in pair.nouns)]
    assert feminine
    with pytest.raises(TranslateError, match="needs two kinds to tell apart"):
        fit_readout(translator, feminine)
