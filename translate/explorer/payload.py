"""What the page is given: the model, what its readout and its means are, the words, and what was measured of it."""

import base64
from pathlib import Path

import numpy as np

from translate import __version__
from translate.corpus.show import sample
from translate.errors import TranslateError, UsageError
from translate.explorer import grammar
from translate.explorer.measured import aggregates, find_results, load_results
from translate.lab.demonstrations import walk
from translate.lab.probes.readout import NAME as READOUT
from translate.lab.probes.readout import Readout, readout_of
from translate.lab.tracing.site import sites_of
from translate.model.translator import Translator

FORMAT = "translate-explorer 1"
RIVALS = ("rnn", "gru")
SHIPPED = ("rnn",)
"""Of the rivals that ship, those that the page carries: it is sent by mail, and the lesson needs the plain RNN."""
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
    translator: Translator, command: str, results: Path | None = None, rivals: Path | None = None,
    minimal: bool = False, report: str | None = None, readout: Readout | None = None,
) -> dict:  # fmt: skip
    """The page's data, ready for JSON.

    command: what was typed, to be shown. results: a `results.json` (None: the model folder's own). rivals: a folder of
    the models "rnn" and "gru" (None: those that ship). minimal: leave the precomputed corpus out. report: where the
    probing report lies, seen from the page. readout: of the gender (None: the one in the model folder). Raises `TranslateError` for a model that does not work with whole words.
    """
    checkpoint = translator.checkpoint
    if checkpoint.source.kind != "word":
        raise UsageError(
            f"{checkpoint.folder} was trained on {checkpoint.source.kind} pieces; the explorer shows models of whole words "
            "(--pieces word)."
        )
    found, others = find_results(checkpoint.folder, results), _load_rivals(translator, rivals)
    measured = None if found is None else load_results(found, checkpoint.hash)
    shown = SHIPPED if rivals is None else RIVALS
    readout = readout or _readout(translator)
    stats = _statistics(translator)
    return {
        "format": FORMAT, "about": _about(translator, command), "pretokenised": checkpoint.source.pretokenised,
        **_network(translator), "source": checkpoint.source.vocabulary, "target": checkpoint.target.vocabulary,
        "readout": {site: {"direction": _floats(readout.directions[site]), "bias": readout.biases[site]} for site in readout.sites},
        "units": {site: {"mean": _floats(mean), "sd": _floats(sd)} for site, (mean, sd) in stats.items()},
        "ranking": _ranking(readout, stats), "random": _permutations(checkpoint.config.hidden),
        "walk": _walk(), **_words(checkpoint), "examples": _examples(checkpoint.source),
        "measured": None if measured is None else _source(measured, report),
        "aggregates": {} if measured is None else aggregates(measured),
        "rivals": {
            name: {**_network(rival), "about": _about(rival, "")} for name, rival in others.items() if name in shown
        },
        "corpus": None if minimal else _corpus(translator), "lesson": _lesson(translator, others),
    }  # fmt: skip


def _about(translator: Translator, command: str) -> dict:
    from translate.chat.about import shape

    checkpoint = translator.checkpoint
    return {
        "model": checkpoint.hash, "name": checkpoint.folder.name, "shape": shape(checkpoint), "command": command,
        "version": __version__, "seed": str(checkpoint.metrics.get("seed", "unknown")),
    }  # fmt: skip


def _network(translator: Translator) -> dict:
    weights = translator.checkpoint.numpy_weights()
    return {
        "config": translator.checkpoint.config.to_dict(),
        "weights": {name: _floats(value) for name, value in weights.items()},
    }


def _readout(translator: Translator) -> Readout:
    """The model's readout; one that reads nothing where it has none."""
    if not (translator.checkpoint.folder / READOUT).exists():
        return Readout({}, {})
    return readout_of(translator)


def _statistics(translator: Translator) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By site, mean and deviation of each unit over the lesson's sentences; nothing where the model does not know them."""
    from translate.lab.demonstrations.reference import reference

    sites = [site for site in sites_of(translator.checkpoint.config) if not site.endswith("_pre")]
    try:
        values = {site: reference(translator, site) for site in sites}
    except TranslateError:
        return {}
    return {site: (value.mean(0), value.std(0)) for site, value in values.items()}


def _ranking(readout: Readout, stats: dict) -> dict[str, list[int]]:
    """By layer ("dec.l0"), its units by their weight in the memory's readout, |direction| · deviation, as `top:` ranks them."""
    found = {}
    for site in readout.sites:
        layer, _, state = site.rpartition(".")
        if state == "c" or f"{layer}.c" not in readout.sites:
            spread = stats[site][1] if site in stats else 1.0
            found[layer] = np.argsort(-np.abs(readout.directions[site]) * spread, kind="stable").tolist()
    return found


def _permutations(units: int) -> list[list[int]]:
    """Orders of the units, drawn once: "as many random units" are the first that are not the chosen ones."""
    rng = np.random.default_rng(_SEED)
    return [rng.permutation(units).tolist() for _ in range(_DRAWS)]


def _walk() -> dict:
    """The thresholds and names of the walk through the cell, as the terminal's `translate cell` has them."""
    cases = {f"{forget} {memory}": name for (forget, memory), name in walk.CASES.items()}
    return {"open": walk.OPEN, "closed": walk.CLOSED, "cases": cases, "between": walk.BETWEEN}


def _words(checkpoint) -> dict:
    source, target = checkpoint.source.words, checkpoint.target.words
    return {
        "agreeing": grammar.agreeing(target), "glosses": grammar.glosses(target), "twins": grammar.twins(source),
        "an": grammar.taking_an(source), "genders": grammar.genders(source, target),
    }  # fmt: skip


def _examples(tokenizer) -> list[dict]:
    known = {sentence: about for sentence, about in _EXAMPLES.items() if not tokenizer.unknown(sentence)}
    known = known or {" ".join(tokenizer.words[:5]): "words of this model"}
    return [{"sentence": sentence, "about": about} for sentence, about in known.items()]


def _source(results: dict, report: str | None) -> dict:
    about = results["about"]
    return {"command": about["command"], "seed": about["seed"], "corpus": about["corpus"], "page": report}


def _load_rivals(translator: Translator, folder: Path | None) -> dict[str, Translator]:
    """The plain RNN and the GRU to compare with, as far as they are there and know the same words."""
    from translate.lab.demonstrations.word_gradient import shipped_rivals

    if folder is None:
        found = shipped_rivals()
    else:
        found = {name: Translator.load(folder / name, "numpy") for name in RIVALS if (folder / name).is_dir()}
        if not found:
            raise UsageError(f"{folder} has neither a folder rnn nor a folder gru; give the folder that holds them.")

    def words(model: Translator) -> tuple:
        return model.source.vocabulary, model.target.vocabulary

    return {name: rival for name, rival in found.items() if words(rival) == words(translator)}


def _corpus(translator: Translator) -> dict | None:
    from translate.explorer.patterns import SENTENCES, corpus_patterns

    try:
        return corpus_patterns(translator, sample("lesson", 4 * SENTENCES, _SEED), seed=_SEED)
    except TranslateError:
        return None


def _lesson(translator: Translator, rivals: dict[str, Translator]) -> dict | None:
    """The steps of the guided tour with their numbers; None for a model that cannot take it."""
    from translate.lesson.tour import payload

    try:
        return payload(translator, rivals)
    except TranslateError:
        return None


def _floats(values: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(values, dtype="<f4").tobytes()).decode("ascii")
