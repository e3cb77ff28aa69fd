"""One sentence, one edit, and what comes of it: the translation before and after, and the same edit on random units."""

from dataclasses import dataclass

import numpy as np

from translate.difference import changed_words
from translate.errors import UsageError
from translate.lab.demonstrations.line import END_MARK, Line
from translate.lab.demonstrations.reference import best_units, reference
from translate.lab.editing.counterfactual import edit
from translate.lab.editing.edit import Edit
from translate.lab.editing.operation import Operation
from translate.lab.editing.operations import From, Mean, Set, Zero
from translate.lab.tracing.recorder import record
from translate.lab.tracing.site import LOGITS, Site, memory_of, memory_site, width_of
from translate.model.translator import Translation, Translator

_LARGEST = 1000  # far beyond any state, and what becomes of it can still be computed

_Units = tuple[int, ...] | None
"""The numbers of some units; None: all."""


@dataclass(frozen=True)
class Draw:
    """The same edit on as many other units, drawn at random."""

    units: tuple[int, ...]
    translation: Translation
    changed: bool


@dataclass(frozen=True)
class Intervention:
    """An edit of one run.

    site, steps (None: every one), units (None: all `width`). read, written: by edited step, the word that it has just
    read and the one that it wrote before the edit (None in the encoder). was: the mean of what the edited units held
    there. natural: whether the values come from another run. before, after: the translations.
    shaken: of the words of `before`, the one that the edit made least likely, with its probability before and after.
    """

    sentence: str
    site: str
    steps: tuple[int, ...] | None
    units: _Units
    width: int
    set_to: str
    natural: bool
    read: list[str]
    written: list[str | None]
    was: float
    before: Translation
    after: Translation
    shaken: tuple[str, float, float]
    draws: list[Draw]

    @property
    def changes(self) -> list[tuple[str, str]]:
        """What stands now for what: (words before, words after), in the order of the sentence."""
        return changed_words(self.before.tokens, self.after.tokens)


def intervene(
    translator: Translator,
    sentence: str,
    site: str | None = None,
    units: str = "all",
    at: str = "all",
    set_to: str = "zero",
    *,
    beam: int = 1,
    draws: int = 5,
    seed: int = 0,
) -> Intervention:
    """Edit the run of one sentence, as a person asks for it.

    site: full name, "dec.l0.f"; None: the decoder's memory, c of its first layer (h where there is no c). units: "all",
    numbers as "3,17" or "4-9", or "top:5", those that tell the gender best. at: a word, a step, "2-5" or "all" (see
    `Line.steps`). set_to: a number, "zero", "mean" (over the lesson's sentences) or "from:SENTENCE" (what its own run
    holds there). draws: how often as many other units are drawn, with `seed`.

    Raises `UsageError` for what is not there or not understood, `TranslateError` where there is no readout.
    """
    target = Site(site or memory_site(translator.checkpoint.config, "dec", 0))
    width = width_of(translator.checkpoint.config, target) or len(translator.source.encode(sentence))
    (before,) = edit(translator, [sentence], [(0, [])], beam=beam, scores=True)
    line = Line.of(translator, target.side, sentence, before)
    chosen = _requested(translator, target, width, line.steps(at), units, set_to, beam)
    others = _random_units(chosen.units, width, draws, seed)
    runs = [[Edit(target, chosen.operation, chosen.steps, numbers)] for numbers in (chosen.units, *others)]
    with np.errstate(all="ignore"):  # what is set by hand may overflow
        after, *random = edit(translator, [sentence], [(0, run) for run in runs], beam=beam)
        shaken = _shaken(translator, sentence, before, runs[0])
    edited = list(range(len(line.read)) if chosen.steps is None else chosen.steps)
    was = values_in_run(translator, sentence, before, target)[edited]
    return Intervention(
        sentence=sentence,
        site=target,
        steps=chosen.steps,
        units=chosen.units,
        width=width,
        set_to=set_to,
        natural=isinstance(chosen.operation, From),
        read=[line.read[t] for t in edited],
        written=[line.written[t] for t in edited],
        was=float((was if chosen.units is None else was[:, list(chosen.units)]).mean()),
        before=before,
        after=after,
        shaken=shaken,
        draws=[Draw(numbers, t, t.tokens != before.tokens) for numbers, t in zip(others, random, strict=True)],
    )


