import subprocess
import sys

import pytest
import torch

from tests.arithmetic import FLOAT64, Exact
from translate import lab
from translate.errors import TranslateError

pytestmark = pytest.mark.numerical


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
    assert trace.lengths["enc"].tolist() == [5, 11, 3, 11]
    assert trace.tokens["enc"][2] == list(sentences(suite)[2])
    assert trace.tokens["dec"][1][-1] == "</s>"
    for side in ("enc", "dec"):
        values, lengths = trace[f"{side}.l0.h"], trace.lengths[side]
        there = torch.arange(values.shape[1]) < lengths[:, None]
        assert (values.isnan().any(-1) == ~there).all()
    c, f, i, g = (trace[f"dec.l0.{site}"] for site in "cfig")
    real = ~c.isnan()
    assert torch.allclose((f * trace.previous("dec.l0.c") + i * g)[real], c[real], atol=FLOAT64)


def test_a_sentence_gives_the_same_alone_and_in_company(planted_model):
    translator, _, suite = planted_model
    some = sentences(suite)
    together = lab.trace(translator, some, sites=["*.c"])
    assert together.sites == ("enc.l0.c", "dec.l0.c")
    for row, sentence in enumerate(some):
        alone = lab.trace(translator, [sentence], sites="*.c")
        for site in together.sites:
            length = alone[site].shape[1]
            assert torch.allclose(together[site][row, :length], alone[site][0], atol=FLOAT64)


def test_reading_its_own_output_is_free_running(planted_model):
    translator, _, suite = planted_model
    pairs = [pair for pair, _ in suite[:8]]
    free = lab.trace(translator, [pair.source for pair in pairs])
    forced = lab.trace(translator, [pair.source for pair in pairs], [pair.target for pair in pairs])
    assert free.tokens == forced.tokens
    assert torch.allclose(free["dec.l0.h"], forced["dec.l0.h"], atol=FLOAT64, equal_nan=True)


def test_numpy_and_torch_networks_record_the_same(planted_model):
    translator, _, suite = planted_model
    some = sentences(suite)
    on_torch = Exact(translator.checkpoint, "cpu").network()
    one, two = lab.trace(translator, some), lab.trace(translator, some, network=on_torch)
    for site in one.sites:
        assert torch.allclose(one[site], two[site], atol=FLOAT64, equal_nan=True), site


def test_wrong_requests_are_answered(planted_model):
    translator = planted_model[0]
    with pytest.raises(TranslateError, match=r"no site dec\.l0\.k"):
        lab.trace(translator, ["the boy"], sites="dec.l0.k")
    with pytest.raises(TranslateError, match="without words"):
        lab.trace(translator, ["the boy", ""])
    with pytest.raises(TranslateError, match="one for each"):
        lab.trace(translator, ["the boy"], ["kluk", "kluk"])


# ----------------------------------------------------------------------------------------- roles and gradients


def annotated(suite):
    return [pair for pair, tags in suite if tags.get("switch") in ("m>f", "f>m")][:6]


def test_words_are_found_by_their_role(planted_model):
    translator, _, suite = planted_model
    pairs = annotated(suite)
    trace = lab.trace(translator, pairs, pairs)
    for site, where in (("enc.l0.c", "source"), ("dec.l0.c", "target")):
        for number in (1, 2):
            nouns = [pair.nouns[number - 1] for pair in pairs]
            expected = torch.stack([trace[site][row, getattr(noun, where)] for row, noun in enumerate(nouns)])
            assert torch.equal(trace.at(site, role=f"controller {number}"), expected)
            assert torch.equal(trace.aligned(site, f"controller {number}", (0,))[:, 0], expected)
    rows, positions = trace.places("dec", role="agreeing word of clause 2")
    assert [
        (row, word.position) for row, pair in enumerate(pairs) for word in pair.agreements if word.clause == 1
    ] == list(zip(rows.tolist(), positions.tolist(), strict=True))
    with pytest.raises(TranslateError, match="'agreeing word 1' here; there are controller, controller 1"):
        trace.at("enc.l0.c", role="agreeing word 1")


