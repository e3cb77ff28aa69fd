"""What is recorded is what the equations of the cell and the translation itself say."""

import numpy as np
import pytest

from translate.lab.demonstrations.words import words
from translate.lab.tracing.recorder import record
from translate.model.config import ModelConfig
from translate.model.network import Network
from translate.model.search import greedy, longest
from translate.tokenizer import END, Tokenizer

pytestmark = pytest.mark.numerical

GATES = {"lstm": 4, "gru": 3, "rnn": 1}


def random_network(cell: str, reverse: bool = False, units: int = 6, words: int = 9) -> Network:
    draw = np.random.default_rng(3)
    weights = {f"{side}_embedding.weight": draw.normal(size=(words, 5)) for side in ("source", "target")}
    weights |= {"output.weight": draw.normal(size=(words, units)), "output.bias": draw.normal(size=words)}
    weights["output.bias"][END] = -100  # it writes until it is cut
    for side in ("encoder", "decoder"):
        rows = GATES[cell] * units
        weights |= {
            f"{side}.weight_ih_l0": draw.normal(size=(rows, 5)),
            f"{side}.weight_hh_l0": draw.normal(size=(rows, units)),
        }
        weights |= {f"{side}.bias_{name}_l0": draw.normal(size=rows) for name in ("ih", "hh")}
    config = ModelConfig(words, words, cell, hidden=units, embedding=5, reverse_source=reverse)
    return Network(config, weights)


def recorded(network: Network, source: list[int], target: list[int]) -> dict[str, np.ndarray]:
    """The values of one sentence by site, `[time, unit]`; the step that writes the end mark is the last."""
    return {site: values[0] for site, values in record(network, [source], [target])[0].items()}


def test_the_values_obey_the_lstm():
    values = recorded(random_network("lstm"), [4, 5, 6], [7, 8, 4])
    for side, steps in (("enc", 3), ("dec", 4)):
        i, f, g, o, c, h = (values[f"{side}.l0.{site}"] for site in "ifgoch")
        assert c.shape == (steps, 6)
        before = np.vstack([np.zeros(6) if side == "enc" else values["enc.l0.c"][-1], c[:-1]])
        np.testing.assert_allclose(c, f * before + i * g)
        np.testing.assert_allclose(h, o * np.tanh(c))


@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_each_word_stands_beside_the_state_that_chose_it(cell):
    network = random_network(cell)
    source = [4, 5, 6, 7]
    written = greedy(network, [source])[0].tokens
    h = recorded(network, source, written)["dec.l0.h"][:-1]
    logits = h @ network._output.T + network._output_bias
    logits[:, :3] = -np.inf  # marks that no translation contains
    assert len(written) == longest(len(source))
    assert logits.argmax(-1).tolist() == written


def test_a_source_read_backwards_is_recorded_in_the_order_it_is_written():
    values = recorded(random_network("lstm", reverse=True), [4, 5, 6], [])
    before = np.vstack([values["enc.l0.c"][1:], np.zeros(6)])
    i, f, g, c = (values[f"enc.l0.{site}"] for site in "ifgc")
    np.testing.assert_allclose(c, f * before + i * g)


def test_recording_leaves_the_network_as_it_was():
    network = random_network("lstm")
    recorded(network, [4, 5], [6])
    assert not network.is_watched


def test_the_words_of_subword_pieces_end_at_their_last_piece():
    tokenizer = Tokenizer.train(["lower lowest newer newest wide wider"] * 20, "bpe", 290)
    ids = tokenizer.encode("newest lower widest")
    found, ends = words(tokenizer, ids)
    assert found == ["newest", "lower", "widest"]
    assert ends[-1] == len(ids) - 1
    assert [tokenizer.decode(ids[: end + 1]) for end in ends] == ["newest", "newest lower", "newest lower widest"]
