"""`translate train`: a recipe and a corpus become a model folder."""

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from translate.cli.option_names import with_options
from translate.cli.shared import command_line

if TYPE_CHECKING:
    from translate.corpus.parallel import Parallel
    from translate.training.loop import Report


class Data(NamedTuple):
    """Training and dev pairs of texts, what judges dev translations (annotated ones only), and the card's facts.

    texts: what the pairs of each part were read from, where that is a text of one's own.
    """

    pairs: list[tuple[str, str]]
    dev: list[tuple[str, str]]
    judge: Callable[[list[str]], dict[str, float]] | None
    facts: dict[str, str]
    texts: "dict[str, Parallel]"


def train(
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    corpus: Annotated[Path | None, typer.Option(help="Corpus folder made by `translate corpus`.")] = None,
    tsv: Annotated[
        Path | None, typer.Option(help="Your own parallel text: source, tab, target a line; - is stdin.")
    ] = None,
    dev: Annotated[Path | None, typer.Option(help="Dev pairs of your own (default: a fortieth of --tsv).")] = None,
    recipe: Annotated[
        str | None,
        typer.Option(help="Recipe: a TOML file or a name that ships (default: lesson, with --tsv: default)."),
    ] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="Override a key of the recipe: key=value.")] = None,
    pieces: Annotated[str | None, typer.Option(help="Tokenizer: word, unigram or bpe.")] = None,
    vocab_size: Annotated[int | None, typer.Option(help="Pieces a language at most.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the weights and of the order.")] = None,
    device: Annotated[str | None, typer.Option(help="cpu, cuda, mps or auto.")] = None,
    threads: Annotated[int | None, typer.Option(help="CPU threads of a process (default 1; 0: all).")] = None,
    processes: Annotated[int | None, typer.Option(help="Processes that train together, each on a batch.")] = None,
    resume: Annotated[bool, typer.Option(help="Continue the run in --out, to the very same weights.")] = False,
    overwrite: Annotated[bool, typer.Option(help="Replace the run in --out.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at a line of --tsv that cannot be used.")] = False,
    skip_copies: Annotated[
        bool, typer.Option("--skip-copies", help="Leave out lines of --tsv whose target is their source.")
    ] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the metrics as JSON.")] = False,
) -> None:
    """Train a model; Ctrl-C stops it safely, --resume continues it."""
    from translate.training.machine.launch import launched, leads
    from translate.training.recipe import Recipe

    options = {"tokenizer.pieces": pieces, "tokenizer.size": vocab_size, "training.seed": seed}
    options |= {"training.device": device, "training.threads": threads, "training.processes": processes}
    settings = (set_ or []) + [f"{key}={value}" for key, value in options.items() if value is not None]
    own = out / "recipe.toml" if resume and not recipe and (out / "recipe.toml").is_file() else None
    chosen = Recipe.load(recipe or own or ("lesson" if corpus else "default")).override(settings)
    if chosen.training.processes > 1 and not launched():
        raise typer.Exit(_launched(chosen.training.processes, tsv, dev))

    from translate.processes import nobody
    from translate.terminal.console import progress_bar, remark, stage_remarks

    stage = stage_remarks() if leads() else nobody
    data = _data(corpus, tsv, dev, {"strict": strict, "skip_copies": skip_copies, "stage": stage})

    from translate.training.loop import train as run
    from translate.training.start import started_anew

    if resume and (said := started_anew(out)):
        remark(said)

    def advise(said: str) -> None:
        remark(with_options(said))

    facts = {"command": f"`{command_line()}`", **data.facts}
    with progress_bar("training", "loss", "speed", "dev") as update:
        how: dict[str, Any] = {"resume": resume, "overwrite": overwrite, "own_text": tsv is not None}
        report = _report(update)
        told: dict[str, Any] = {
            "report": report,
            "stage": stage,
            "remark": advise,
            "too_long": partial(_left_out, data.texts, strict, facts),
        }
        metrics = run(chosen, data.pairs, data.dev, out, **how, judge=data.judge, facts=facts, **told)
    if not leads():
        return
    if json_:
        print(json.dumps(metrics))
    else:
        print(f"{out}: {_quality(metrics)} after {metrics['best_step']} steps ({metrics['seconds']:.0f} s)")


def _left_out(
    texts: "dict[str, Parallel]",
    strict: bool,
    facts: dict[str, str],
    part: str,
    pairs: Sequence[tuple[str, str]],
    why: str,
) -> None:
    """Say which lines are left out because they have too many pieces, also in the card; `strict` stops at them."""
    from translate.errors import TranslateError
    from translate.terminal.console import remark
    from translate.training.machine.launch import leads

    text = texts.get(part)
    name, lines = (text.name, text.lines_of(pairs)) if text else (part, f"{len(pairs):,}")
    if strict:
        raise TranslateError(f"{name}: {lines} with {why}; they are left out without --strict.")
    if leads():
        remark(f"{name}: {lines} left out, with {why}.")
    of = "left out of it" if part == "training" else "left out of dev"
    facts[of] = ", ".join(filter(None, (facts.get(of), f"{lines} with {why}")))


