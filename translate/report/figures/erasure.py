"""What is left of the agreement when the gender is taken out of the state?"""

from collections.abc import Sequence

from translate.lab.experiments.intervening.erasure import Erasure, Probed
from translate.lab.statistics.estimate import Estimate
from translate.lab.tracing.site import Site
from translate.lab.verdicts.results import Results
from translate.report.figure import Figure, make
from translate.report.names import states_of
from translate.report.picture.marks import CONTROL, FINDING, Panel, panels
from translate.report.picture.style import Drawn
from translate.report.tables import estimates

KEY = {"measured": FINDING.at(-0.12), "random direction instead": CONTROL.at(0.18)}


def erasure(results: Results) -> Figure | None:
    """Agreement after LEACE, and what a probe fitted anew then reads."""
    erased = results.erasure
    if not erased:
        return None
    first = erased[0]
    is_chance = first.after.low <= 0.5 <= first.after.high
    return make(
        "erasure",
        erased,
        estimates("what is right", [row for result in erased for row in _rows(result)]),
        _draw,
        first=first,
        states=states_of(first.sites),
        left="half of them is chance" if is_chance else "half of them would be chance",
    )


def _rows(result: Erasure) -> list[tuple[str, Estimate | None]]:
    shares = {
        "agreement before": result.before,
        "agreement after": result.after,
        "agreement, erased at one word alone": result.once,
        "agreement, random direction": result.random,
        "other clause turned": result.other,
        "words of the rest unchanged": result.rest_words,
        "words of the rest unchanged, random direction": result.random_rest_words,
        "sentences whose rest is unchanged": result.rest,
        "sentences whose rest is unchanged, random direction": result.random_rest,
    }
    return [(f"{states_of(result.sites)}: {name}", share) for name, share in (shares | _probed(result.probed)).items()]


def _probed(probed: Probed) -> dict[str, Estimate]:
    return {"nothing erased": probed.plain, "at the erased word": probed.erased, "one word later": probed.later}


def _draw(erased: Sequence[Erasure]) -> Drawn:
    measured, instead = KEY.values()
    first = erased[0]
    agreement = [("nothing", [(first.before, FINDING)])]
    for result in erased:
        agreement.append((states_of(result.sites), [(result.after, measured), (result.random, instead)]))
        agreement.append((f"{states_of(result.sites)}, one word alone", [(result.once, FINDING)]))
    read = [(name, [(share, FINDING)]) for name, share in _probed(first.probed).items()]
    shown = [
        Panel("Agreeing words that are right, by what is erased", agreement, level=0.5),
        Panel(f"A new probe on {Site(first.sites[0]).name}, sentences read rightly", read, level=0.5),
    ]
    return panels(shown, 22, 60, KEY)
