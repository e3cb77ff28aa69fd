"""Where no word of the English tells the gender, both Czech sentences are right; which of them does the model say?

Such a sentence has the tag `other`: the Czech of the other gender. Its agreement is judged by the gender that the model
chose with the first of its agreeing words: *rád čtu* and *ráda čtu* are right, *byl jsem šťastná* is not.
"""

from collections.abc import Sequence
from dataclasses import replace

from msgspec.structs import replace as changed

from translate.corpus.pair import SentencePair
from translate.evaluation.agreement import MISSING, RIGHT, judge
from translate.evaluation.proportion import Proportion
from translate.evaluation.suite import Suite
from translate.language.words import opposite


def is_untold(suite: Suite) -> bool:
    """Whether the English of every sentence of `suite` leaves the gender open."""
    return bool(suite.tags) and all(isinstance(tags.get("other"), str) for tags in suite.tags or ())


def as_said(suite: Suite, texts: Sequence[str]) -> tuple[Suite, Proportion]:
    """`suite` with the references of the genders that `texts` chose, and the share of masculine among those.

    A translation that shows no gender keeps its reference and does not count.
    """
    assert suite.pairs is not None
    pairs: list[SentencePair] = []
    references: list[str] = []
    masculine = shown = 0
    for pair, text in zip(suite.pairs, texts, strict=True):
        first = next((verdict for verdict in judge(pair, text) if verdict.outcome != MISSING), None)
        turned = first is not None and first.outcome != RIGHT
        pairs.append(_turned(pair) if turned else pair)
        references.append(pairs[-1].target_text)
        if first is not None:
            shown += 1
            masculine += pairs[-1].agreements[0].gender == "m"
    return replace(suite, references=tuple(references), pairs=tuple(pairs)), Proportion(masculine, shown)


def _turned(pair: SentencePair) -> SentencePair:
    """`pair` about somebody of the other gender, whose English is the same; those who are named stay who they are."""
    words, agreements = list(pair.target), list(pair.agreements)
    for index, word in enumerate(pair.agreements):
        if not pair.nouns[word.controller].lemma:  # told by nothing
            words[word.position] = word.other
            turned = changed(word, gender=opposite(word.gender), other=pair.target[word.position])
            agreements[index] = turned
    nouns = tuple(noun if noun.lemma else changed(noun, gender=opposite(noun.gender)) for noun in pair.nouns)
    return changed(pair, target=tuple(words), agreements=tuple(agreements), nouns=nouns)
