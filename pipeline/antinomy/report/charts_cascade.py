"""Which paradox rises after which is answered -> the picture of a graph."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from antinomy.report.charts import draw, shorten_label

SIDE, RADIUS, NODE = 420, 140, 46
# Of a correlation, for an arrow to be drawn; what chance explains is drawn faint.
LEAST = 0.1


def draw_cascade(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], *, rate: float) -> Markup:
    """Draw an arrow for every pair whose tension rises after actions on the other; strong where q is ``rate`` or less.

    Args:
        rows: Of ``antinomy.drift.cascade.find_cascades``.
        names: Paradox -> name, in the order of the codebook.
        rate: Largest q of an arrow that is drawn strong.
    """
    places = {
        paradox: (
            SIDE / 2 + RADIUS * math.cos(2 * math.pi * number / len(names) - math.pi / 2),
            SIDE / 2 + RADIUS * math.sin(2 * math.pi * number / len(names) - math.pi / 2),
        )
        for number, paradox in enumerate(names)
    }
    arrows = [
        _draw_arrow(row, places[row["answered"]], places[row["raised"]], names, strong=row["q"] <= rate)
        for row in sorted(rows, key=lambda row: -row["q"])
        if row["correlation"] >= LEAST
    ]
    nodes = [
        draw(
            "g",
            draw("circle", cx=x, cy=y, r=NODE, class_="node"),
            draw("text", shorten_label(names[paradox], limit=14), x=x, y=y + 5, text_anchor="middle"),
        )
        for paradox, (x, y) in places.items()
    ]
    said = "Paradoxes, with arrows from one that is answered to one whose tension rises a period later"
    return draw(
        "svg",
        draw("title", said),
        *arrows,
        *nodes,
        viewBox=f"0 0 {SIDE} {SIDE}",
        role="img",
        aria_label=said,
        class_="cascade",
    )


def _draw_arrow(
    row: Mapping[str, Any],
    start: tuple[float, float],
    end: tuple[float, float],
    names: Mapping[str, str],
    *,
    strong: bool,
) -> Markup:
    """Draw one arrow to the left of the straight line, so that the way there and the way back do not meet."""
    length = math.dist(start, end)
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    aside = (along[1] * 10, -along[0] * 10)
    first = [start[axis] + along[axis] * (NODE + 4) + aside[axis] for axis in (0, 1)]
    tip = [end[axis] - along[axis] * (NODE + 4) + aside[axis] for axis in (0, 1)]
    back = [tip[axis] - along[axis] * 11 for axis in (0, 1)]
    wings = [[back[0] + side * along[1] * 5, back[1] - side * along[0] * 5] for side in (1, -1)]
    words = (
        f"{names[row['answered']]} answered, then {names[row['raised']]} rises: correlation {row['correlation']:.2f}, "
        f"q {row['q']:.2f}"
    )
    width = 1 + 6 * row["correlation"]
    return draw(
        "g",
        draw("title", words),
        draw("line", x1=first[0], y1=first[1], x2=back[0], y2=back[1], stroke_width=width),
        draw("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in (tip, *wings))),
        class_="strong" if strong else "faint",
    )
