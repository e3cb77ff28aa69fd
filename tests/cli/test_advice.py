"""What a message tells people to do can be done: a command that it names runs, and then the message is gone."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.bad_input import PAIRS, QUICK, one_sentence
from translate.errors import TranslateError
from translate.lab.probes.readout import Readout, readout_of
from translate.model.translator import Translator
from translate.training.loop import train
from translate.training.recipe import Recipe


@pytest.fixture(scope="session")
def pieces(tmp_path_factory) -> Path:
    """A model of subword pieces, hardly trained."""
    folder = tmp_path_factory.mktemp("advice") / "pieces"
    settings = ["steps=2", "threads=1", "pieces=bpe", "size=300", *QUICK]
    train(Recipe().override(settings), PAIRS, PAIRS, folder)
    return folder


@pytest.mark.parametrize("command", ["cell", "chat"])
def test_a_model_of_pieces_is_not_sent_to_a_probe_that_refuses_it(pieces, cli, command):
    words = ["I am a boy."] if command == "cell" else []
    code, _, err = cli([command, "--model", str(pieces), *words], b"I am a boy.\n")
    assert code == 0 and "translate probe" not in err and "--pieces word" in err
    code, _, err = cli(["probe", "--model", str(pieces), "--quick"])
    assert code == 1
    one_sentence(err, "bpe pieces", "--pieces word")


def test_the_command_that_makes_a_readout_puts_it_where_it_is_looked_for(cli, tmp_path):
    shipped = Translator.load(None, "numpy").checkpoint.folder
    folder = tmp_path / "my model"
    folder.mkdir()
    for name in ("config.json", "weights.safetensors", "source.model", "target.model"):
        (folder / name).write_bytes((shipped / name).read_bytes())
    _, _, err = cli(["cell", "I am a girl.", "--model", str(folder)])
    program, command, *options = shlex.split(re.search("`(.*)`", err)[1])
    assert (program, command, options[:3]) == ("translate", "probe", ["--model", str(folder), "--out"])
    readout = Readout.load(shipped)
    Readout(readout.directions, readout.biases, readout.about).save(Path(options[3]) / "gender.safetensors")
    assert readout_of(Translator.load(folder, "numpy")).sites == readout.sites
    assert cli(["cell", "I am a girl.", "--model", str(folder)])[2] == ""


def test_a_readout_that_cannot_be_used_is_told_with_what_to_do(cli, place):
    model = Path("own")
    model.mkdir()
    for file in Path("model").resolve().iterdir():
        (model / file.name).write_bytes(file.read_bytes())
    (model / "gender.safetensors").write_bytes(b"damaged")
    with pytest.raises(TranslateError, match=r"gender\.safetensors is damaged; .*`translate probe --corpus CORPUS`"):
        readout_of(Translator.load(model, "numpy"))


def test_gradient_leaves_rivals_out_that_lack_the_words_and_names_the_option(cli, place):
    pairs = [(s.replace("sleep", "yodel"), t.replace("doma spí", "jódluje")) for s, t in PAIRS]
    settings = [*QUICK, "hidden=32", "learning_rate=0.02", "target=1", "steps=400", "threads=1"]
    assert train(Recipe().override(settings), pairs, pairs, Path("own"))["dev_exact_match"] == 1
    code, out, err = cli(["gradient", "I am a girl who likes to yodel.", "--model", "own"])
    assert code == 0 and "own (lstm, c)" in out and "lesson" not in out
    assert "No rival" in err and "likes to yodel.' --model own --rival DIR`" in err
    code, out, err = cli(["gradient", "I am a girl who likes to yodel.", "--model", "own", "--rival", "lesson"])
    assert code == 1
    one_sentence(err, "lesson cannot read 'yodel'", "or another --rival")


@pytest.mark.parametrize("taken", [True, False])
def test_a_corpus_is_to_be_made_where_nothing_is_yet(cli, place, taken):
    given = "pairs.tsv" if taken else "none yet"
    for words in (["train", "--out", "out"], ["probe"], ["study", "--out", "out"]):
        code, _, err = cli([*words, "--corpus", given])
        assert code == 2
        one_sentence(err, f"`translate corpus --out {'FOLDER' if taken else shlex.quote(given)}`")
