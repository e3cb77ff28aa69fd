"""The card that says what a trained model is and which command made it; its text is `card.md.jinja`."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from translate.files import write_atomic
from translate.model.config import ModelConfig


def write_card(folder: Path, config: ModelConfig, pieces: str, metrics: dict[str, Any], facts: dict[str, str]) -> None:
    """Write `folder`/README.md; `facts` are shown as they are (command, corpus, licence)."""
    from jinja2 import Template

    template = Template(files("translate.training").joinpath("card.md.jinja").read_text("utf-8"), trim_blocks=True)
    exact = f"{100 * metrics['dev_exact_match']:.2f} %"
    card = template.render(name=folder.name, config=config, pieces=pieces, metrics=metrics, exact=exact, facts=facts)
    write_atomic(folder / "README.md", card)
