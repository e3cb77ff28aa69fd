"""`translate probe --contrast`: a file of sentences beside their counterfactuals in, what depends on them out."""

import json
import re
from pathlib import Path

import pytest

NOUNS = [("a boy", "a girl"), ("an actor", "an actress"), ("a hero", "a heroine"), ("a king", "a queen")]
NOUNS += [("an uncle", "an aunt"), ("a son", "a daughter")]


@pytest.fixture
def contrasts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lines = [f"I am {one} who likes to read.\tI am {other} who likes to read.\t\tkterý" for one, other in NOUNS]
    Path("contrasts.tsv").write_text("\n".join([*lines, "I am a plumber.\tI am a girl."]), encoding="utf-8")
    return ["probe", "--contrast", "contrasts.tsv", "--out", "out"]


def test_it_says_what_depends_where_it_is_and_what_follows_it(contrasts, cli):
    code, out, err = cli(contrasts)
    assert code == 0, err
    told = out.splitlines()
    assert told[0] == "6 contrasts; 36 words of the translations are judged."
    assert told[1] == "left out: 1 with a word that the model does not know"
    assert told[2] == '  I am a plumber. / I am a girl. (the model does not know the word "plumber")'
    assert "který → která (6), rád → ráda (6), kluk → holka (1)" in told[3]
    assert told[4] == "of 6 words that ought to change 6 do"
    assert [line for line in told if line.startswith("The ")] == [
        "The decoder's memory (dec.l0.c)",
        "The encoder's memory (enc.l0.c)",
    ]
    found = json.loads(Path("out/contrast.json").read_text(encoding="utf-8"))
    assert found["used"] == 6 and found["about"]["corpus"] == "contrasts.tsv" and found["causes"]["rows"]
    turned = {part["part"]["kind"]: part["turned"]["value"] for part in found["sides"][0]["parts"]["parts"]}
    assert turned["state"] > 0.9 > 0.1 > turned["random directions"]
    assert sum(line.startswith("No sentence has two contrasts") for line in told) == 1
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "No sentence has two contrasts" in page and "boy / girl and 5 other pairs" in page
    words = re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL))
    assert not re.search(r"gender|masculine|feminine|\bnouns?\b", words), "a contrast need not be about a gender"
    for name in ("when", "told", "held", "ways", "used", "contained", "causes"):
        record = json.loads(Path(f"out/figures/{name}.json").read_text(encoding="utf-8"))
        assert (record["model"], record["seed"]) == (found["about"]["model"], 0)
        assert "--contrast contrasts.tsv" in record["command"]
        assert Path(f"out/figures/{name}.png").is_file() and Path(f"out/figures/{name}.svg").is_file()


@pytest.mark.parametrize("option", [["--quick"], ["--planted", "decoy"], ["--explore"], ["--corpus", "x"]])
def test_what_it_cannot_be_together_with_is_named(contrasts, cli, option):
    code, _, err = cli([*contrasts, *option])
    assert (
        code == 2
        and "Contrasts are asked about with --model, --out, --seed, --device, --threads and --jobs alone" in err
    )


def test_too_few_contrasts_are_refused_before_any_long_work(contrasts, cli):
    Path("contrasts.tsv").write_text("I am a boy.\tI am a girl.\n", encoding="utf-8")
    code, _, err = cli(contrasts)
    assert code == 2 and "can be used" in err.splitlines()[-1] and not Path("out").exists()
