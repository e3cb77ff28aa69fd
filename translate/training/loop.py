"""The training loop: batches in, weights out, and at any moment a state from which to go on."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import torch

from translate.errors import TranslateError, UsageError
from translate.files import only_writer, read_text, sweep, writable_folder, write_atomic
from translate.model.checkpoint import open_frame, save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.device import pick_device, use_threads
from translate.model.encoder_decoder import EncoderDecoder
from translate.model.network import Network
from translate.model.search import Hypothesis, greedy
from translate.tokenizer import Tokenizer
from translate.training import average, log, snapshots, state
from translate.training.batches import Batches
from translate.training.card import write_card
from translate.training.encoding import encoded
from translate.training.fingerprint import fingerprint
from translate.training.hardware import autocast, pick_precision
from translate.training.interrupts import interrupts
from translate.training.optimizer import AdamW
from translate.training.recipe import Recipe
from translate.training.resume import continued
from translate.training.vocabulary import shortfalls

Pairs = Sequence[tuple[str, str]]
Judge = Callable[[list[str]], dict[str, float]]
"""Further metrics of the dev translations, by name."""


@dataclass(frozen=True)
class Report:
    """One look at a run: what the progress bar and `metrics.jsonl` show.

    `loss`: mean over the steps since the last look, in nats a word; `dev`: the dev metrics, empty between validations;
    `seconds`: from the start of the loop.
    """

    step: int
    steps: int
    loss: float
    tokens_per_second: float
    seconds: float
    dev: dict[str, float]


class Stopped(TranslateError):
    """The run was interrupted; its state is saved and it can be continued."""

    exit_code = 130


def train(
    recipe: Recipe | None,
    pairs: Pairs,
    dev: Pairs,
    out: Path,
    *,
    resume: bool = False,
    overwrite: bool = False,
    judge: Judge | None = None,
    report: Callable[[Report], None] = lambda _: None,
    remark: Callable[[str], None] = lambda _: None,
    facts: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Train a model on `pairs` of texts and write it to the folder `out`; returns its metrics.

    Args:
        recipe: what to do; None continues the run in `out` with its own.
        dev: pairs that decide which weights are kept and when the target is reached.
        resume: continue the run in `out`; its final weights equal an uninterrupted run's bit for bit.
        overwrite: replace what is in `out`.
        judge: further dev metrics from the dev translations, for the reports (agreement, for example).
        report: called with every look at the run.
        remark: told, before the training begins, what in the vocabularies does not fit the text, a sentence each.
        facts: what the model card should say besides (the command, the data).

    Raises:
        UsageError: `out` holds a run already, or recipe or data are not those of the run to be resumed.
        TranslateError: `out` cannot be written, or another training is writing to it.
        Stopped: after Ctrl-C, once the state is saved.
    """
    with only_writer(writable_folder(out), "training"):
        sweep(out)
        snapshots.sweep_all(out)
        chosen, tokenizers, resumed = _start(recipe, pairs, out, resume, overwrite)
        for said in () if resumed else shortfalls(tokenizers, chosen.tokenizer.size, pairs, dev):
            remark(said)
        return _Run(chosen, tokenizers, resumed, pairs, dev, out, judge, report, facts or {}).go()


def _start(
    recipe: Recipe | None, pairs: Pairs, out: Path, resume: bool, overwrite: bool
) -> tuple[Recipe, tuple[Tokenizer, Tokenizer], bool]:
    """The recipe and the tokenizers, read from `out` where a run is resumed, and whether it is."""
    has_run = (out / state.NAME).exists()
    if has_run and not (resume or overwrite):
        raise UsageError(f"{out} holds a training already; add `resume` to continue it or `overwrite` to replace it.")
    if resume and has_run:
        frame = open_frame(out)
        return continued(_stored(out), recipe, out), (frame.source, frame.target), True
    recipe = recipe or _stored(out)
    wanted = recipe.tokenizer
    source, target = (
        Tokenizer.train((pair[side] for pair in pairs), wanted.pieces, wanted.size, side == 0, wanted.pretokenised)
        for side in (0, 1)
    )
    return recipe, (source, target), False


