"""Prints how much of each room (folder of `translate/`) the tests ran, and names those under the bar.

coverage json --quiet -o FILE && python .ci/coverage_by_room.py FILE
"""

import json
import sys
from collections import Counter
from pathlib import Path

BAR = 85  # per cent


def main() -> None:
    """Read coverage's JSON, add up its files by folder, print."""
    files = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["files"]
    statements, ran = Counter(), Counter()
    for name, counts in files.items():
        room = Path(name).parent.as_posix()
        statements[room] += counts["summary"]["num_statements"]
        ran[room] += counts["summary"]["covered_lines"]
    shares = {room: 100 * ran[room] / statements[room] for room in sorted(statements) if statements[room]}
    print("Coverage of statements by room, in all processes but those that the tests kill:")
    for room, share in shares.items():
        print(f"{share:5.1f} %  {room}{f'  under {BAR} %' if share < BAR else ''}")
    print(f"{100 * ran.total() / statements.total():5.1f} %  in all")
    low = [room for room, share in shares.items() if share < BAR]
    if low:
        print(f"Under {BAR} %: {', '.join(low)}", file=sys.stderr)


if __name__ == "__main__":
    main()
