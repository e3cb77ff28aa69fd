"""A user's own text: from where it is read, what is left out of it and said, and what is held back for dev."""

import gzip
import io
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.corpus.own.header import is_header
from translate.corpus.own.held_back import in_both, with_dev
from translate.corpus.parallel import open_parallel, read_parallel
from translate.errors import TranslateError, UsageError

PAIRS = [("Hello.", "Ahoj."), ("Good day.", "Dobrý den.")]
TSV = "".join(f"{source}\t{target}\n" for source, target in PAIRS)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "own.tsv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("names", ["own.tsv.gz", "own.en.gz own.cs.gz", "own.en own.cs.gz", "own.tsv"])
@pytest.mark.parametrize("asked", ["whole name", "stem"])
def test_packed_files_are_read_by_name_and_by_stem(tmp_path, names, asked):
    columns = ["".join(f"{pair[side]}\n" for pair in PAIRS) for side in (0, 1)]
    for name, content in zip(names.split(), columns if " " in names else [TSV], strict=True):
        packed = gzip.compress(content.encode()) if name.endswith(".gz") else content.encode()
        (tmp_path / name).write_bytes(packed)
    path = tmp_path / (names.split()[0] if asked == "whole name" else "own")
    assert read_parallel(path) == PAIRS


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_and_pipes_are_read(tmp_path, monkeypatch, packed):
    content = gzip.compress(TSV.encode()) if packed else TSV.encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert open_parallel("-").pairs == PAIRS
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    writer = threading.Thread(target=fifo.write_bytes, args=(content,))
    writer.start()
    assert read_parallel(fifo) == PAIRS
    writer.join()


def test_a_packed_file_that_is_cut_off_is_said(tmp_path):
    (tmp_path / "own.tsv.gz").write_bytes(gzip.compress(TSV.encode())[:-9])
    with pytest.raises(TranslateError, match=r"own\.tsv\.gz: its gzip data are damaged"):
        read_parallel(tmp_path / "own.tsv.gz")


BAD = {
    "only one\n": ("1 column", "1 column, but"),
    "a\tb\tc\n": ("3 columns", "3 columns, but"),
    "a\tb\t\n": ("3 columns", "3 columns, but"),
    "\tb\n": ("an empty source", "the source is empty"),
    "a\t \u200b\n": ("an empty target", "the target is empty"),
}


@pytest.mark.parametrize("line", BAD)
def test_a_line_that_cannot_be_used_is_left_out_by_number_or_stops_the_reading(tmp_path, line):
    path, (reason, strictly) = written(tmp_path, f"{TSV}\n{line}{line}"), BAD[line]
    text = open_parallel(path)
    assert text.pairs == PAIRS and text.left_out == {reason: [4, 5]}
    said = f"2 of 4 lines left out: 2 (lines 4, 5) with {reason}."
    assert text.remarks() == [f"{path}: {said}"]
    assert text.facts()["left out of it"] == f"2 (lines 4, 5) with {reason}"
    with pytest.raises(TranslateError, match=f"line 4: {strictly}"):
        open_parallel(path, strict=True)


def test_of_many_lines_the_first_are_named(tmp_path):
    text = open_parallel(written(tmp_path, TSV + "bad\n" * 2000))
    assert text.remarks()[0].endswith("2,000 of 2,002 lines left out: 2,000 (lines 3, 4, 5, 6, 7, …) with 1 column.")


def test_a_text_of_which_nothing_is_left_says_why(tmp_path):
    with pytest.raises(TranslateError, match=r"no pairs that can be used: 2 \(lines 1, 2\) with 3 columns; a line is"):
        open_parallel(written(tmp_path, "a\tb\tc\nd\te\tf\n"))


HEADERS = """en:cs English:Czech source:target src:tgt Source_text:Target_text en_US:cs_CZ EN:CS anglicky:česky eng:ces
věta:překlad sentence_1:sentence_2 text_en:text_cs original:translation Czech_(cs):English_(en) #en:cs input:output
text1:text2 sentence1:sentence2 column1:column2 col_a:col_b lang1:lang2 question:answer premise:hypothesis Vstup:Výstup
inglés:checo inglese:ceco английский:чешский 英語:チェコ語 angielski:czeski en.txt:cs.txt"""


@pytest.mark.parametrize("line", HEADERS.split())
@pytest.mark.parametrize("end", ["", "\tlicence"])
def test_a_header_is_noticed_and_no_pair(tmp_path, line, end):
    first, second = line.split(":")
    path = written(tmp_path, f"{first}\t{second}{end}\n{TSV}")
    text = open_parallel(path)
    assert text.pairs == PAIRS and text.header == (1, f"{first}, {second}")
    assert text.remarks() == [f"{path}: line 1 is a header ({first}, {second}) and is left out."]
    assert "a header (line 1)" in text.facts()["left out of it"]
    with pytest.raises(TranslateError, match="line 1: this is a header"):
        open_parallel(path, strict=True)


