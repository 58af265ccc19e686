"""Rows of horizon counts -> the picture of who looks how far ahead."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from antinomy.codebook import Horizon
from antinomy.report.charts import draw, format_count, shorten_label
from antinomy.report.horizons import HorizonCell, HorizonRow

WIDTH = 720
NAMES = 176
HEAD, ROW = 72, 60
MAX_RADIUS = 25
DESCRIPTION = (
    "One line per stakeholder, one column per time horizon. The larger a disc, the more often somebody says that the "
    "stakeholder looks that far; the dark part has a known date or length. The table that follows has the same numbers."
)


def draw_horizons(rows: Sequence[HorizonRow], horizons: Sequence[Horizon]) -> Markup:
    """Draw one disc per stakeholder and horizon; areas are in proportion to the counts."""
    step = (WIDTH - NAMES) / max(1, len(horizons))
    largest = max((cell.count for row in rows for cell in row.cells), default=0)
    height = HEAD + ROW * len(rows) + 12
    columns = [NAMES + step * (place + 0.5) for place in range(len(horizons))]
    return draw(
        "svg",
        draw("title", "Who looks how far ahead", id="horizons-title"),
        draw("desc", DESCRIPTION, id="horizons-desc"),
        *(_draw_column(x, step, horizon, height) for x, horizon in zip(columns, horizons, strict=True)),
        *(_draw_row(HEAD + ROW * (place + 0.5), row, columns, largest) for place, row in enumerate(rows)),
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_labelledby="horizons-title horizons-desc",
        class_="horizons",
    )


def describe_reach(horizon: Horizon) -> str:
    """Say in a few words how far a horizon reaches.

    >>> describe_reach(Horizon("medium", "Medium", "", max_days=1096))
    'up to 3 years'
    """
    if horizon.max_days is None:
        return "behind" if horizon.id == "past" else "beyond"
    years = round(horizon.max_days / 365.25)
    return f"up to {years} year{'s' if years > 1 else ''}" if years else f"up to {horizon.max_days} days"


def _draw_column(x: float, step: float, horizon: Horizon, height: int) -> Markup:
    return draw(
        "g",
        draw("rect", x=x - step / 2 + 2, y=8, width=step - 4, height=height - 16, rx=3, class_=f"band {horizon.id}"),
        draw("text", shorten_label(horizon.name, limit=14), x=x, y=34, text_anchor="middle", class_="head"),
        draw("text", describe_reach(horizon), x=x, y=54, text_anchor="middle", class_="reach"),
    )


def _draw_row(y: float, row: HorizonRow, columns: Sequence[float], largest: int) -> Markup:
    return draw(
        "g",
        draw("line", x1=0, y1=y, x2=WIDTH, y2=y, class_="rule"),
        draw("text", shorten_label(row.name, limit=20), x=0, y=y - 7, class_="name"),
        *(_draw_cell(x, y, row.name, cell, largest) for x, cell in zip(columns, row.cells, strict=True)),
    )


def _draw_cell(x: float, y: float, name: str, cell: HorizonCell, largest: int) -> Markup | str:
    if not cell.count:
        return ""
    outer = MAX_RADIUS * math.sqrt(cell.count / largest)
    inner = MAX_RADIUS * math.sqrt(cell.placed / largest)
    return draw(
        "g",
        draw("title", f"{name}: {cell.count}, of which {cell.placed} with a known date or length"),
        draw("circle", cx=x, cy=y, r=outer, class_="all"),
        draw("circle", cx=x, cy=y, r=inner, class_="placed") if cell.placed else "",
        draw("text", format_count(cell.count), x=x + outer + 6, y=y + 5, class_="number"),
    )
