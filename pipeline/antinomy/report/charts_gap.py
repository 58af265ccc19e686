"""How far each stakeholder looked, earlier and later -> the picture of the gap between them."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from antinomy.report.charts import draw, shorten_label
from antinomy.report.drift_words import show_days

WIDTH, NAMES, RIGHT = 640, 200, 24
HEAD, ROW = 34, 38
# Days of the marks, far enough apart to be read.
MARKS = {1: "day", 7: "week", 30.44: "month", 91.3: "quarter", 365.25: "year", 1096: "3 years", 3652.5: "10 years"}


def draw_gap(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Markup | None:
    """Draw a line per stakeholder from the mean of the earlier half (hollow) to that of the later one (full).

    Args:
        rows: Of ``antinomy.drift.horizons.compare_horizons``.
        names: Of the stakeholders.

    Returns:
        None where no mean is known.
    """
    known = [row for row in rows if any(half["days"] for half in row["halves"])]
    if not known:
        return None
    days = [half["days"] for row in known for half in row["halves"] if half["days"]]
    low, high = math.log10(min(1, *days)), math.log10(max(3652.5, *days))

    def x_of(value: float) -> float:
        return NAMES + (WIDTH - NAMES - RIGHT) * (math.log10(value) - low) / (high - low)

    height = HEAD + ROW * len(known) + 4
    parts = [
        draw(
            "g",
            draw("line", x1=x_of(mark), x2=x_of(mark), y1=HEAD - 10, y2=height, class_="rule"),
            draw("text", words, x=x_of(mark), y=HEAD - 16, text_anchor="middle"),
        )
        for mark, words in MARKS.items()
    ]
    for place, row in enumerate(known):
        y = HEAD + ROW * (place + 0.5)
        name = names.get(row["who"], row["who"])
        parts.append(draw("text", shorten_label(name, limit=26), x=0, y=y + 5, class_="name"))
        points = [(half, x_of(half["days"])) for half in row["halves"] if half["days"]]
        if len(points) == 2:
            parts.append(draw("line", x1=points[0][1], x2=points[1][1], y1=y, y2=y, class_="moved"))
        for half, x in points:
            when = "earlier" if half is row["halves"][0] else "later"
            words = f"{name}, {when}: {show_days(half['days'])}, of {half['count']} horizons"
            parts.append(draw("circle", draw("title", words), cx=x, cy=y, r=6, class_=when))
    said = "Mean time horizon of each stakeholder, in the earlier and the later half of the periods"
    return draw(
        "svg",
        draw("title", said),
        *parts,
        viewBox=f"0 0 {WIDTH} {height}",
        role="img",
        aria_label=said,
        class_="gap",
    )
