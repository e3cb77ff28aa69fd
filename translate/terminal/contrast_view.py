"""What `translate probe --contrast` prints: what depends on a contrast, where it is read, and what follows it."""

from collections.abc import Iterator

from translate.lab.experiments.intervening.attention import Attention
from translate.lab.experiments.mechanism.causal_map import CausalMap
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.contrast_claims import in_words_of_a_contrast
from translate.lab.verdicts.contrast_findings import ContrastFindings, OfSide, left_out
from translate.numerals import percent
from translate.terms import SIDES

_CHANGES, _DROPPED = 6, 2  # so many are shown
_WIDE = 52
_LOOKS = {
    "state": "the state handed over at the start",
    "bank": "what attention reads",
    "state and bank": "both: the ceiling",
    "same bank": "  control: it reads a sentence of the same side",
}


def lines(findings: ContrastFindings) -> Iterator[str]:
    """The findings, a line each; nothing is wider than a screen of 100 columns but what people wrote themselves."""
    crossed = f", {findings.crossed} sentences with two of them" if findings.crossed else ""
    yield f"{findings.used} contrasts{crossed}; {findings.words} words of the translations are judged."
    yield from (f"left out: {reason}" for reason in left_out(findings))
    for dropped in findings.dropped[:_DROPPED]:
        yield f"  {dropped.contrast.one} / {dropped.contrast.other} ({dropped.reason})"
    changes = [f"{each.one or '–'} → {each.other or '–'} ({each.contrasts})" for each in findings.changed[:_CHANGES]]
    yield f"what the model writes otherwise: {', '.join(changes)}{' …' if len(findings.changed) > _CHANGES else ''}"
    if findings.expected:
        yield f"of {findings.expected} words that ought to change {findings.hits} do"
    for side in findings.sides:
        yield ""
        yield from _side(findings, side)
    if findings.start is not None:
        yield ""
        yield from _attention(findings.start)
    if findings.causes is not None:
        yield ""
        yield from _causes(findings.causes)
    yield ""
    yield from findings.answer


def _side(findings: ContrastFindings, found: OfSide) -> Iterator[str]:
    yield f"The {SIDES[found.side]}'s memory ({found.read.site})"
    unseen = "sentences" if findings.by_sentence else "words"
    yield _line(f"a probe tells {findings.names.one} from {findings.names.other}, unseen {unseen}", found.read.probe)
    if found.across is not None:
        yield _line("  where the words that differ are others", found.across)
    for name, control in (
        ("labels by lot", found.read.shuffled),
        ("random weights", found.read.untrained),
        ("the word just read, no state", found.read.embedding),
    ):
        yield _line(f"  control: {name}", control)
    kept = found.held.by_distance
    told = "  ".join(f"{away}: {percent(kept[away].value)}" for away in ("0", "1", "2", "4", "8") if away in kept)
    yield f"so many words after the last that differs:  {told}"
    best = ", ".join(str(unit.unit) for unit in found.units.ranked[:3])
    yield _line(f"one unit tells them apart (best: {best}), AUC", found.units.best)
    if found.parts is None:
        yield "nothing could be exchanged: too few words depend on the contrast"
        return
    yield "of the words to come that depend on it, exchanged for the other side's, turn:"
    for part in found.parts.parts:
        yield _line(f"  {in_words_of_a_contrast(part.part.words)}", part.turned)


def _attention(start: Attention) -> Iterator[str]:
    """By which way the contrast comes to the words of a decoder that may look back."""
    yield "The decoder looks back at the source (attention). From the start on, words that turn with"
    for looked in start.ways:
        if looked.way in _LOOKS:
            yield _line(f"  {_LOOKS[looked.way]}", looked.words.turned)


def _causes(causes: CausalMap) -> Iterator[str]:
    """Where c (or h) exchanged alone turns the words, place by place."""
    yield "Exchanged at one step alone (0: the first word that differs has been read), words of it that turn:"
    for row in causes.rows:
        if row.what == "whole site" and row.site == causes.rows[0].site:
            shares = zip(causes.places, row.own.value, row.own.n, strict=True)
            own = [(place.offset, share) for place, share, n in shares if n and place.noun == row.clause]
            told = [f"{offset:+d}: {percent(share)}" for offset, share in own[:8]]
            yield f"  {row.site}{f', contrast {row.clause + 1}' if causes.pairs[1] else ''}  {'  '.join(told)}"


def _line(name: str, estimate: Estimate) -> str:
    return f"{name:{_WIDE}}  {estimate.text()}"
