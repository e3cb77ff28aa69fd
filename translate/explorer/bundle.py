"""The page as one file: ES modules as `data:` URLs of an import map, the style, and the payload as JSON.

A file that is opened from disk may not import its neighbours, so each module becomes a `data:` URL, and the modules
name each other by the import map ("app/network/model.js"). The page's content security policy allows nothing else: it
cannot reach a network. Comments and long names stay in the source files, and the page carries the import map minified
and compressed: what is sent by mail is not compressed on its way, as it would be from a server.
"""

import base64
import json
import re
from functools import cache
from pathlib import Path

import minify
import zopfli.zlib

WARN = 10_000_000
"""Bytes from which on a page is too large to be sent around."""

PAGE = Path(__file__).with_name("page")
"""Where the page's sources are, in rooms by subject."""


def page(payload: dict) -> str:
    """The HTML of the explorer with `payload` (see `payload.py`) inside."""
    parts = {"style": style(), "modules": packed(), "payload": as_json(payload)}
    return re.sub(r"\{\{ (\w+) \}\}", lambda mark: parts[mark[1]], _text(PAGE / "index.html"))


def as_json(payload: dict) -> str:
    """`payload` as JSON that may stand inside a `<script>`: no text in it can end the element or begin a comment."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def packed() -> str:
    """The import map, deflated and in base64: what the page carries, and what the budget of JavaScript counts."""
    text = json.dumps({"imports": modules()}, ensure_ascii=False)
    return base64.b64encode(zopfli.zlib.compress(text.encode("utf-8"))).decode("ascii")


def modules() -> dict[str, str]:
    """The import map: by name ("app/screens/cell.js") the module as a `data:` URL."""
    return {f"app/{name}": _data_url(source) for name, source in sources().items()}


@cache
def sources() -> dict[str, str]:
    """The source of each module by its path below `page/` ("screens/cell.js"), minified."""
    files = {path.relative_to(PAGE).as_posix(): path for path in PAGE.rglob("*.js")}
    return {name: minify.string("application/javascript", _text(files[name])) for name in sorted(files)}


@cache
def style() -> str:
    """The style sheet as the page carries it; what the screens add comes last."""
    return "\n".join(minify.string("text/css", _text(PAGE / name)) for name in ("style.css", "screens.css"))


def _data_url(source: str) -> str:
    # What a URL would lose or end at; everything else may stand as it is.
    escaped = re.sub(r"[%#<\n]", lambda mark: f"%{ord(mark[0]):02X}", source)
    return f"data:text/javascript;charset=utf-8,{escaped}"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
