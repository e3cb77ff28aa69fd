"""The current gender, read from a state by one direction and one threshold a site.

Fitted once over all positions of many sentences and then applied unchanged to any word of any other: not "could some
probe find the gender here?" but "does the state say, always in the same way, which gender counts now?". A readout is
a small file (`gender.safetensors`) that ships with a model; loading and applying it needs numpy alone.
"""

from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

import numpy as np

from translate.errors import TranslateError
from translate.files import reason, write_atomic
from translate.model.arrays import Array
from translate.model.translator import Translator

NAME = "gender.safetensors"
FORMAT = "translate-readout 1"


@dataclass(frozen=True)
class Readout:
    """A direction and a bias for each site: p(feminine) = σ(direction · state + bias).

    directions: `[unit]` by site ("dec.l0.c"). biases: by site. about: how it was made: the model's hash, the seed,
    the nouns that it was fitted on, as text.
    """

    directions: dict[str, np.ndarray]
    biases: dict[str, float]
    about: dict[str, str] = field(default_factory=dict)

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites that it can read."""
        return tuple(self.directions)

    def logit(self, site: str, values: Array) -> np.ndarray:
        """The log-odds of feminine at a site, `[...]`, for its values `[..., unit]` (numpy or a CPU tensor)."""
        if site not in self.directions:
            raise TranslateError(f"This readout cannot read {site}; it reads {', '.join(self.directions)}.")
        values = np.asarray(values)
        direction = self.directions[site]
        if values.shape[-1:] != direction.shape:
            units = values.shape[-1] if values.ndim else 0
            raise TranslateError(
                f"{site} has {units} units, but the readout was made for {len(direction)}; it belongs to another model."
            )
        return values @ direction + self.biases[site]

    def p_feminine(self, site: str, values: Array) -> np.ndarray:
        """The probability, `[...]`, that the current gender is feminine, for values `[..., unit]` of a site."""
        return 1 / (1 + np.exp(-np.clip(self.logit(site, values), -50, 50)))

    def save(self, path: Path | str) -> None:
        """Write it as a safetensors file, in one step."""
        from safetensors.numpy import save

        tensors = {f"direction/{site}": np.asarray(d, np.float32) for site, d in self.directions.items()}
        tensors |= {f"bias/{site}": np.array([bias], np.float64) for site, bias in self.biases.items()}
        write_atomic(path, save(tensors, {"format": FORMAT, **self.about}))

    @classmethod
    def load(cls, path: Path | str) -> "Readout":
        """Read what `save` wrote, from the file or from the model folder that has it.

        Raises `TranslateError` for a file that is not there, damaged or something else.
        """
        from safetensors import SafetensorError, safe_open

        path = Path(path)
        path = path / NAME if path.is_dir() else path
        try:
            with safe_open(path, framework="numpy") as file:
                about = dict(file.metadata() or {})
                tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (the file is no dict)
        except OSError as error:
            raise TranslateError(f"Cannot read the readout {path}: {reason(error)}.") from error
        except SafetensorError as error:
            raise TranslateError(f"The readout {path} is damaged.") from error
        if about.pop("format", None) != FORMAT:
            raise TranslateError(f"{path} is not a readout of this version.")
        directions = {name.split("/")[1]: tensors[name] for name in sorted(tensors) if name.startswith("direction/")}
        return cls(directions, {site: float(tensors[f"bias/{site}"][0]) for site in directions}, about)


def find_readout(folder: Path) -> Path | None:
    """The readout of a model: the one of the report in its folder, or the one that ships with it; None without one."""
    return next((path for path in (folder / "report" / NAME, folder / NAME) if path.is_file()), None)


def readout_of(translator: Translator) -> Readout:
    """The readout in the model's folder; raises `TranslateError` if there is none, or a damaged or foreign one."""
    path, model = find_readout(translator.checkpoint.folder), translator.checkpoint.hash
    if path is None:
        raise TranslateError(f"No gender is read from the memory: {how_to_make_one(translator)}.")
    try:
        readout = Readout.load(path)
        if readout.about.get("model", model) != model:
            raise TranslateError(f"The readout {path} belongs to other weights.")
    except TranslateError as error:
        raise TranslateError(f"{str(error).rstrip('.')}; {how_to_make_one(translator)}.") from error
    return readout


def how_to_make_one(translator: Translator) -> str:
    """What makes a readout for this model, where anything does."""
    from translate.corpus.show import sample  # which a model that has one does not wait for

    kind = translator.source.kind
    if kind != "word":
        return f"the model reads {kind} pieces, and a readout is of whole words (train one with --pieces word)"
    if any(translator.source.unknown(pair.source_text) for pair in sample("lesson", 20, 0)):
        return "a readout is made by `translate probe --corpus CORPUS`, of a model that was trained on such a corpus"
    folder = quote(str(translator.checkpoint.folder))
    return f"run `translate probe --model {folder} --out {folder}/report` to make a readout"