@pytest.mark.parametrize(
    "line",
    [
        "I am.:Jsem.",
        "a:b",
        "sentence:věta",
        "Czech:čeština",
        "The text.:Text.",
        "no:ne",
        "1:2",
        "it:to",
        "column:sloupec",
        "1999:2000",
        "I:Já",
    ],
)
def test_a_line_of_a_dictionary_is_no_header(line):
    assert not is_header(tuple(line.split(":")))


def test_targets_that_copy_their_source_are_counted_and_can_be_left_out(tmp_path):
    path = written(tmp_path, TSV + "The boy.\tthe boy.\n3,5\t3,5\n")
    text = open_parallel(path)
    assert len(text.pairs) == 4 and text.copies == (3,)
    assert text.remarks("; mind") == [f"{path}: the target is a copy of the source in 1 (line 3) of 4 lines; mind."]
    assert open_parallel(path, skip_copies=True).pairs == [*PAIRS, ("3,5", "3,5")]


@pytest.mark.parametrize("copy", ["Učitelka spí.\tUc\u030citelka spí.", "The boy .\tThe\u00a0boy.", "„Ano!“\t“ano”"])
def test_a_copy_in_other_bytes_or_with_other_punctuation_is_a_copy(tmp_path, copy):
    assert open_parallel(written(tmp_path, f"{TSV}{copy}\n")).copies == (3,)


def test_a_folder_and_a_side_that_is_missing_are_said(tmp_path):
    with pytest.raises(TranslateError, match="is a folder, not parallel text"):
        open_parallel(tmp_path)
    (tmp_path / "own.en").write_text("a\n", encoding="utf-8")
    for name in ("own", "own.en"):
        with pytest.raises(TranslateError, match=r"There is .*own\.en, but no .*own\.cs"):
            open_parallel(tmp_path / name)


def test_quotation_marks_of_a_spreadsheet_are_said_and_others_are_text(tmp_path):
    text = open_parallel(written(tmp_path, f'{TSV}"He said ""yes""."\t"Řekl ""ano""."\n"Yes."\t"Ano."\n""\t""\n'))
    assert text.quoted == 1 and "1 of 5 lines stand in quotation marks" in text.remarks()[-1]
    assert text.pairs[2][0] == '"He said ""yes""."'


def test_lines_are_found_again_by_their_pairs(tmp_path):
    text = open_parallel(written(tmp_path, f"en\tcs\n\n{TSV}a\t\n{TSV}"))
    assert list(text.numbers) == [3, 4, 6, 7] and text.lines_of(PAIRS[:1]) == "2 (lines 3, 6)"


def test_a_long_reading_says_how_far_it_is(tmp_path):
    told = []
    open_parallel(written(tmp_path, "a\tb\n" * 2500), stage=lambda *said: told.append(said))
    assert told == [(f"reading {tmp_path / 'own.tsv'}", done, 2500) for done in (1000, 2000)]


def test_sentences_are_the_same_in_other_bytes():
    pairs = [
        ("Uc\u030citelka", "x"),
        ("Učitelka", "y"),
        ("a\u00a0b", "z"),
        ("a b", "w"),
        ("c", "v"),
        ("हिन्दी", "u"),
        ("हन्दु", "t"),
    ]
    train, dev = with_dev(pairs)
    assert len(train) + len(dev) == len(pairs) and in_both(dev, train) == 0
    assert in_both([pairs[0]], [pairs[1]]) == in_both([pairs[2]], [pairs[3]]) == 1
    assert in_both([pairs[5]], [pairs[6]]) == 0


WORDS = st.sampled_from(["a", "b", "c", "d", "e", "f", "g", "h"])


@given(st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=200))
def test_no_sentence_of_dev_stands_in_training(pairs):
    try:
        train, dev = with_dev(pairs)
    except UsageError:
        return
    assert train and dev and in_both(dev, train) == 0 and len(set(dev)) == len(dev)
    assert {*train, *dev} == set(pairs)


def test_dev_is_a_fortieth_that_no_other_pair_shares_a_sentence_with():
    pairs = [(f"Source {n}.", f"Target {n}.") for n in range(400)]
    train, dev = with_dev(pairs)
    assert dev == pairs[::40] and len(train) == 390
    pairs[0], pairs[41], pairs[79] = ("Source 3!", "x"), ("y", "target 81"), pairs[80]
    train, dev = with_dev(pairs)
    assert len(dev) == 10 and in_both(dev, train) == 0 and len(train) == 390
    with pytest.raises(UsageError, match="`dev`"):
        with_dev([("Yes.", "Ano."), ("Yes!", "Jo."), ("Yeah.", "Jo.")])
