"""Errors that a person can act on.

Each carries one sentence that says what is wrong and what to do. The command line prints that sentence on
stderr and exits with `exit_code`; a traceback is shown only behind `--debug`.
"""


class TranslateError(Exception):
    """Something failed: a file that cannot be read, a model that is broken, a disk that is full."""

    exit_code = 1


class UsageError(TranslateError):
    """The request itself is wrong: an option, a recipe key, an argument."""

    exit_code = 2
