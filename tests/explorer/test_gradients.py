"""The page's derivatives are autograd's, and its W_rec is the closed form; in a real browser."""

import base64
import re
from copy import deepcopy
from dataclasses import asdict, replace

import numpy as np
import pytest
import torch

from tests.explorer.float64 import EPSILON, Distances
from translate import lab
from translate.lab.tracing.jacobian import Chain, gain
from translate.model import cells
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.tokenizer import START

pytestmark = pytest.mark.numerical

ENGLISH = "I am a boy who likes to read, but my sister is a girl who likes to sing."
CZECH = "Jsem kluk, který rád čte, ale moje sestra je holka, která ráda zpívá."
RIGHT, OTHER, STEP = "ráda", "rád", 14
SHAPES = [("lstm", 2), ("gru", 2), ("rnn", 1)]

COMPUTE = """async ({config, weights, source, target, right, other, step}) => {
  const {makeModel} = await import("app/network/model.js"), g = await import("app/network/gradients.js");
  const arrays = Object.entries(weights).map(([name, values]) => [name, Float32Array.from(values)]);
  const model = makeModel({config, weights: Object.fromEntries(arrays)});
  const run = model.run(source, {forced: target}), found = g.wordGradient(model, run, step, right, other);
  const out = {word: {}, total: {}, direct: {}};
  for (const side of ["enc", "dec"]) for (const site of Object.keys(found[side])) {
    out.word[`${side}.${site}`] = [...found[side][site]];
    out.total[`${side}.${site}`] = [...await g.settled(g.gains(model, run, side, site, run[side].steps - 1))];
    const direct = /[ch]$/.test(site) && g.directGains(model, run, side, Number(site[1]), run[side].steps - 1);
    if (direct) out.direct[`${side}.${site}`] = [...direct];
  }
  return out;
}"""


@pytest.fixture(
    scope="module",
    params=["shipped", *SHAPES],
    ids=lambda shape: "-".join(map(str, shape)) if isinstance(shape, tuple) else shape,
)
def module(request, translator):
    if request.param == "shipped":
        return translator.checkpoint.module()
    torch.manual_seed(0)
    cell, layers = request.param
    return EncoderDecoder(replace(translator.checkpoint.config, cell=cell, layers=layers, hidden=24)).eval()


@pytest.fixture
def in_page(open_page, module, translator):
    ids = translator.target.vocabulary.index
    weights = {name: value.flatten().tolist() for name, value in module.state_dict().items()}
    sentences = {"source": translator.source.encode(ENGLISH), "target": translator.target.encode(CZECH)}
    asked = {"right": ids(RIGHT), "other": ids(OTHER), "step": STEP}
    return open_page().evaluate(COMPUTE, {"config": asdict(module.config), "weights": weights, **sentences, **asked})


def test_every_derivative_is_autograds(in_page, module, translator):
    pytorch, precise = derivatives(module, translator), derivatives(deepcopy(module).double(), translator)
    distances = Distances()
    for kind, sites in precise.items():
        for site, expected in sites.items():
            length = np.linalg.norm(expected)
            each = (np.ravel(values) / length for values in (in_page[kind][site], pytorch[kind][site], expected))
            distances.add(kind, *each)
    assert {"word", "total"} <= distances.names
    distances.check()


def derivatives(module: EncoderDecoder, translator) -> dict[str, dict[str, np.ndarray | list[float]]]:
    """What the page computes, by autograd, in the precision of the module: by kind of derivative and site."""
    network = Network.of(module)
    sites = [
        f"{side}.l{layer}.{state}"
        for side in ("enc", "dec")
        for layer in range(module.config.layers)
        for state in cells.STATES[module.config.cell]
    ]
    trace = lab.trace(translator, [ENGLISH], [CZECH], network=network, gradients=True)
    odds = trace.log_probability(0, STEP, RIGHT) - trace.log_probability(0, STEP, OTHER)
    source = np.array([translator.source.encode(ENGLISH)])
    target = np.array([[START, *translator.target.encode(CZECH)]])
    chains = {
        "enc": Chain.of_side(network, "enc", source),
        "dec": Chain.of_side(network, "dec", target, network.encode(source)),
    }
    word = {site: values[0].numpy() for site, values in trace.gradients(odds, sites).items()}
    total, direct = {}, {}
    for side, chain in chains.items():
        last = len(chain) - 1
        for site in chain.sites:
            name = f"{side}.{site}"
            total[name] = [float(gain(j)) for _, end, j in chain.total(site) if end == last]
            if (kept := chain.direct(site)) is not None:
                direct[name] = [float(k.square().mean().sqrt()) for _, end, k in kept if end == last]
    return {"word": word, "total": total, "direct": direct}


