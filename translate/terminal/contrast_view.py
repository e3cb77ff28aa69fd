"""What `translate probe --contrast` prints: what depends on a contrast, where it is read, and what follows it."""

from collections.abc import Iterator

from translate.lab.experiments.contrast import ContrastFindings, OfSide
from translate.lab.experiments.mechanism.causal_map import CausalMap
from translate.lab.statistics.estimate import Estimate
from translate.numerals import percent
from translate.terms import SIDES

_CHANGES, _DROPPED = 6, 3  # so many are shown
_WIDE = 52


def lines(findings: ContrastFindings) -> Iterator[str]:
    """The findings, a line each; nothing is wider than a screen of 100 columns but what people wrote themselves."""
    crossed = f", {findings.crossed} sentences with two of them" if findings.crossed else ""
    yield f"{findings.used} contrasts{crossed}; {findings.words} words of the translations are judged."
    for dropped in findings.dropped[:_DROPPED]:
        yield f"left out: {dropped.contrast.one} / {dropped.contrast.other} ({dropped.reason})"
    if len(findings.dropped) > _DROPPED:
        yield f"left out: {len(findings.dropped) - _DROPPED} more"
    changes = [f"{each.one or '–'} → {each.other or '–'} ({each.contrasts})" for each in findings.changed[:_CHANGES]]
    yield f"what the model writes otherwise: {', '.join(changes)}{' …' if len(findings.changed) > _CHANGES else ''}"
    if findings.expected:
        yield f"of {findings.expected} words that ought to change {findings.hits} do"
    for side in findings.sides:
        yield ""
        yield from _side(side)
    if findings.causes is not None:
        yield ""
        yield from _causes(findings.causes)


def _side(found: OfSide) -> Iterator[str]:
    yield f"The {SIDES[found.side]}'s memory ({found.read.site})"
    yield _line("a probe tells which side it is, unseen contrasts", found.read.probe)
    for name, control in (
        ("labels by lot", found.read.shuffled),
        ("random weights", found.read.untrained),
        ("the word just read, no state", found.read.embedding),
    ):
        yield _line(f"  control: {name}", control)
    best = ", ".join(str(unit.unit) for unit in found.units.ranked[:3])
    yield _line(f"one unit tells them apart (best: {best}), AUC", found.units.best)
    if found.parts is None:
        yield "nothing could be exchanged: too few words depend on the contrast"
        return
    yield "of the words that depend on it, exchanged for the other side's, turn:"
    for part in found.parts.parts:
        yield _line(f"  {part.part.words.replace('gender', 'side')}", part.turned)


def _causes(causes: CausalMap) -> Iterator[str]:
    """Where c (or h) exchanged alone turns the words, place by place."""
    yield "Exchanged at one step alone (0: the first word that differs has been read), words of it that turn:"
    for row in causes.rows:
        if row.what == "whole site" and row.site == causes.rows[0].site:
            shares = zip(causes.places, row.own.value, row.own.n, strict=True)
            told = [f"{place.offset:+d}: {percent(share)}" for place, share, n in shares if n]
            yield f"  {row.site}{f', contrast {row.clause + 1}' if causes.pairs[1] else ''}  {'  '.join(told)}"


def _line(name: str, estimate: Estimate) -> str:
    return f"{name:{_WIDE}}  {estimate.text()}"
