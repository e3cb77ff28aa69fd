"""The library's messages name arguments, in backticks (`beam`); a command says the options that set them (--beam)."""

import re

_OTHERWISE = {"settings": "--set", "size": "--vocab-size"}
"""Options that are not called like the arguments they set."""


def with_options(message: str) -> str:
    """`message` with every `argument` in backticks as its option; other words in backticks, commands, stay."""
    return re.sub(r"`([a-z]+(?:_[a-z]+)*)`", lambda argument: _option(argument[1]), message)


def _option(argument: str) -> str:
    return _OTHERWISE.get(argument, f"--{argument.replace('_', '-')}")