def _launched(count: int, *texts: Path | None) -> int:
    """The exit code of this command in several processes, each of which reads the texts for itself."""
    from translate.errors import UsageError
    from translate.training.machine.launch import launch

    if piped := [str(path) for path in texts if path and (str(path) == "-" or path.is_fifo())]:
        raise UsageError(f"{count} processes cannot all read {piped[0]}; save the text in a file.")
    return launch(count)


def _quality(metrics: dict[str, Any]) -> str:
    """What decided which weights were kept, in words."""
    if metrics["decided_by"] == "chrf":
        scores = f"chrF {metrics['dev_chrf']:.1f}, loss {metrics['dev_loss']:.3f}"
        return f"{scores} on {metrics['dev_sentences']} dev sentences"
    return f"{metrics['dev_exact_match']:.2%} of {metrics['dev_sentences']} dev sentences exact"


def _report(update: Callable[..., None]) -> "Callable[[Report], None]":
    """What shows each look at the run: the bar in a terminal; elsewhere a line for each validation and now and then."""
    from translate.terminal.console import patient_remarks, remark

    shown, meanwhile = {"loss": "reading the sentences", "speed": "", "dev": ""}, patient_remarks(10, 60)
    update(0, None, **shown)
    first: list[Report] = []

    def report(look: "Report") -> None:
        shown["loss"] = f"loss {look.loss:.4f}"
        shown["speed"] = f"{look.tokens_per_second:,.0f} tokens/s"
        if look.dev:
            shown["dev"] = "  ".join(_in_words(name, value) for name, value in look.dev.items())
        if not first:
            first.append(look)
        if not sys.stderr.isatty():
            line = f"step {look.step}/{look.steps}  {shown['loss']}  {shown['speed']}"
            if look.dev:
                remark(f"{line}  dev {shown['dev']}")
            else:
                meanwhile(line + _remaining(first[0], look))
        update(look.step, look.steps, **shown)

    return report


def _remaining(first: "Report", look: "Report") -> str:
    """How long the run still takes at the speed since its first look; nothing before a second one."""
    from translate.numerals import duration

    done = look.step - first.step
    if not done:
        return ""
    return f"  about {duration((look.steps - look.step) * (look.seconds - first.seconds) / done)} left"


def _in_words(name: str, value: float) -> str:
    """A dev metric: a share as per cent, chrF2 to 100, a loss in nats."""
    from translate.numerals import percent

    name = name.replace("dev_", "").replace("_", " ").replace("chrf", "chrF")
    if name.endswith("loss"):
        return f"{name} {value:.4f}"
    return f"{name} {value:.2f}" if name.endswith("chrF") else f"{name} {percent(value, 2, zeros=True, unit='%')}"


def _data(corpus: Path | None, tsv: Path | None, dev: Path | None, how: dict[str, Any]) -> Data:
    """What is trained on: a corpus folder, or a user's own text, read as `how` says."""
    from translate.errors import UsageError

    if corpus is not None and tsv is None:
        return _of_corpus(corpus)
    if tsv is None or corpus is not None:
        raise UsageError("Give the training data: either --corpus FOLDER or --tsv FILE.")
    return _of_text(tsv, dev, how)


def _of_text(tsv: Path, dev: Path | None, how: dict[str, Any]) -> Data:
    from translate.corpus.own.held_back import in_both, with_dev
    from translate.corpus.parallel import open_parallel
    from translate.errors import UsageError
    from translate.terminal.console import remark

    text = open_parallel(tsv, **how)
    checked = open_parallel(dev, **how) if dev is not None else None
    for each in filter(None, (text, checked)):
        for said in each.remarks("; `skip_copies` leaves such lines out"):
            remark(with_options(said))
    if checked:
        met = in_both(checked.pairs, text.pairs)
        known = f"; a sentence of {met:,} stands in training too" if met else ""
        facts = {**text.facts(), "dev": f"`{checked.name}`, {len(checked.pairs):,} pairs{known}"}
        if met:
            remark(f"{checked.name}: {met:,} of {len(checked.pairs):,} dev pairs have a sentence of the training text.")
        return Data(text.pairs, checked.pairs, None, facts, {"training": text, "dev": checked})
    if len(text.pairs) < 2:
        raise UsageError(f"{text.name} has {len(text.pairs)} pair(s); at least 2 are needed to train and to check.")
    pairs, held = with_dev(text.pairs)
    facts = {**text.facts(), "dev": f"{len(held):,} of these pairs, whose sentences no other has"}
    return Data(pairs, held, None, facts, {"training": text, "dev": text})


def _of_corpus(corpus: Path) -> Data:
    from translate.corpus.files import load_pairs, no_corpus
    from translate.corpus.parallel import read_parallel
    from translate.evaluation.agreement import agreement_rate

    if not (corpus / "corpus.json").is_file():
        raise no_corpus(corpus)
    annotated = load_pairs(corpus / "dev.jsonl")
    about = json.loads((corpus / "corpus.json").read_text(encoding="utf-8"))
    grammar = f"grammar `{about['grammar']}`, seed {about['seed']}, {about['counts']['train']:,} training pairs"
    return Data(
        pairs=read_parallel(corpus / "train.tsv"),
        dev=[(pair.source_text, pair.target_text) for pair in annotated],
        judge=lambda texts: {"agreement": agreement_rate(annotated, texts)},
        facts={"corpus": grammar},
        texts={},
    )
