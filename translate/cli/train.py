"""`translate train`: a recipe and a corpus become a model folder."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer


def train(
    out: Annotated[Path, typer.Option(help="Folder for the model.")],
    corpus: Annotated[Path | None, typer.Option(help="Corpus folder made by `translate corpus`.")] = None,
    tsv: Annotated[Path | None, typer.Option(help="Your own parallel text: source, tab, target a line.")] = None,
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
    threads: Annotated[int | None, typer.Option(help="CPU threads (0: all).")] = None,
    resume: Annotated[bool, typer.Option(help="Continue the run in --out, to the very same weights.")] = False,
    overwrite: Annotated[bool, typer.Option(help="Replace the run in --out.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="Print the metrics as JSON.")] = False,
) -> None:
    """Train a model; Ctrl-C stops it safely, --resume continues it."""
    from translate.training.recipe import Recipe

    settings = _settings(
        set_ or [],
        {
            "tokenizer.pieces": pieces,
            "tokenizer.size": vocab_size,
            "training.seed": seed,
            "training.device": device,
            "training.threads": threads,
        },
    )
    chosen = None  # a run that is resumed knows its own
    if recipe or settings or not (resume and (out / "recipe.toml").is_file()):
        chosen = Recipe.load(recipe or ("lesson" if corpus else "default")).override(settings)
    pairs, dev_pairs, judge, data = _data(corpus, tsv, dev)

    from translate.terminal.console import progress_bar
    from translate.training.loop import train as run

    facts = {"command": f"`{_command()}`", **data}
    with progress_bar("training", "loss", "speed", "dev") as update:
        metrics = run(
            chosen,
            pairs,
            dev_pairs,
            out,
            resume=resume,
            overwrite=overwrite,
            judge=judge,
            report=_report(update),
            facts=facts,
        )
    if json_:
        print(json.dumps(metrics))
    else:
        print(f"{out}: {metrics['dev_exact_match']:.2%} of {metrics['dev_sentences']} dev sentences exact "
              f"after {metrics['best_step']} steps ({metrics['seconds']:.0f} s)")  # fmt: skip


def _settings(given: list[str], options: dict[str, object]) -> list[str]:
    """The overrides of --set, and behind them those of the options that were given."""
    return given + [f"{key}={value}" for key, value in options.items() if value is not None]


def _report(update):
    """What shows each look at the run: the bar in a terminal, a line for each validation elsewhere."""
    from translate.terminal.console import remark

    shown = {"loss": "reading the sentences", "speed": "", "dev": ""}
    update(0, None, **shown)

    def report(look) -> None:
        shown["loss"] = f"loss {look.loss:.4f}"
        shown["speed"] = f"{look.tokens_per_second:,.0f} tokens/s"
        if look.dev:
            shown["dev"] = "  ".join(f"{name.replace('_', ' ')} {value:.2%}" for name, value in look.dev.items())
            if not sys.stderr.isatty():
                remark(f"step {look.step}/{look.steps}  {shown['loss']}  {shown['speed']}  dev {shown['dev']}")
        update(look.step, look.steps, **shown)

    return report


def _data(corpus: Path | None, tsv: Path | None, dev: Path | None):
    """Training and dev pairs of texts, the judge of dev translations if the corpus is annotated, and the card's facts."""
    from translate.corpus.parallel import read_parallel
    from translate.errors import UsageError

    if (corpus is None) == (tsv is None):
        raise UsageError("Give the training data: either --corpus FOLDER or --tsv FILE.")
    if tsv is not None:
        pairs = read_parallel(tsv)
        if dev is not None:
            return pairs, read_parallel(dev), None, {"data": f"`{tsv.name}`, {len(pairs):,} pairs"}
        held = max(1, min(1000, len(pairs) // 40))
        if len(pairs) < 2:
            raise UsageError(f"{tsv} has {len(pairs)} pair(s); at least 2 are needed to train and to check.")
        step = len(pairs) // held
        chosen = set(range(0, held * step, step))
        kept = [pair for index, pair in enumerate(pairs) if index not in chosen]
        return kept, [pairs[i] for i in sorted(chosen)], None, {"data": f"`{tsv.name}`, {len(pairs):,} pairs"}
    if not (corpus / "corpus.json").is_file():
        raise UsageError(f"{corpus} is no corpus folder; make one with `translate corpus --out {corpus}`.")
    from translate.corpus.files import load_pairs
    from translate.evaluation.agreement import agreement_rate

    annotated = load_pairs(corpus / "dev.jsonl")
    about = json.loads((corpus / "corpus.json").read_text(encoding="utf-8"))
    facts = {
        "corpus": f"grammar `{about['grammar']}`, seed {about['seed']}, {about['counts']['train']:,} training pairs"
    }
    return (
        read_parallel(corpus / "train.tsv"),
        [(pair.source_text, pair.target_text) for pair in annotated],
        lambda texts: {"agreement": agreement_rate(annotated, texts)},
        facts,
    )


def _command() -> str:
    import shlex

    return "translate " + shlex.join(sys.argv[1:])
