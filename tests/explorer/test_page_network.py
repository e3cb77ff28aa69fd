"""The network in JavaScript is the network in PyTorch: every gate, every word, every edit."""

import base64

import numpy as np
import pytest
import torch

from translate.corpus.show import sample
from translate.lab.demonstrations.reference import reference
from translate.lab.editing.counterfactual import edit
from translate.lab.editing.edit import Edit, From, Mean, Set
from translate.lab.tracing.run import trace_translator
from translate.model import search
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network

TOLERANCE = 1e-5
UNSQUASHED = 5e-5
"""For c and the pre-activations, which reach 30: PyTorch's own float32 is 3.5e-5 from float64 there."""

RUN = """async ({ model, sources, edits }) => {
  const { unpack } = await import("app/model.js");
  const encoded = (values) => {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    let text = "";
    for (let k = 0; k < bytes.length; k += 8192) text += String.fromCharCode(...bytes.subarray(k, k + 8192));
    return btoa(text);
  };
  const network = unpack(model ?? JSON.parse(document.getElementById("payload").textContent));
  return sources.map((ids, k) => {
    const run = network.run(ids, { edits: edits?.[k] });
    const sites = {};
    for (const side of ["enc", "dec"]) for (const site in run[side].sites) sites[`${side}.${site}`] = encoded(run[side].sites[site]);
    return { written: run.written, finished: run.finished, sites, last: encoded(run.probs.at(-1)) };
  });
}"""


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype="<f4")


def packed(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode()


def test_every_gate_of_every_step_of_200_sentences(network_page, translator):
    texts = [pair.source_text for pair in sample("lesson", 200, 7)]
    sources = [translator.source.encode(text) for text in texts]
    found = network_page.evaluate(RUN, {"model": None, "sources": sources, "edits": None})
    assert len(found) == 200
    trace, texts = trace_translator(translator, texts), translator.texts(texts)
    worst = {}
    for row, one in enumerate(found):
        assert one["finished"] and one["written"][-1] == 3
        assert one["written"][:-1] == translator.target.encode(texts[row])
        for side in ("enc", "dec"):
            length = int(trace.lengths[side][row])
            for site in (site for site in trace if site.startswith(side) and not site.endswith("logits")):
                here = floats(one["sites"][site]).reshape(-1, 128)
                assert len(here) == length, site
                there = trace[site][row, :length].numpy()
                worst[site] = max(worst.get(site, 0.0), float(np.abs(here - there).max()))
    assert len(worst) == 20
    for site, error in worst.items():
        assert error <= (UNSQUASHED if site.endswith(("_pre", ".c")) else TOLERANCE), site


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("layers, reverse", [(1, True), (2, False)])
def test_other_cells_stacked_and_reversed(network_page, cell, layers, reverse):
    torch.manual_seed(3)
    config = ModelConfig(20, 30, cell=cell, layers=layers, hidden=12, embedding=7, reverse_source=reverse)
    network = Network.of(EncoderDecoder(config).eval())
    weights = {name: packed(value.numpy()) for name, value in _weights(network, config).items()}
    sources = [[5, 9, 4], [7, 7, 12, 19, 8, 6], [11]]
    found = network_page.evaluate(
        RUN, {"model": {"config": config.to_dict(), "weights": weights}, "sources": sources, "edits": None}
    )
    for source, one in zip(sources, found, strict=True):
        sites: dict[str, dict[int, np.ndarray]] = {}

        def keep(site, t, value, sites=sites):
            sites.setdefault(site, {})[t] = network.lib.to_numpy(value)[0].copy()
            return value

        (hypothesis,) = search.greedy(network.watched(keep), [source])
        assert one["written"][: len(hypothesis.tokens)] == hypothesis.tokens
        assert one["finished"] == hypothesis.finished
        for site, text in one["sites"].items():
            steps = sorted(sites[site], reverse=reverse and site.startswith("enc"))
            assert (
                np.abs(floats(text).reshape(-1, 12) - np.stack([sites[site][t] for t in steps])).max() <= TOLERANCE
            ), site


def _weights(network: Network, config: ModelConfig) -> dict:
    torch.manual_seed(3)
    return {name: value.detach() for name, value in EncoderDecoder(config).state_dict().items()}


def test_fifty_random_interventions_change_the_same_words(network_page, translator):
    """As `translate intervene` makes them: a number, the mean, or what another sentence's run holds there."""
    rng = np.random.default_rng(11)
    pairs = sample("lesson", 100, 23)
    sites = [f"{side}.l0.{site}" for side in ("enc", "dec") for site in ("f", "i", "o", "g", "c", "h", "f_pre")]
    runs, edits, changed = [], [], 0
    for k in range(50):
        site, text = str(rng.choice(sites)), pairs[k].source_text
        last = len(translator.source.encode(text)) if site.startswith("enc") else 8
        first = int(rng.integers(last))
        steps = None if k % 5 == 0 else tuple(range(first, min(last, first + 1 + int(rng.integers(4)))))
        units = (
            None if k % 4 == 0 else tuple(sorted(map(int, rng.choice(128, int(rng.integers(1, 40)), replace=False))))
        )
        kind = k % 3
        if kind == 0:
            value = float(np.round(rng.uniform(-2, 2), 3))
            operation, here = Set(value), {"op": "set", "value": value}
        else:
            values = _held(translator, pairs[50 + k].source_text, site)
            values = np.tile(reference(translator, site).mean(0), (60, 1)) if kind == 2 else values
            operation = Mean(values[0]) if kind == 2 else From(values)
            here = {"op": "values", "values": values.ravel().tolist()}
        runs.append((text, Edit(site, operation, steps, units)))
        edits.append([{"site": site, "units": units, "steps": steps, **here}])
    sources = [translator.source.encode(text) for text, _ in runs]
    found = network_page.evaluate(RUN, {"model": None, "sources": sources, "edits": edits})
    for (text, one), there in zip(runs, found, strict=True):
        plain, after = edit(translator, [text], [(0, []), (0, [one])])
        words = [translator.target.vocabulary[i] for i in there["written"] if i != 3]
        assert words == after.tokens, (text, one.site)
        changed += plain.tokens != after.tokens
    assert changed >= 10  # or these edits would show nothing


def _held(translator, text: str, site: str) -> np.ndarray:
    trace = trace_translator(translator, [text])
    return trace[site][0, : int(trace.lengths[site[:3]][0])].numpy()


def test_clamping_through_the_page_is_what_intervene_does(open_page, translator):
    """The same through the link, down to the words on the screen; `from` is the twin's own run."""
    from translate.lab.demonstrations.intervention import intervene

    girl, boy = "I am a girl who likes to learn.", "I am a boy who likes to learn."
    found = intervene(translator, girl, "dec.l0.c", "top:3", "girl", f"from:{boy}", draws=0)
    units = ",".join(map(str, found.units))
    edits = f'[{{"site":"dec.l0.c","units":[{units}],"steps":[{found.steps[0]}],"op":"from","sentence":"{boy}"}}]'
    page = open_page()
    before = page.locator("#czech .czech").all_inner_texts()
    page.evaluate(
        "(edits) => { location.hash = new URLSearchParams({ edits, sentence: 'I am a girl who likes to learn.' }); }",
        edits,
    )
    page.wait_for_selector("#was:not([hidden])")
    after = [text.rstrip("●■") for text in page.locator("#czech .czech").all_inner_texts()]
    assert after == found.after.tokens != [text.rstrip("●■") for text in before]
    assert page.locator("#count").inner_text() == "clamps: 1"
    page.click("#clear")
    assert page.locator("#czech .czech").all_inner_texts() == before
