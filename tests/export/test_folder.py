"""An exported folder stands alone: the program in its card translates, and shipped models write the same words."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.arithmetic import assert_as_near, in_float64
from tests.export.running import Exported, padded
from translate.corpus.parallel import read_parallel
from translate.errors import UsageError
from translate.export.folder import export_onnx
from translate.model import search
from translate.model.checkpoint import halve_weights, open_checkpoint, save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.model.translator import Translator
from translate.tokenizer import END, START, Tokenizer

pytestmark = pytest.mark.numerical

PAIRS = read_parallel(Path(__file__).parents[1] / "model" / "handwritten.tsv")[::2]


def exported(folder: Path) -> Exported:
    return Exported(*((folder / f"{graph}.onnx").read_bytes() for graph in ("encoder", "decoder_step")))


def outputs_of_the_program(folder: Path) -> list[str]:
    """What the program in the folder's card prints, run where nothing of this package is at hand."""
    (program,) = re.findall(r"```python\n(.*?)```", (folder / "README.md").read_text(encoding="utf-8"), flags=re.S)
    command = [sys.executable, "-X", "utf8", "-c", f"import sys; sys.modules['translate'] = None\n{program}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.splitlines()


@pytest.mark.parametrize("model", ["lesson", "lesson-gru", "full-attention"])
def test_shipped_models_write_the_same_words(model, tmp_path):
    checkpoint = open_checkpoint(model)
    export_onnx(checkpoint, tmp_path)
    sources = sorted((checkpoint.source.encode(source) for source, _ in PAIRS), key=len, reverse=True)
    weights = checkpoint.numpy_weights()
    ours, exact = Network(checkpoint.config, weights), in_float64(checkpoint.config, weights)
    expected = [h.tokens for h in search.greedy(ours, sources)]
    theirs = exported(tmp_path)
    assert theirs.greedy(sources) == expected and len(set(map(len, sources))) > 3
    target, _ = padded([[START, *words] for words in expected], END)
    source, lengths = padded(sources)
    steps = theirs.steps(source, lengths, target)
    states = [network.encode(source, lengths) for network in (ours, exact)]
    for t, words in enumerate(target.T):
        (one, states[0]), (other, states[1]) = (
            network.step(state, words, t) for network, state in zip((ours, exact), states, strict=True)
        )
        assert_as_near(steps[t]["logits"], one, other)


@pytest.mark.parametrize("model, gates", [("lesson", False), ("lesson-gru", False), ("full-attention", True)])
def test_the_program_in_the_card_translates_without_this_package(model, gates, tmp_path):
    export_onnx(open_checkpoint(model), tmp_path, gates)
    expected = Translator.load(model, "numpy").translate(["I am a girl who likes to learn", "I am a boy"])
    assert outputs_of_the_program(tmp_path) == [" ".join(best[0].tokens) for best in expected]


@pytest.fixture
def subwords(tmp_path) -> Path:
    """An untrained model of bpe pieces, its weights in half precision."""
    source, target = (Tokenizer.train([pair[side] for pair in PAIRS], "bpe", 400, english=not side) for side in (0, 1))
    config = ModelConfig(len(source), len(target), cell="gru", hidden=12, embedding=8, attention="luong")
    torch.manual_seed(0)
    save_frame(tmp_path / "model", config, source, target)
    module = EncoderDecoder(config)
    with torch.no_grad():
        bytes_ = [target.vocabulary.index(f"<0x{byte:02X}>") for byte in range(256)]
        module.output.bias[bytes_] = -99  # or it would write control characters
    save_weights(tmp_path / "model", module)
    halve_weights(tmp_path / "model")
    return tmp_path / "model"


def test_a_folder_of_subwords_in_half_precision_has_all_that_is_needed(subwords, tmp_path):
    export_onnx(open_checkpoint(subwords), tmp_path / "out", command="translate export …")
    longer, shorter = Translator.load(subwords, "numpy").texts(["I am a girl who likes to learn", "I am a boy"])
    first, second = outputs_of_the_program(tmp_path / "out")  # untrained, it does not end before the batch's limit
    assert first == longer and second.startswith(shorter)
    config, vocabulary = (
        json.loads((tmp_path / "out" / f"{name}.json").read_text(encoding="utf-8")) for name in ("config", "vocabulary")
    )
    assert config["decoder_step"]["inputs"][1] == {"name": "h", "type": "float32", "shape": [1, "batch", 12]}
    assert config["pieces"] == "bpe" and config["made by"] == "translate export …"
    assert vocabulary["target"][config["ids"]["end"]] == "</s>"
    assert len(vocabulary["source"]) == config["network"]["source_vocabulary"]


def test_an_export_is_made_anew_but_nothing_else_is_overwritten(subwords, tmp_path):
    export_onnx(open_checkpoint("lesson"), tmp_path / "out")
    export_onnx(open_checkpoint(subwords), tmp_path / "out")
    assert exported(tmp_path / "out").decoder.get_outputs()[1].shape == [1, "batch", 12]
    before = {path: path.read_bytes() for path in subwords.iterdir()}
    with pytest.raises(UsageError, match="choose another folder"):
        export_onnx(open_checkpoint("lesson"), subwords)
    assert {path: path.read_bytes() for path in subwords.iterdir()} == before


def test_the_same_model_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        export_onnx(open_checkpoint("lesson-rnn"), tmp_path / name, gates=True)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_weights_are_told_by_their_names(tmp_path):
    onnx = pytest.importorskip("onnx")
    export_onnx(open_checkpoint("lesson"), tmp_path)
    graph = onnx.load(tmp_path / "decoder_step.onnx").graph
    weights = open_checkpoint("lesson").numpy_weights()
    found = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer if tensor.name in weights}
    assert "output.weight" in found and "decoder.weight_hh_l0" in found
    assert all(np.array_equal(found[name], weights[name]) for name in found)
    assert {"dec.l0.f", "dec.l0.c"} <= {name for node in graph.node for name in node.output}
