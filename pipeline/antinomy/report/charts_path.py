"""Where units stand between the four corners, period by period -> the picture of their paths."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from antinomy.report.balance import Corner
from antinomy.report.charts import draw, shorten_label

SIDE, LEFT, TOP = 460, 10, 34
# Archetype codes in a period, for its place to mean anything.
LEAST = 5


def find_path(unit: Mapping[str, Any], corners: Sequence[Corner]) -> list[tuple[str, float, float]]:
    """Return name and place of every period in which archetypes are voiced often enough; 0 to 1, y downwards."""
    path = []
    for period in unit["periods"]:
        voiced = [period["shares"][corner.code.id] * period["sentences"] for corner in corners]
        if sum(voiced) >= LEAST:
            x = sum(corner.x * weight for corner, weight in zip(corners, voiced, strict=True)) / sum(voiced)
            y = sum(corner.y * weight for corner, weight in zip(corners, voiced, strict=True)) / sum(voiced)
            path.append((period["name"], x, y))
    return path


def draw_paths(unit: Mapping[str, Any], corners: Sequence[Corner]) -> Markup | None:
    """Draw the path of one unit; None where there are fewer than two places."""
    path = find_path(unit, corners)
    if len(path) < 2:
        return None
    points = [(LEFT + x * SIDE, TOP + y * SIDE) for _, x, y in path]
    words = f"{unit['name']}: from {path[0][0]} to {path[-1][0]} between the four corners"
    return draw(
        "svg",
        draw("title", words),
        draw("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, rx=3, class_="ground"),
        *(_draw_name(corner) for corner in corners),
        draw("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_="path"),
        *(
            draw("circle", draw("title", name), cx=x, cy=y, r=4 + 4 * (place == len(points) - 1), class_="stop")
            for place, ((name, _, _), (x, y)) in enumerate(zip(path, points, strict=True))
        ),
        _draw_when(path[0][0], points[0], "when"),
        _draw_when(path[-1][0], points[-1], "when last"),
        viewBox=f"0 0 {SIDE + 2 * LEFT} {SIDE + 2 * TOP}",
        role="img",
        aria_label=words,
        class_="paths",
    )


def _draw_when(name: str, point: tuple[float, float], class_: str) -> Markup:
    """Name a place on the side where there is room."""
    right = point[0] > LEFT + 0.7 * SIDE
    x, anchor = (point[0] - 12, "end") if right else (point[0] + 12, "start")
    return draw("text", name, x=x, y=point[1] + 16, text_anchor=anchor, class_=class_)


def _draw_name(corner: Corner) -> Markup:
    x = LEFT + corner.x * SIDE
    y = TOP + SIDE + 24 if corner.y else TOP - 12
    return draw(
        "text", shorten_label(corner.code.name), x=x, y=y, text_anchor="end" if corner.x else "start", class_="name"
    )
