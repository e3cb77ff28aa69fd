"""What may be said about a contrast of one's own: the lesson's claims by the same bars, in words of the contrast.

*written* and *erased* are not among them: they are about a second noun. *contained* asks, where no sentence has two
contrasts, whether the rest of the sentence stayed; its bar of three quarters was set before a trained model was looked
at.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from translate.lab.experiments.intervening.attention import Attention
from translate.lab.experiments.intervening.necessity import Necessity, Part
from translate.lab.experiments.reading.held import FAR, Held
from translate.lab.experiments.reading.stored import Reading
from translate.lab.sentences.side_names import SideNames
from translate.lab.statistics.estimate import Estimate, nothing_measured
from translate.lab.tracing.site import Site
from translate.lab.verdicts.bars import HOLDS, UNDECIDED, at_least
from translate.lab.verdicts.claim import Claim, Standard, by_standard, standards
from translate.lab.verdicts.claims import CONTROLS, OWN, direction_of, part_used
from translate.lab.verdicts.claims import forgotten as of_verdict
from translate.lab.verdicts.phrases import NAMES, Side, share_of
from translate.lab.verdicts.rules import Verdict
from translate.numerals import percent

_REST = 0.75
_OF_THE_LESSON = (
    ("the first noun's gender", "the first contrast's side"),
    ("the first one's gender", "the first one"),
    ("this gender's part", "this contrast's part"),
    ("the second noun", "the second contrast's word"),
    ("its noun", "its word"),
    ("the noun", "its word"),
    ("genders", "sides"),
    ("gender", "side"),
)
"""Words of the lesson, and what they are called of any contrast."""


def in_words_of_a_contrast(text: str) -> str:
    """A text about genders and nouns as one about sides and words."""
    for ours, theirs in _OF_THE_LESSON:
        text = text.replace(ours, theirs)
    return text


@cache
def contrast_standards() -> dict[str, Standard]:
    """What each claim needs, by its id: the bars of the lesson's claims, the words of `contrast.toml`."""
    tables = tomllib.loads(files("translate.lab.verdicts").joinpath("contrast.toml").read_text(encoding="utf-8"))
    alone = replace(standards()["contained"], most=None, least=_REST)
    of_lesson = standards() | {"alone-contained": alone}
    return {
        name: replace(of_lesson[name], **words | {"words": tuple(words["words"])}) for name, words in tables.items()
    }


def stored(reading: Reading, names: SideNames, unseen: str) -> Claim:
    """Does one direction tell the two sides apart? unseen: of what, in words."""
    controls = {
        "labels by lot": reading.shuffled,
        "untrained network": reading.untrained,
        "the word's embedding": reading.embedding,
    }
    best = max(controls, key=lambda name: controls[name].value)
    words = {"site": reading.site, "probe": reading.probe, "best": controls[best], "name": best, "unseen": unseen}
    return _make("stored", reading.probe, controls, names, reading.site, **words)


def held(far: Held, names: SideNames) -> Claim:
    """Is it still told far from the last word that differs?"""
    controls = {"untrained network": far.untrained}
    claim = _make("held", far.far, controls, names, far.site, away=FAR, site=far.site, far=far.far)
    text = f"Not tested: too few sentences go on for {FAR} words or more after the last one that differs."
    return claim if far.far.n else replace(claim, statement=text)


def used(parts: Necessity, names: SideNames) -> Claim:
    """Do the words follow the memory, and in it one direction?"""
    part, name = part_used(parts)
    direction, rest, of_direction = direction_of(parts)
    nulls = [each for each in parts.parts if each.part.kind in CONTROLS]
    controls = {f"all but {of_direction}": rest.most}
    controls |= {in_words_of_a_contrast(each.part.words): each.most for each in nulls}
    controls |= {each.part.words: each.most for each in parts.parts if each.part.kind == "all but best units"}
    whole = [in_words_of_a_contrast(each.part.words) for each in nulls if not each.is_broken]
    near = max(whole, key=lambda name: controls[name].value, default=f"all but {of_direction}")
    return _make(
        "used",
        part.least,
        controls,
        names,
        parts.site,
        part=name,
        turned=_on_sides(part, names),
        direction=of_direction,
        along=share_of(direction.turned),
        rest=rest.most,
        near=controls[near],
        name=near,
        broken="".join(f"; {_in_neither(each)}" for each in nulls if each.is_broken),
    )


def contained(parts: Necessity, names: SideNames) -> Claim:
    """Does the exchange of that part leave all else alone: the other contrast's words, or the rest of the sentence?"""
    part, name = part_used(parts)
    words = {"part": name, "own": part.least}
    if part.other is not None:
        claim = _make("contained", part.other, {}, names, parts.site, other=part.other, **words)
    else:
        claim = replace(
            _make("alone-contained", part.rest, {}, names, parts.site, rest=part.rest, **words), id="contained"
        )
    claim = replace(claim, controls={"words of its own that turn": part.least})
    if claim.verdict != HOLDS or at_least(part.least, OWN) == HOLDS:
        return claim
    text = f"{claim.statement} That says little, where so few of its own turn."
    return replace(claim, statement=text, verdict=UNDECIDED, failed=tuple(claim.controls))


def looked_back(start: Attention | None, after: Attention | None, names: SideNames) -> Iterator[Claim]:
    """Of a decoder that may look back: by which way does it come, and what do the words follow afterwards?"""
    if start is not None:
        shares = {looked.way: looked.words.turned for looked in start.ways}
        none = nothing_measured("words")
        same = {"what attention reads, same side": shares.get("same bank", none)}
        words = {"bank": shares["bank"], "state": shares["state"]}
        words |= {"noun": shares["bank at noun"], "elsewhere": shares["bank elsewhere"]}
        yield _make("looked-at", shares["bank"], same, names, None, **words)
    if after is not None:
        shares = {looked.way: looked.words.turned for looked in after.ways}
        same = {"the memory, same side": shares.get("same cell", nothing_measured("words"))}
        yield _make("cell-alone", shares["cell"], same, names, None, cell=shares["cell"], bank=shares["bank"])


def forgotten(verdict: Verdict) -> Claim:
    """Is the first contrast given up when the second one comes?"""
    claim = of_verdict(verdict)
    text, otherwise = in_words_of_a_contrast(claim.statement), in_words_of_a_contrast(claim.refuted_by)
    return replace(claim, statement=text, refuted_by=otherwise)


def _make(
    id: str, estimate: Estimate, controls: dict[str, Estimate], names: SideNames, where: str | None, /, **words: object
) -> Claim:
    """The claim on the side of the network of a site, or on the model where there is none."""
    side: Side = "model" if where is None else NAMES[Site(where).side]
    measured = {"one": names.one, "other": names.other} | words
    return by_standard(contrast_standards()[id], id, estimate, controls, side, measured)


def _on_sides(part: Part, names: SideNames) -> str:
    """ "98 %", or where the two sides differ "98 % (man 100 %, woman 96 %)"."""
    sides = {name.split()[1]: share for name, share in sorted(part.by_gender.items()) if name.startswith("1 ")}
    if len(part.by_clause) > 1 or len(sides) < 2 or abs(sides["m"].value - sides["f"].value) < 0.01:
        return share_of(part.turned)
    return f"{share_of(part.turned)} ({names.one} {share_of(sides['m'])}, {names.other} {share_of(sides['f'])})"


def _in_neither(part: Part) -> str:
    assert part.kept is not None
    share = percent(1 - part.kept.value - part.turned.value, 0)
    words = in_words_of_a_contrast(part.part.words)
    return f"{words} says little, it leaves {share} of the words in neither form"
