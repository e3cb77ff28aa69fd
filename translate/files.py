"""Reading and writing files so that nothing is ever lost or half written."""

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
    if is_wide(raw):
        raise TranslateError(f"The {what} {path} is UTF-16, not UTF-8; save it as UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise TranslateError(f"The {what} {path} is not UTF-8 (line {line}); save it as UTF-8.") from error


def is_wide(raw: bytes) -> bool:
    """Whether text that begins so is UTF-16 (or UTF-32): by its byte-order mark, or by the zeros of its first line.

    Of UTF-16 those stand all in the upper bytes, of UTF-32 they are most of it.
    """
    line = raw[:1000].partition(b"\n")[0]
    zeros = [place for place, byte in enumerate(line) if not byte]
    upper = len({place % 2 for place in zeros}) == 1 and len(zeros) * 8 >= len(line)
    return raw[:2] in (b"\xff\xfe", b"\xfe\xff") or (len(zeros) > 2 and (upper or len(zeros) * 2 > len(line)))


def _unpacked(raw: bytes) -> bytes:
    if raw[:2] != b"\x1f\x8b":
        return raw
    import gzip
    import zlib

    try:
        return gzip.decompress(raw)
    except (EOFError, zlib.error) as error:
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
