"""Whatever is wrong with a request: one clear sentence, the right exit code, no traceback, and nothing lost."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from translate.cli import main as front_door
from translate.corpus.splits import build
from translate.training.loop import train
from translate.training.recipe import Recipe

ROOT = Path(__file__).parents[2]
QUICK = ["hidden=8", "embedding=8", "batch=8", "warmup=5", "validate_every=20", "device=cpu", "precision=float32"]
SETTINGS = [word for setting in ["steps=4", *QUICK, "threads=1"] for word in ("--set", setting)]
PAIRS = [
    (f"I am a {noun} who likes to {verb}.", f"Jsem {czech} {say}.")
    for noun, czech in (("boy", "kluk, který rád"), ("girl", "holka, která ráda"), ("king", "král, který rád"))
    for verb, say in (("read", "čte"), ("sing", "zpívá"), ("dance", "tančí"), ("sleep", "doma spí"))
]
TSV = "".join(f"{source}\t{target}\n" for source, target in PAIRS)
AFTER = f"line {len(PAIRS) + 1}"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder with a model `model`, a corpus `corpus` and parallel text `pairs.tsv`, which no case may change."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "pairs.tsv").write_text(TSV, encoding="utf-8")
    build("lesson", 30, 1, folder / "corpus", workers=1)
    train(Recipe().override(["steps=60", "threads=1", *QUICK]), PAIRS, PAIRS, folder / "model")
    return folder


@pytest.fixture
def place(made, tmp_path, monkeypatch) -> Path:
    """An own working folder with links to what `made` has, and the proof that it is untouched afterwards."""
    before = contents(made)
    for path in made.iterdir():
        (tmp_path / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    assert contents(made) == before


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`; the lock that stays beside a model holds nothing."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def cli(monkeypatch, capfdbinary, tmp_path):
    """Run the command line in this process: `cli(arguments, stdin)` gives exit code, stdout and stderr."""

    def run(arguments: list[str], stdin: bytes = b"") -> tuple[int, str, str]:
        (tmp_path / ".stdin").write_bytes(stdin)
        handler = signal.getsignal(signal.SIGINT)
        with open(tmp_path / ".stdin", encoding="utf-8") as stream, monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", stream)
            patch.setattr(sys, "argv", ["translate", *arguments])
            try:
                with pytest.raises(SystemExit) as ended:
                    front_door.main()
            finally:
                signal.signal(signal.SIGINT, handler)
        out, err = capfdbinary.readouterr()
        return ended.value.code, out.decode("utf-8"), err.decode("utf-8")

    return run


def one_sentence(err: str, *words: str) -> None:
    lines = [line for line in err.splitlines() if line.startswith("translate: ")]
    assert len(lines) == 1 and err.endswith(lines[0] + "\n"), err
    assert "Traceback" not in err and "unforeseen" not in err and "Warning" not in err
    for word in words:
        assert word in lines[0]
    assert lines[0].rstrip()[-1] in ".?…)" and len(lines[0]) < 400


# ------------------------------------------------------------------------------------------- requests that are wrong

TRAIN = ["train", "--tsv", "pairs.tsv", "--out", "out", *SETTINGS]
TEXT = ["text", "--model", "model", "I am a boy."]
SCORE = ["score", "--model", "model"]
EVALUATE = ["evaluate", "--model", "model"]


def set_(setting: str) -> list[str]:
    return [*TRAIN, "--set", setting]


# name: arguments, exit code, what the sentence must say
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
    "a folder as text": (["train", "--tsv", ".", "--out", "out"], 1, ["no parallel text"]),
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
    "evaluate a folder": ([*EVALUATE, "."], 1, ["no parallel text"]),
    "corpus without aim": (["corpus"], 2, ["--out", "--show"]),
    "no such grammar": (["corpus", "--grammar", "leson", "--show", "1"], 2, ["leson", "lesson"]),
    "no pairs": (["corpus", "--pairs", "0", "--out", "out"], 2, ["--pairs"]),
    "negative pairs": (["corpus", "--pairs", "-3", "--out", "out"], 2, ["--pairs"]),
    "corpus onto a file": (["corpus", "--pairs", "30", "--out", "pairs.tsv"], 1, ["pairs.tsv is a file"]),
    "corpus typo spares what is there": (["corpus", "--grammar", "leson", "--out", "corpus"], 2, ["lesson"]),
    "probe of words not known": (["probe", "--model", "model", "--corpus", "corpus", "--out", "pairs.tsv"], 1, ["corpus"]),
    "probe without corpus": (["probe", "--model", "model", "--corpus", "model", "--out", "out"], 2, ["no corpus folder"]),
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
    "three columns": (TSV + "a\tb\tc\n", [AFTER, "3 columns"]),
    "empty target": (TSV + "a\t \n", [AFTER, "target is empty"]),
    "empty source": ("\tb\n" + TSV, ["line 1", "source is empty"]),
    "empty": ("", ["no pairs"]),
    "blank": ("\n \n\n", ["no pairs"]),
    "not UTF-8": (TSV.encode() + b"\xff\tb\n", ["not UTF-8", AFTER]),
    "a line of 1 MB": ("x " * 500_000 + "\ty\n" + TSV, ["500,000", "remove it: x x x"]),
    "a pair": ("a\tb\n", ["1 pair"]),
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
    odd = {"crlf": TSV.replace("\n", "\r\n"), "bom": "\ufeff" + TSV, "no final newline": TSV.rstrip("\n"),
           "nul bytes": TSV + "a\0b\tc\0\n", "two pairs": "a\tb\nc\td\n"}  # fmt: skip
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
    for wrong in (
        ["--set", "device=nonsense"], ["--pieces", "bpe", "--vocab-size", "9"], ["--tsv", "long.tsv"],
        ["--set", "hidden=65536"],
    ):  # fmt: skip
        code, _, err = cli([*command, *wrong])
        assert code in (1, 2)
        one_sentence(err)
        assert contents(Path("mine")) == before


# ---------------------------------------------------------------------------------------------- models that are broken


def copy(source: Path, target: Path) -> None:
    target.mkdir()
    for path in source.iterdir():
        (target / path.name).write_bytes(path.read_bytes())


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


# ----------------------------------------------------------------------------------------------- grammars, evaluations

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


# --------------------------------------------------------------------------------------- lines that cannot be sentences

LINES = {
    "nothing": (b"", 0, ""),
    "no final newline": (b"I am a boy.\nI am a girl.", 2, ""),
    "blank and spaces": (b"\n   \n\t\n", 3, ""),
    "CRLF": (b"I am a boy.\r\n\r\nI am a girl.\r\n", 3, ""),
    "lone CR": (b"I am a boy.\rI am a girl.\n", 1, ""),
    "not UTF-8": (b"I am a boy.\n\xff\xfe\nI am a girl.\n", 3, "line 2: not UTF-8"),
    "emoji": ("😀\n".encode(), 1, "line 1: unknown word '😀'"),
    "other scripts": ("Я мальчик\n我是男孩\n".encode(), 2, "line 2: unknown word '我是男孩'"),
    "control characters": (b"I am\x07 a \x1b[31mboy.\n", 1, "unknown word '['"),
    "NUL": (b"I am\0 a boy.\n", 1, ""),
    "line separators": ("I am\u2028a boy.\x0b\x0c\x1c\u0085\n".encode(), 1, ""),
    "100,000 words": (b"boy " * 100_000 + b"\nI am a boy.\n", 2, "line 1: 100,000 words are more than a sentence"),
    "1 MB word": (b"x" * 1_000_000 + b"\n", 1, "line 1: unknown word 'xxx"),
}


@pytest.mark.parametrize("name", LINES)
def test_a_line_out_for_a_line_in(name, place, cli):
    stdin, lines, remark = LINES[name]
    code, out, err = cli(["text", "--model", "model"], stdin)
    assert code == 0
    assert out.count("\n") == lines and len(out.splitlines()) == lines
    assert remark in err
    assert all(line.startswith("line ") for line in err.splitlines())
    assert "\x1b" not in out + err
    strict, again, _ = cli(["text", "--model", "model", "--strict"], stdin)
    assert (strict, again) == (1 if err else 0, out)


@pytest.mark.parametrize("argument", ["", "   ", "\udcff\udcfe", "😀", "a\0b", "\x1b[31m", "\u200b"])
def test_odd_arguments(argument, place, cli):
    code, out, err = cli(["text", "--model", "model", "I am a boy.", argument])
    assert code == 0 and out.count("\n") == 2 and "\x1b" not in out + err
    code, out, _ = cli(["text", "--model", "model", "--json", argument])
    assert code == 0 and json.loads(out)["translation"] is not None


def test_unknown_words_are_scored_and_named(place, cli):
    code, out, err = cli([*SCORE, "I am a boi.", "Jsem\nklluk\x1b[31m."])
    assert code == 0 and "boy" in err and "klluk" in err and "\x1b" not in out + err
    assert out.splitlines()[0].endswith("Jsem klluk[31m.") or out.splitlines()[0].endswith("Jsem klluk [31m.")
    assert cli([*SCORE, "--strict", "I am a boi.", "Jsem kluk."])[0] == 1


def test_garbage_for_the_prompt(place, cli):
    garbage = random.Random(1).randbytes(400) + b"\n:nonsense\n:model x\n\xff\n\n" + b"boy " * 5000 + b"\n"
    code, _, err = cli(["chat", "--model", "model"], garbage)
    assert code == 0 and ":nonsense" in err and "Traceback" not in err


# ------------------------------------------------------------------------------------------------------ real processes


def start(*arguments: str, folder: Path, **environment: str) -> subprocess.Popen:
    env = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "translate", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, env=env, stdin=pipe, stdout=pipe, stderr=pipe)


def finished(process: subprocess.Popen, stdin: bytes = b"") -> tuple[int, bytes, str]:
    out, err = process.communicate(stdin, timeout=60)
    assert b"Traceback" not in err, err.decode()
    return process.returncode, out, err.decode("utf-8", "replace")


STOPPED = (130, -signal.SIGINT)  # a shell reports both as 130
LONG = ["--set", "steps=1000000", *[w for s in [*QUICK, "threads=1"] for w in ("--set", s)]]


@pytest.mark.parametrize("environment", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}])
def test_a_screen_that_lacks_czech_letters(environment, place, made):
    process = start("text", "--model", "model", "I am a boy who likes to dance.", "😀", folder=place, **environment)
    code, out, _ = finished(process)
    assert code == 0 and out.count(b"\n") == 2


def test_a_reader_that_leaves(place):
    process = start("text", "--model", "model", folder=place)
    process.stdout.close()
    process.stdin.write(b"I am a boy.\n" * 50)
    process.stdin.close()
    assert process.stderr.read() == b"" and process.wait(60) == 0


def wait_for(path: Path, process: subprocess.Popen) -> None:
    while not path.exists():
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.02)


def test_two_trainings_into_one_folder(place):
    first = start("train", "--tsv", "pairs.tsv", "--out", "out", *LONG, folder=place)
    wait_for(place / "out/last.safetensors", first)
    code, _, err = finished(start("train", "--tsv", "pairs.tsv", "--out", "out", "--overwrite", *LONG, folder=place))
    assert code == 1
    one_sentence(err, "Another training is writing to out")
    first.send_signal(signal.SIGINT)
    code, _, err = finished(first)
    assert code == 130 and "--resume" in err


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_was_stopped_is_resumed_to_the_same_bits(how, place, cli):
    settings = [w for s in ["steps=400", "validate_every=20", "dropout=0.1"] for w in ("--set", s)]
    command = ["train", "--tsv", "pairs.tsv", *SETTINGS, *settings]
    assert cli([*command, "--out", "whole"])[0] == 0
    process = start(*command, "--out", "parts", folder=place)
    wait_for(place / "parts/metrics.jsonl", process)
    time.sleep(random.random() / 10)
    process.send_signal(how)
    process.communicate()
    assert process.returncode in (130, -signal.SIGKILL)
    with open("parts/metrics.jsonl", "a") as log:
        log.write('{"step": 14')  # as a full disk leaves it
    code, _, err = cli([*command, "--out", "parts", "--resume"])
    assert code == 0, err
    for name in ("weights.safetensors", "last.safetensors", "metrics.json"):
        assert Path("parts", name).read_bytes() == Path("whole", name).read_bytes()
    steps = [json.loads(line)["step"] for line in Path("parts/metrics.jsonl").read_text().splitlines()]
    assert steps == [json.loads(line)["step"] for line in Path("whole/metrics.jsonl").read_text().splitlines()]


def test_a_run_that_was_stopped_before_its_first_state_keeps_its_recipe(place, cli):
    Path("out").mkdir()
    Path("out/recipe.toml").write_text(Recipe().override(["steps=3", "threads=1", *QUICK]).to_toml())
    assert cli(["train", "--tsv", "pairs.tsv", "--out", "out", "--resume"])[0] == 0
    assert json.loads(Path("out/metrics.json").read_text())["steps"] == 3


@pytest.mark.parametrize(
    "arguments, seconds",
    [
        (["train", "--tsv", "pairs.tsv", "--out", "out", *LONG], 0.8),
        (["train", "--tsv", "pairs.tsv", "--out", "out", *LONG], 5.0),
        (["text", "--model", "model"], 1.0),
        (["chat", "--model", "model"], 1.0),
        (["corpus", "--pairs", "3000000", "--out", "out"], 2.0),
        (["evaluate", "--model", "model"], 1.5),
        (["probe", "--model", "model", "--out", "out"], 2.5),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else f"{value}s",
)
def test_ctrl_c(arguments, seconds, place):
    process = start(*arguments, folder=place)
    time.sleep(seconds)
    process.send_signal(signal.SIGINT)
    code, out, err = finished(process)
    assert code in STOPPED and out == b""
    assert "translate: Stopped" in err.splitlines()[-1]
    # What there is, is whole; temporary files are gone.
    assert not [path for path in place.rglob(".*") if path.is_file() and path.name != ".lock"]
    if arguments[0] == "corpus":
        assert not (place / "out/corpus.json").exists()


def test_a_full_disk(place, cli, made):
    disk = place / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True)
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here (it needs root)")
    try:
        settings = [w for s in ["steps=60", "validate_every=20", "hidden=40"] for w in ("--set", s)]
        command = ["train", "--tsv", "pairs.tsv", *SETTINGS, *settings]
        assert cli([*command, "--out", "whole"])[0] == 0
        room = 2 << 20
        used = sum(-(-path.stat().st_size // 4096) * 4096 for path in Path("whole").iterdir())
        # Room for the first state, not for the next one beside it.
        (disk / "ballast").write_bytes(b"x" * (room - used - 40_000))
        code, _, err = cli([*command, "--out", "disk/out"])
        assert code == 1
        one_sentence(err, "no space left")
        assert not list((disk / "out").glob(".last*"))
        (disk / "ballast").unlink()
        code, _, err = cli([*command, "--out", "disk/out", "--resume"])
        assert code == 0, err
        assert (disk / "out/weights.safetensors").read_bytes() == Path("whole/weights.safetensors").read_bytes()
    finally:
        subprocess.run(["umount", str(disk)], check=True)
