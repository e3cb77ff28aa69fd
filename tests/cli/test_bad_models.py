"""Models, grammars and suites that are broken: one clear sentence, and nothing lost."""

import json
from pathlib import Path

import pytest

from tests.cli.bad_input import EVALUATE, copy, one_sentence
from tests.cli.commands import ROOT


def cut(name: str, share: float):
    def change(folder: Path) -> None:
        path = folder / name
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])

    return change


def overwritten(name: str, content: bytes):
    return lambda folder: (folder / name).write_bytes(content)


def removed(name: str):
    return lambda folder: (folder / name).unlink()


def configured(section: str, **changes):
    def change(folder: Path) -> None:
        values = json.loads((folder / "config.json").read_text())
        values[section] |= changes
        values[section] = {key: value for key, value in values[section].items() if value is not None}
        (folder / "config.json").write_text(json.dumps(values))

    return change


def swapped(folder: Path) -> None:
    (folder / "source.model").rename(folder / "x")
    (folder / "target.model").rename(folder / "source.model")
    (folder / "x").rename(folder / "target.model")


def without_a_weight(folder: Path) -> None:
    from safetensors.numpy import load_file, save_file

    path = folder / "weights.safetensors"
    found = load_file(path)
    del found["output.bias"]
    save_file(found, path)


def a_file(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("no folder")


def emptied(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


W, CONFIG, DAMAGED = "weights.safetensors", "config.json", "copy or train the model again"
BROKEN = {
    "no weights": (removed(W), 1, ["has no weights.safetensors"]),
    "cut weights": (cut(W, 0.9), 1, ["cannot be read", DAMAGED]),
    "cut header": (cut(W, 0.01), 1, ["cannot be read", DAMAGED]),
    "empty weights": (cut(W, 0), 1, ["cannot be read", DAMAGED]),
    "garbage weights": (overwritten(W, b"garbage" * 99), 1, ["cannot be read", DAMAGED]),
    "a weight is missing": (without_a_weight, 1, ["do not fit its config.json"]),
    "no configuration": (removed(CONFIG), 2, ["not a model folder"]),
    "cut configuration": (cut(CONFIG, 0.5), 1, ["config.json is damaged"]),
    "another JSON": (overwritten(CONFIG, b"[]"), 1, ["config.json is damaged"]),
    "configuration not UTF-8": (overwritten(CONFIG, b'{"\xff": 1}'), 1, ["config.json", "not UTF-8"]),
    "unknown key": (configured("model", colour=1), 1, ["config.json", "colour"]),
    "missing key": (configured("model", cell=None), 1, ["config.json", "cell"]),
    "wrong size": (configured("model", hidden=64), 1, ["do not fit its config.json"]),
    "wrong embedding": (configured("model", embedding=2), 1, ["do not fit its config.json"]),
    "wrong layers": (configured("model", layers=2), 1, ["do not fit its config.json"]),
    "wrong cell": (configured("model", cell="gru"), 1, ["do not fit its config.json"]),
    "no such cell": (configured("model", cell="qrnn"), 1, ["config.json", "qrnn"]),
    "size as text": (configured("model", hidden="64"), 1, ["config.json", "hidden", "whole number"]),
    "size as truth": (configured("model", hidden=True), 1, ["config.json", "hidden", "whole number"]),
    "truth as text": (configured("model", reverse_source="no"), 1, ["config.json", "reverse_source"]),
    "no such pieces": (configured("tokenizer", pieces="words"), 1, ["config.json is damaged"]),
    "no tokenizer": (removed("source.model"), 1, ["source.model", "incomplete"]),
    "cut tokenizer": (cut("source.model", 0.4), 1, ["source.model", "incomplete"]),
    "empty tokenizer": (cut("target.model", 0), 1, ["target.model", "incomplete"]),
    "swapped tokenizers": (swapped, 1, ["tokenizers", "do not fit its config.json"]),
    "a file": (a_file, 2, ["not a model folder"]),
    "an empty folder": (emptied, 2, ["not a model folder"]),
}


@pytest.mark.parametrize("device", ["numpy", "cpu"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_model(name, device, place, cli, made):
    change, code, words = BROKEN[name]
    copy(made / "model", Path("broken"))
    change(Path("broken"))
    found, out, err = cli(["text", "--model", "broken", "--device", device, "I am a boy."])
    assert (found, out) == (code, "")
    one_sentence(err, "broken", *words)


GRAMMARS = {
    "empty": (lambda text: "", ["is missing"]),
    "not TOML": (lambda text: "lesson", ["not TOML"]),
    "unknown word": (lambda text: text.replace('"man"', '"mann"'), ["nouns", "mann"]),
    "unknown section": (lambda text: text.replace("[shares]", "[shres]"), ["shres", "shares"]),
    "share above 1": (lambda text: text.replace("held_out = 0.08", "held_out = 8"), ["shares.held_out", "0 to 1"]),
    "a word for a list": (lambda text: text.replace('["happy", "sad"]', '"happy"'), ["contrary", "list"]),
}


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_broken_grammar(name, place, cli):
    change, words = GRAMMARS[name]
    preset = (ROOT / "data/grammars/lesson.toml").read_text(encoding="utf-8")
    Path("mine.toml").write_text(change(preset), encoding="utf-8")
    code, _, err = cli(["corpus", "--grammar", "mine.toml", "--pairs", "20", "--out", "out"])
    assert code == 1
    one_sentence(err, "mine.toml", *words)
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "name, content, words",
    [
        ("own.tsv", b"a\tb\tc\n", ["line 1", "3 columns"]),
        ("own.tsv", b"one column\n", ["line 1", "1 column"]),
        ("own.jsonl", b"", ["no sentences"]),
        ("own.jsonl", b"{\n", ["line 1"]),
        ("own.jsonl", b'{"source": 3}\n', ["line 1", "sentence pair"]),
        ("own.jsonl", b"\xff\n", ["not UTF-8"]),
    ],
)
def test_a_suite_that_cannot_be_read(name, content, words, place, cli):
    Path(name).write_bytes(content)
    code, out, err = cli([*EVALUATE, name])
    assert (code, out) == (1, "")
    one_sentence(err, "own", *words)


def test_text_without_annotation_is_evaluated_without_agreement(place, cli):
    code, out, _ = cli([*EVALUATE, "--json", "pairs.tsv"])
    assert code == 0
    assert json.loads(out)["suites"][0].get("agreement") is None
