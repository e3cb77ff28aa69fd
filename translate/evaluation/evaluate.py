"""One model on one suite: everything that is measured, in one frozen object."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from translate.evaluation.agreement import RIGHT, WRONG, AgreementResult, agreement
from translate.evaluation.bins import Bin, bins
from translate.evaluation.fallback import as_said, is_untold
from translate.evaluation.preference import PreferenceResult, preference
from translate.evaluation.proportion import Proportion
from translate.evaluation.quality import Score, corpus_scores, exact_match, exact_tokens
from translate.evaluation.suite import Suite
from translate.evaluation.variants import accepts

if TYPE_CHECKING:
    from translate.model.translator import Translator

_AT_ONCE = 2000  # sentences translated between two reports


@dataclass(frozen=True, slots=True)
class Mistake:
    """A sentence whose translation is not its reference; `wrong` names the agreeing words that are not right."""

    source: str
    reference: str
    translation: str
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Evaluation:
    """How well a model translates a suite.

    Attributes:
        suite: its name. model: the hash of the weights. sentences: how many.
        exact: translations equal to their reference. exact_tokens: the same but for spaces. accepted: equal to it or to
            a variant that is as right (`variants.py`); None if the suite is not annotated, and so may be any Czech.
        scores: BLEU, chrF2 and TER.
        agreement, preference: None if the suite is not annotated; the second also where it was not asked for.
        bins: by what the suite varied, and each value of it; empty if it is not annotated.
        masculine: where the English leaves the gender open, the share that was said of a man; None elsewhere. There
            both genders count as right, and no form is preferred.
        mistakes: the first ones, in the suite's order.
    """

    suite: str
    model: str
    sentences: int
    exact: Proportion
    exact_tokens: Proportion
    accepted: Proportion | None
    scores: tuple[Score, ...]
    agreement: AgreementResult | None
    preference: PreferenceResult | None
    bins: dict[str, dict[str, Bin]]
    masculine: Proportion | None
    mistakes: tuple[Mistake, ...]

    def to_json(self) -> dict[str, Any]:
        """Everything as plain data for `json.dumps`: shares from 0 to 1, each with interval and count."""
        return {
            "suite": self.suite,
            "model": self.model,
            "sentences": self.sentences,
            "exact": self.exact.to_json(),
            "exact_tokens": self.exact_tokens.to_json(),
            "accepted": self.accepted.to_json() if self.accepted else None,
            "scores": [score.to_json() for score in self.scores],
            "agreement": self.agreement.to_json() if self.agreement else None,
            "preference": self.preference.to_json() if self.preference else None,
            "bins": {
                feature: {value: one.to_json() for value, one in values.items()}
                for feature, values in self.bins.items()
            },
            "masculine": self.masculine.to_json() if self.masculine else None,
            "mistakes": [asdict(mistake) for mistake in self.mistakes],
        }


def evaluate(
    translator: "Translator",
    suite: Suite,
    mistakes: int = 10,
    report: Callable[[str], None] = lambda stage: None,
    prefer: bool = True,
) -> Evaluation:
    """Translate `suite` greedily and measure it.

    mistakes: how many wrong translations the result shows. report: called with a few words about what is being done,
    often enough for a person who waits. prefer: also compare the two forms of each word, which takes most of the time.
    """
    suite = _as_trained(suite, translator)
    texts = _translated(translator, suite, report)
    report("comparing with the references")
    agreed = preferred = masculine = accepted = None
    found: dict[str, dict[str, Bin]] = {}
    if is_untold(suite):
        suite, masculine = as_said(suite, texts)
        suite = _as_trained(suite, translator)
    exact = [text == reference for text, reference in zip(texts, suite.references, strict=True)]
    scores = corpus_scores(texts, suite.references)
    if suite.pairs is not None:
        agreed = agreement(suite.pairs, texts)
        variants = [same or accepts(*both) for same, *both in zip(exact, suite.references, texts, strict=True)]
        accepted = Proportion(sum(variants), len(variants))
        found = bins(suite, exact, variants, agreed)
        if prefer and masculine is None:
            report("comparing the two forms of each word")
            preferred = preference(translator, suite.pairs)
    return Evaluation(
        suite=suite.name,
        model=translator.checkpoint.hash,
        sentences=len(texts),
        exact=exact_match(texts, suite.references),
        exact_tokens=exact_tokens(texts, suite.references),
        accepted=accepted,
        scores=scores,
        agreement=agreed,
        preference=preferred,
        bins=found,
        masculine=masculine,
        mistakes=_mistakes(suite, texts, agreed, mistakes),
    )


def _as_trained(suite: Suite, translator: "Translator") -> Suite:
    """For a model of text whose tokens stand apart, annotated pairs are written so."""
    if suite.pairs is None or not translator.target.pretokenised:
        return suite
    sources = tuple(" ".join(pair.source) for pair in suite.pairs)
    references = tuple(" ".join(pair.target) for pair in suite.pairs)
    return replace(suite, sources=sources, references=references)


def _translated(translator: "Translator", suite: Suite, report: Callable[[str], None]) -> list[str]:
    texts: list[str] = []
    while len(texts) < len(suite.sources):
        report(f"translating, {len(texts):,} of {len(suite.sources):,} sentences done")
        texts += translator.texts(suite.sources[len(texts) : len(texts) + _AT_ONCE])
    return texts


def _mistakes(suite: Suite, texts: list[str], agreed: AgreementResult | None, most: int) -> tuple[Mistake, ...]:
    """The first `most` translations that are not their reference, in the suite's order."""
    disagreeing = _disagreeing(suite, agreed)
    wrong = [row for row, text in enumerate(texts) if text != suite.references[row]]
    return tuple(
        Mistake(suite.sources[row], suite.references[row], texts[row], tuple(disagreeing[row])) for row in wrong[:most]
    )


def _disagreeing(suite: Suite, agreed: AgreementResult | None) -> dict[int, list[str]]:
    """For each sentence, what is wrong with its agreeing words: "který for která", "rád is missing"."""
    wrong: dict[int, list[str]] = defaultdict(list)
    if agreed is not None and suite.pairs is not None:
        for condition, verdict in zip(agreed.conditions, agreed.verdicts, strict=True):
            if verdict.outcome != RIGHT:
                pair = suite.pairs[condition.sentence]
                word = pair.target[pair.agreements[condition.agreement].position]
                replaced = verdict.outcome == WRONG
                wrong[condition.sentence].append(f"{verdict.produced} for {word}" if replaced else f"{word} is missing")
    return wrong