def test_roles_are_kept_in_a_file(planted_model, tmp_path):
    translator, _, suite = planted_model
    trace = lab.trace(translator, annotated(suite), sites="*.c")
    trace.save(tmp_path / "trace.safetensors")
    back = lab.Trace.load(tmp_path / "trace.safetensors")
    assert back.roles == trace.roles and back.tokens == trace.tokens
    assert torch.equal(back.at("dec.l0.c", role="controller 2"), trace.at("dec.l0.c", role="controller 2"))


def test_a_translation_that_is_another_sentence_has_no_roles(planted_model):
    from msgspec.structs import replace

    translator, _, suite = planted_model
    pair, other = annotated(suite)[:2]
    turned = [
        word.other if position == word.position else said
        for word in pair.agreements[:1]
        for position, said in enumerate(pair.target)
    ]
    shorter = pair.target[:-2]
    trace = lab.trace(translator, [pair] * 3, [pair, turned, shorter])
    assert [bool(roles) for roles in trace.roles["dec"]] == [
        True,
        True,
        False,
    ]  # an agreeing word may be in the other gender
    mistaken = replace(other, target=pair.target)
    with pytest.raises(TranslateError, match="no translation is the annotated one"):
        lab.trace(translator, [mistaken], [other.target]).at("dec.l0.c", role="controller 1")


def nudging(network, edit):
    """A network whose watchers see what `edit` has made of each value."""
    from copy import copy

    nudged = copy(network)
    nudged.watched = lambda at: network.watched(lambda site, t, value: at(site, t, edit(site, t, value)))
    return nudged


def test_gradients_of_a_log_probability_equal_finite_differences(planted_model):
    """For both sides, in sentences of several lengths run in one call."""
    from translate.model.encoder_decoder import EncoderDecoder
    from translate.model.network import Network

    translator, _, suite = planted_model
    torch.manual_seed(3)
    network = Network.of(EncoderDecoder(translator.checkpoint.config).eval().double())
    pairs = annotated(suite)
    some = [pairs[0].source[:5], pairs[1].source], [pairs[0].target[:6], pairs[1].target]
    trace = lab.trace(translator, *some, network=network, gradients=True)
    assert trace.sites[-1] == "dec.logits"
    row, step = 1, 6
    score = trace.log_probability(row, step, pairs[1].target[step])
    for site, t in (("enc.l0.c", 3), ("enc.l0.f_pre", 8), ("dec.l0.h", 2), ("dec.l0.c", step), ("dec.l0.i", 0)):
        gradient = trace.gradient(site, of=score)
        assert gradient.shape == trace[site].shape and not gradient[0][~gradient[0].isnan()].any()
        direction = torch.randn(trace[site].shape[-1], dtype=torch.float64)

        def nudged(size, site=site, t=t, direction=direction):
            def at(name, step, value):
                return value + size * direction if (name, step) == (site, t) else value

            seen = lab.trace(translator, *some, network=nudging(network, at), gradients=True)
            return seen.log_probability(row, step, pairs[1].target[step]).item()

        slope = (nudged(1e-5) - nudged(-1e-5)) / 2e-5
        assert float(gradient[row, t] @ direction) == pytest.approx(slope, rel=1e-5, abs=1e-9)


def test_a_trace_with_gradients_holds_the_same_values(planted_model):
    translator, _, suite = planted_model
    some = sentences(suite)
    on_torch = Exact(translator.checkpoint, "cpu").network()
    plain, kept = lab.trace(translator, some), lab.trace(translator, some, network=on_torch, gradients=True)
    assert plain.tokens == kept.tokens
    for site in plain:
        torch.testing.assert_close(plain[site], kept[site], rtol=0, atol=FLOAT64, equal_nan=True)
    words = [kept.tokens["dec"][row][0] for row in range(4)]
    several = kept.log_probability(range(4), 0, words)
    assert several.shape == (4,) and several[2] == kept.log_probability(2, 0, words[2])
    with pytest.raises(TranslateError, match="cannot write 'xyz'"):
        kept.log_probability(0, 0, "xyz")
    with pytest.raises(TranslateError, match=r"no site dec\.logits"):
        plain.log_probability(0, 0, words[0])
