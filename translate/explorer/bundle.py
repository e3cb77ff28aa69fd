"""The page as one file: ES modules as `data:` URLs of an import map, the style, and the payload as JSON.

A file that is opened from disk may not import its neighbours, so each module becomes a `data:` URL, and the modules
name each other by the import map ("app/model.js"). The page's content security policy allows nothing else: it cannot
reach a network. Comments and long names stay in the source files, and the page carries the import map minified and
compressed: what is sent by mail is not compressed on its way, as it would be from a server.
"""

import base64
import json
import re
import zlib
from functools import cache
from importlib.resources import files

import minify

WARN = 10_000_000
"""Bytes from which on a page is too large to be sent around."""


def page(payload: dict) -> str:
    """The HTML of the explorer with `payload` (see `payload.py`) inside."""
    parts = {"style": style(), "modules": packed(), "payload": as_json(payload)}
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: parts[found[1]], _read("index.html"))


def as_json(payload: dict) -> str:
    """`payload` as JSON that may stand inside a `<script>`: no text in it can end the element or begin a comment."""
    return _in_script(json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False))


@cache
def packed() -> str:
    """The import map, deflated and in base64: what the page carries, and what the budget of JavaScript counts."""
    text = json.dumps({"imports": modules()}, ensure_ascii=False)
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 9)).decode("ascii")


def modules() -> dict[str, str]:
    """The import map: by name ("app/screens/cell.js") the module as a `data:` URL."""
    return {f"app/{name}": _data_url(source) for name, source in sources().items()}


@cache
def sources() -> dict[str, str]:
    """The source of each module by its path below `page/`, minified."""
    root = files("translate.explorer").joinpath("page")
    found = [("", root), ("screens/", root.joinpath("screens"))]
    names = sorted(
        folder + item.name for folder, place in found for item in place.iterdir() if item.name.endswith(".js")
    )
    return {name: minify.string("application/javascript", _read(name)) for name in names}


@cache
def style() -> str:
    """The style sheet as the page carries it."""
    root = files("translate.explorer").joinpath("page")
    sheets = sorted(
        (item.name for item in root.iterdir() if item.name.endswith(".css")),
        key=lambda name: (name != "style.css", name),
    )
    return "\n".join(minify.string("text/css", _read(name)) for name in sheets)


def _data_url(source: str) -> str:
    # What a URL would lose or end at; everything else may stand as it is.
    escaped = re.sub(r"[%#<\n]", lambda found: f"%{ord(found[0]):02X}", source)
    return f"data:text/javascript;charset=utf-8,{escaped}"


def _in_script(text: str) -> str:
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _read(name: str) -> str:
    return files("translate.explorer").joinpath("page", *name.split("/")).read_text(encoding="utf-8")
