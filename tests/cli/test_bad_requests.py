"""Requests, recipes and texts that are wrong: one clear sentence, the right exit code, and nothing lost."""

from pathlib import Path

import pytest

from tests.cli.bad_input import AFTER, EVALUATE, SCORE, SETTINGS, TEXT, TRAIN, TSV, contents, copy, one_sentence, set_

WRONG = {
    "no such command": (["texxt"], 2, ["texxt", "text"]),
    "no such option": ([*TEXT, "--bean", "3"], 2, ["--bean", "--help"]),
    "--set without value": (set_("batch"), 2, ["key=value", "batch"]),
    "--set empty value": (set_("batch="), 2, ["training.batch", "whole number"]),
    "--set typo": (set_("hiden=3"), 2, ["hiden", "did you mean 'hidden'"]),
    "--set wrong section": (set_("training.hidden=3"), 2, ["training.hidden", "did you mean"]),
    "--set wrong type": (set_("batch=1.5"), 2, ["training.batch", "whole number", "1.5"]),
    "--set not finite": (set_("clip=nan"), 2, ["training.clip", "number"]),
    "--set too small": (set_("layers=0"), 2, ["model.layers", "between"]),
    "--set too large": (set_("hidden=10000000000"), 2, ["model.hidden", "65536"]),
    "--set huge batch": (set_("batch=100000000000000000000"), 2, ["training.batch", "2147483647"]),
    "--set huge seed": (set_("seed=18446744073709551616"), 2, ["training.seed", "4294967296"]),
    "--set huge bias": (set_("forget_bias=1e300"), 2, ["model.forget_bias", "100"]),
    "memory": (set_("hidden=65536"), 1, ["memory", "smaller"]),
    "diverging": (set_("learning_rate=1e300"), 1, ["no longer a number", "learning_rate"]),
    "vocabulary of 0": ([*TRAIN, "--vocab-size", "0"], 2, ["tokenizer.size", "8"]),
    "vocabulary of 1": ([*TRAIN, "--vocab-size", "1"], 2, ["tokenizer.size", "8"]),
    "vocabulary of 7": ([*TRAIN, "--vocab-size", "7"], 2, ["tokenizer.size", "8"]),
    "vocabulary of 10**9": ([*TRAIN, "--vocab-size", "1000000000"], 2, ["tokenizer.size", "1,000,000"]),
    "vocabulary below bytes": ([*TRAIN, "--pieces", "bpe", "--vocab-size", "9"], 1, ["9 bpe pieces", "--vocab-size"]),
    "pieces": ([*TRAIN, "--pieces", "wrd"], 2, ["wrd", "unigram"]),
    "device of training": ([*TRAIN, "--set", "device=meta"], 2, ["'meta'", "cpu"]),
    "no data": (["train", "--out", "out"], 2, ["--corpus", "--tsv"]),
    "both kinds of data": ([*TRAIN, "--corpus", "corpus"], 2, ["either"]),
    "no corpus folder": (["train", "--corpus", "model", "--out", "out"], 2, ["no corpus folder", "translate corpus"]),
    "no such text": (["train", "--tsv", "none.tsv", "--out", "out"], 1, ["none.tsv"]),
    "a folder as text": (["train", "--tsv", ".", "--out", "out"], 1, [". is a folder, not parallel text"]),
    "no such dev text": ([*TRAIN, "--dev", "none.tsv"], 1, ["none.tsv"]),
    "out is a file": (["train", "--tsv", "pairs.tsv", "--out", "pairs.tsv"], 1, ["pairs.tsv is a file"]),
    "out below a file": (["train", "--tsv", "pairs.tsv", "--out", "pairs.tsv/x"], 1, ["not a directory"]),
    "out holds a run": (["train", "--tsv", "pairs.tsv", "--out", "model"], 2, ["--resume", "--overwrite"]),
    "no such model": (["text", "--model", "none", "a"], 2, ["none is not a model folder"]),
    "beam 0": ([*TEXT, "--beam", "0"], 2, ["--beam"]),
    "n-best beyond beam": ([*TEXT, "--n-best", "3", "--beam", "1"], 2, ["--n-best 3", "--beam"]),
    "prefix": ([*TEXT, "--prefix", "xyz"], 2, ["cannot write 'xyz'"]),
    "temperature 0": ([*TEXT, "--sample", "--temperature", "0"], 2, ["temperature"]),
    "temperature below 0": ([*TEXT, "--sample", "--temperature", "-1"], 2, ["temperature"]),
    "temperature nan": ([*TEXT, "--sample", "--temperature", "nan"], 2, ["temperature"]),
    "temperature inf": ([*TEXT, "--sample", "--temperature", "inf"], 2, ["temperature"]),
    "length penalty": ([*TEXT, "--length-penalty", "1e300", "--scores"], 2, ["length penalty"]),
    "device of text": ([*TEXT, "--device", "nonsense"], 2, ["'nonsense'", "cpu"]),
    "device without numbers": ([*TEXT, "--device", "meta"], 2, ["'meta'", "cpu"]),
    "empty source": ([*SCORE, "", "Jsem kluk."], 2, ["source is empty"]),
    "empty translation": ([*SCORE, "I am a boy.", " "], 2, ["translation is empty"]),
    "invisible source": ([*SCORE, "\u200b", "Jsem kluk."], 2, ["source is empty"]),
    "nothing to score": ([*SCORE, "I am a boy."], 2, ["targets"]),
    "no such suite": ([*EVALUATE, "--corpus", "corpus", "--suite", "swich"], 2, ["swich", "switch"]),
    "no such frozen suite": ([*EVALUATE, "--suite", "swich"], 2, ["swich", "switch"]),
    "no such breakdown": ([*EVALUATE, "pairs.tsv", "--by", "colour"], 2, ["colour", "distance"]),
    "no such file": ([*EVALUATE, "none.jsonl"], 1, ["none.jsonl"]),
    "evaluate a folder": ([*EVALUATE, "."], 1, [". is a folder, not parallel text"]),
    "corpus without aim": (["corpus"], 2, ["--out", "--show"]),
    "no such grammar": (["corpus", "--grammar", "leson", "--show", "1"], 2, ["leson", "lesson"]),
    "no pairs": (["corpus", "--pairs", "0", "--out", "out"], 2, ["--pairs"]),
    "negative pairs": (["corpus", "--pairs", "-3", "--out", "out"], 2, ["--pairs"]),
    "corpus onto a file": (["corpus", "--pairs", "30", "--out", "pairs.tsv"], 1, ["pairs.tsv is a file"]),
    "corpus typo spares what is there": (["corpus", "--grammar", "leson", "--out", "corpus"], 2, ["lesson"]),
    "probe of words not known": (
        ["probe", "--model", "model", "--corpus", "corpus", "--out", "pairs.tsv"],
        1,
        ["corpus"],
    ),
    "probe without corpus": (
        ["probe", "--model", "model", "--corpus", "model", "--out", "out"],
        2,
        ["no corpus folder"],
    ),
    "chat without model": (["chat", "--model", "none"], 2, ["none is not a model folder"]),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_request(name, place, cli):
    arguments, code, words = WRONG[name]
    found, out, err = cli(arguments)
    assert found == code, err
    assert out == ""
    one_sentence(err, *words)


RECIPES = {
    "section": (b"[modle]\nhidden = 3\n", 2, ["modle.hidden", "did you mean 'model.hidden'"]),
    "empty section": (b"[modle]\n", 2, ["[modle]", "[model]"]),
    "key": (b"[model]\nhiden = 3\n", 2, ["model.hiden", "did you mean 'model.hidden'"]),
    "type": (b"[model]\nhidden = 'many'\n", 2, ["model.hidden", "whole number", "many"]),
    "truth as number": (b"[model]\nhidden = true\n", 2, ["model.hidden", "whole number"]),
    "outside a section": (b"hidden = 3\n", 2, ["hidden", "[model]"]),
    "not TOML": (b"hidden: 3\n", 2, ["not TOML", "line 1"]),
    "not UTF-8": (b"[model]\n# \xff\n", 1, ["not UTF-8", "line 2"]),
    "missing": (None, 2, ["no recipe", "lesson"]),
    "folder": ("folder", 1, ["recipe.toml", "directory"]),
}


@pytest.mark.parametrize("name", RECIPES)
def test_a_wrong_recipe(name, place, cli):
    content, code, words = RECIPES[name]
    if content == "folder":
        Path("recipe.toml").mkdir()
    elif content is not None:
        Path("recipe.toml").write_bytes(content)
    found, _, err = cli([*TRAIN, "--recipe", "recipe.toml"])
    assert found == code
    one_sentence(err, *words)
    assert not Path("out").exists()


TEXTS = {
    "one column": ("I am.\n", ["line 1", "1 column"]),
    "three columns": ("a\tb\tc\n", ["line 1", "3 columns"]),
    "empty target": ("a\t \n", ["line 1", "an empty target"]),
    "empty": ("", ["no pairs"]),
    "blank": ("\n \n\n", ["no pairs"]),
    "not UTF-8": (TSV.encode() + b"\xff\tb\n", ["not UTF-8", AFTER]),
    "lines of 20,000 words": (
        "".join(f"{letter} {'x ' * 20_000}\t{letter}\n" for letter in "ab"),
        ["more than 1,000 words"],
    ),
    "a pair": ("a\tb\n", ["1 pair"]),
    "pairs that hang together": ("a\tb\na\tc\nd\tc\n", ["hang together", "--dev"]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_parallel_text_that_cannot_be_used(name, place, cli):
    content, words = TEXTS[name]
    Path("text.tsv").write_bytes(content if isinstance(content, bytes) else content.encode())
    code, _, err = cli(["train", "--tsv", "text.tsv", "--out", "out", "--pieces", "word", *SETTINGS])
    assert code in (1, 2)
    one_sentence(err, *words)
    assert not Path("out/weights.safetensors").exists()


@pytest.mark.parametrize("change", ["crlf", "bom", "no final newline", "nul bytes", "two pairs"])
def test_parallel_text_that_is_only_odd(change, place, cli):
    odd = {
        "crlf": TSV.replace("\n", "\r\n"),
        "bom": "\ufeff" + TSV,
        "no final newline": TSV.rstrip("\n"),
        "nul bytes": TSV + "a\0b\tc\0\n",
        "two pairs": "a\tb\nc\td\n",
    }
    Path("text.tsv").write_text(odd[change], encoding="utf-8", newline="")
    code, _, err = cli(["train", "--tsv", "text.tsv", "--out", "out", *SETTINGS])
    assert code == 0, err
    code, out, err = cli(["text", "--model", "out", "I am a boy.", "x"])
    assert code == 0 and out.count("\n") == 2
    assert change != "bom" or "\ufeff" not in Path("out/source.model").read_bytes().decode("utf-8", "replace")


def test_a_request_that_fails_does_not_cost_the_run_that_it_would_replace(place, cli, made):
    """--overwrite removes a run only once all that can be wrong with the new one has been checked."""
    copy(made / "model", Path("mine"))
    before = contents(Path("mine"))
    command = ["train", "--tsv", "pairs.tsv", "--out", "mine", "--overwrite", *SETTINGS]
    Path("long.tsv").write_text("x " * 5000 + "\ty\n" + TSV, encoding="utf-8")
    wrong = ("--set device=nonsense", "--pieces bpe --vocab-size 9", "--tsv long.tsv --strict", "--set hidden=65536")
    for options in wrong:
        code, _, err = cli([*command, *options.split()])
        assert code in (1, 2)
        one_sentence(err)
        assert contents(Path("mine")) == before
