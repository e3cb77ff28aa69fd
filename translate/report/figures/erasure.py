"""What is left of the agreement when the gender is taken out of the state?"""

from collections.abc import Sequence

from translate.lab.experiments.intervening.clause_erasure import PlaceErasure
from translate.lab.experiments.intervening.erasure import Erasure, Probed
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import counted, percent_of, states_of
from translate.report.picture.marks import CONTROL, FINDING, OTHER, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import estimates
from translate.terms import GENDERS

KEY = {
    "keep their gender, a line reads": FINDING.at(-0.12),
    "random directions instead": CONTROL.at(0.18),
    "a small network reads": OTHER.at(0.12),
}
AFTER = "after the noun"


def erasure(results: Results) -> Figure | None:
    """Agreement after LEACE, clause by clause and pooled, and what probes fitted anew then read."""
    erased = results.erasure
    if not erased:
        return None
    first = erased[0]
    return make(
        "erasure",
        erased,
        estimates("what is right", [row for result in erased for row in _rows(result)]),
        _draw,
        first=first,
        states=states_of(first.sites),
        clauses="; ".join(f"clause {place.clause + 1}: {place.outcome}" for place in _main(first)) or "not measured",
        opposites="; ".join(map(percent_of, first.after_by_clause)) or "not measured",
    )


def _main(result: Erasure) -> list[PlaceErasure]:
    """Each clause after its noun, one direction taken out."""
    return [place for place in result.places if place.rank == 1 and place.where == AFTER]


def _rows(result: Erasure) -> list[tuple[str, Estimate | None]]:
    shares = {
        "agreement before": result.before,
        "agreement after, pooled": result.after,
        **{f"agreement after, pooled, clause {n}": kept for n, kept in enumerate(result.after_by_clause, 1)},
        "agreement, erased at one word alone": result.once,
        "agreement, random direction": result.random,
        "other clause turned": result.other,
        "words of the rest unchanged": result.rest_words,
        "words of the rest unchanged, random direction": result.random_rest_words,
        "sentences whose rest is unchanged": result.rest,
        "sentences whose rest is unchanged, random direction": result.random_rest,
    }
    shares |= {f"pooled, a new probe, {name}": share for name, share in _probed(result.probed).items()}
    for place in result.places:
        shares |= {f"{_place(place)}, {name}": share for name, share in _of_place(place).items()}
    return [(f"{states_of(result.sites)}: {name}", share) for name, share in shares.items()]


def _place(place: PlaceErasure) -> str:
    what = f"rank {place.rank}" if place.rank else "nothing"
    return f"clause {place.clause + 1}, {place.where}, {what}"


def _of_place(place: PlaceErasure) -> dict[str, Estimate | None]:
    shares: dict[str, Estimate | None] = {"kept": place.kept, "turned": place.turned}
    shares |= {f"kept of the {GENDERS[gender]} words": kept for gender, kept in place.by_gender.items()}
    shares["kept, random directions"] = place.random
    shares |= {f"kept, natural component {n}": kept for n, kept in enumerate(place.components, 1)}
    for name, probes in (("line", place.linear), ("network", place.nonlinear)):
        shares |= {f"a new {name} reads, {_later(n)}": share for n, share in enumerate(probes)}
    return {name: share for name, share in shares.items() if share is not None}


def _later(words: int) -> str:
    return "at once" if not words else counted("", words, "word") + " later"


def _probed(probed: Probed) -> dict[str, Estimate]:
    return {"nothing erased": probed.plain, "at the erased word": probed.erased, "one word later": probed.later}


def _draw(erased: Sequence[Erasure]) -> Drawn:
    first, shown = erased[0], []
    for clause in sorted({place.clause for place in first.places}):
        places = [place for place in first.places if (place.clause, place.where) == (clause, AFTER)]
        words: list[tuple[str, list]] = []
        for place in places:
            control = [] if place.random is None else [(place.random, KEY["random directions instead"])]
            name = f"rank {place.rank}" if place.rank else "nothing"
            words.append((name, [(place.kept, KEY["keep their gender, a line reads"]), *control]))
            words += [(f"component {n}", [(kept, CONTROL)]) for n, kept in enumerate(place.components, 1)]
        if clause < len(first.after_by_clause):
            words.append(("pooled", [(first.after_by_clause[clause], KEY["keep their gender, a line reads"])]))
        shown.append(Panel(f"Clause {clause + 1}: agreeing words that keep their gender", words, level=0.5))
        for place in places:
            if place.rank in (0, 1):
                shown.append(Panel(_title(place), _read(place), level=0.5))
    if not shown:
        shown.append(Panel("Agreeing words that are right", [("nothing", [(first.before, FINDING)])], level=0.5))
    return panels(shown, 22, 80, KEY)


def _title(place: PlaceErasure) -> str:
    return f"Clause {place.clause + 1}: what new probes read, {'one direction' if place.rank else 'nothing'} taken out"


def _read(place: PlaceErasure) -> list[tuple[str, list]]:
    marks = KEY["keep their gender, a line reads"], KEY["a small network reads"]
    read = enumerate(zip(place.linear, place.nonlinear, strict=True))
    return [(_later(words), list(zip(pair, marks, strict=True))) for words, pair in read]
