"""`translate chat` as a person and as a pipe meet it: the real command on a small model trained here.

Longer than 300 lines because one small model, trained here, serves all of it.
"""

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pexpect
import pytest

from tests.cli.commands import ROOT, ended, in_terminal, run
from translate.lab.demonstrations.answer import answer
from translate.lab.probes.readout import Readout
from translate.model.translator import Translator
from translate.resources import models
from translate.training.loop import train
from translate.training.recipe import Recipe

NOUNS = [("boy", "kluk", "m"), ("girl", "holka", "f"), ("brother", "bratr", "m"), ("sister", "sestra", "f")]
NOUNS += [("king", "král", "m"), ("queen", "královna", "f")]
VERBS = [("learn", "se {} učí"), ("sing", "{} zpívá"), ("read", "{} čte"), ("rest", "si {} odpočívá")]
WORDS = {"m": ("který", "rád"), "f": ("která", "ráda")}


def sentence_pairs() -> list[tuple[str, str, str]]:
    found = []
    for english, czech, gender in NOUNS:
        who, gladly = WORDS[gender]
        for verb, clause in VERBS:
            for subject, copula in (("I am", "jsem"), ("you are", "jsi")):
                source = f"{subject} a {english} who likes to {verb}."
                target = f"{copula} {czech}, {who} {clause.format(gladly)}."
                found.append((source[0].upper() + source[1:], target[0].upper() + target[1:], gender))
    return found


@pytest.fixture(scope="session")
def bare_model(tmp_path_factory) -> Path:
    """A model without a readout."""
    folder = tmp_path_factory.mktemp("chat") / "tiny"
    pairs = [(source, target) for source, target, _ in sentence_pairs()]
    settings = ["steps=400", "validate_every=50", "target=1", "hidden=32", "embedding=16", "batch=16", "warmup=10"]
    settings += ["learning_rate=0.02", "threads=1", "precision=float32", "device=cpu"]
    metrics = train(Recipe().override(settings), pairs, pairs, folder)
    assert metrics["dev_exact_match"] == 1
    return folder


@pytest.fixture(scope="session")
def model(bare_model) -> Path:
    """The same model, with a readout of gender from its cell states (least squares on the sentences' genders)."""
    translator = Translator.load(bare_model, "numpy")
    found = [(answer(translator, source), gender) for source, _, gender in sentence_pairs()]
    directions, biases = {}, {}
    for site, first in (("enc.l0.c", 3), ("dec.l0.c", 0)):  # the noun is the fourth English word
        states = [one.values[site][first:] for one, _ in found]
        sign = np.concatenate([np.full(len(s), 1 if g == "f" else -1) for s, (_, g) in zip(states, found, strict=True)])
        rows = np.hstack([np.concatenate(states), np.ones((len(sign), 1))])
        solution = 4 * np.linalg.lstsq(rows, sign, rcond=0.01)[0]
        directions[site], biases[site] = solution[:-1], float(solution[-1])
    folder = bare_model.parent / "with_readout"
    folder.mkdir()
    for file in bare_model.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    Readout(directions, biases, {"model": translator.checkpoint.hash}).save(folder / "gender.safetensors")
    return folder


def chat(model: Path, *lines: str | bytes, **environment: str) -> subprocess.CompletedProcess:
    typed = b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines)
    return run("chat", "--model", str(model), stdin=typed, **environment)


def test_a_pipe_gets_the_translation_with_its_genders_and_the_memory(model):
    done = chat(model, "I am a girl who likes to learn.")
    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0] == "  Jsem holka, která se ráda učí."
    assert lines[1] == "       ══f══  ──f──    ─f──"
    reading, read, _, writing, written = lines[3:8]
    assert reading.split() == ["reading", "I", "am", "a", "girl", "who", "likes", "to", "learn", "."]
    assert writing.split() == ["writing", "jsem", "holka", ",", "která", "se", "ráda", "učí", "."]
    # Each value stands under its word.
    assert read[reading.index("girl") :].split()[1] == "f"
    assert written[writing.index("ráda") :].split()[1] == "f"


def test_the_memory_follows_the_noun(model):
    done = chat(model, "You are a king who likes to read.")
    written = done.stdout.splitlines()[7]
    assert "═m══" in done.stdout
    assert set(written.split()[2::3]) == {"m"}


def test_swap_shows_both_and_brackets_what_differs(model):
    done = chat(model, "I am a boy who likes to rest.", ":swap")
    assert "I am a [boy] who likes to rest." in done.stdout
    assert "I am a [girl] who likes to rest." in done.stdout
    assert "Jsem [kluk], [který] si [rád] odpočívá." in done.stdout
    assert "Jsem [holka], [která] si [ráda] odpočívá." in done.stdout


