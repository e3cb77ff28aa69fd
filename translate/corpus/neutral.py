"""The neutral twin of a corpus: the same sentences in a Czech whose words do not agree.

A model trained on it meets the same nouns, clauses and lengths and has no reason to carry a gender from one word to
another. What a probe still finds in such a model is there for another reason than agreement.
"""

import tempfile
from pathlib import Path

from msgspec import json
from msgspec.structs import replace

from translate.corpus.files import CorpusFiles, card, no_corpus, read_pairs
from translate.corpus.pair import SentencePair
from translate.corpus.splits import Progress, build
from translate.errors import UsageError
from translate.files import read_text, writable_folder


def neutralise(pair: SentencePair) -> SentencePair:
    """`pair` with every agreeing word in its masculine form, whatever its noun: *holka, který rád čte*.

    Nouns stay as they are, and so does *svou sestrou*, which tells nothing of the noun that the sentence is about. The
    annotation still says where words would agree and with what: `gender` is that of the controlling noun, and `other`
    is the form in the gender that is not written, always the feminine: this language has no such word.
    """
    target, agreements = list(pair.target), []
    for word in pair.agreements:
        if word.gender == "f":
            feminine = target[word.position]
            target[word.position] = word.other
            word = replace(word, other=feminine)
        agreements.append(word)
    return replace(pair, target=tuple(target), agreements=tuple(agreements))


def neutral_corpus(corpus: Path, out: Path) -> Path:
    """Write the neutral twin of the corpus folder `corpus` to `out`, file by file, and return `out`.

    Raises `UsageError` where `corpus` is no corpus folder or neutral already, `TranslateError` for a damaged file.
    """
    if not (corpus / "corpus.json").is_file():
        raise no_corpus(corpus)
    about = json.decode(read_text(corpus / "corpus.json", "corpus"))
    if about.get("neutral"):
        raise UsageError(f"The corpus {corpus} is neutral already.")
    files = CorpusFiles(writable_folder(out))
    for name in about["counts"]:
        pairs = read_pairs(corpus / f"{name}.jsonl")
        files.suite(name, ((neutralise(pair), tags or None) for pair, tags in pairs))
    facts = {"neutral": True, "neutral_twin_of": about.pop("sha256", {})}
    files.finish(about | {"grammar": f"{about['grammar']}, without agreement"} | facts, card(about, neutral=True))
    return out


def build_neutral(
    grammar: str, pairs: int, seed: int, out: Path | str, progress: Progress | None = None
) -> dict[str, int]:
    """Like `splits.build`, but what is in `out` is the neutral twin of what that writes."""
    out = writable_folder(out)
    with tempfile.TemporaryDirectory() as plain:
        counts = build(grammar, pairs, seed, plain, progress)
        neutral_corpus(Path(plain), out)
    return counts
