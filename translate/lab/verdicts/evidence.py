"""Which number of which experiment each question about a forgotten gender is asked of."""

from translate.lab.experiments.intervening.clamps import Clamps, best
from translate.lab.experiments.intervening.necessity import Necessity
from translate.lab.experiments.intervening.parts import Gates
from translate.lab.experiments.intervening.paths import Paths
from translate.lab.experiments.intervening.residual import EXCHANGED, FACTORS, Residual
from translate.lab.experiments.reading.first_noun import FirstNoun
from translate.lab.statistics.estimate import Estimate
from translate.lab.verdicts.rules import Evidence

TARGET = "the first noun's gender"
_CLAMPED = best(3)


def of_decoder(
    paths: Paths | None, first: FirstNoun | None, clamps: Clamps | None, residual: Residual | None
) -> Evidence:
    """That of the decoder. The clamps are those of the three best units.

    A decoder that re-reads what it writes stores nothing, though its state also writes a word; so what it *stores* is
    asked by the state against the word that it writes then (`paths`).
    """
    enlarged = residual and residual.of(max(FACTORS))
    held, exchanged = paths and paths.of("held"), residual and residual.of(EXCHANGED, "whole")
    return Evidence(
        side="decoder",
        target=TARGET,
        used=held.turned if held else None,
        anew=first.after_anew if first else None,
        curved=first.after_curved if first else None,
        unchanged=first.after_unchanged if first else None,
        later=exchanged.turned if exchanged else None,
        returning=exchanged.returning if exchanged else None,
        amplified=residual.beyond if residual else None,
        enlarged=enlarged.turned if enlarged else None,
        open_forget=_old(clamps, "dec", "forget open"),
        blocked=_old(clamps, "dec", "nothing written"),
        both=_old(clamps, "dec", "both"),
    )


def of_encoder(parts: Necessity | None, clamps: Clamps | None, residual: Residual | None) -> Evidence:
    """That of the encoder, in which everything is still to be written. parts: of its memory, exchanged."""
    alone, exchanged = parts and parts.of("state"), residual and residual.of(EXCHANGED, "whole")
    return Evidence(
        side="encoder",
        target=TARGET,
        used=alone.turned if alone else None,
        later=exchanged.turned if exchanged else None,
        open_forget=_old(clamps, "enc", "forget open"),
        blocked=_old(clamps, "enc", "nothing written"),
        both=_old(clamps, "enc", "both"),
    )


def _old(clamps: Clamps | None, side: str, gates: Gates) -> Estimate | None:
    """The words that take the old gender; not measured where as many turn in sentences that have but one gender."""
    if clamps is None or (clamp := clamps.of(side, gates, _CLAMPED)) is None:
        return None
    same = (each for each in clamps.control if (each.side, each.gates, each.units) == (side, gates, _CLAMPED))
    alike = next(same, None)
    is_return = clamp.old.value > 0.5
    return None if is_return and alike and alike.old.n and alike.old.high >= clamp.old.low else clamp.old
