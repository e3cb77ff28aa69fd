"""Files are there whole or not at all, and what cannot be read or written is named."""

import bz2
import gzip
import lzma
import os
import resource
import signal
import stat
import subprocess
import sys

import pytest

from translate.errors import TranslateError
from translate.files import atomic, read_text, sweep, wide, writable_folder, write_atomic

KILLED_WHILE_WRITING = """
import os, signal, sys
from translate.files import atomic
with atomic(sys.argv[1]) as temporary:
    temporary.write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_text_is_written_as_utf_8_with_its_line_ends(tmp_path):
    write_atomic(tmp_path / "deep" / "file.txt", "kluk\nžena\n")
    assert (tmp_path / "deep" / "file.txt").read_bytes() == "kluk\nžena\n".encode()
    write_atomic(tmp_path / "deep" / "file.txt", b"\x00\xff")
    assert (tmp_path / "deep" / "file.txt").read_bytes() == b"\x00\xff"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["file.txt"]


def test_a_written_file_has_the_permissions_of_any_other(tmp_path):
    before = os.umask(0o027)
    try:
        write_atomic(tmp_path / "file", "x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o640


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    write_atomic(tmp_path / "file", "old")
    with pytest.raises(ZeroDivisionError), atomic(tmp_path / "file") as temporary:
        temporary.write_text("new")
        raise ZeroDivisionError
    assert (tmp_path / "file").read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path):
    write_atomic(tmp_path / "file", "old")
    limits, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with pytest.raises(TranslateError, match=r"Cannot write .*file: file too large"):
            write_atomic(tmp_path / "file", "new" * 1_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert (tmp_path / "file").read_text() == "old" and len(list(tmp_path.iterdir())) == 1


def test_a_killed_process_leaves_the_old_file_and_its_leftover_is_swept(tmp_path):
    write_atomic(tmp_path / "file.json", "old")
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(tmp_path / "file.json")])
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "file.json").read_text() == "old" and len(list(tmp_path.iterdir())) == 2
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file.json"]


def test_what_cannot_be_written_is_named_with_the_systems_reason(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(TranslateError, match=r"Cannot write .*below: (not a directory|file exists)"):
        write_atomic(tmp_path / "file" / "below", "x")


def test_reading_forgives_a_byte_order_mark_and_names_what_is_not_utf_8(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes("\ufeffkluk\n".encode())
    assert read_text(path) == "kluk\n"
    path.write_bytes(b"kluk\n\xe8\n")
    with pytest.raises(TranslateError, match=r"The recipe .*text\.txt is not UTF-8 \(line 2\)"):
        read_text(path, "recipe")
    with pytest.raises(TranslateError, match=r"Cannot read the file .*nowhere: no such file"):
        read_text(tmp_path / "nowhere")


def test_a_folder_is_proved_writable_before_a_long_job_relies_on_it(tmp_path):
    assert writable_folder(tmp_path / "new" / "folder").is_dir()
    assert list((tmp_path / "new" / "folder").iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(TranslateError, match="is a file, but a folder is needed"):
        writable_folder(tmp_path / "file")


LETTERS = {
    "Latin": "The boy sees.\tKluk vidí.\nA girl\tHolka\n",
    "Czech": "Žluťoučký kůň\tpříšerně úpěl\n",
    "Cyrillic": "мальчик видит\tхлопчик бачить\nда\tтак\n",
    "Chinese": "男孩看見一隻狗\t孩子看見狗\n狗\t一\n",
    "Persian": "می‌خواهم\tمی‌خواهی\n",
    "Japanese": "これは犬です\tTo je pes\n",
}
NAMES = {"utf-16": "UTF-16", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}
NAMES |= {"utf-32": "UTF-32", "utf-32-le": "UTF-32LE", "utf-32-be": "UTF-32BE"}


@pytest.mark.parametrize("letters", LETTERS)
def test_a_wide_encoding_is_named_so_that_iconv_can_read_it(letters, tmp_path):
    text = LETTERS[letters]
    for encoding, name in NAMES.items():
        raw = text.encode(encoding)
        assert wide(raw) == name and raw.decode(name) == text
        (tmp_path / "wide.tsv").write_bytes(raw)
        with pytest.raises(TranslateError, match=f"wide.tsv is {name}, not UTF-8"):
            read_text(tmp_path / "wide.tsv")
    assert wide(text.encode()) == wide(text.encode("utf-8-sig")) == ""


@pytest.mark.parametrize(
    "raw", [b"", b"a", b"\0", b"I am\0 a girl\n", b"ab\0\n", b"d\0g d\0g\n", "č\0 ž\0".encode(), b"a\0b\tc\0d\n"]
)
def test_a_zero_here_and_there_is_no_wide_encoding(raw):
    assert wide(raw) == ""


def test_what_is_packed_otherwise_or_damaged_is_said(tmp_path):
    path = tmp_path / "packed"
    packed = {"bzip2": bz2.compress(b"a\tb\n"), "xz": lzma.compress(b"a\tb\n"), "zip": b"PK\x03\x04rest"}
    for name, raw in packed.items():
        path.write_bytes(raw)
        with pytest.raises(TranslateError, match=f"it is packed with {name}, and only gzip is unpacked here"):
            read_text(path)
    for raw in (gzip.compress(b"a\tb\n")[:-9], gzip.compress(b"a\tb\n") + b"more"):
        path.write_bytes(raw)
        with pytest.raises(TranslateError, match="its gzip data are damaged"):
            read_text(path)
    path.write_bytes(gzip.compress(gzip.compress(b"a\tb\n")))
    assert read_text(path) == "a\tb\n"
