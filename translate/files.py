"""Reading and writing files so that nothing is ever lost or half written."""

import codecs
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from translate.errors import TranslateError


@contextmanager
def atomic(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path beside `path`; on success it replaces `path` in one step, on failure it is removed.

    A reader therefore sees the old file or the new one and never a half. Raises `TranslateError` with the
    operating system's reason when the folder cannot be written or the disk is full.
    """
    path = Path(path)
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        yield Path(temporary)
        with open(temporary, "rb+") as written:
            os.fsync(written.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        raise TranslateError(f"Cannot write {path}: {reason(error)}.") from error
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what killed processes have left half written in `folder`; only for who is its only writer."""
    for leftover in folder.glob(".*.????????"):  # as `atomic` names them
        leftover.unlink(missing_ok=True)


@contextmanager
def only_writer(folder: Path, what: str) -> Iterator[None]:
    """Hold `folder` against other processes; raises `TranslateError` where one holds it already.

    what: that it is written by ("training"), for the message.
    """
    import filelock

    try:
        with filelock.FileLock(folder / ".lock", timeout=0):
            yield
    except filelock.Timeout as error:
        raise TranslateError(f"Another {what} is writing to {folder}; wait for it or choose another `out`.") from error


def write_atomic(path: Path | str, content: str | bytes) -> None:
    """Write `content` (text as UTF-8 with `\\n` line ends) to `path` in one step."""
    with atomic(path) as temporary:
        temporary.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def read_text(path: Path | str, what: str = "file") -> str:
    """The UTF-8 text of `path`, a pipe or `-` (standard input) as well, unpacked where it is packed with gzip.

    Raises `TranslateError` naming `what` and the line that is not UTF-8.
    """
    path = Path(path)
    try:
        raw = _unpacked(sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes())
    except OSError as error:
        raise TranslateError(f"Cannot read the {what} {path}: {reason(error)}.") from error
    if encoding := wide(raw):
        raise TranslateError(f"The {what} {path} is {encoding}, not UTF-8; save it as UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise TranslateError(f"The {what} {path} is not UTF-8 (line {line}); save it as UTF-8.") from error


def wide(raw: bytes) -> str:
    """The name of the wide encoding (UTF-16, UTF-16LE, UTF-32BE …) of text that begins so; empty if it is none.

    It has a byte-order mark, or zeros. In UTF-16 those are the upper bytes of Latin letters; of other letters at least
    those of spaces and line ends, and without its zeros it is no UTF-8 either. In UTF-32 two of four bytes are.
    """
    for name, mark in _MARKS.items():
        if raw.startswith(mark):
            return name
    some, zeros = raw[:4000], raw[:4000].count(0)
    for order, lower in (("LE", 0), ("BE", 1)):
        low, high = some[lower::2], some[1 - lower :: 2]
        if len(some) >= 8 and not any(some[3 - 3 * lower :: 4]) and not any(some[2 - lower :: 4]):
            return f"UTF-32{order}"
        spaces = sum(map(some.count, _SPACES)) or 1
        spaced = sum(below in _SPACES and not above for below, above in zip(low, high, strict=False))
        is_latin = zeros * 3 > len(some) and high.count(0) > 2 * low.count(0)
        is_other = spaced and 2 * spaced >= spaces and not _is_text(some.replace(b"\0", b""))
        if zeros > 1 and (is_latin or is_other):
            return f"UTF-16{order}"
    return ""


def _is_text(raw: bytes) -> bool:
    """Whether it is UTF-8, perhaps cut off, without control characters."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        return False
    return all(c >= " " or c in "\t\r\n" for c in text)


_SPACES = b" \t\r\n"
_MARKS = {"UTF-32": b"\xff\xfe\0\0", "UTF-32BE": b"\0\0\xfe\xff", "UTF-16": b"\xff\xfe", "UTF-16BE": b"\xfe\xff"}
_PACKED = {
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\0",
    "zstd": b"\x28\xb5\x2f\xfd",
    "zip": b"PK\x03\x04",
    "7z": b"7z\xbc\xaf\x27\x1c",
}


def _unpacked(raw: bytes) -> bytes:
    packed = next((name for name, mark in _PACKED.items() if raw.startswith(mark)), "")
    if packed:
        raise OSError(f"it is packed with {packed}, and only gzip is unpacked here; unpack it before")
    if raw[:2] != b"\x1f\x8b":
        return raw
    import gzip
    import zlib

    try:
        return _unpacked(gzip.decompress(raw))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise OSError("its gzip data are damaged") from error


def writable_folder(path: Path | str) -> Path:
    """Make `path` a folder and prove that it can be written, before a long job relies on it."""
    path = Path(path)
    if path.exists() and not path.is_dir():
        raise TranslateError(f"{path} is a file, but a folder is needed there; choose another.")
    probe = path / ".writable"
    write_atomic(probe, b"")
    probe.unlink(missing_ok=True)
    return path


def reason(error: OSError) -> str:
    """What the operating system says went wrong, in lower case and without its number."""
    return (error.strerror or str(error)).lower()


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
