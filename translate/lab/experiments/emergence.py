"""How does it come to be? The same few measures of the decoder's memory at every checkpoint of a training.

A training with `training.checkpoints` keeps weights on the way. Each of them is asked: can the current gender be read?
Which way does it point, and is that already the way of the end? Do the valves of the units that carry it in the end
move at the boundary of the clauses and at the noun? Does the next word follow it when it is exchanged? Do the words
agree? What comes first, and how suddenly, `lab.rise` says.

**Controls**: what the same units' forget gates drop over as many words *inside* the clause, their input gates
*elsewhere* than at the noun, and the exchange of all *but* the direction (`complement`). A neutral twin that was
followed in the same way has no reason for any of it but the readout.

Misleads when the units are taken for chosen early: they are those of the last weights, and looked at backwards. And a
model that does not translate yet can be judged only on words that it is made to write: the exchanges count whether the
clause's first agreeing word that is judged would rather have the other gender, under teacher forcing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from translate.errors import TranslateError, UsageError
from translate.lab.experiments.at_step import AtStep, Pairs, at_step, unit_vector
from translate.lab.experiments.reading.units import rank
from translate.lab.experiments.setup import Provenance, Setup, provenance
from translate.lab.statistics.crossing import Rise, rise
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.model.translator import Translator
from translate.records import from_plain, plain, to_json
from translate.training.snapshots import kept

FORMAT, NAME = "translate-emergence 1", "emergence.json"
WATCHED = 3
"""The gates of so many of the best units are looked at."""
CONTROLS = ("inside", "elsewhere", "complement")
"""What stands beside a measure, to tell it from."""
FEWEST = 3
"""With fewer checkpoints nothing can be said about an order."""


@dataclass(frozen=True)
class Emergence(Provenance, Shown):
    """A training at each of its checkpoints, in order.

    model: first digits of the SHA-256 of the weights that the training chose. units: of `site`, the best ones of the
    last checkpoint. The rest says by what the numbers can be made again.
    """

    site: str
    units: list[int]
    at: tuple[AtStep, ...]

    @property
    def steps(self) -> list[int]:
        """The steps of the checkpoints."""
        return [each.step for each in self.at]

    @property
    def courses(self) -> dict[str, list[Estimate]]:
        """Each measure at every step by its name; the agreement's are "agreement, switch" and so on, by suite."""
        of_step = [
            {name: part for name, part in vars(each).items() if isinstance(part, Estimate)}
            | {f"agreement, {suite}": share for suite, share in each.agreement.items()}
            for each in self.at
        ]
        return {name: [step[name] for step in of_step] for name in of_step[-1] if all(name in each for each in of_step)}

    @property
    def rises(self) -> dict[str, Rise]:
        """When each measure came to be, and how suddenly."""
        return {name: rise(self.steps, [each.value for each in course]) for name, course in self.courses.items()}

    def to_json(self) -> str:
        """As JSON, which `from_json` reads."""
        return to_json({"format": FORMAT} | plain(self))

    @classmethod
    def from_json(cls, text: bytes | str, name: str = NAME) -> "Emergence":
        """What `to_json` wrote. Raises `TranslateError` for a damaged text and for one of another format."""
        try:
            record = json.loads(text)
            if record.pop("format") == FORMAT:
                return from_plain(record, cls)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TranslateError(f"{name} is damaged; measure it again.") from error
        raise TranslateError(f"{name} has another format than {FORMAT}; measure it again.")


def follow(
    setup: Setup, command: str = "", progress: Callable[[str], None] = lambda stage: None, device: str = "auto"
) -> Emergence:
    """The measures at each checkpoint that the training of the setup's model has kept.

    Raises `UsageError` where it has kept too few.
    """
    checkpoint = setup.translator.checkpoint
    folders = kept(checkpoint.folder)
    if len(folders) < FEWEST:
        raise UsageError(
            f"{checkpoint.folder} has {len(folders)} checkpoints of its training; train it with "
            "training.checkpoints = 20 to see how it comes to be."
        )

    def opened(folder: Path) -> Callable[[], Setup]:
        return lambda: replace(setup, translator=Translator.load(folder, device))

    units, at = emergence({step: opened(folder) for step, folder in folders.items()}, progress)
    return Emergence(
        **provenance(setup, command),
        site=setup.memory,
        units=units,
        at=at,
    )


def emergence(
    setups: Mapping[int, Callable[[], Setup]], progress: Callable[[str], None] = lambda stage: None
) -> tuple[list[int], tuple[AtStep, ...]]:
    """The best units of the last weights, and the measures at each step; setups: what opens the weights, by step.

    All must have the same shape, sentences and split of the nouns. One is open at a time, besides the last.
    """
    *earlier, end = sorted(setups)
    progress(f"step {end}, the last: which units and which direction carry the gender")
    last = setups[end]()
    units = [int(unit) for unit in rank(last).best(WATCHED)]
    axis = unit_vector(Pairs.of(last, fitting=True).differences().mean(0))
    at = []
    for number, step in enumerate(earlier, 1):
        progress(f"step {step} ({number} of {len(setups)})")
        at.append(at_step(setups[step](), step, units, axis))
    progress(f"step {end} ({len(setups)} of {len(setups)})")
    return units, (*at, at_step(last, end, units, axis))
