"""How close translations are to their references: exact match, and BLEU, chrF2 and TER by sacrebleu."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from translate.evaluation.proportion import Proportion
from translate.text import listed, normal, split

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

_RESAMPLES = 200
_AT_ONCE = 4_000_000  # sacrebleu holds resamples × sentences at once: fewer resamples of a very large corpus
_LIMITS = {"BLEU": (0.0, 100.0), "chrF2": (0.0, 100.0), "TER": (0.0, float("inf"))}


@dataclass(frozen=True, slots=True)
class Score:
    """A metric of a whole corpus, on its usual scale (BLEU and chrF2 to 100; of TER less is better).

    Attributes:
        interval: 95 %, by sacrebleu's bootstrap over sentences (Koehn 2004): its mean ± half the width.
        signature: what sacrebleu prints so that others can reproduce the number.
    """

    name: str
    value: float
    interval: tuple[float, float]
    signature: str

    def to_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return asdict(self) | {"interval": list(self.interval)}


def exact_match(texts: str | Sequence[str], references: str | Sequence[str]) -> Proportion:
    """The texts that are their reference, character by character once both are `normal`; a string is one text."""
    texts, references = _alike(texts), _alike(references)
    return Proportion(sum(t == r for t, r in zip(texts, references, strict=True)), len(references))


def exact_tokens(texts: str | Sequence[str], references: str | Sequence[str]) -> Proportion:
    """The texts whose words and marks are those of their reference; spaces may differ, nothing else."""
    texts, references = _alike(texts), _alike(references)
    same = (t == r or split(t) == split(r) for t, r in zip(texts, references, strict=True))
    return Proportion(sum(same), len(references))


def corpus_scores(
    texts: str | Sequence[str], references: str | Sequence[str], resamples: int = _RESAMPLES
) -> tuple[Score, ...]:
    """BLEU (Papineni et al. 2002), chrF2 (Popović 2015) and TER (Snover et al. 2006) of the whole corpus.

    sacrebleu draws its `resamples` with a fixed seed, so the same texts give the same intervals.
    """
    from sacrebleu.metrics import BLEU, CHRF, TER

    texts, references = _alike(texts), _alike(references)
    resamples = max(2, min(resamples, _AT_ONCE // len(references)))
    metrics = (BLEU(force=True), CHRF(), TER())  # force: do not warn of text that is tokenised on purpose
    return tuple(_score(metric, texts, references, resamples) for metric in metrics)


def _alike(texts: str | Sequence[str]) -> list[str]:
    return list(map(normal, listed(texts)))


def _score(metric: "Metric", texts: list[str], references: list[str], resamples: int) -> Score:
    score = metric.corpus_score(texts, [references], n_bootstrap=resamples)
    signature = str(metric.get_signature())
    facts = json.loads(score.format(width=6, signature=signature, is_json=True))
    # A mean of 0 comes without its interval, which is then 0 wide.
    mean, half = facts.get("confidence_mean", 0.0), facts.get("confidence_var", 0.0)
    lowest, highest = _LIMITS[score.name]
    interval = (max(lowest, mean - half), min(highest, mean + half))
    return Score(score.name, min(highest, float(score.score)), interval, signature)
