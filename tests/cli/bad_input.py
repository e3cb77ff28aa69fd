"""What the tests of bad input share: small data, quick settings, and what a good answer is."""

from pathlib import Path

QUICK = ["hidden=8", "embedding=8", "batch=8", "warmup=5", "validate_every=20", "device=cpu", "precision=float32"]
SETTINGS = [word for setting in ["steps=4", *QUICK, "threads=1"] for word in ("--set", setting)]
PAIRS = [
    (f"I am a {noun} who likes to {verb}.", f"Jsem {czech} {say}.")
    for noun, czech in (("boy", "kluk, který rád"), ("girl", "holka, která ráda"), ("king", "král, který rád"))
    for verb, say in (("read", "čte"), ("sing", "zpívá"), ("dance", "tančí"), ("sleep", "doma spí"))
]
TSV = "".join(f"{source}\t{target}\n" for source, target in PAIRS)
AFTER = f"line {len(PAIRS) + 1}"

TRAIN = ["train", "--tsv", "pairs.tsv", "--out", "out", *SETTINGS]
TEXT = ["text", "--model", "model", "I am a boy."]
SCORE = ["score", "--model", "model"]
EVALUATE = ["evaluate", "--model", "model"]


def set_(setting: str) -> list[str]:
    return [*TRAIN, "--set", setting]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`; the lock that stays beside a model holds nothing."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def one_sentence(err: str, *words: str) -> None:
    lines = [line for line in err.splitlines() if line.startswith("translate: ")]
    assert len(lines) == 1 and err.endswith(lines[0] + "\n"), err
    assert "Traceback" not in err and "unforeseen" not in err and "Warning" not in err
    for word in words:
        assert word in lines[0]
    assert lines[0].rstrip()[-1] in ".?…)" and len(lines[0]) < 400


def copy(source: Path, target: Path) -> None:
    target.mkdir()
    for path in source.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
