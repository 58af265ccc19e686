"""A model's configuration and scores -> its card; it prints only what was measured and no text of the data."""

from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined

from antinomy.classify.artefact import Artefact, list_shards
from antinomy.codebook import Codebook


def write_card(artefact: Artefact, metrics: dict[str, Any], codebook: Codebook) -> None:
    """Write ``README.md`` into the model's folder."""
    template = resources.files("antinomy.classify").joinpath("card.md.j2").read_text("utf-8")
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["score"] = format_score
    environment.filters["interval"] = format_interval
    size = sum(path.stat().st_size for path in list_shards(artefact.folder))
    text = environment.from_string(template).render(
        artefact=artefact, config=artefact.config, metrics=metrics, codebook=codebook, megabytes=size / 1e6
    )
    (artefact.folder / "README.md").write_text(text, encoding="utf-8")


def format_score(value: float | None) -> str:
    """Return a score with two decimals, or a dash where it is undefined.

    >>> format_score(0.4567), format_score(None)
    ('.46', '–')
    """
    # adding 0 turns -0.0 into 0.0
    return "–" if value is None else f"{round(value, 2) + 0:.2f}".replace("0.", ".", 1)


def format_interval(score: dict[str, float | None]) -> str:
    """Return a score with its interval, where it has one.

    >>> format_interval({"value": 0.4567, "low": -0.02, "high": 1.0})
    '.46 [-.02, 1.00]'
    >>> format_interval({"value": 0.4567, "low": None, "high": None})
    '.46'
    """
    value = format_score(score["value"])
    return value if score["low"] is None else f"{value} [{format_score(score['low'])}, {format_score(score['high'])}]"
