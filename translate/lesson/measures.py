"""The numbers of the tour's steps on whole translations: the boy and the girl, and what breaks the model."""

from collections.abc import Sequence

from translate.corpus.pair import SentencePair
from translate.evaluation.agreement import MISSING, WRONG, AgreementResult, agreement
from translate.lab.statistics.estimate import wilson
from translate.lesson.judge import judge
from translate.lesson.material import TourMaterial, suite
from translate.lesson.numbers import Numbers, count, share, word
from translate.lesson.steps import sentences
from translate.text import split


def boy_girl(material: TourMaterial) -> Numbers:
    """The lesson's two sentences, and the agreement of many like them."""
    said = sentences()
    boy, girl = (material.translator.translate([said[who]], scores=False)[0][0] for who in ("boy", "girl"))
    pairs = [pair for pair, _ in suite("boy-girl")]
    found = agreement(pairs, material.texts(pairs))
    numbers = {
        "boy_czech": word(boy.text),
        "girl_czech": word(girl.text),
        "boy_girl_changed": count(differing_words(boy.tokens, girl.tokens)),
        "pairs_sentences": count(len(pairs)),
        "pairs_words": count(len(found.verdicts)),
        "pairs_right": share(_right(found)),
    }
    return numbers | (_held(material) if material.reads_gender else {})


def _right(found: AgreementResult):
    return wilson(found.accuracy.successes, found.accuracy.count, "words")


def differing_words(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words of two translations differ, place by place; one that only one of them has counts."""
    together = sum(a != b for a, b in zip(one, other, strict=False))
    return together + abs(len(one) - len(other))


def _held(material: TourMaterial) -> Numbers:
    """In how many sentences the memory tells the right gender where the last agreeing word is written."""
    right = []
    for row, pair in enumerate(material.pairs):
        last = max(pair.agreements, key=lambda one: one.position, default=None)
        if last is not None:
            p = material.readout.p_feminine("dec.l0.c", material.values("dec.l0.c")[row, last.position])
            right.append((p > 0.5) == (last.gender == "f"))
    return {"held_share": share(wilson(int(sum(right)), len(right), "sentences")), "held_sentences": count(len(right))}


def breaking(material: TourMaterial) -> Numbers:
    """How often three kinds of hard sentences break the model, and how many of their agreeing words are right.

    Right is what `evaluation/agreement.py` says, beside the reference: a word that is left out is not right.
    """
    numbers, broken = {}, {}
    for name, of in (("longer", "test-longer"), ("distance", "distance"), ("attractor", "attractor")):
        pairs: list[SentencePair] = [pair for pair, _ in suite(of)]
        texts = material.texts(pairs)
        found = [judge(pair.source, split(text)) for pair, text in zip(pairs, texts, strict=True)]
        agreed = agreement(pairs, texts)
        broken[name] = sum(one.breaks for one in found)
        words = len(agreed.verdicts)
        numbers |= {
            f"{name}_sentences": count(len(pairs)),
            f"{name}_broken": share(wilson(broken[name], len(pairs), "sentences")),
            f"{name}_lost": share(wilson(sum(bool(one.lost) for one in found), len(pairs), "sentences")),
            f"{name}_words": count(words),
            f"{name}_right": share(_right(agreed)),
            f"{name}_other": share(agreed.count(WRONG) / words),
            f"{name}_missing": share(agreed.count(MISSING) / words),
        }
        broken[name] /= len(pairs)
    return numbers | {"hardest": word(max(broken, key=broken.get))}
