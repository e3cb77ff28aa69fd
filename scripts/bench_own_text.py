"""Parallel text of one's own, for so many minutes: what the default recipe makes of it, beside a JoeyNMT.

    python scripts/bench_own_text.py --train T.tsv --dev D.tsv --test E.tsv --minutes 60 --joeynmt PYTHON

PYTHON is that of an environment with `joeynmt==2.3.0` and what that needs without saying so, `importlib_metadata` and
`torch<2.7`. All who are asked begin together, a thread each (give the machine a processor a contestant), with the same
subword pieces, and are stopped after `--minutes`; what each has then kept as its best translates the test, with the
same beam. `--set` overrides the recipe; `--plain` asks the same recipe without attention as well. Prints JSON: BLEU and
chrF with sacrebleu's signatures, steps, pieces a second (each counts its own way), peak memory.

JoeyNMT's settings are what its recurrent examples have (Adam, plateau schedule, dropout 0.2 to 0.3, label smoothing,
input feeding, an encoder that reads both ways), at the sizes of our recipe; it looks at dev as often as we do.
"""

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from translate.tokenizer import Tokenizer
    from translate.training.recipe import Recipe

Pairs = Sequence[tuple[str, str]]
BEAM = 5


class Contestant(Protocol):
    """Something that trains in a process of its own and translates afterwards."""

    name: str

    def command(self) -> list[str]:
        """What trains it."""

    def translations(self, sources: Sequence[str]) -> list[str]:
        """What its best weights make of `sources`."""

    def facts(self, log: str) -> dict[str, object]:
        """Steps and speed, from its files and what it printed."""


@dataclass(frozen=True)
class Ours:
    """`translate train --tsv` as it is, but for `settings`."""

    name: str
    folder: Path
    train: Path
    dev: Path
    recipe: str
    settings: tuple[str, ...]

    def command(self) -> list[str]:
        files = ["--tsv", str(self.train), "--dev", str(self.dev), "--recipe", self.recipe]
        settings = [word for setting in self.settings for word in ("--set", setting)]
        return [sys.executable, "-m", "translate", "train", *files, "--out", str(self.folder), *settings]

    def translations(self, sources: Sequence[str]) -> list[str]:
        from translate.model.translator import Translator

        return [best.text for best, *_ in Translator.load(self.folder).translate(sources, beam=BEAM)]

    def facts(self, log: str) -> dict[str, object]:
        from translate.model.checkpoint import open_checkpoint

        lines = [json.loads(line) for line in (self.folder / "metrics.jsonl").read_text().splitlines()]
        speeds = re.findall(r"([\d,]+) tokens/s", log)
        return {
            "steps": max(line.get("step", 0) for line in lines),
            "pieces_per_second": int(speeds[-1].replace(",", "")) if speeds else None,
            "model": open_checkpoint(self.folder).hash,
        }


