"""One model on one suite: everything that is measured, in one frozen object."""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from translate.evaluation.agreement import MISSING, RIGHT, WRONG, AgreementResult, agreement
from translate.evaluation.breakdown import FEATURES
from translate.evaluation.preference import PreferenceResult, preference
from translate.evaluation.proportion import Proportion
from translate.evaluation.quality import Score, corpus_scores, exact_match, exact_tokens
from translate.evaluation.suite import Suite

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
        exact: translations equal to their reference. exact_tokens: the same but for spaces.
        scores: BLEU, chrF2 and TER.
        agreement, preference: None if the suite is not annotated.
        mistakes: the first ones, in the suite's order.
    """

    suite: str
    model: str
    sentences: int
    exact: Proportion
    exact_tokens: Proportion
    scores: tuple[Score, ...]
    agreement: AgreementResult | None
    preference: PreferenceResult | None
    mistakes: tuple[Mistake, ...]

    def to_json(self) -> dict:
        """Everything as plain data for `json.dumps`: shares from 0 to 1, each with interval and count."""
        return {
            "suite": self.suite,
            "model": self.model,
            "sentences": self.sentences,
            "exact": self.exact.to_json(),
            "exact_tokens": self.exact_tokens.to_json(),
            "scores": [score.to_json() for score in self.scores],
            "agreement": _agreement_json(self.agreement),
            "preference": _preference_json(self.preference),
            "mistakes": [asdict(mistake) for mistake in self.mistakes],
        }


def evaluate(
    translator, suite: Suite, mistakes: int = 10, report: Callable[[str], None] = lambda stage: None
) -> Evaluation:
    """Translate `suite` greedily and measure it.

    Args:
        translator: a `Translator`.
        mistakes: how many wrong translations the result shows.
        report: told in a few words what is being done, often enough for a person who waits.
    """
    suite = _as_trained(suite, translator)
    texts = _translated(translator, suite, report)
    report("comparing with the references")
    exact = exact_match(texts, suite.references)
    scores = corpus_scores(texts, suite.references)
    agreed = preferred = None
    if suite.pairs is not None:
        agreed = agreement(suite.pairs, texts)
        report("comparing the two forms of each word")
        preferred = preference(translator, suite.pairs)
    return Evaluation(
        suite.name, translator.checkpoint.hash, len(texts), exact, exact_tokens(texts, suite.references), scores,
        agreed, preferred, _mistakes(suite, texts, agreed, mistakes),
    )  # fmt: skip


def _as_trained(suite: Suite, translator) -> Suite:
    """For a model of text whose tokens stand apart, annotated pairs are written so."""
    if suite.pairs is None or not translator.target.pretokenised:
        return suite
    sources = tuple(" ".join(pair.source) for pair in suite.pairs)
    return Suite(suite.name, sources, tuple(" ".join(pair.target) for pair in suite.pairs), suite.pairs)


def _translated(translator, suite: Suite, report: Callable[[str], None]) -> list[str]:
    texts: list[str] = []
    while len(texts) < len(suite.sources):
        report(f"translating, {len(texts):,} of {len(suite.sources):,} sentences done")
        texts += translator.texts(suite.sources[len(texts) : len(texts) + _AT_ONCE])
    return texts


def _mistakes(suite: Suite, texts: list[str], agreed: AgreementResult | None, most: int) -> tuple[Mistake, ...]:
    wrong: dict[int, list[str]] = {}
    if agreed is not None:
        for condition, verdict in zip(agreed.conditions, agreed.verdicts, strict=True):
            if verdict.outcome != RIGHT:
                pair = suite.pairs[condition.sentence]
                word = pair.target[pair.agreements[condition.agreement].position]
                told = f"{verdict.produced} for {word}" if verdict.outcome == WRONG else f"{word} is missing"
                wrong.setdefault(condition.sentence, []).append(told)
    found = []
    for index, (source, reference, text) in enumerate(zip(suite.sources, suite.references, texts, strict=True)):
        if len(found) >= most:
            break
        if text != reference:
            found.append(Mistake(source, reference, text, tuple(wrong.get(index, ()))))
    return tuple(found)


def _agreement_json(result: AgreementResult | None) -> dict | None:
    if result is None:
        return None
    counts = {outcome: result.count(outcome) for outcome in (RIGHT, WRONG, MISSING)}
    return result.accuracy.to_json() | counts | {"extra": result.extra, "by": _by(result)}


def _preference_json(result: PreferenceResult | None) -> dict | None:
    if result is None:
        return None
    compared = {"word": result.word.to_json(), "sentence": result.sentence.to_json(), "unknown": result.unknown}
    return compared | {"by": _by(result)}


def _by(result: AgreementResult | PreferenceResult) -> dict[str, dict[str, dict]]:
    return {feature: {value: share.to_json() for value, share in result.by(feature).items()} for feature in FEATURES}
