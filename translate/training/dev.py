"""How a model does on the dev sentences, and what of that decides which weights are kept and when a run has had enough.

Sentences of a grammar are learned to the last word: the share that is translated exactly decides. Of text of one's own
next to no translation is its reference, word for word, and that share is 0 from first to last. There chrF2 decides
(Popović 2015; of equal ones the lower loss), and a run goes on as long as either gets better.
"""

from collections.abc import Callable, Sequence

import torch

from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.model.search import greedy
from translate.tokenizer import PAD, Tokenizer
from translate.training.batches import Batches
from translate.training.encoding import encoded
from translate.training.loss import lean_loss
from translate.training.state import Progress

Judge = Callable[[list[str]], dict[str, float]]
"""Further metrics of the dev translations, by name."""

DECIDING: dict[str, dict[str, int]] = {"exact_match": {"exact_match": 1}, "chrf": {"chrf": 1, "dev_loss": -1}}
"""By a recipe's `best_by`: the dev metrics that decide, the first before the second; 1: more is better, -1: less."""

_AT_ONCE = 64  # sentences whose loss is computed together


class Dev:
    """The dev pairs of a run.

    best_by: a key of `DECIDING`. judge: further metrics, which decide nothing. too_long: the pairs that are left out.
    """

    def __init__(
        self,
        pairs: Sequence[tuple[str, str]],
        tokenizers: tuple[Tokenizer, Tokenizer],
        best_by: str,
        judge: Judge | None,
    ):
        self.best_by, self._judge, self._target = best_by, judge, tokenizers[1]
        self.too_long: list[tuple[str, str]] = []
        self._ids = list(encoded(pairs, *tokenizers, "dev", self.too_long))
        left_out = set(self.too_long)
        self._references = [pair[1] for pair in pairs if pair not in left_out]
        self._batches = Batches(self._ids, _AT_ONCE, seed=0, bucket=len(self._ids))

    def __len__(self) -> int:
        return len(self._ids)

    def look(self, model: EncoderDecoder, judged: bool = True) -> dict[str, float]:
        """The metrics of `model`: `exact_match` (a share), `chrf` (to 100) and `dev_loss` where they decide.

        dev_loss: mean cross-entropy in nats a piece of the references, without smoothing and dropout.
        """
        hypotheses = greedy(Network.of(model), [source for source, _ in self._ids], scores=False)
        exact = sum(h.tokens == target for h, (_, target) in zip(hypotheses, self._ids, strict=True))
        dev = {"exact_match": exact / max(len(self), 1)}
        wants_texts = self.best_by == "chrf" or (judged and self._judge)
        texts = [self._target.decode(h.tokens) for h in hypotheses] if wants_texts else []
        if self.best_by == "chrf":
            dev |= {"chrf": _chrf(texts, self._references), "dev_loss": self._loss(model)}
        return dev | (self._judge(texts) if judged and self._judge else {})

    def is_best(self, dev: dict[str, float], progress: Progress) -> bool:
        """Whether a look is no worse than the best so far."""
        first, *rest = DECIDING[self.best_by].items()
        ranks = [
            [sign * look.get(name, -sign * float("inf")) for name, sign in (first, *rest)]
            for look in (dev, {**progress.best_dev, first[0]: progress.best})
        ]
        return ranks[0] >= ranks[1]

    def note_records(self, dev: dict[str, float], progress: Progress) -> None:
        """Count the looks in a row in which nothing that decides got better than ever before."""
        better = False
        for name, sign in DECIDING[self.best_by].items():
            if name not in progress.records or sign * dev[name] > sign * progress.records[name]:
                progress.records[name], better = dev[name], True
        progress.stale = 0 if better else progress.stale + 1

    def named(self, progress: Progress) -> dict[str, float]:
        """The metrics of the best weights as `metrics.json` calls them: `dev_exact_match`, `dev_chrf`, `dev_loss`."""
        best = {**progress.best_dev, self.best_by: progress.best}
        names = dict.fromkeys(("exact_match", *DECIDING[self.best_by]))
        return {f"dev_{name.removeprefix('dev_')}": best[name] for name in names if name in best}

    @torch.no_grad()
    def _loss(self, model: EncoderDecoder) -> float:
        device, total, count = next(model.parameters()).device, 0.0, 0
        model.eval()
        for batch in self._batches.epoch(0):
            source, target_in, target_out = (part.to(device) for part in batch)
            words = int((target_out != PAD).sum())
            total += words * float(lean_loss(model, source, target_in, target_out))
            count += words
        return total / max(count, 1)


def _chrf(texts: list[str], references: list[str]) -> float:
    from sacrebleu.metrics import CHRF

    return float(CHRF().corpus_score(texts, [references]).score)
