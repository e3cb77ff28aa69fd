"""One sentence, one edit, and what comes of it: the translation before and after, and the same edit on random units."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np

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
    units: tuple[int, ...] | None
    width: int
    set_to: str
    natural: bool
    read: list[str]
    written: list[str | None]
    was: float
    before: Translation
    after: Translation
    shaken: tuple[str, float, float]
    draws: list["Draw"]

    @property
    def changes(self) -> list[tuple[str, str]]:
        """What stands now for what: (words before, words after), in the order of the sentence."""
        return changes(self.before.tokens, self.after.tokens)


@dataclass(frozen=True)
class Draw:
    """The same edit on as many other units, drawn at random."""

    units: tuple[int, ...]
    translation: Translation
    changed: bool


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
    """Edit the run of one sentence.

    site: full name, "dec.l0.f" (None: the decoder's memory, c of its first layer or h). units: "all", numbers as "3,17" or "4-9", or "top:5", those that tell the gender best.
    at: a word, a step, "2-5" or "all" (see `places`). set_to: a number, "zero", "mean" (over sentences drawn from the
    lesson's grammar) or "from:SENTENCE" (what that sentence's own run holds at the same step).
    draws: how often as many other units are drawn, with `seed`.

    Raises `UsageError` for what cannot be understood or is not there, `TranslateError` where the model has no readout.
    """
    site = site or memory_site(translator.checkpoint.config, "dec", 0)
    width = width_of(translator.checkpoint.config, site)
    (before,) = edit(translator, [sentence], [(0, [])], beam=beam, scores=True)
    line = Line.of(translator, Site(site).side, sentence, before)
    steps, chosen = line.steps(at), _units(units, translator, site, width)
    operation, natural = _operation(set_to, translator, site, steps, beam)
    others = _random_units(chosen, width, draws, seed)
    runs = [(0, [Edit(site, operation, steps, some)]) for some in (chosen, *others)]
    with np.errstate(all="ignore"):  # what is set by hand may overflow
        after, *found = edit(translator, [sentence], runs, beam=beam)
        shaken = _shaken(translator, sentence, before, runs[0][1])
    edited = range(len(line.read)) if steps is None else steps
    own = held(translator, sentence, before, site)
    return Intervention(
        sentence, site, steps, chosen, width, set_to, natural,
        read=[line.read[t] for t in edited], written=[line.written[t] for t in edited],
        was=float(own[list(edited)][:, slice(None) if chosen is None else list(chosen)].mean()),
        before=before, after=after, shaken=shaken,
        draws=[Draw(some, each, each.tokens != before.tokens) for some, each in zip(others, found, strict=True)],
    )  # fmt: skip


def held(translator: Translator, sentence: str, translation: Translation, site: str) -> np.ndarray:
    """What a site holds while the model reads `sentence` and writes `translation`, `[time, unit]`, the end included."""
    source, target = translator.source.encode(sentence), translator.target.ids(translation.tokens)
    recorded, _ = record(translator.network(), [source], [target], site)
    return recorded[Site(site)][0]


def changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str]]:
    """What stands in `after` for what in `before`: place by place where they are equally long, else by common runs."""
    if len(before) == len(after):
        return [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(" ".join(before[a:b]), " ".join(after[c:d])) for tag, a, b, c, d in opcodes if tag != "equal"]


# ------------------------------------------------------------------------------------------ what the request says


def _units(said: str, translator: Translator, site: str, width: int) -> tuple[int, ...] | None:
    if said == "all":
        return None
    if said.startswith("top:"):
        return _top(said, translator, site, width)
    numbers: list[int] = []
    for part in said.split(","):
        first, dash, last = part.strip().partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise UsageError(f"'{said}' names no units; say all, numbers as 3,17 or 4-9, or top:5.")
        if not int(first) <= int(last or first) < width:
            raise UsageError(
                f"{site} has no units {part.strip()}; its {width} units are numbered from 0 to {width - 1}."
            )
        numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(numbers))


def _top(said: str, translator: Translator, site: str, width: int) -> tuple[int, ...]:
    """The units that weigh most in the readout of the gender: |direction| · spread at the state that the site makes."""
    count = said.removeprefix("top:")
    if not count.isdecimal() or not 1 <= int(count) <= width:
        raise UsageError(f"'{said}' must be top: and a number from 1 to {width}, such as top:5.")
    if site == LOGITS:
        raise UsageError(f"The units of {LOGITS} are the words of the vocabulary; name them by number.")
    state = "h" if Site(site).name == "h" else memory_of(translator.checkpoint.config.cell)
    return best_units(translator, Site(site).named(state), int(count))


def _operation(said: str, translator: Translator, site: str, steps, beam: int) -> tuple[Operation, bool]:
    """The operation, and whether its values are those of another run."""
    if said == "zero":
        return Zero(), False
    if said == "mean":
        return Mean(reference(translator, site).mean(0)), False
    if said.startswith("from:"):
        return From(_of_other(said.removeprefix("from:").strip(), translator, site, steps, beam)), True
    try:
        value = float(said)
    except ValueError:
        value = np.nan
    if not abs(value) <= _LARGEST:
        raise UsageError(
            f"'{said}' cannot be set; say a number up to {_LARGEST}, zero, mean or from:\"OTHER SENTENCE\"."
        )
    return Set(value), False


def _of_other(sentence: str, translator: Translator, site: str, steps, beam: int) -> np.ndarray:
    unknown = translator.source.unknown(sentence)
    if unknown or not translator.source.encode(sentence):
        what = f"the model does not know '{unknown[0]}'" if unknown else "there is no sentence"
        raise UsageError(f'After from: {what}; say from:"OTHER SENTENCE" in English words that it knows.')
    (translation,) = edit(translator, [sentence], [(0, [])], beam=beam)
    values = held(translator, sentence, translation, site)
    if steps and max(steps) >= len(values):
        raise UsageError(
            f"The run of the other sentence ends with step {len(values) - 1}; step {max(steps)} is not there."
        )
    return values


def _random_units(chosen, width: int, draws: int, seed: int) -> list[tuple[int, ...]]:
    """`draws` times as many other units; none where fewer others are left."""
    others = [] if chosen is None else sorted(set(range(width)) - set(chosen))
    if not chosen or len(others) < len(chosen):
        return []
    rng = np.random.default_rng(seed)
    return [tuple(sorted(map(int, rng.choice(others, len(chosen), replace=False)))) for _ in range(draws)]


def _shaken(translator: Translator, sentence: str, before: Translation, edits: list[Edit]) -> tuple[str, float, float]:
    """The word of the translation that the edit makes less likely than any other, where all of them are written."""
    runs = [(0, []), (0, edits)]
    one, other = edit(translator, [sentence], runs, targets=[before.tokens] * 2)
    was, now = np.exp(one.log_probs), np.nan_to_num(np.exp(other.log_probs))
    at = int((now - was).argmin())
    return [*before.tokens, END_MARK][at], float(was[at]), float(now[at])
