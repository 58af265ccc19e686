"""A model's configuration and scores -> its card; it prints only what was measured and no text of the data."""

from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined

from antinomy.classify.artefact import WEIGHTS, Artefact
from antinomy.codebook import Codebook


def write_card(artefact: Artefact, metrics: dict[str, Any], codebook: Codebook) -> None:
    """Write ``README.md`` into the model's folder."""
    template = resources.files("antinomy.classify").joinpath("card.md.j2").read_text("utf-8")
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["score"] = format_score
    size = (artefact.folder / WEIGHTS).stat().st_size
    text = environment.from_string(template).render(
        artefact=artefact, config=artefact.config, metrics=metrics, codebook=codebook, megabytes=size / 1e6
    )
    (artefact.folder / "README.md").write_text(text, encoding="utf-8")


def format_score(value: float | None) -> str:
    """Return a score with two decimals, or a dash where it is undefined.

    >>> format_score(0.4567), format_score(None)
    ('.46', '–')
    """
    return "–" if value is None else f"{value:.2f}".replace("0.", ".", 1)
