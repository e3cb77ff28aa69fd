"""The numbers of the tour's steps on whole translations: the boy and the girl, and what breaks the model."""

from translate.corpus.pair import SentencePair
from translate.difference import count_changed
from translate.evaluation.agreement import MISSING, WRONG, AgreementResult, agreement
from translate.lab.statistics.estimate import Estimate, wilson
from translate.lesson.judge import judge
from translate.lesson.material import TourMaterial, suite
from translate.lesson.numbers import Numbers, count, share, word
from translate.lesson.steps import sentences
from translate.text import split


def boy_girl(material: TourMaterial) -> Numbers:
    """The lesson's two sentences, and the agreement of many like them."""
    twins = [sentences()[who] for who in ("boy", "girl")]
    boy, girl = (translations[0] for translations in material.translator.translate(twins, scores=False))
    pairs = [pair for pair, _ in suite("boy-girl")]
    agreed = agreement(pairs, material.texts(pairs))
    numbers = {
        "boy_czech": word(boy.text),
        "girl_czech": word(girl.text),
        "boy_girl_changed": count(count_changed(boy.tokens, girl.tokens)),
        "pairs_sentences": count(len(pairs)),
        "pairs_words": count(len(agreed.verdicts)),
        "pairs_right": share(_right(agreed)),
    }
    return numbers | (_held(material) if material.reads_gender else {})


def _right(agreed: AgreementResult) -> Estimate:
    return wilson(agreed.accuracy.successes, agreed.accuracy.count, "words")


def _held(material: TourMaterial) -> Numbers:
    """In how many sentences the memory tells the right gender where the last agreeing word is written."""
    right = []
    for pair, p in zip(material.pairs, material.p_feminine, strict=True):
        last = max(pair.agreements, key=lambda word: word.position, default=None)
        if last is not None:
            right.append((p[last.position] > 0.5) == (last.gender == "f"))
    return {"held_share": share(wilson(int(sum(right)), len(right), "sentences")), "held_sentences": count(len(right))}


def breaking(material: TourMaterial) -> Numbers:
    """How often three kinds of hard sentences break the model, and how many of their agreeing words are right.

    Right is what `evaluation/agreement.py` says, beside the reference: a word that is left out is not right.
    """
    numbers: Numbers = {}
    broken: dict[str, float] = {}
    for name, of in (("longer", "test-longer"), ("distance", "distance"), ("attractor", "attractor")):
        pairs: list[SentencePair] = [pair for pair, _ in suite(of)]
        texts = material.texts(pairs)
        judgements = [judge(pair.source, split(text)) for pair, text in zip(pairs, texts, strict=True)]
        agreed = agreement(pairs, texts)
        breaks, words = sum(bool(each.wrong or each.lost) for each in judgements), len(agreed.verdicts)
        broken[name] = breaks / len(pairs)
        numbers |= {
            f"{name}_sentences": count(len(pairs)),
            f"{name}_broken": share(wilson(breaks, len(pairs), "sentences")),
            f"{name}_lost": share(wilson(sum(bool(each.lost) for each in judgements), len(pairs), "sentences")),
            f"{name}_words": count(words),
            f"{name}_right": share(_right(agreed)),
            f"{name}_other": share(agreed.count(WRONG) / words),
            f"{name}_missing": share(agreed.count(MISSING) / words),
        }
    return numbers | {"hardest": word(max(broken, key=lambda name: broken[name]))}
