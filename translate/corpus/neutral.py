"""The neutral twin of a corpus: the same sentences in a Czech whose words do not agree.

A model trained on it meets the same nouns, clauses and lengths and has no reason to carry a gender from one word to
another. What a probe still finds in such a model is there for another reason than agreement.
"""

import json
from pathlib import Path

from translate.corpus.files import split_files
from translate.errors import TranslateError, UsageError
from translate.files import read_text, writable_folder, write_atomic
from translate.text import join


def neutralise(pair: dict) -> dict:
    """A sentence pair (as a line of JSONL has it) with every agreeing word in its masculine form: *holka, který rád čte*.

    Nouns stay as they are. The annotation stays too: `gender` is still that of the controlling noun, and `other` the
    feminine form, which this language does not have.
    """
    target, agreements = list(pair["target"]), []
    for word in pair["agreements"]:
        there, other = target[word["position"]], word["other"]
        masculine, feminine = (there, other) if word["gender"] == "m" else (other, there)
        target[word["position"]] = masculine
        agreements.append(word | {"other": feminine})
    return pair | {"target": target, "agreements": agreements}


def neutral_corpus(corpus: Path, out: Path) -> Path:
    """Write the neutral twin of the corpus folder `corpus` to `out`, file by file, and return `out`.

    Raises `UsageError` where `corpus` is no corpus folder, `TranslateError` where a file of it is damaged.
    """
    if not (corpus / "corpus.json").is_file():
        raise UsageError(f"{corpus} is no corpus folder; make one with `translate corpus --out {corpus}`.")
    about = json.loads(read_text(corpus / "corpus.json", "corpus"))
    writable_folder(out)
    (out / "corpus.json").unlink(missing_ok=True)  # until all files are new, the folder is no corpus
    for name in about["counts"]:
        _neutral_file(corpus / f"{name}.jsonl", out, name)
    about |= {"grammar": f"{about['grammar']}, without agreement", "neutral_twin_of": about.pop("sha256", {})}
    write_atomic(out / "README.md", _CARD)
    write_atomic(out / "corpus.json", json.dumps(about, ensure_ascii=False, indent=2) + "\n")
    return out


def _neutral_file(path: Path, out: Path, name: str) -> None:
    with split_files(out, name) as (text, data):
        for number, line in enumerate(read_text(path, "corpus file").splitlines(), 1):
            try:
                pair = neutralise(json.loads(line))
            except (ValueError, KeyError, TypeError, IndexError) as error:
                raise TranslateError(f"{path}, line {number}: no sentence pair; make the corpus again.") from error
            text.write(f"{join(pair['source'])}\t{join(pair['target'])}\n".encode())
            data.write(f"{json.dumps(pair, ensure_ascii=False)}\n".encode())


_CARD = """# The neutral twin of a corpus

The sentences of another corpus (`corpus.json` says which, by its files' SHA-256) in a Czech without agreement: every
agreeing word has its masculine form, whatever the noun. The nouns keep their gender, and the annotation says what it is.
Made by `translate study --neutral`.
"""
