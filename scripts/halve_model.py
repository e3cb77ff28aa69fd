"""Write the weights of model folders anew in half precision (float16): half the bytes; computing stays in float32.

    python scripts/halve_model.py FOLDER …

A folder's results and readout name the model by its weights' hash, so measure anew afterwards.
"""

import sys
from pathlib import Path

from translate.errors import TranslateError
from translate.model.checkpoint import WEIGHTS, halve_weights


def main(folders: list[str]) -> None:
    if not folders:
        sys.exit(__doc__)
    for folder in map(Path, folders):
        try:
            change = halve_weights(folder)
        except TranslateError as error:
            sys.exit(f"halve_model: {error}")
        print(f"{folder}: {(folder / WEIGHTS).stat().st_size:,} bytes, no weight changed by more than {change:.2g}")


if __name__ == "__main__":
    main(sys.argv[1:])
