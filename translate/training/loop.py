"""The training loop: batches in, weights out, and at any moment a state from which to go on.

Over 300 lines: one run, from what it begins with to its last step, and what it tells on the way.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

import torch

from translate.errors import TranslateError, UsageError
from translate.files import only_writer, sweep, writable_folder, write_atomic
from translate.model.checkpoint import save_frame, save_weights
from translate.model.config import ModelConfig
from translate.model.device import pick_device, use_threads
from translate.model.encoder_decoder import EncoderDecoder
from translate.processes import NotebookBar, Stage, counted, give_memory_back
from translate.tokenizer import PAD
from translate.training import average, log, snapshots, state
from translate.training.batches import Batches
from translate.training.card import write_card
from translate.training.dev import DECIDING, Dev, Judge
from translate.training.encoding import encoded, too_many
from translate.training.fingerprint import fingerprint
from translate.training.log import Report
from translate.training.loss import lean_loss
from translate.training.machine.group import Group
from translate.training.machine.hardware import autocast, check_memory, keep_few_kernels, pick_precision
from translate.training.machine.interrupts import interrupts
from translate.training.optimizer import AdamW
from translate.training.recipe import Recipe
from translate.training.start import Begun, resolved, start, stored_recipe

Pairs = Sequence[tuple[str, str]]
TooLong = Callable[[str, Pairs, str], None]

_PATIENCE = 5.0  # seconds without a look that nobody minds
_GIVE_BACK_EVERY = (
    50  # steps; batches differ in shape, and what each leaves in the heap adds up to hundreds of megabytes
)


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
    own_text: bool = False,
    report: Callable[[Report], None] | None = None,
    remark: Callable[[str], None] = lambda _: None,
    stage: Stage | None = None,
    too_long: TooLong | None = None,
    facts: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Train a model on `pairs` of texts and write it to the folder `out`; returns its metrics.

    Args:
        recipe: what to do; None continues the run in `out` with its own.
        dev: pairs that decide which weights are kept and when the target is reached.
        resume: continue the run in `out`; its final weights equal an uninterrupted run's bit for bit.
        overwrite: replace what is in `out`.
        judge: further dev metrics from the dev translations, for the reports (agreement, for example).
        own_text: the pairs are of no grammar (see the recipe's `best_by`).
        report: called with every look at the run (None: a notebook shows them under its cell).
        remark: told, before the training begins, what in the vocabularies does not fit the text, a sentence each.
        stage: told how far the sentences are read, before the training begins (None: as `report`).
        too_long: told of pairs with too many pieces, which are left out: whether they are "training" or "dev", the
            pairs, and what is wrong with them in words (None: `remark` is told).
        facts: what the model card should say besides (the command, the data).

    Raises:
        UsageError: `out` holds a run already, or recipe or data are not those of the run to be resumed.
        TranslateError: `out` cannot be written, or another training is writing to it.
        Stopped: after Ctrl-C, once the state is saved.
    """
    bar = NotebookBar("training")
    report = report or (lambda look: bar(look.in_words(), look.step, look.steps))
    stage = stage or (lambda what, done, total: bar(what, done, total))
    with Group(recipe.training.processes if recipe else 1) as group, _folder(out, group):
        begun = group.told(lambda: start(recipe, pairs, dev, out, resume, overwrite, remark, stage))
        too_long = too_long or (lambda part, left_out, why: remark(f"{len(left_out):,} {part} pairs left out: {why}."))
        return _Run(
            group, begun, pairs, dev, out, judge, own_text, report, stage, too_long, {} if facts is None else facts
        ).go()


@contextmanager
def _folder(out: Path, group: Group) -> Iterator[None]:
    """Hold the folder for the process that writes."""
    if not group.leads:
        yield
        return
    with only_writer(writable_folder(out), "training"):
        sweep(out)
        snapshots.sweep_all(out)
        yield


