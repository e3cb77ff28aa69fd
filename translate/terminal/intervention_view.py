"""How an intervention is shown: before and after under each other, what differs in brackets, and the random units."""

from collections.abc import Sequence

from translate.difference import changed_places
from translate.lab.demonstrations.intervention import Intervention
from translate.model.translator import Translation, Translator
from translate.numerals import percent
from translate.terminal.marks import czech_gender, marked_lines
from translate.terminal.screen import Screen
from translate.terminal.translations import rounded
from translate.terms import ATTENTION, CANDIDATES, GATES, SIDES, STATES

_LABEL = 6  # columns of the labels on the left
_SHOWN = 12  # unit numbers listed
_LISTED = 6  # changes listed
_NAMES = {symbol: term.field_first for symbol, term in (GATES | STATES | CANDIDATES | ATTENTION).items()}
_NAMES["logits"] = "scores of the next word"


def show(intervention: Intervention, screen: Screen) -> None:
    """Print it: what was edited, the translations before and after, and what random units do."""
    screen.say(intervention.sentence)
    screen.gap()
    for label, text in edit_in_words(intervention).items():
        screen.say(text, label=f"  {label}", margin=4 + _LABEL)
    screen.gap()
    before, after = intervention.before.text, intervention.after.text
    for label, text, other in (("before", before, after), ("after", after, before)):
        changed = changed_places(text.split(), other.split())
        screen.print(*marked_lines(text, screen, changed=changed, labels=[label.ljust(_LABEL), ""]))
    screen.gap()
    screen.say(conclusion(intervention), "bold")
    if comparison := with_random_units(intervention):
        screen.say(comparison)


def edit_in_words(intervention: Intervention) -> dict[str, str]:
    """The edit in words: where, which units, when and what."""
    side, *layers, name = intervention.site.split(".")
    quantity = _NAMES[name.removesuffix("_pre")] + (", before it is squashed" if name.endswith("_pre") else "")
    quantity += " (reading from the end)" if "rev" in layers else ""
    layer = f" of layer {layers[0][1:]}" if layers and layers[0] != "l0" else ""
    set_to = intervention.set_to
    if intervention.natural:
        value = f"what the run of “{set_to.removeprefix('from:').strip()}” holds there"
    else:
        value = {"zero": "0", "mean": "its mean over sentences of the lesson"}.get(set_to, set_to)
        value += f" (before: {intervention.was:.2f} on average)"
    return {
        "where": f"{intervention.site}: the {SIDES[side]}'s {quantity}{layer}",
        "units": f"all {intervention.width}" if intervention.units is None else _numbers(intervention.units),
        "when": when(intervention),
        "set to": value,
    }


def when(intervention: Intervention) -> str:
    """The steps in words."""
    if intervention.steps is None:
        return "at every step"
    if len(intervention.steps) > 1:
        first, last = ((intervention.steps[i], _quoted(intervention.read[i])) for i in (0, -1))
        return f"from step {first[0]} (has just read {first[1]}) to step {last[0]} (has just read {last[1]})"
    writes = "" if intervention.written[0] is None else f", wrote {_quoted(intervention.written[0])} next"
    return f"at step {intervention.steps[0]}: had just read {_quoted(intervention.read[0])}{writes}"


def conclusion(intervention: Intervention) -> str:
    """What changed, in words."""
    if not intervention.changes:
        word, before, after = intervention.shaken
        if before - after < 0.005:
            return "Nothing changed, and no word became less likely."
        then, now = (percent(likely, 0, unit="%") for likely in (before, after))
        return f"No word changed; the most shaken one, {_quoted(word)}, went from {then} likely to {now}."
    words = len(intervention.after.tokens)
    cut = "" if intervention.after.finished else f" It does not end any more: cut after {words} words."
    many = len(intervention.changes)
    listed = ", ".join(f"{_brief(old)} → {_brief(new)}" for old, new in intervention.changes[:_LISTED])
    listed += ", …" if many > _LISTED else ""
    return f"{many} place{'s' if many > 1 else ''} changed: {listed}.{cut}"


def with_random_units(intervention: Intervention) -> str | None:
    """What the same edit does on random units; None where nobody asked."""
    if not intervention.draws:
        if intervention.units is None:
            return "All units were edited, so there are no others to compare with (--units 3,17 or top:5 leaves some)."
        return None
    changed = [draw for draw in intervention.draws if draw.changed]
    size = len(intervention.draws[0].units)
    same = f"The same on {size} other unit{'s' if size > 1 else ''}, drawn at random"
    counted = f"{len(changed)} of {len(intervention.draws)} draws changed anything"
    if not changed:
        return f"{same}: {counted}."
    return f"{same}: {counted}; {_numbers(changed[0].units)}, for example: {changed[0].translation.text}"


def as_json(intervention: Intervention, translator: Translator) -> dict:
    """Everything for programs."""
    word, before, after = intervention.shaken
    return {
        "sentence": intervention.sentence,
        "model": str(translator.checkpoint.hash),
        "site": intervention.site,
        "units": list(range(intervention.width)) if intervention.units is None else list(intervention.units),
        "steps": intervention.steps if intervention.steps is None else list(intervention.steps),
        "read": intervention.read,
        "written": intervention.written,
        "set": intervention.set_to,
        "was": rounded(intervention.was),
        "before": _translation(intervention.before),
        "after": _translation(intervention.after),
        "changes": [list(change) for change in intervention.changes],
        "shaken": {"word": word, "before": rounded(before), "after": rounded(after)},
        "random": [
            {"units": list(draw.units), "text": draw.translation.text, "changed": draw.changed}
            for draw in intervention.draws
        ],
    }


def _translation(translation: Translation) -> dict:
    genders = []
    for position, word in enumerate(translation.tokens):
        gender, noun = czech_gender(word)
        if gender:
            genders.append({"position": position, "word": word, "gender": gender, "noun": noun})
    return {"text": translation.text, "tokens": list(translation.tokens), "genders": genders}


def _numbers(units: Sequence[int]) -> str:
    shown = ", ".join(map(str, units[:_SHOWN]))
    return shown if len(units) <= _SHOWN else f"{shown} … ({len(units)} in all)"


def _brief(text: str) -> str:
    words = text.split()
    return " ".join(words[:4]) + (" …" if len(words) > 4 else "") or "(nothing)"


def _quoted(word: str) -> str:
    return word if word.startswith("(") else f"“{word}”"