def test_a_linear_cell_of_one_unit_is_the_closed_form(open_page):
    """Where h stays near 0, tanh is the identity: then ∂h_T/∂h_t = W_rec^(T−t)."""
    found = open_page().evaluate("""async () => {
      const {makeModel} = await import("app/network/model.js"), g = await import("app/network/gradients.js"), all = {};
      const zeros = (names, length) => Object.fromEntries(names.map((name) => [name, new Float32Array(length)]));
      const config = {cell: "rnn", layers: 1, hidden: 1, embedding: 1, source_vocabulary: 5, target_vocabulary: 5};
      const side = (name) => ["weight_ih", "bias_ih", "bias_hh"].map((part) => `${name}.${part}_l0`);
      for (const w of [0.5, 0.9, 1, 1.1, 1.5]) {
        const recurrent = {"encoder.weight_hh_l0": Float32Array.of(w), "decoder.weight_hh_l0": Float32Array.of(w)};
        const words = ["source_embedding.weight", "target_embedding.weight", "output.weight", "output.bias"];
        const rest = {...zeros([...side("encoder"), ...side("decoder")], 1), ...zeros(words, 5)};
        const model = makeModel({config: {...config, reverse_source: false}, weights: {...recurrent, ...rest}});
        const run = model.run(Array(21).fill(4), {forced: []});
        all[w] = [...await g.settled(g.gains(model, run, "enc", "l0.h", 20))];
      }
      return all;
    }""")
    for w, gains in found.items():
        # The weight was rounded to float32, and is multiplied by itself up to 20 times.
        np.testing.assert_allclose(gains, [float(w) ** (20 - t) for t in range(21)], rtol=20 * EPSILON)


def test_the_slider_says_what_the_weight_does_and_catches_at_1(open_page):
    page = open_page("screen=gradients&wrec=0.9")
    assert "0.122" in page.inner_text(".formula")  # 0.9 to the 20th
    assert "vanishing" in page.inner_text("output")
    slider = page.locator("#wrec")
    for _ in range(2):
        slider.press("ArrowRight")
    assert "constant" in page.inner_text("output")
    slider.press("ArrowRight")
    assert "exploding" in page.inner_text("output")
    assert "2.65" in page.inner_text(".formula")  # 1.05 to the 20th
    slider.fill("1.02")
    assert "constant" in page.inner_text("output")


def test_the_trained_networks_are_measured_for_the_sentence_in_the_box(open_page):
    page = open_page("screen=gradients")
    page.fill("#sentence", ENGLISH)
    page.locator("#screen-gradients svg.picture").first.get_by_text("sister").wait_for()
    assert "LSTM c" in page.inner_text(".apart")
    page.get_by_label("in the agreeing word").check(force=True)
    page.get_by_text("log-odds of “ráda” against “rád”").wait_for()


def test_the_screen_opens_where_three_cells_differ_most_and_says_why(open_page, payload):
    assert set(payload["rivals"]) == {"rnn", "gru"}
    page = open_page("screen=gradients&sentence=I+am+a+girl+who+likes+to+learn.&at=3")
    page.locator(".apart").wait_for(timeout=30_000)
    said = page.inner_text(".apart")
    felt = {name: float(value) for name, value in re.findall(r"(LSTM c|RNN|GRU) (\d+\.\d+)", said.split("Why:")[0])}
    assert felt["LSTM c"] > felt["GRU"] > felt["RNN"] > 0
    assert "f·f·…·f" in said and "W_rec and tanh" in said and "one valve for both" in said
    assert page.locator("#screen-gradients svg.picture .note").first.text_content() == "▾"


def test_half_precision_is_read_as_numpy_reads_it(network_page):
    values = np.array([0, -0.0, 1, -2.5, 65504, 6e-8, -6.1e-5, 1 / 3, np.inf, -np.inf], dtype="<f2")
    found = network_page.evaluate(
        "async (text) => [...(await import('app/network/model.js')).halves(text)].map(String)",
        base64.b64encode(values.tobytes()).decode(),
    )
    assert [float(value.replace("Infinity", "inf")) for value in found] == values.astype(float).tolist()
