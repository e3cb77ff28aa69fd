"""The network in JavaScript is the network in PyTorch: every gate, every word, every edit."""

import base64

import numpy as np
import pytest
import torch

from tests.explorer.float64 import Distances, ExactTranslator, exact, greedy
from translate import lab
from translate.corpus.show import sample
from translate.lab.demonstrations.reference import reference
from translate.lab.editing.counterfactual import edit
from translate.lab.editing.edit import Edit
from translate.lab.editing.operations import From, Mean, Set
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.tokenizer import END

pytestmark = pytest.mark.numerical

RUN = """async ({ model, sources, edits }) => {
  const { unpack } = await import("app/network/model.js");
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
    for (const side of ["enc", "dec"])
      for (const [site, values] of Object.entries(run[side].sites)) sites[`${side}.${site}`] = encoded(values);
    return { written: run.written, finished: run.finished, sites, last: encoded(run.probs.at(-1)) };
  });
}"""


def floats(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), dtype="<f4")


def packed(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode()


def test_every_gate_of_every_step_of_200_sentences(network_page, translator):
    sources = [translator.source.encode(pair.source_text) for pair in sample("lesson", 200, 7)]
    runs = network_page.evaluate(RUN, {"model": None, "sources": sources, "edits": None})
    checkpoint = translator.checkpoint
    distances = compare(checkpoint.config, checkpoint.numpy_weights(), sources, runs)
    assert len(distances.names) == 20
    distances.check()


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("layers, reverse", [(1, True), (2, False)])
def test_other_cells_stacked_and_reversed(network_page, cell, layers, reverse):
    torch.manual_seed(3)
    config = ModelConfig(20, 30, cell=cell, layers=layers, hidden=12, embedding=7, reverse_source=reverse)
    weights = {name: value.numpy() for name, value in EncoderDecoder(config).state_dict().items()}
    sources = [[5, 9, 4], [7, 7, 12, 19, 8, 6], [11]]
    model = {"config": config.to_dict(), "weights": {name: packed(value) for name, value in weights.items()}}
    runs = network_page.evaluate(RUN, {"model": model, "sources": sources, "edits": None})
    compare(config, weights, sources, runs).check()


def compare(
    config: ModelConfig, weights: dict[str, np.ndarray], sources: list[list[int]], runs: list[dict]
) -> Distances:
    """The page's `runs` of `sources` and PyTorch's, held to float64: the same words, and how far each site is off."""
    pytorch = Network(config, {name: torch.from_numpy(value) for name, value in weights.items()})
    precise, distances = exact(config, weights), Distances()
    for ids, run in zip(sources, runs, strict=True):
        hypothesis, theirs = greedy(pytorch, ids)
        exact_hypothesis, expected = greedy(precise, ids)
        assert hypothesis.tokens == exact_hypothesis.tokens
        assert run["written"] == hypothesis.tokens + [END] * hypothesis.finished
        assert run["finished"] == hypothesis.finished
        for site, text in run["sites"].items():
            distances.add(site, floats(text).reshape(-1, config.hidden), theirs[site], expected[site])
    return distances


def test_fifty_random_interventions_change_the_same_words(network_page, translator):
    """As `translate intervene` makes them: a number, the mean, or what another sentence's run holds there.

    float64 writes these words as well, so that no near tie decides them.
    """
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
    sources, precise = [translator.source.encode(text) for text, _ in runs], ExactTranslator(translator.checkpoint)
    in_page = network_page.evaluate(RUN, {"model": None, "sources": sources, "edits": edits})
    for (text, change), run in zip(runs, in_page, strict=True):
        words = [translator.target.vocabulary[i] for i in run["written"] if i != END]
        for each in (translator, precise):
            plain, after = edit(each, [text], [(0, []), (0, [change])], must_apply=False)
            assert words == after.tokens, (text, change.site)
        changed += plain.tokens != after.tokens
    assert changed >= 10  # or these edits would show nothing


def _held(translator, text: str, site: str) -> np.ndarray:
    trace = lab.trace(translator, [text])
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
