"""The pages' templates: HTML that needs no other file and no script, from `templates/`."""

from functools import cache
from typing import TYPE_CHECKING

from translate.report.names import MARKS, interval, interval_or_value
from translate.report.picture.tint import darkening

if TYPE_CHECKING:
    from jinja2 import Environment


def render(template: str, **values: object) -> str:
    """A template filled; a name that it asks for and does not get is an error."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=PackageLoader("translate.report", "templates"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"interval": interval, "text": interval_or_value}
    environment.globals |= {"marks": MARKS, "darkening": darkening, "zip": zip}
    return environment
