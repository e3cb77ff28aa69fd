"""The names of a model's sites, known without running it.

A site is written "dec.l0.c" where people type it: the side of the translator ("enc" or "dec"; a user's own module has
none), the layer, and the quantity of the cell. `Site` is that text with its parts, so that nobody needs to cut it up.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Self

from translate.errors import TranslateError, UsageError
from translate.model import attention, cells
from translate.model.config import ModelConfig
from translate.text import listed

ENCODER, DECODER = "enc", "dec"
DECODER_FIRST = (DECODER, ENCODER)
"""The sides of a translator, in the order in which reports have them."""


class UnknownSite(TranslateError, KeyError):
    """A site that is not there."""

    __str__ = Exception.__str__  # KeyError would print the message in quotes


class Site(str):
    """A named quantity of a network, and by itself the text that names it: `Site.of("dec", 0, "c") == "dec.l0.c"`.

    `Site("dec.l0.c")` has the side "dec", the layer 0 and the name "c"; `Site("l1.rev.h")` of a user's module has the
    side "" and is reverse; `LOGITS` belongs to no layer (-1).
    """

    __slots__ = ()

    @classmethod
    def of(cls, side: str, layer: int, name: str) -> Self:
        """The site of a side's layer."""
        return cls(f"{side}.l{layer}.{name}" if side else f"l{layer}.{name}")

    @property
    def side(self) -> str:
        """The part of the model that it belongs to: "enc", "dec", or "" in a module of its own."""
        first = self.partition(".")[0]
        return "" if first[:1] == "l" and first[1:].isdigit() else first

    @property
    def name(self) -> str:
        """The quantity: "c", "f_pre"."""
        return self.rpartition(".")[2]

    @property
    def layer(self) -> int:
        """The number of its layer; -1 for what is in no layer."""
        place = self.removeprefix(f"{self.side}.").partition(".")[0]
        return int(place[1:]) if place[:1] == "l" and place[1:].isdigit() else -1

    @property
    def is_reverse(self) -> bool:
        """Whether it belongs to the direction of a bidirectional layer that reads from the end."""
        return ".rev." in f".{self}"

    def named(self, name: str) -> Self:
        """The site of another quantity in the same layer: of "dec.l0.c" named "f", "dec.l0.f"."""
        return type(self)(f"{self.rpartition('.')[0]}.{name}")

    def on(self, side: str) -> Self:
        """The same site on another side: of "dec.l0.c" on "enc", "enc.l0.c"."""
        return type(self)(f"{side}.{self.removeprefix(f'{self.side}.')}")


LOGITS = Site("dec.logits")
"""The scores of the next word, `[batch, word]`."""

ATTENTION = Site("dec.attention")
"""The weights of the source's words, `[batch, source time]`; like the logits and what follows it is in no layer."""

CONTEXT = Site("dec.context")
"""The source's words by their weights, `[batch, unit]`."""


def memory_of(cell: str) -> str:
    """The state that is the memory of a kind of cell: "c", or "h" where it has no other."""
    return cells.STATES[cell][-1]


def memory_site(config: ModelConfig, side: str, layer: int = -1) -> Site:
    """The site of a side's memory; layer: which (default: the last)."""
    return Site.of(side, range(config.layers)[layer], memory_of(config.cell))


def states(config: ModelConfig) -> tuple[str, ...]:
    """The states of the model's cell, the memory first: ("c", "h"), or ("h",)."""
    return tuple(sorted(cells.STATES[config.cell]))


def sites_of(config: ModelConfig) -> list[Site]:
    """Every site of a model of this shape but the logits, encoder first: "enc.l0.i_pre" … "dec.l0.h".

    A bidirectional encoder also has "enc.l0.rev.i_pre" …, a model with attention "dec.attention" … behind all.
    """
    backward = [f"enc.l{layer}.rev" for layer in range(config.layers) if config.bidirectional]
    encoder = [f"enc.l{layer}" for layer in range(config.layers)]
    decoder = [f"dec.l{layer}" for layer in range(config.layers)]
    names = [f"{place}.{name}" for place in [*encoder, *backward, *decoder] for name in cells.SITES[config.cell]]
    return [Site(name) for name in [*names, *(f"dec.{name}" for name in attention.SITES if config.attention)]]


def states_of(config: ModelConfig, side: str) -> list[Site]:
    """The sites of a side's states, the last layer's first, cell before hidden state: ["dec.l0.c", "dec.l0.h"].

    Of a bidirectional encoder those of both halves, and of each layer the half that reads forwards first.
    """
    halves = ["", "rev."] if side == ENCODER and config.bidirectional else [""]
    layers = reversed(range(config.layers))
    return [Site.of(side, layer, half + name) for layer in layers for half in halves for name in states(config)]


def bank_of(config: ModelConfig) -> list[Site]:
    """The sites of what attention looks at: the encoder's last h, of both halves where it reads both ways."""
    return [site for site in states_of(config, ENCODER) if (site.layer, site.name) == (config.layers - 1, "h")]


def backward(site: Site) -> Site:
    """The site of the encoder's direction that reads from the end, beside a layer's: of "dec.l0.c", "enc.l0.rev.c"."""
    return Site(f"enc.l{site.layer}.rev.{site.name}")


def started_from(config: ModelConfig, wanted: Sequence[str]) -> list[Site]:
    """What must be recorded besides the `wanted` sites, since it is half of what a bidirectional encoder hands on."""
    states = [Site.of(DECODER, layer, name) for layer in range(config.layers) for name in cells.STATES[config.cell]]
    halves = [backward(site) for site in states if site in wanted and site.on(ENCODER) in wanted]
    return [site for site in halves if config.bidirectional and site not in wanted]


def width_of(config: ModelConfig, site: str) -> int | None:
    """How many units a site has; None for the attention, which has one for each word of the source.

    Raises `UsageError`, naming the nearest, where there is no such site.
    """
    known = [*sites_of(config), LOGITS]
    if site not in known:
        raise UsageError(no_such_site(site, known, "in this model"))
    if site in (LOGITS, ATTENTION):
        return config.target_vocabulary if site == LOGITS else None
    return units_of(config, Site(site).side)


def units_of(config: ModelConfig, side: str) -> int:
    """How many units a layer of a side has, in one direction."""
    return config.encoder_units if side == ENCODER else config.hidden


def matching(globs: str | Sequence[str], known: Iterable[str]) -> list[str]:
    """Those of the `known` sites that a glob names, in their order; raises `UnknownSite` for a glob that names none."""
    globs, known = listed(globs), list(known)
    for glob in globs:
        if not isinstance(glob, str) or not any(fnmatchcase(site, glob) for site in known):
            raise UnknownSite(no_such_site(glob, known))
    return [site for site in known if any(fnmatchcase(site, glob) for glob in globs)]


def no_such_site(site: str, known: Iterable[str], where: str = "here") -> str:
    """What to say about a site that does not exist: the nearest one, or all."""
    known, site = list(known), str(site)
    near = [each for each in known if each.lower() == site.lower()] or get_close_matches(site, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
    return f"There is no site {site or repr(site)} {where}; {hint}"
