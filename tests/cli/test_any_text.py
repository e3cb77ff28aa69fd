"""Text of any writing: what is learnt, typed, forced, scored and compared is one text, whatever its bytes."""

import json
import random
import unicodedata
from pathlib import Path

import pytest

from tests.cli.bad_input import one_sentence
from translate.model.translator import Translator
from translate.training.loop import train
from translate.training.recipe import Recipe

SUBJECTS = [
    ("من می‌خواهم", "Já\u00a0chci"),
    ("تو\u2028نمی‌خواهی", "Ty  nechceš"),
    ("Uc\u030citelka vidí", "Un\u0303a\u3000x\u030c"),
]
OBJECTS = [("کتاب‌ها را", "10\u202f000 knih"), ("👩‍👧 👍🏽", "má\u00admu 👩‍👧"), ("हिन्दी", "خانه‌ام ❤️‍🔥")]
PAIRS = [(f"{who} {what}.", f"{kdo} {co}.") for who, kdo in SUBJECTS for what, co in OBJECTS]
"""Half spaces and joiners, no-break and ideographic spaces, a line separator, accents apart, soft hyphens, emoji."""

QUICK = ["hidden=32", "embedding=16", "batch=9", "warmup=5", "validate_every=20", "learning_rate=0.01", "target=1"]
QUICK += ["steps=600", "device=cpu", "precision=float32", "threads=1", "size=1000"]


@pytest.fixture(scope="session", params=["word", "bpe"])
def model(request, tmp_path_factory) -> Path:
    """A model that has learnt the pairs by heart."""
    folder = tmp_path_factory.mktemp("any") / request.param
    assert train(Recipe().override([*QUICK, f"pieces={request.param}"]), PAIRS, PAIRS, folder)["dev_exact_match"] == 1
    return folder


OTHERWISE = {
    "as learnt": lambda text: text,
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "line separators": lambda text: text.replace(" ", "\u2028"),
    "double spaces": lambda text: f"  {text.replace(' ', '  ')} ",
    "tabs and controls": lambda text: text.replace(" ", "\t\x1f"),
    "other spaces": lambda text: text.replace(" ", "\u2003\u202f\u205f\x85"),
    "a byte-order mark": lambda text: f"\ufeff{text}",
    "soft hyphens": lambda text: text.replace(".", "\u00ad.\u200b"),
    "marks of direction": lambda text: f"\u202b{text}\u200f\u2069",
    "half spaces at a gap": lambda text: text.replace(" ", " \u200c "),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_one_sentence_in_other_bytes_is_translated_alike(model, cli, name):
    asked = [OTHERWISE[name](source) for source, _ in PAIRS]
    code, out, err = cli(["text", "--model", str(model), *asked])
    wanted = Translator.load(model).texts([source for source, _ in PAIRS])
    assert (code, out.splitlines(), err.count("unknown")) == (0, wanted, 0)
    piped = cli(["text", "--model", str(model)], "\n".join(asked).encode())
    assert piped[1] == out


def test_what_was_learnt_is_written_with_its_joiners_and_without_other_spaces(model):
    texts = Translator.load(model).texts([source for source, _ in PAIRS])
    assert texts[1].lower() == "já chci mámu 👩‍👧." and texts[2].lower() == "já chci خانه‌ام ❤️‍🔥."
    assert texts[0].lower() == "já chci 10 000 knih." and texts[6].lower().startswith("uña x\u030c 10")


@pytest.mark.parametrize("name", OTHERWISE)
def test_references_in_other_bytes_are_compared_alike(model, cli, tmp_path, name):
    # A word model opens a sentence with a capital, as these do: only their bytes differ.
    rows = [f"{OTHERWISE[name](s)}\t{OTHERWISE[name](t)}".replace("\t\x1f", "\x1f") for s, t in PAIRS]
    (tmp_path / "own.tsv").write_text("\n".join(rows), encoding="utf-8", newline="")
    code, out, _ = cli(["evaluate", "--model", str(model), "--json", str(tmp_path / "own.tsv")])
    (suite,) = json.loads(out)["suites"]
    assert code == 0 and suite["exact"]["value"] == suite["exact_tokens"]["value"] == 1
    assert suite["scores"][0]["value"] == pytest.approx(100)


@pytest.mark.parametrize("name", OTHERWISE)
def test_a_translation_to_score_and_a_prefix_are_read_alike(model, cli, name):
    source, target = PAIRS[7]
    wanted, *_ = Translator.load(model).score(source, target)
    code, out, err = cli(["score", "--model", str(model), "--json", source, OTHERWISE[name](target)])
    (found,) = json.loads(out)["translations"]
    assert code == 0 and err == "" and found["log_prob"] == pytest.approx(sum(wanted.log_probs), abs=1e-5)
    begun = OTHERWISE[name](SUBJECTS[1][1])
    code, out, err = cli(["text", "--model", str(model), "--prefix", begun, source])
    assert code == 0 and err == "" and out.startswith("Ty nechceš")


def test_the_prompt_answers_the_same_text(model, cli):
    source, target = OTHERWISE["NFD"](PAIRS[1][0]), Translator.load(model).texts(PAIRS[1][0])
    assert target[0] in cli(["chat", "--model", str(model)], f"\ufeff{source}\u2028\n".encode())[1]


def test_a_command_behind_a_byte_order_mark_is_a_command(model, cli):
    assert "hash" in cli(["chat", "--model", str(model)], "\ufeff\u00a0:model\r\n".encode())[1]


def test_a_subword_model_of_long_lines_translates_them_as_it_does_in_evaluation(tmp_path, cli):
    """Beyond 250 pieces, within the 1,000 of training: nothing is cut, and no piece is taken for a word."""
    draw = random.Random(0)
    middle = " ".join("".join(draw.choices("abcdef", k=6)) for _ in range(60))
    pairs = [(f"{letter} {middle} {letter}.", letter * 3) for letter in "abcd"]
    train(Recipe().override([*QUICK, "pieces=bpe", "size=280"]), pairs, pairs, tmp_path / "long")
    translator = Translator.load(tmp_path / "long")
    asked = [source for source, _ in pairs]
    assert all(250 < len(translator.source.encode(source)) <= 1000 for source in asked)
    code, out, err = cli(["text", "--model", str(tmp_path / "long")], "\n".join(asked).encode())
    assert code == 0 and "piece" not in err and out.splitlines() == translator.texts(asked) == [t for _, t in pairs]


@pytest.mark.parametrize("line", ["kniha " * 600, "漢字" * 900, "🙂" * 600, "x" * 5000])
def test_the_one_limit_is_of_pieces_and_is_named_where_a_line_is_cut_or_refused(tmp_path, cli, model, line):
    translator = Translator.load(model)
    if translator.source.kind == "word":
        line = "Uc\u030citelka " * 1200
    code, out, err = cli(["text", "--model", str(model)], line.encode())
    pieces = len(translator.source.encode(line))
    what = "words" if translator.source.kind == "word" else "bpe pieces"
    assert code == 0 and out.count("\n") == 1
    assert err.startswith(f"line 1: {pieces:,} {what} are more than a sentence (1,000 are the most); only the first ")
    (tmp_path / "long.tsv").write_text(f"{line}\ta\n", encoding="utf-8")
    code, _, err = cli(["evaluate", "--model", str(model), str(tmp_path / "long.tsv")])
    assert code == 1
    one_sentence(err, f"1 (line 1) with more than 1,000 {what}")