def test_swap_twice_comes_back(model):
    done = chat(model, "I am a boy who likes to rest.", ":swap", ":swap")
    assert (
        done.stdout.count("I am a [boy] who likes to rest.")
        == done.stdout.count("I am a [girl] who likes to rest.")
        == 2
    )


def test_valves_shows_every_word_with_three_verdicts(model):
    done = chat(model, "I am a boy who likes to rest.", ":valves", ":valves reading")
    rows = [line.split() for line in done.stdout.splitlines()]
    rows = [row for row in rows if len(row) == 10 and row[2] in ("open", "half", "closed")]
    assert [row[0] for row in rows[:4]] == ["jsem", "kluk", ",", "který"]
    assert [row[0] for row in rows[8:12]] == ["I", "am", "a", "boy"]
    for row in rows:
        for verdict, mean in zip(row[2::3], row[3::3], strict=True):
            assert verdict == ("open" if float(mean) > 2 / 3 else "closed" if float(mean) < 1 / 3 else "half")
    assert "above 2/3" in done.stdout


def test_model_names_folder_hash_and_quality(model):
    done = chat(model, ":model")
    flat = " ".join(done.stdout.split())
    assert str(model) in "".join(done.stdout.split())
    assert Translator.load(model).checkpoint.hash in flat
    assert "LSTM, 1 layer of 32 units" in flat
    assert "dev exact match 100.00% (of 48 sentences)" in flat


def test_another_model_answers_by_its_name(model):
    done = chat(model, "I am a girl.", ":model lesson-gru", ":swap", "I am a boy.", ":model", ":model nowhere")
    assert "lesson-gru: GRU" in done.stdout and "Jsem kluk." in done.stdout
    assert "others" in done.stdout and "lesson, lesson-gru" in " ".join(done.stdout.split())
    assert "Type a sentence first" in done.stderr  # the last answer was the other model's
    assert "nowhere is not a model folder, nor a model that ships: " in done.stderr


def test_doubts_stand_under_the_translation_and_a_stand_in_is_marked():
    sentences = ("She likes to learn.", "I am happy.", "I am a boy who likes to lern", "I am a girl who likes to read.")
    done = chat(models("lesson"), *sentences)
    shown = " ".join(done.stdout.split())
    assert "doubtful: nothing in the English is 'Policista'." in shown
    assert "the English does not say who speaks: Jsem šťastný. / Jsem šťastná." in shown
    assert "který si rád hraje(?)" in shown and shown.count("doubtful") == 2


def test_without_a_readout_the_strip_is_left_out_and_said_so(bare_model):
    done = chat(bare_model, "I am a girl who likes to learn.", ":valves")
    assert "Jsem holka, která se ráda učí." in done.stdout
    assert "memory   " not in done.stdout
    assert "mean over all units" in " ".join(done.stdout.split())
    assert "translate probe" in done.stderr


def test_a_readout_of_other_weights_is_not_used(model, bare_model, tmp_path):
    for file in bare_model.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    readout = Readout.load(model)
    Readout(readout.directions, readout.biases, {"model": "0" * 12}).save(tmp_path / "gender.safetensors")
    done = chat(tmp_path, "I am a girl who likes to learn.")
    assert "reading" not in done.stdout
    assert "other weights" in done.stderr


def test_what_goes_wrong_is_said_and_the_talk_goes_on(model):
    wrong = [
        (":swap", "Type a sentence first"),
        (":valves", "Type a sentence first"),
        (":swp", "There is no :swp; did you mean :swap?"),
        (":zzzz", "There is no :zzzz; :help names what there is."),
        (":valves sideways", ":valves takes writing or reading"),
        (":swap girl", ":swap stands alone"),
        ("I am a grl who likes to learn.", "unknown word 'grl'; known are girl"),
        (b"I am a \xff\xfe girl", "not UTF-8"),
        ("😀 日本", "unknown word '😀'"),
        ("boy " * 5000, "5,000 words are more than a sentence (1,000 are the most); only the first 1,000"),
        ("x" * 200_000, "unknown word 'xxxxx"),
    ]
    done = chat(model, *(line for line, _ in wrong), "I am a girl who likes to learn.")
    assert done.returncode == 0
    assert [said for _, said in wrong if said not in done.stderr] == []
    assert "Jsem holka, která se ráda učí." in done.stdout


def test_garbage_for_the_prompt(place, cli):
    garbage = random.Random(1).randbytes(400) + b"\n:nonsense\n:model x\n\xff\n\n" + b"boy " * 5000 + b"\n"
    code, _, err = cli(["chat", "--model", "model"], garbage)
    assert code == 0 and ":nonsense" in err and "Traceback" not in err


def test_control_characters_never_reach_the_screen(model):
    done = chat(model, b"I am\x1b[31m a\x07 girl\x00 \xc2\x9b2J who likes to learn.\x08")
    assert not [c for c in done.stdout + done.stderr if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160]


