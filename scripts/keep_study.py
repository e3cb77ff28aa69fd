"""Copies what ships of a study: study.json and study.html, and of each finished replica its model and compact report.

python scripts/keep_study.py runs/study models/lesson-study
"""

import sys
from pathlib import Path

from translate.files import read_text, write_atomic
from translate.study.compact import keep
from translate.study.replica import Stage, replicas_in


def main(study: Path, folder: Path) -> None:
    """Copy from the folder of a study to another one; paths of this machine are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("study.json", "study.html"):
        write_atomic(folder / name, read_text(study / name).replace(f"{Path.cwd()}/", ""))
    for replica in replicas_in(study.absolute()):
        if replica.stage >= Stage.PROBED:
            keep(replica, folder, f"{Path.cwd()}/")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