@dataclass(frozen=True)
class Joey:
    """JoeyNMT on text that is in pieces already, so that its vocabulary is ours."""

    name: str
    folder: Path
    python: str
    tokenizers: "tuple[Tokenizer, Tokenizer]"
    recipe: "Recipe"
    learning_rate: float

    def prepare(self, train: Pairs, dev: Pairs) -> None:
        """Write its text, its vocabularies and its settings."""
        self.folder.mkdir(parents=True)
        for name, pairs in (("train", train), ("dev", dev)):
            for side, language in enumerate(("src", "trg")):
                lines = [" ".join(self.tokenizers[side].split(pair[side])) for pair in pairs]
                (self.folder / f"{name}.{language}").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (self.folder / "settings.yaml").write_text(self.settings(), encoding="utf-8")

    def settings(self) -> str:
        """JSON is YAML."""
        model, training = self.recipe.model, self.recipe.training
        dropouts = {"dropout": model.dropout, "hidden_dropout": 0.2}
        embedding = {"embedding_dim": model.embedding, "scale": False, "dropout": 0.2}
        sizes = {"rnn_type": "lstm", "num_layers": 1, "hidden_size": model.hidden, **dropouts}
        side = {"level": "word", "lowercase": False, "max_length": 250}
        data = {f"{part}": str(self.folder / part) for part in ("train", "dev")}
        return json.dumps(
            {
                "name": "joey",
                "joeynmt_version": "2.3.0",
                "model_dir": str(self.folder / "model"),
                "use_cuda": False,
                "random_seed": training.seed,
                "data": {
                    **data,
                    "dataset_type": "plain",
                    "src": {"lang": "src", **side},
                    "trg": {"lang": "trg", **side},
                },
                "testing": {"beam_size": BEAM, "beam_alpha": 1.0, "batch_size": 64, "eval_metrics": ["bleu"]},
                "training": {
                    "optimizer": "adam",
                    "learning_rate": self.learning_rate,
                    "learning_rate_min": 0.0001,
                    "scheduling": "plateau",
                    "patience": 3,
                    "decrease_factor": 0.5,
                    "clip_grad_norm": training.clip,
                    "label_smoothing": training.label_smoothing,
                    "normalization": "tokens",
                    "batch_size": training.batch,
                    "epochs": 10**6,
                    "logging_freq": 100,
                    "validation_freq": training.validate_every,
                    "early_stopping_metric": "bleu",
                    "keep_best_ckpts": 1,
                    "print_valid_sents": [],
                },
                "model": {
                    "initializer": "xavier_uniform",
                    "bias_initializer": "zeros",
                    "embed_initializer": "xavier_uniform",
                    "tied_embeddings": False,
                    "tied_softmax": model.tied_embeddings,
                    "encoder": {"type": "recurrent", "bidirectional": True, "embeddings": embedding, **sizes},
                    "decoder": {
                        "type": "recurrent",
                        "attention": "luong",
                        "input_feeding": True,
                        "init_hidden": "bridge",
                        "embeddings": embedding,
                        **sizes,
                    },
                },
            },
            indent=1,
        )

    def command(self) -> list[str]:
        return [self.python, "-m", "joeynmt", "train", str(self.folder / "settings.yaml"), "--skip-test"]

    def translations(self, sources: Sequence[str]) -> list[str]:
        source, target = self.tokenizers
        asked = "".join(" ".join(source.split(text)) + "\n" for text in sources)
        command = [self.python, "-m", "joeynmt", "translate", str(self.folder / "settings.yaml")]
        done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False, env=environment(0))
        if done.returncode:
            raise SystemExit(f"JoeyNMT could not translate: {done.stderr[-2000:]}")
        lines = done.stdout.splitlines()[-len(sources) :]
        return [target.decode(target.ids(line.split())) for line in lines]

    def facts(self, log: str) -> dict[str, object]:
        steps = [int(step.replace(",", "")) for step in re.findall(r"Step:\s+([\d,]+)", log)]
        speeds = [int(speed) for speed in re.findall(r"Tokens per Sec:\s+(\d+)", log)]
        return {
            "steps": max(steps, default=0),
            "pieces_per_second": sorted(speeds)[len(speeds) // 2] if speeds else None,
            "learning_rate": self.learning_rate,
        }


def environment(threads: int) -> dict[str, str]:
    """The environment of a process with so many threads (0: as it likes)."""
    return {**os.environ, **({"OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)} if threads else {})}


def race(contestants: Sequence[Contestant], minutes: float, logs: Path) -> dict[str, dict[str, object]]:
    """Train all at once, a thread each, for so long at most; seconds and the most memory of each."""
    running, began = {}, time.monotonic()
    for each in contestants:
        with (logs / f"{each.name}.log").open("w") as log:
            running[each.name] = subprocess.Popen(
                each.command(), stdout=log, stderr=subprocess.STDOUT, env=environment(1), start_new_session=True
            )
    found: dict[str, dict[str, object]] = {}
    while len(found) < len(running):
        time.sleep(0.5)
        over = time.monotonic() - began > 60 * minutes
        for name, process in running.items():
            if name in found:
                continue
            if over:
                process.send_signal(signal.SIGINT)
            ended, _, used = os.wait4(process.pid, 0 if over else os.WNOHANG)
            if ended:
                seconds = round(time.monotonic() - began)
                found[name] = {"seconds": seconds, "peak_memory_mb": round(used.ru_maxrss / 1024)}
    return found


def main() -> None:
    """Measure and print."""
    arguments = parsed()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it starts in the background ignore it

    import sacrebleu

    from translate.corpus.parallel import read_parallel
    from translate.tokenizer import Tokenizer
    from translate.training.recipe import Recipe

    train, dev, test = (read_parallel(path) for path in (arguments.train, arguments.dev, arguments.test))
    recipe = Recipe.load(arguments.recipe).override(arguments.set)
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="own-text-"))
    folder.mkdir(parents=True, exist_ok=True)
    files = (arguments.train, arguments.dev, arguments.recipe)
    contestants: list[Contestant] = []
    if not arguments.only_joeynmt:
        contestants.append(Ours("attention", folder / "attention", *files, tuple(arguments.set)))
    if arguments.plain:
        contestants.append(Ours("plain", folder / "plain", *files, (*arguments.set, "attention=")))
    if arguments.joeynmt:
        wanted = recipe.tokenizer
        source, target = (
            Tokenizer.train((pair[side] for pair in train), wanted.pieces, wanted.size, side == 0, wanted.pretokenised)
            for side in (0, 1)
        )
        joey = Joey("joeynmt", folder / "joeynmt", arguments.joeynmt, (source, target), recipe, arguments.joeynmt_rate)
        joey.prepare(train, dev)
        contestants.append(joey)
    found = race(contestants, arguments.minutes, folder)
    sources, references = [source for source, _ in test], [[target for _, target in test]]
    for each in contestants:
        print(f"{each.name}: translating", file=sys.stderr)
        written = each.translations(sources)
        (folder / f"{each.name}.txt").write_text("\n".join(written) + "\n", encoding="utf-8")
        for name, metric in (("bleu", sacrebleu.BLEU()), ("chrf", sacrebleu.CHRF())):
            found[each.name][name] = round(metric.corpus_score(written, references).score, 2)
            found[each.name][f"{name}_signature"] = str(metric.get_signature())
        found[each.name] |= each.facts((folder / f"{each.name}.log").read_text())
    print(json.dumps({"minutes": arguments.minutes, "load": os.getloadavg()[0], **found}, indent=1))


def parsed() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("train", "dev", "test"):
        parser.add_argument(f"--{name}", type=Path, required=True, help="source, tab, target a line")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--joeynmt", metavar="PYTHON", help="the Python of an environment with joeynmt==2.3.0")
    parser.add_argument("--joeynmt-rate", type=float, default=0.001, help="JoeyNMT's learning rate")
    parser.add_argument("--only-joeynmt", action="store_true", help="ask nobody else")
    parser.add_argument("--plain", action="store_true", help="ask the recipe without attention too")
    parser.add_argument("--recipe", default="default")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--keep", type=Path, help="keep models, logs and translations in this folder")
    return parser.parse_args()


if __name__ == "__main__":
    main()
