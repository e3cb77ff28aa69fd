"""How an intervention is shown: before and after under each other, what differs in brackets, and the random units."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from translate.chat.session import differing
from translate.lab.demonstrations.intervention import Draw, Intervention
from translate.terminal.columns import blocks
from translate.terminal.console import rounded
from translate.terminal.marks import Glyphs, czech_gender, marked

_WIDEST = 100  # columns
_LABEL = 6  # columns of the labels on the left
_SHOWN = 12  # unit numbers listed
_LISTED = 6  # changes listed
_NAMES = {
    "i": "input gate (memory valve)", "f": "forget gate (forget valve)", "o": "output gate (output valve)",
    "g": "candidate", "c": "cell state (memory pipeline)", "h": "hidden state", "r": "reset gate", "z": "update gate",
    "n": "candidate", "logits": "scores of the next word",
}  # fmt: skip
_SIDES = {"enc": "encoder", "dec": "decoder"}


def show(found: Intervention, console: Console) -> None:
    """Print it, at most `_WIDEST` columns wide."""
    width, glyphs = min(console.width, _WIDEST), Glyphs.of(console.encoding)

    def say(text: str, label: str | None = None, style: str = "") -> None:
        """A paragraph; with a label it stands in the second of two columns."""
        margin = 2 if label is None else 4 + _LABEL
        for number, line in enumerate(Text(text, style).wrap(console, width - margin)):
            line.rstrip()
            start = f"  {'' if number or not label else label}".ljust(margin)
            console.print(Text.assemble((start, "dim"), line), width=width)

    say(found.sentence)
    console.print()
    for label, text in what(found).items():
        say(text, label)
    console.print()
    before, after = found.before.text, found.after.text
    for label, text, other in (("before", before, after), ("after", after, before)):
        rows = marked(text, glyphs, czech_gender, differing(text, other))
        for line in blocks(rows, width, [label.ljust(_LABEL), ""]):
            if line.plain.strip():
                console.print(line, width=width)
    console.print()
    say(came_of_it(found), style="bold")
    if random := beside(found):
        say(random)


def what(found: Intervention) -> dict[str, str]:
    """The edit in words: where, which units, when and what."""
    side, *layer, site = found.site.split(".")
    name = _NAMES[site.removesuffix("_pre")] + (", before it is squashed" if site.endswith("_pre") else "")
    layer = f" of layer {layer[0][1:]}" if layer and layer[0] != "l0" else ""
    units = f"all {found.width}" if found.units is None else _numbers(found.units)
    if found.natural:
        value = f"what the run of “{found.set_to.removeprefix('from:').strip()}” holds there"
    else:
        value = {"zero": "0", "mean": "its mean over sentences of the lesson"}.get(found.set_to, found.set_to)
        value += f" (before: {found.was:.2f} on average)"
    return {
        "where": f"{found.site}: the {_SIDES[side]}'s {name}{layer}",
        "units": units,
        "when": when(found),
        "set to": value,
    }


def when(found: Intervention) -> str:
    """The steps in words."""
    if found.steps is None:
        return "at every step"
    if len(found.steps) > 1:
        first, last = ((found.steps[i], _quoted(found.read[i])) for i in (0, -1))
        return f"from step {first[0]} (has just read {first[1]}) to step {last[0]} (has just read {last[1]})"
    writes = "" if found.written[0] is None else f", wrote {_quoted(found.written[0])} next"
    return f"at step {found.steps[0]}: had just read {_quoted(found.read[0])}{writes}"


def came_of_it(found: Intervention) -> str:
    """What changed, in words."""
    cut = "" if found.after.finished else f" It does not end any more: cut after {len(found.after.tokens)} words."
    if not found.changes:
        word, before, after = found.shaken
        if before - after < 0.005:
            return "Nothing changed, and no word became less likely."
        return f"No word changed; the most shaken one, {_quoted(word)}, went from {before:.0%} likely to {after:.0%}."
    many = len(found.changes)
    listed = ", ".join(f"{_brief(one)} → {_brief(other)}" for one, other in found.changes[:_LISTED])
    listed += ", …" if many > _LISTED else ""
    return f"{many} place{'s' if many > 1 else ''} changed: {listed}.{cut}"


def beside(found: Intervention) -> str | None:
    """What the same edit does on random units; None where nobody asked."""
    if not found.draws:
        if found.units is None:
            return "All units were edited, so there are no others to compare with (--units 3,17 or top:5 leaves some)."
        return None
    changed = [draw for draw in found.draws if draw.changed]
    size = len(found.draws[0].units)
    same = f"The same on {size} other unit{'s' if size > 1 else ''}, drawn at random"
    counted = f"{len(changed)} of {len(found.draws)} draws changed anything"
    if not changed:
        return f"{same}: {counted}."
    return f"{same}: {counted}; {_numbers(changed[0].units)}, for example: {changed[0].translation.text}"


def as_json(found: Intervention, translator) -> dict:
    """Everything for programs."""
    return {
        "sentence": found.sentence,
        "model": str(translator.checkpoint.hash),
        "site": found.site,
        "units": list(range(found.width)) if found.units is None else list(found.units),
        "steps": found.steps if found.steps is None else list(found.steps),
        "read": found.read,
        "written": found.written,
        "set": found.set_to,
        "was": rounded(found.was),
        "before": _translation(found.before.text, found.before.tokens),
        "after": _translation(found.after.text, found.after.tokens),
        "changes": [list(change) for change in found.changes],
        "shaken": {"word": found.shaken[0], "before": rounded(found.shaken[1]), "after": rounded(found.shaken[2])},
        "random": [_draw(draw) for draw in found.draws],
    }


def _translation(text: str, tokens: Sequence[str]) -> dict:
    genders = [(position, word, *czech_gender(word)) for position, word in enumerate(tokens)]
    return {
        "text": text,
        "tokens": list(tokens),
        "genders": [
            {"position": position, "word": word, "gender": gender, "noun": noun}
            for position, word, gender, noun in genders
            if gender
        ],
    }


def _draw(draw: Draw) -> dict:
    return {"units": list(draw.units), "text": draw.translation.text, "changed": draw.changed}


def _numbers(units: Sequence[int]) -> str:
    shown = ", ".join(map(str, units[:_SHOWN]))
    return shown if len(units) <= _SHOWN else f"{shown} … ({len(units)} in all)"


def _brief(text: str) -> str:
    words = text.split()
    return " ".join(words[:4]) + (" …" if len(words) > 4 else "") or "(nothing)"


def _quoted(word: str) -> str:
    return word if word.startswith("(") else f"“{word}”"
