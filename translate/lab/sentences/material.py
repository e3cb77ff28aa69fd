"""The sentences that the laboratory works on."""

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from translate.corpus.files import load_suite, no_corpus
from translate.corpus.pair import SentencePair
from translate.errors import UsageError

READ = ("test", "test-combination")  # drawn like the training sentences, but never trained on
JUDGED = ("test", "test-combination", "distance", "attractor", "switch", "test-longer", "distance-longer")
DISTANT = ("distance", "distance-longer")
SHOWN = ("lesson", "boy-girl")

Suite = list[tuple[SentencePair, dict]]


_TIMES = 15
"""So many times as many sentences as the switch suite has are made like it: 4,000 and more about nouns for fitting."""


@dataclass(frozen=True)
class Material:
    """Annotated sentences by suite, and where they come from in words.

    more: sentences like those of the switch suite. A probe that is to say "no" needs so many that it could have learnt
    to say "yes"; nothing is counted in what the model writes of them. returning: sentences that come back to their
    first person, crossed as the switch suite is; none where the grammar does not say such sentences.
    as_written: the translations are the model's own words (`contrasted.py`): nothing can be right or wrong in them.
    told: then, by source, the places of the words in which it differs from its counterfactuals.
    """

    suites: dict[str, Suite]
    origin: str
    more: Suite = field(default_factory=list)
    returning: Suite = field(default_factory=list)
    as_written: bool = False
    told: dict[tuple[str, ...], frozenset[int]] = field(default_factory=dict)

    @property
    def all_pairs(self) -> list[SentencePair]:
        """Every sentence that there is."""
        return [pair for suite in (*self.suites.values(), self.more, self.returning) for pair, _ in suite]

    def pairs(self, *names: str) -> list[SentencePair]:
        """The sentences of some suites, one after the other."""
        return [pair for name in names for pair, _ in self.suites.get(name, [])]


def load_material(corpus: Path | None, quick: bool = False) -> Material:
    """The suites of a corpus folder; without one, those of the frozen evaluation corpus, made anew.

    They are the suites and test sentences of the corpus that the lesson's model is trained on: no training sentence is
    among them. quick: a third of each.
    Raises `UsageError` for a folder that is no corpus, `TranslateError` where a file of it is damaged.
    """
    if corpus is None:
        with tempfile.TemporaryDirectory() as folder:
            return _read(_build(Path(folder)), quick)
    if not (corpus / "corpus.json").is_file():
        raise no_corpus(corpus)
    return _read(corpus, quick)


def _build(folder: Path) -> Path:
    from translate.corpus.splits import build
    from translate.evaluation.suite import FROZEN

    build(**FROZEN, out=folder)
    return folder


def _read(folder: Path, quick: bool) -> Material:
    about = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
    suites = {}
    for name in dict.fromkeys((*READ, *JUDGED, *SHOWN)):
        if (folder / f"{name}.jsonl").is_file():
            suite = load_suite(folder, name)
            suites[name] = _third(suite) if quick and name not in SHOWN else suite
    return Material(suites, f"grammar {about['grammar']}, seed {about['seed']}", *_further(about, suites))


def _further(about: dict[str, Any], suites: dict[str, Suite]) -> tuple[Suite, Suite]:
    """`more` and `returning`, which no suite has; none where the grammar is not at hand."""
    from translate.corpus.grammar import RETURN, load_grammar
    from translate.corpus.heldout import HeldOut
    from translate.corpus.suites.all import FURTHER, Suites

    try:
        grammar = load_grammar(about["grammar"])
    except UsageError:
        return [], []
    maker = Suites(grammar, HeldOut(grammar, about["seed"]), about["seed"])
    for suite in suites.values():
        for pair, _ in suite:
            maker.take(pair)
    more = maker.make("switch", _TIMES * len(suites.get("switch", [])), "more")
    comes_back = grammar.beyond.get(RETURN, 0) > 0
    return more, maker.make("returning", FURTHER["returning"].size) if comes_back else []


def _third(suite: Suite) -> Suite:
    """A third of a suite that keeps together what belongs together (the four versions of an item)."""
    if suite and "item" in suite[0][1]:
        return [(pair, tags) for pair, tags in suite if tags["item"] % 3 == 0]
    return suite[::3]