def values_in_run(translator: Translator, sentence: str, translation: Translation, site: str) -> np.ndarray:
    """What a site holds while the model reads `sentence` and writes `translation`, `[time, unit]`, the end included."""
    source, target = translator.source.encode(sentence), translator.target.ids(translation.tokens)
    recorded, _ = record(translator.network(), [source], [target], site)
    return recorded[Site(site)][0]


# ------------------------------------------------------------------------------------------ what the request says


def _requested(
    translator: Translator,
    site: Site,
    width: int,
    steps: tuple[int, ...] | None,
    units: str,
    set_to: str,
    beam: int,
) -> Edit:
    """The edit that a person asks for in words."""
    chosen = _units(units, translator, site, width)
    return Edit(site, _operation(set_to, translator, site, steps, beam), steps, chosen)


def _units(request: str, translator: Translator, site: Site, width: int) -> _Units:
    if request == "all":
        return None
    if request.startswith("top:"):
        return _top(request, translator, site, width)
    numbers: list[int] = []
    for part in request.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise UsageError(f"'{request}' names no units; say all, numbers as 3,17 or 4-9, or top:5.")
        if not int(first) <= int(last or first) < width:
            numbered = f"its {width} units are numbered from 0 to {width - 1}"
            raise UsageError(f"{site} has no units {part.strip()}; {numbered}.")
        numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(numbers))


def _top(request: str, translator: Translator, site: Site, width: int) -> tuple[int, ...]:
    """The units that weigh most in the readout of the gender: |direction| · spread at the state that the site makes."""
    count = request.removeprefix("top:")
    if not count.isdecimal() or not 1 <= int(count) <= width:
        raise UsageError(f"'{request}' must be top: and a number from 1 to {width}, such as top:5.")
    if site == LOGITS:
        raise UsageError(f"The units of {LOGITS} are the words of the vocabulary; name them by number.")
    if site.layer < 0:
        raise UsageError(
            f"The units of {site} are in no layer, of which a readout could rank them; name them by number."
        )
    state = "h" if site.name == "h" else memory_of(translator.checkpoint.config.cell)
    return best_units(translator, site.named(state), int(count))


def _operation(request: str, translator: Translator, site: Site, steps: tuple[int, ...] | None, beam: int) -> Operation:
    if request == "zero":
        return Zero()
    if request == "mean":
        return Mean(reference(translator, site).mean(0))
    if request.startswith("from:"):
        return From(_of_other(request.removeprefix("from:").strip(), translator, site, steps, beam))
    try:
        value = float(request)
    except ValueError:
        value = np.nan
    if not abs(value) <= _LARGEST:
        choices = f'a number up to {_LARGEST}, zero, mean or from:"OTHER SENTENCE"'
        raise UsageError(f"'{request}' cannot be set; say {choices}.")
    return Set(value)


def _of_other(
    sentence: str, translator: Translator, site: Site, steps: tuple[int, ...] | None, beam: int
) -> np.ndarray:
    """What a site holds in the other sentence's own run, `[time, unit]`."""
    unknown = translator.source.unknown(sentence)
    if unknown or not translator.source.encode(sentence):
        problem = f"the model does not know '{unknown[0]}'" if unknown else "there is no sentence"
        raise UsageError(f'After from: {problem}; say from:"OTHER SENTENCE" in English words that it knows.')
    (translation,) = edit(translator, [sentence], [(0, [])], beam=beam)
    values = values_in_run(translator, sentence, translation, site)
    if steps and max(steps) >= len(values):
        last = len(values) - 1
        raise UsageError(f"The run of the other sentence ends with step {last}; step {max(steps)} is not there.")
    return values


def _random_units(chosen: _Units, width: int, draws: int, seed: int) -> list[tuple[int, ...]]:
    """`draws` times as many other units; none where fewer others are left."""
    others = [] if chosen is None else sorted(set(range(width)) - set(chosen))
    if not chosen or len(others) < len(chosen):
        return []
    rng = np.random.default_rng(seed)
    return [tuple(sorted(map(int, rng.choice(others, len(chosen), replace=False)))) for _ in range(draws)]


def _shaken(translator: Translator, sentence: str, before: Translation, edits: list[Edit]) -> tuple[str, float, float]:
    """The word of the translation that the edit makes less likely than any other, where all of them are written."""
    plain, edited = edit(translator, [sentence], [(0, []), (0, edits)], targets=[before.tokens] * 2)
    was, now = np.exp(plain.log_probs), np.nan_to_num(np.exp(edited.log_probs))
    place = int((now - was).argmin())
    return [*before.tokens, END_MARK][place], float(was[place]), float(now[place])