def test_blank_lines_say_nothing_and_quit_ends(model):
    assert chat(model, "", "   ").stdout == ""
    assert "Jsem" not in chat(model, ":quit", "I am a girl who likes to learn.").stdout


def test_a_sentence_without_gender_has_no_twin(model):
    assert "no word of your last sentence" in chat(model, "You are.", ":swap").stderr.lower()


@pytest.mark.parametrize("columns", [40, 80])
def test_nothing_is_wider_than_the_screen(model, columns):
    long = "I am a girl who likes to learn and a sister who likes to rest and a queen who likes to read."
    done = chat(model, long, ":swap", ":valves", ":help", ":model", COLUMNS=str(columns))
    assert max(map(len, done.stdout.splitlines())) <= columns


def test_colour_only_where_it_is_wanted(model):
    line = "I am a girl who likes to learn."
    assert "\x1b[" not in chat(model, line).stdout
    assert "38;2;213;94;0" in chat(model, line, FORCE_COLOR="1", COLORTERM="truecolor", TERM="xterm-256color").stdout
    plain = chat(model, line, FORCE_COLOR="1", COLORTERM="truecolor", TERM="xterm-256color", NO_COLOR="1").stdout
    assert "38;" not in plain


def test_a_screen_that_knows_only_ascii_gets_other_signs(model):
    child = in_terminal("chat", "--model", str(model), PYTHONIOENCODING="ascii")
    child.expect("English>")
    child.sendline("I am a girl who likes to learn.")
    child.expect("ktera")
    child.expect("==f==")
    child.expect(" f 9")
    child.sendline(":quit")
    assert ended(child) == 0


def test_torch_is_not_imported(model):
    code = f"""
import io, sys
from translate.chat.session import Session
from translate.lab.probes.readout import readout_of
from translate.model.translator import Translator
from translate.resources import models
from translate.terminal.screen import Console, Screen
translator = Translator.load({str(model)!r}, "numpy")
session = Session(translator, readout_of(translator), Screen(Console(file=io.StringIO())), print)
assert session.respond(b"I am a girl who likes to learn.") and session.respond(b":valves") and session.respond(b":swap")
sys.exit("torch" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60).returncode == 0


# ------------------------------------------------------------------------------------------------ in a terminal


@pytest.fixture
def terminal(model, tmp_path):
    """Start the command in a terminal of 80 columns; what it opened is closed afterwards."""
    started = []

    def start(bare: bool = False) -> pexpect.spawn:
        home = {"XDG_STATE_HOME": str(tmp_path / "state"), "HOME": str(tmp_path), "PROMPT_TOOLKIT_NO_CPR": "1"}
        words = [] if bare else ["chat", "--model", str(model)]
        child = in_terminal(*words, rows=50, timeout=30, **home)
        started.append(child)
        child.expect("English>")
        return child

    yield start
    for child in started:
        child.close(force=True)


def leave(child: pexpect.spawn) -> int:
    child.sendeof()
    return ended(child)


def test_typing_completing_commands_and_leaving(terminal):
    child = terminal()
    child.send("I am a gi")
    child.expect("girl")  # the menu
    child.send("\t who likes to learn.\r")
    child.expect("holka")
    child.expect("writing")
    child.expect("English>")
    child.send(":help\r")
    child.expect("the boy/girl twin")
    child.expect("English>")
    child.send(":swap\r")
    child.expect("kluk")
    child.expect("what differs")
    child.expect("English>")
    assert leave(child) == 0


def test_ctrl_c_drops_the_line_and_ctrl_d_leaves(terminal):
    child = terminal()
    child.send("I am a boy")
    child.expect("boy")
    child.sendintr()
    child.expect(r"\?2004h.*English>.*\?25h")  # a new prompt has been set up, and is drawn to its end
    child.sendintr()
    child.expect("Ctrl-D or :quit leaves")
    child.expect("English>")
    child.send("I am a girl who likes to sing.\r")
    child.expect("holka")
    child.expect("English>")
    assert leave(child) == 0


def test_a_bare_translate_in_a_terminal_is_the_prompt(terminal):
    child = terminal(bare=True)
    child.send("I am a girl who likes to learn.\r")
    child.expect("holka")
    child.expect("English>")
    assert leave(child) == 0


def test_history_outlives_the_session(terminal):
    child = terminal()
    child.send("I am a queen who likes to sing.\r")
    child.expect("královna")
    child.expect("English>")
    assert leave(child) == 0
    child = terminal()
    child.send("\x1b[A")  # arrow up
    child.expect("queen who likes to sing")
    child.send("\r")
    child.expect("královna")


def test_a_history_that_cannot_be_written_is_no_failure(terminal, tmp_path):
    (tmp_path / "state").write_text("a file where a folder should be")
    child = terminal()
    child.send("I am a queen who likes to sing.\r")
    child.expect("královna")
    child.expect("English>")
    assert leave(child) == 0
