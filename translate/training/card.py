"""The card that says what a trained model is and which command made it."""

from pathlib import Path
from typing import Any

from jinja2 import Template

from translate.files import write_atomic
from translate.model.config import ModelConfig

_CARD = Template(
    """# {{ name }}

An English–Czech {{ config.in_words() }}
({{ "{:,}".format(metrics.parameters) }} parameters, `{{ pieces }}` pieces). Its whole memory of the English sentence is
the state that the encoder hands to the decoder.

| | |
|---|---|
{% for key, value in facts.items() -%}
| {{ key }} | {{ value }} |
{% endfor -%}
| dev sentences translated exactly | {{ exact }} of {{ metrics.dev_sentences }}, step {{ metrics.best_step }} |
| seed | {{ metrics.seed }} |
| precision, threads | {{ metrics.precision }}, {{ metrics.threads }} |

`recipe.toml` holds every setting, `metrics.jsonl` the course of the training, `metrics.json` its end. The weights are
safetensors; `config.json` and the two SentencePiece models are all that is needed to load them.

What it is for: to look into. It knows the words and constructions of its corpus and no others; on anything else its
output means nothing.
""",
    trim_blocks=True,
)


def write_card(folder: Path, config: ModelConfig, pieces: str, metrics: dict[str, Any], facts: dict[str, str]) -> None:
    """Write `folder`/README.md; `facts` are shown as they are (command, corpus, licence)."""
    exact = f"{100 * metrics['dev_exact_match']:.2f} %"
    card = _CARD.render(name=folder.name, config=config, pieces=pieces, metrics=metrics, exact=exact, facts=facts)
    write_atomic(folder / "README.md", card)
