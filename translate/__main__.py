"""Where `translate` and `python -m translate` begin."""

import signal

# Until `main` tells of a Ctrl-C in its own words, one ends the process silently and not with a traceback of imports.
signal.signal(signal.SIGINT, signal.SIG_DFL)

from translate.cli.main import main  # noqa: E402

if __name__ == "__main__":
    main()
