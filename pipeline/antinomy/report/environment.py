"""What all pages share: escaping, style sheets, how values are shown."""

from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING

from markupsafe import Markup

from antinomy.report import charts

if TYPE_CHECKING:
    from jinja2 import Environment


def make_environment(styles: Sequence[str]) -> "Environment":
    """Return an environment that escapes everything and knows ``style``, the text of the given style sheets."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("antinomy.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    folder = resources.files("antinomy.report").joinpath("templates")
    # our own files: nothing of the data is in them
    environment.globals["style"] = Markup("\n").join(
        Markup(folder.joinpath(name).read_text(encoding="utf-8")) for name in styles
    )
    environment.filters["count"] = charts.format_count
    return environment


def _finalize(value: object) -> object:
    """Leave out what is not given, and characters that no page may hold."""
    if value is None:
        return ""
    return charts.clean_text(value) if isinstance(value, str) else value
