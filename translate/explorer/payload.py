"""What the page is given: the model, what its readout and its means are, the words, and what was measured of it."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from translate import __version__, terms
from translate.corpus.show import sample
from translate.doubt.bar import Bar
from translate.errors import TranslateError, UsageError
from translate.explorer import grammar
from translate.explorer.measured import aggregates, find_results, load_results
from translate.lab.demonstrations import walk
from translate.lab.demonstrations.reference import by_weight, references
from translate.lab.demonstrations.word_gradient import shipped_rivals
from translate.lab.probes.readout import Readout, find_readout, readout_of
from translate.lab.tracing.site import sites_of
from translate.lab.verdicts.results import Results
from translate.lesson import taught, tour
from translate.lesson.steps import steps
from translate.model.checkpoint import Checkpoint
from translate.model.translator import Translator
from translate.tokenizer import Tokenizer

FORMAT = "translate-explorer 1"
RIVALS = ("rnn", "gru")
_DRAWS, _SEED = 20, 0
_EXAMPLES = {
    "I am a girl who likes to learn.": "the lesson's girl",
    "I am a boy who likes to learn.": "the lesson's boy",
    "I am a boy who likes to read, but my sister is a girl who likes to sing.": "a boy, then a girl",
    "My sister is a girl who likes to draw, but my brother is a boy who likes to sleep.": "a girl, then a boy",
    "I am a girl who likes to cook, but my sister is a witch who likes to travel.": "a girl, then another girl",
    "The queen who at night in Prague likes to dance is tired.": "far from the noun",
    "The boy who likes to chat with his sister is happy.": "a sister in between",
    "He is a brave hero who liked to write letters.": "hrdina: masculine, though it ends in -a",
}


def make_payload(
    translator: Translator,
    command: str,
    results: Path | None = None,
    rivals: Path | None = None,
    minimal: bool = False,
    report: str | None = None,
    readout: Readout | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Any]:
    """The page's data, ready for JSON.

    command: what was typed, to be shown. results: a `results.json` (None: the model folder's own). rivals: a folder of
    the models "rnn" and "gru" (None: those that ship). minimal: leave the precomputed corpus out. report: where the
    probing report lies, seen from the page. readout: of the gender (None: the one in the model folder). tell: called
    with how many of the lesson's steps are measured, and of how many. Raises `UsageError` for a model that does not
    work with whole words, or that the page cannot compute.
    """
    checkpoint = translator.checkpoint
    if checkpoint.source.kind != "word":
        raise UsageError(
            f"{checkpoint.folder} was trained on {checkpoint.source.kind} pieces; the explorer shows models of whole "
            "words (--pieces word)."
        )
    _check_computable(checkpoint)
    results_file = find_results(checkpoint.folder, results)
    others = _load_rivals(translator, rivals)
    return {
        "format": FORMAT,
        "about": _about(checkpoint, command),
        **_network(checkpoint),
        "bar": _bar(checkpoint),
        **_memory(translator, readout or _readout(translator)),
        **_words(checkpoint),
        **_measured(None if results_file is None else load_results(results_file, checkpoint.hash), report),
        "rivals": {
            name: {**_network(rival.checkpoint, half=True), "about": _about(rival.checkpoint, "")}
            for name, rival in others.items()
            if name in RIVALS
        },
        "corpus": None if minimal else _corpus(translator),
        "lesson": _lesson(translator, others, lambda done: tell(done, len(steps()))),
    }


def _check_computable(checkpoint: Checkpoint) -> None:
    """Raise `UsageError` for a network whose equations the page's own code does not have."""
    config = checkpoint.config
    extra = "attention" if config.attention else "a bidirectional encoder" if config.bidirectional else ""
    if extra:
        raise UsageError(
            f"{checkpoint.folder} is a model with {extra}, which the explorer cannot compute; give one without."
        )


def _about(checkpoint: Checkpoint, command: str) -> dict[str, str]:
    return {
        "model": checkpoint.hash,
        "name": checkpoint.folder.name,
        "shape": checkpoint.config.describe(),
        "command": command,
        "version": __version__,
        "seed": str(checkpoint.metrics.get("seed", "unknown")),
    }


def _network(checkpoint: Checkpoint, half: bool = False) -> dict[str, Any]:
    """A network for the page; half: with weights of half precision, enough for one that is only compared with."""
    weights = checkpoint.numpy_weights()
    if checkpoint.config.tied_embeddings:  # the page knows outputs of their own alone
        weights["output.weight"] = weights["target_embedding.weight"] @ weights.pop("output.projection.weight")
    return {
        "config": checkpoint.config.to_dict(),
        "half": half,
        "weights": {name: _floats(value, half) for name, value in weights.items()},
    }


def _bar(checkpoint: Checkpoint) -> dict[str, float] | None:
    """How unsure the model may be of a word and of a whole translation; None where no bar was fitted for it."""
    bar = Bar.load(checkpoint.folder)
    return None if bar is None or bar.model != checkpoint.hash else {"word": bar.word, "total": bar.total}


def _readout(translator: Translator) -> Readout:
    """The model's readout; one that reads nothing where it has none."""
    return readout_of(translator) if find_readout(translator.checkpoint.folder) else Readout({}, {})


def _memory(translator: Translator, readout: Readout) -> dict[str, Any]:
    """What is read from the states, what their units usually do, and which of them weigh most; thresholds of a valve.

    ranking: by layer ("dec.l0"), its units by their weight in the memory's readout, as `top:` ranks them. random:
    orders of the units, drawn once: "as many random units" are the first that are not the chosen ones.
    """
    statistics = _statistics(translator)
    ranking = {}
    for site, direction in readout.directions.items():
        layer, _, state = site.rpartition(".")
        if state == "c" or f"{layer}.c" not in readout.sites:
            ranking[layer] = list(by_weight(direction, statistics[site][1] if site in statistics else 1.0))
    rng = np.random.default_rng(_SEED)
    cases = {f"{forget} {memory}": name for (forget, memory), name in walk.CASES.items()}
    return {
        "readout": {
            site: {"direction": _floats(direction), "bias": readout.biases[site]}
            for site, direction in readout.directions.items()
        },
        "units": {site: {"mean": _floats(mean), "sd": _floats(sd)} for site, (mean, sd) in statistics.items()},
        "ranking": ranking,
        "random": [rng.permutation(translator.checkpoint.config.hidden).tolist() for _ in range(_DRAWS)],
        "walk": {"open": walk.OPEN, "closed": walk.CLOSED, "cases": cases, "between": walk.BETWEEN},
    }


def _statistics(translator: Translator) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By site, mean and deviation of each unit over the lesson's sentences; nothing where it does not know them."""
    sites = [site for site in sites_of(translator.checkpoint.config) if not site.endswith("_pre")]
    try:
        values = references(translator, sites)
    except TranslateError:
        return {}
    return {site: (value.mean(0), value.std(0)) for site, value in values.items()}


def _words(checkpoint: Checkpoint) -> dict[str, Any]:
    """The vocabularies, what is known of their words, and what the page calls things."""
    source, target = checkpoint.source.words, checkpoint.target.words
    return {
        "pretokenised": checkpoint.source.pretokenised,
        "source": checkpoint.source.vocabulary,
        "target": checkpoint.target.vocabulary,
        "agreeing": grammar.agreeing(target),
        "glosses": grammar.glosses(target),
        "twins": grammar.twins(source),
        "an": grammar.taking_an(source),
        "genders": grammar.genders(source, target),
        "counterparts": grammar.counterparts(source, target),
        "taught": _taught(source),
        "examples": _examples(checkpoint.source),
        "terms": {
            "gates": {site: asdict(term) for site, term in terms.GATES.items()},
            "states": {site: asdict(term) for site, term in terms.STATES.items()},
            "candidates": {site: asdict(term) for site, term in terms.CANDIDATES.items()},
            "sides": terms.SIDES,
            "genders": terms.GENDERS,
        },
        "glossary": terms.glossary(),
    }


def _taught(source: Sequence[str]) -> dict[str, Any] | None:
    """What the model's sentences were made of, where that is known; `never`: what is said of one that lacks it."""
    known = taught.of_model(source)
    if known is None:
        return None
    neighbours = sorted(map(list, known.neighbours))
    return {"kinds": known.kinds, "neighbours": neighbours, "joins": known.joins, "never": taught.NEVER}


def _examples(tokenizer: Tokenizer) -> list[dict[str, str]]:
    known = {sentence: about for sentence, about in _EXAMPLES.items() if not tokenizer.unknown(sentence)}
    known = known or {" ".join(tokenizer.words[:5]): "words of this model"}
    return [{"sentence": sentence, "about": about} for sentence, about in known.items()]


def _measured(results: Results | None, report: str | None) -> dict[str, Any]:
    """What was found over many sentences, and by what; nothing where nothing was measured."""
    if results is None:
        return {"measured": None, "aggregates": {}}
    about = results.about
    source = {"command": about.command, "seed": about.seed, "corpus": about.corpus, "page": report}
    return {"measured": source, "aggregates": aggregates(results)}


def _load_rivals(translator: Translator, folder: Path | None) -> dict[str, Translator]:
    """The plain RNN and the GRU to compare with, as far as they are there and know the same words."""
    if folder is None:
        rivals = shipped_rivals()
    else:
        rivals = {name: Translator.load(folder / name, "numpy") for name in RIVALS if (folder / name).is_dir()}
        if not rivals:
            raise UsageError(f"{folder} has neither a folder rnn nor a folder gru; give the folder that holds them.")
    for rival in rivals.values():
        _check_computable(rival.checkpoint)

    def words(model: Translator) -> tuple[list[str], list[str]]:
        return model.source.vocabulary, model.target.vocabulary

    return {name: rival for name, rival in rivals.items() if words(rival) == words(translator)}


def _corpus(translator: Translator) -> dict[str, Any] | None:
    from translate.explorer.patterns import SENTENCES, corpus_patterns

    try:
        return corpus_patterns(translator, sample("lesson", 4 * SENTENCES, _SEED), seed=_SEED)
    except TranslateError:
        return None


def _lesson(
    translator: Translator, rivals: dict[str, Translator], tell: Callable[[int], None]
) -> dict[str, Any] | None:
    """The steps of the guided tour with their numbers; None for a model that cannot take it."""
    try:
        return tour.payload(translator, rivals, tell)
    except TranslateError:
        return None


def _floats(values: np.ndarray, half: bool = False) -> str:
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f2" if half else "<f4").tobytes()).decode("ascii")