def _stored(out: Path) -> Recipe:
    """The recipe of the run in `out`, which may have been stopped before it had a state to continue from."""
    path = out / "recipe.toml"
    return Recipe.parse(read_text(path, "recipe"), str(path)) if path.exists() else Recipe()


class _Run:
    """One run of `train`: its objects, and the steps in order."""

    def __init__(
        self,
        recipe: Recipe,
        tokenizers: tuple[Tokenizer, Tokenizer],
        resumed: bool,
        pairs: Pairs,
        dev: Pairs,
        out: Path,
        judge: Judge | None,
        report: Callable[[Report], None],
        facts: dict[str, str],
    ):
        self.source, self.target = tokenizers
        self.out, self.judge, self.report, self.facts = out, judge, report, facts
        self.dev = encoded(dev, self.source, self.target, "dev")
        config = ModelConfig(len(self.source), len(self.target), **asdict(recipe.model))
        settings = recipe.training
        self.device = pick_device(settings.device)
        self.threads = use_threads(settings.threads)
        self.kept = set(snapshots.steps_of(settings.steps, settings.checkpoints))
        precision = pick_precision(settings.precision, self.device, config, settings.batch)
        self.recipe = replace(recipe, training=replace(settings, precision=precision))
        torch.manual_seed(settings.seed)
        self.model = EncoderDecoder(config).to(self.device)
        self.optimizer = AdamW(self.model.parameters(), settings.weight_decay)
        ids = encoded(pairs, self.source, self.target, "training")
        self.batches = Batches(ids, settings.batch, settings.seed, settings.curriculum, settings.bucket)
        data = fingerprint(chain(pairs, dev))
        if resumed:
            self.progress = state.load_state(out, self.model, self.optimizer)
            if self.progress.data != data:
                raise UsageError(
                    f"The run in {out} had other sentences; resume it with its own data or `overwrite` it."
                )
        else:
            self.progress = state.Progress(data)
        self._write_folder(resumed)

    def _write_folder(self, resumed: bool) -> None:
        if resumed:
            log.cut(self.out, self.progress.step)
            if _stored(self.out).training.steps != self.recipe.training.steps:  # see `resume.continued`
                self.progress.finished = False
                self._save()  # before the recipe: a run whose end is moved must not pass for one that has ended
                (self.out / "metrics.json").unlink(missing_ok=True)
                write_atomic(self.out / "recipe.toml", self.recipe.to_toml())
        else:
            # Only now is all that can be wrong with the request behind us, and an earlier run's files may go.
            for leftover in (state.NAME, log.NAME, "weights.safetensors", "metrics.json"):
                (self.out / leftover).unlink(missing_ok=True)
            average.drop(self.out)
            snapshots.drop(self.out)
            save_frame(self.out, self.model.config, self.source, self.target)
            write_atomic(self.out / "recipe.toml", self.recipe.to_toml())

    def go(self) -> dict[str, Any]:
        """Train to the end (or the target), then keep the best weights; returns the metrics."""
        settings, start, first = self.recipe.training, time.perf_counter(), self.progress.step
        losses, words, since = [], 0, start
        with interrupts() as interrupted:
            for source, target_in, target_out in self._remaining():
                losses.append(self._step(source, target_in, target_out))
                words += source.numel() + int((target_out != 0).sum())
                step = self.progress.step
                if step in self.kept:
                    snapshots.keep(self.out, self.model, self.model.config, (self.source, self.target), step)
                due = step % settings.validate_every == 0 and step >= settings.validate_from
                validating = due or step == settings.steps
                if validating or step % 20 == 0:
                    now = time.perf_counter()
                    loss = float(torch.stack(losses).mean())
                    if not loss < float("inf"):
                        problem = f"The loss is no longer a number at step {step}"
                        raise TranslateError(f"{problem}; lower training.learning_rate and start again.")
                    dev = self._validate() if validating else {}
                    self._look(Report(step, settings.steps, loss, words / (now - since), now - start, dev))
                    if validating:
                        self._save()  # after its line in the log, so that every look of a saved state is there
                        losses, words, since = [], 0, time.perf_counter()
                if self.progress.finished:
                    break
                if interrupted.is_set():
                    self._save()
                    raise Stopped(
                        f"Stopped at step {step} of {settings.steps}; the same command with `resume` continues."
                    )
        return self._finish(time.perf_counter() - start, first)

    def _remaining(self) -> Iterator[list[torch.Tensor]]:
        """The batches still to come, epoch after epoch."""
        while self.progress.step < self.recipe.training.steps and not self.progress.finished:
            epoch, first = divmod(self.progress.step, len(self.batches))
            for batch in self.batches.epoch(epoch, first):
                if self.progress.step >= self.recipe.training.steps:
                    return
                yield [part.to(self.device) for part in batch]

    def _step(self, source: torch.Tensor, target_in: torch.Tensor, target_out: torch.Tensor) -> torch.Tensor:
        settings, step = self.recipe.training, self.progress.step
        rate = min(1.0, (step + 1) / max(settings.warmup, 1)) * (1 - step / settings.steps)
        self.model.train()
        with autocast(settings.precision, self.device):
            loss = self.model.loss(source, target_in, target_out, settings.label_smoothing)
        self.optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), settings.clip)
        self.optimizer.step(settings.learning_rate * rate)
        self.progress.step += 1
        return loss.detach()

    def _validate(self) -> dict[str, float]:
        """Translate the dev sentences and keep the weights if they are the best so far."""
        hypotheses, dev = self._translated(self.model)
        if self.judge:
            dev |= self.judge([self.target.decode(h.tokens) for h in hypotheses])
        progress = self.progress
        if self.recipe.training.average:
            average.keep(self.out, self.model, progress.step)
        if dev["exact_match"] >= progress.best:
            progress.best, progress.best_step, progress.averaged = dev["exact_match"], progress.step, 0
            save_weights(self.out, self.model)
        progress.finished = (
            dev["exact_match"] >= self.recipe.training.target or progress.step >= self.recipe.training.steps
        )
        return dev | (self._average() if progress.finished and self.recipe.training.average else {})

    def _translated(self, model: EncoderDecoder) -> tuple[list[Hypothesis], dict[str, float]]:
        """The dev translations of a model, and the share of them that is exact as `exact_match`."""
        hypotheses = greedy(Network.of(model), [source for source, _ in self.dev], scores=False)
        exact = sum(h.tokens == target.tolist() for h, (_, target) in zip(hypotheses, self.dev, strict=True))
        return hypotheses, {"exact_match": exact / max(len(self.dev), 1)}

    def _average(self) -> dict[str, float]:
        """Keep the mean of the last weights if it is no worse than the best ones."""
        progress, mean = self.progress, deepcopy(self.model)
        weights, count = average.mean(self.out, progress.step, self.recipe.training.average)
        mean.load_state_dict(weights)
        exact = self._translated(mean)[1]["exact_match"]
        if exact >= progress.best:
            progress.best, progress.best_step, progress.averaged = exact, progress.step, count
            save_weights(self.out, mean)
        return {"averaged_exact_match": exact}

    def _save(self) -> None:
        state.save_state(self.out, self.model, self.optimizer, self.progress)
        average.drop(self.out, 0 if self.progress.finished else self.recipe.training.average)

    def _look(self, report: Report) -> None:
        self.report(report)
        if report.dev:
            line = {"step": report.step, "loss": report.loss, **report.dev}
            line |= {"tokens_per_second": round(report.tokens_per_second), "seconds": round(report.seconds, 3)}
            log.append(self.out, line)

    def _finish(self, seconds: float, first: int) -> dict[str, Any]:
        metrics = {
            "steps": self.progress.step,
            "best_step": self.progress.best_step,
            "dev_exact_match": self.progress.best,
            "dev_sentences": len(self.dev),
            "parameters": sum(p.numel() for p in self.model.parameters()),
            "seed": self.recipe.training.seed,
            "precision": self.recipe.training.precision,
            "threads": self.threads,
        }
        if self.recipe.training.average:
            metrics["averaged"] = self.progress.averaged
        write_atomic(self.out / "metrics.json", json.dumps(metrics, indent=2) + "\n")
        write_card(self.out, self.model.config, self.source.kind, metrics, self.facts)
        return metrics | {"seconds": seconds, "steps_now": self.progress.step - first}
