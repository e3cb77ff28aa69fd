"""What takes long to make is made once a run: the test process that asks first makes it, the others read it."""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

T = TypeVar("T")


def folder_of_run(tmp_path_factory) -> Path:
    """A folder that all processes of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def made_once(tmp_path_factory, name: str, make: Callable[[], T]) -> T:
    """What `make` returns, made by one process of this run and read by the others; `name` names it among all tests."""
    path = folder_of_run(tmp_path_factory) / f"{name}.pickle"
    with FileLock(path.with_suffix(".lock")):
        if path.exists():
            return pickle.loads(path.read_bytes())
        made = make()
        path.write_bytes(pickle.dumps(made))
        return made
