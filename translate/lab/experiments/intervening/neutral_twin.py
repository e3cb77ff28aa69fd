"""What do the same questions give for a model that never had to agree? The neutral twin of the same recipe.

It is trained on a Czech without agreement.

It meets the same nouns and clauses and has no reason to carry a gender from one word to another. What a probe reads in
it all the same is no sign that a gender is kept for use.

Misleads when: its exchanges are read as a control. They can turn no word, since its Czech has no feminine form of any
agreeing word: that number is a check of the counting, and what the exchange disturbs in the rest of the sentence is
the one to look at.
"""

from dataclasses import dataclass

from translate.corpus.neutral import neutralise
from translate.errors import UsageError
from translate.lab.experiments.intervening.exchange import encoder_exchange, exchange, state_parts
from translate.lab.experiments.intervening.parts import Effect
from translate.lab.experiments.reading.selectivity import Selectivity, selectivity
from translate.lab.experiments.setup import Setup
from translate.lab.sentences.material import Material
from translate.lab.sentences.minimal_pairs import find_swaps
from translate.lab.sentences.observed import check_words
from translate.lab.statistics.estimate import Estimate
from translate.lab.statistics.shown import Shown
from translate.model.translator import Translator


@dataclass(frozen=True)
class NeutralTwin(Shown):
    """What the same questions give for the twin; its sentences are the model's, without agreement.

    model: first digits of the weights' SHA-256. training_seed: as text. probes: by site, accuracy of the readout of
    the current gender on nouns that it was not fitted on. selectivity: of the memory of each side. effects: by side
    ("dec", "enc"), of exchanging the whole state one word after the first clause's noun.
    """

    model: str
    training_seed: str
    probes: dict[str, Estimate]
    selectivity: tuple[Selectivity, ...]
    effects: dict[str, Effect]


def neutral_setup(setup: Setup, translator: Translator) -> Setup:
    """The twin on a setup with the same sentences, without agreement, and the same split of the nouns.

    Raises `UsageError` where it cannot be the twin: another cell or size.
    """
    ours, other = setup.config, translator.checkpoint.config
    if (ours.cell, ours.layers, ours.hidden) != (other.cell, other.layers, other.hidden):
        raise UsageError(
            f"{translator.checkpoint.folder} has another cell or size than the model, so it is no neutral twin; train "
            "one with the same recipe on a corpus made with --neutral."
        )
    suites = {name: [(neutralise(pair), tags) for pair, tags in suite] for name, suite in setup.material.suites.items()}
    twin = Setup(translator, Material(suites, f"{setup.material.origin}, without agreement"), setup.split, setup.seed)
    check_words(translator, twin.pairs)
    return twin


def neutral_twin(twin: Setup) -> NeutralTwin:
    """Ask the twin."""
    checkpoint = twin.translator.checkpoint
    whole, *_ = state_parts(twin.config, "dec")
    swaps = find_swaps(twin.switch, 0, "after noun", tested=twin.split.test)
    effects = {"dec": exchange(twin, swaps, [whole])[:1], "enc": encoder_exchange(twin)[:1]}
    return NeutralTwin(
        model=checkpoint.hash,
        training_seed=str(checkpoint.metrics.get("seed", "unknown")),
        probes={site: twin.halves(site).mean(twin.is_read(site)) for site in twin.sites},
        selectivity=tuple(selectivity(twin, site) for site in (twin.memory, twin.memory.on("enc"))),
        effects={side: effect for side, first in effects.items() for effect in first},
    )