class _Run:
    """One run of `train`: its objects, and the steps in order."""

    def __init__(
        self,
        group: Group,
        begun: Begun,
        pairs: Pairs,
        dev: Pairs,
        out: Path,
        judge: Judge | None,
        own_text: bool,
        report: Callable[[Report], None],
        stage: Stage,
        too_long: TooLong,
        facts: dict[str, str],
    ):
        recipe, tokenizers, resumed = begun
        self.group, (self.source, self.target) = group, tokenizers
        self.out, self.report, self.facts = out, report, facts
        config = ModelConfig(len(self.source), len(self.target), **asdict(recipe.model))
        settings = recipe.training
        self.device = group.device(pick_device(settings.device))
        self.threads = use_threads(settings.threads or group.threads())
        if settings.lean:
            keep_few_kernels()
        self.kept = set(snapshots.steps_of(settings.steps, settings.checkpoints))
        check_memory(config, self.device)
        precision = group.told(lambda: pick_precision(settings.precision, self.device, config, settings.batch))
        self.recipe = resolved(recipe, own_text, precision, group.size)
        self.dev = Dev(dev, tokenizers, self.recipe.training.best_by, judge)
        torch.manual_seed(settings.seed)
        self.model = EncoderDecoder(config).to(self.device)
        self.optimizer = AdamW(self.model.parameters(), settings.weight_decay)
        self.batches = self._batches(pairs, stage, too_long)
        data = fingerprint(chain(pairs, dev))
        if resumed:
            self.progress = state.load_state(out, self.model, self.optimizer)
            if recipe.training.processes != group.size:
                raise UsageError(f"The run in {out} has another training.processes: {recipe.training.processes}.")
            if self.progress.data != data:
                raise UsageError(
                    f"The run in {out} had other sentences; resume it with its own data or `overwrite` it."
                )
        else:
            self.progress = state.Progress(data)
        moved = group.told(lambda: resumed and stored_recipe(out).training.steps != recipe.training.steps)
        self.progress.finished &= not moved  # its end, if it had come to it; see `start.continued`
        if group.leads:
            self._write_folder(resumed, moved)

    def _batches(self, pairs: Pairs, stage: Stage, too_long: TooLong) -> Batches:
        """The training pairs in batches; those that are too long, of dev too, are told."""
        long: list[tuple[str, str]] = []
        settings = self.recipe.training
        told = counted(pairs, "turning the sentences into pieces", len(pairs), stage)
        ids = encoded(told, self.source, self.target, "training", long)
        batches = Batches(ids, settings.batch * self.group.size, settings.seed, settings.curriculum, settings.bucket)
        for name, left_out in (("training", long), ("dev", self.dev.too_long)):
            if left_out:
                too_long(name, left_out, too_many(self.source.kind))
        return batches

    def _write_folder(self, resumed: bool, moved: bool) -> None:
        if resumed:
            log.cut(self.out, self.progress.step)
            if moved:
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
        losses, words, since, looked = [], 0, start, start
        with interrupts() as interrupted:
            for source, target_in, target_out in self._remaining():
                losses.append(self._step(source, target_in, target_out))
                words += source.numel() + int((target_out != 0).sum())
                step = self.progress.step
                if step in self.kept and self.group.leads:
                    snapshots.keep(self.out, self.model, self.model.config, (self.source, self.target), step)
                due = step % settings.validate_every == 0 and step >= settings.validate_from
                validating = due or step == settings.steps
                if settings.lean and (validating or step % _GIVE_BACK_EVERY == 0):
                    give_memory_back()
                now = time.perf_counter()
                if validating or step % 20 == 0 or now - looked > _PATIENCE:
                    looked = now
                    loss = float(torch.stack(losses).mean())
                    if not loss < float("inf"):
                        problem = f"The loss is no longer a number at step {step}"
                        raise TranslateError(f"{problem}; lower training.learning_rate and start again.")
                    dev = self._validate() if validating and self.group.leads else {}
                    if self.group.leads:
                        self._look(Report(step, settings.steps, loss, words / (now - since), now - start, dev))
                    if validating:
                        self.progress.finished = self.group.told(lambda: self.progress.finished)
                        self._save()  # after its line in the log, so that every look of a saved state is there
                        losses, words, since = [], 0, time.perf_counter()
                if self.progress.finished:
                    break
                if self.group.total(interrupted.is_set()):
                    self._save()
                    raise Stopped(
                        f"Stopped at step {step} of {settings.steps}; the same command with `resume` continues."
                    )
        return self._finish(time.perf_counter() - start, first)

    def _remaining(self) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
        """The batches still to come, epoch after epoch."""
        while self.progress.step < self.recipe.training.steps and not self.progress.finished:
            epoch, first = divmod(self.progress.step, len(self.batches))
            for batch in self.batches.epoch(epoch, first):
                if self.progress.step >= self.recipe.training.steps:
                    return
                yield batch

    def _step(self, *batch: torch.Tensor) -> torch.Tensor:
        """One step of all processes; returns the loss of the whole batch."""
        settings, step = self.recipe.training, self.progress.step
        rate = min(1.0, (step + 1) / max(settings.warmup, 1)) * (1 - step / settings.steps)
        source, target_in, target_out = (part.to(self.device) for part in self.group.share(batch))
        self.model.train()
        self.group.draw_apart(settings.seed, step)
        self.optimizer.zero_grad()
        loss = torch.zeros((), device=self.device)
        if len(source):
            with autocast(settings.precision, self.device):
                parts = (source, target_in, target_out, settings.label_smoothing)
                loss = lean_loss(self.model, *parts) if settings.lean else self.model.loss(*parts)
            if self.group.size > 1:
                loss = loss * ((target_out != PAD).sum() / (batch[2] != PAD).sum())
            loss.backward()
        loss = self.group.add_up(loss.detach(), self.model.parameters())
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), settings.clip)
        self.optimizer.step(settings.learning_rate * rate)
        self.progress.step += 1
        return loss

    def _validate(self) -> dict[str, float]:
        """Look at the dev sentences and keep the weights if they are the best so far."""
        settings, progress = self.recipe.training, self.progress
        dev = self.dev.look(self.model)
        if settings.average:
            average.keep(self.out, self.model, progress.step)
        self._keep_if_best(self.model, dev)
        self.dev.note_records(dev, progress)
        enough = dev["exact_match"] >= settings.target or 0 < settings.patience <= progress.stale
        progress.finished = enough or progress.step >= settings.steps
        return dev | (self._average() if progress.finished and settings.average else {})

    def _keep_if_best(self, model: EncoderDecoder, dev: dict[str, float], averaged: int = 0) -> None:
        """Write the weights if no look before was better; averaged: of how many looks they are the mean."""
        progress = self.progress
        if self.dev.is_best(dev, progress):
            progress.best, progress.best_dev = dev[self.dev.best_by], dev
            progress.best_step, progress.averaged = progress.step, averaged
            save_weights(self.out, model)

    def _average(self) -> dict[str, float]:
        """Keep the mean of the last weights if it is no worse than the best ones."""
        mean = deepcopy(self.model)
        weights, count = average.mean(self.out, self.progress.step, self.recipe.training.average)
        mean.load_state_dict(weights)
        dev = self.dev.look(mean, judged=False)
        self._keep_if_best(mean, dev, count)
        return {f"averaged_{name}": dev[name] for name in DECIDING[self.dev.best_by]}

    def _save(self) -> None:
        if self.group.leads:
            state.save_state(self.out, self.model, self.optimizer, self.progress)
            average.drop(self.out, 0 if self.progress.finished else self.recipe.training.average)

    def _look(self, report: Report) -> None:
        self.report(report)
        if report.dev:
            line: dict[str, Any] = {"step": report.step, "loss": report.loss, **report.dev}
            if self.dev.best_by != "exact_match":
                line |= {"decided_by": self.dev.best_by, "best_step": self.progress.best_step}
            line |= {"tokens_per_second": round(report.tokens_per_second), "seconds": round(report.seconds, 3)}
            log.append(self.out, line)

    def _finish(self, seconds: float, first: int) -> dict[str, Any]:
        metrics = {
            "steps": self.progress.step,
            "best_step": self.progress.best_step,
            "decided_by": self.dev.best_by,
            **self.dev.named(self.progress),
            "dev_sentences": len(self.dev),
            "parameters": sum(p.numel() for p in self.model.parameters()),
            "seed": self.recipe.training.seed,
            "precision": self.recipe.training.precision,
            "threads": self.threads,
        }
        if self.recipe.training.average:
            metrics["averaged"] = self.progress.averaged
        if self.group.leads:
            write_atomic(self.out / "metrics.json", json.dumps(metrics, indent=2) + "\n")
            write_card(self.out, self.model.config, self.source.kind, metrics, self.facts)
        return metrics | {"seconds": seconds, "steps_now": self.progress.step - first}
