import subprocess
import sys

import numpy as np
import pytest
import torch

from translate import lab
from translate.errors import TranslateError


def test_importing_the_laboratory_does_not_import_torch():
    code = "import sys, translate.lab; assert not {'torch', 'sklearn', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_module_of_ones_own_is_traced_too():
    module, inputs = torch.nn.LSTM(3, 4, batch_first=True), torch.randn(2, 5, 3)
    assert lab.trace(module, inputs)["l0.c"].shape == (2, 5, 4)
    assert lab.trace(module, inputs)["l0.f"].shape == (2, 5, 4)  # and again: no module has taken the function's name


def sentences(suite):
    pairs = [pair for pair, _ in suite[:6]]
    return [pairs[0].source[:5], pairs[1].source, pairs[2].source[:3], pairs[3].source]


def test_every_site_beside_its_word(planted_model):
    translator, _, suite = planted_model
    trace = lab.trace(translator, sentences(suite))
    assert len(trace.sites) == 20 and trace["dec.l0.c"].shape[0] == 4
    assert trace.lengths["enc"].tolist() == [5, 9, 3, 9]
    assert trace.tokens["enc"][2] == list(sentences(suite)[2])
    assert trace.tokens["dec"][1][-1] == "</s>"
    for side in ("enc", "dec"):
        values, lengths = trace[f"{side}.l0.h"], trace.lengths[side]
        there = torch.arange(values.shape[1]) < lengths[:, None]
        assert (values.isnan().any(-1) == ~there).all()
    c, f, i, g = (trace[f"dec.l0.{site}"] for site in "cfig")
    real = ~c.isnan()
    assert torch.allclose((f * trace.previous("dec.l0.c") + i * g)[real], c[real], atol=1e-5)


def test_a_sentence_gives_the_same_alone_and_in_company(planted_model):
    translator, _, suite = planted_model
    some = sentences(suite)
    together = lab.trace(translator, some, sites=["*.c"])
    assert together.sites == ("enc.l0.c", "dec.l0.c")
    for row, sentence in enumerate(some):
        alone = lab.trace(translator, [sentence], sites="*.c")
        for site in together.sites:
            length = alone[site].shape[1]
            assert torch.allclose(together[site][row, :length], alone[site][0], atol=1e-6)


def test_reading_its_own_output_is_free_running(planted_model):
    translator, _, suite = planted_model
    pairs = [pair for pair, _ in suite[:8]]
    free = lab.trace(translator, [pair.source for pair in pairs])
    forced = lab.trace(translator, [pair.source for pair in pairs], [pair.target for pair in pairs])
    assert free.tokens == forced.tokens
    assert np.array_equal(free["dec.l0.h"], forced["dec.l0.h"])


def test_numpy_and_torch_networks_record_the_same(planted_model):
    translator, _, suite = planted_model
    some = sentences(suite)
    from translate.model.network import Network

    other = Network.of(translator.checkpoint.module())
    one, two = lab.trace(translator, some), lab.trace(translator, some, network=other)
    for site in one.sites:
        assert torch.allclose(one[site], two[site], atol=1e-5, equal_nan=True), site


def test_wrong_requests_are_answered(planted_model):
    translator = planted_model[0]
    with pytest.raises(TranslateError, match=r"no site dec\.l0\.k"):
        lab.trace(translator, ["the boy"], sites="dec.l0.k")
    with pytest.raises(TranslateError, match="without words"):
        lab.trace(translator, ["the boy", ""])
    with pytest.raises(TranslateError, match="one for each"):
        lab.trace(translator, ["the boy"], ["kluk", "kluk"])
