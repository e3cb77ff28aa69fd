"""How a run that is resumed recognises the sentences it was begun with."""

import hashlib
from collections.abc import Iterable


def fingerprint(pairs: Iterable[tuple[str, str]]) -> str:
    """The SHA-256 of pairs of texts, in their order."""
    digest = hashlib.sha256()
    for source, target in pairs:
        digest.update(f"{source}\t{target}\n".encode())
    return digest.hexdigest()
