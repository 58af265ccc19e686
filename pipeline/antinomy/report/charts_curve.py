"""Scores by number of training sentences -> the picture of a learning curve."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from antinomy.report.charts import draw, format_count
from antinomy.report.evaluation_words import show_score

WIDTH, HEIGHT = 720, 330
LEFT, RIGHT, TOP, BOTTOM = 44, 130, 16, 54
# room that the number below a point needs
LABEL = 62
SERIES = (("kappa", "κ", "curve-kappa"), ("macro_f1", "macro-F1", "curve-f1"))


def draw_curve(points: Sequence[Mapping[str, Any]]) -> Markup:
    """Draw κ (discs) and macro-F1 (squares) over the sentences that a model learned from.

    Args:
        points: ``sentences``, ``kappa`` and ``macro_f1`` each, the latter two as scores.
    """
    points = sorted(points, key=lambda point: point["sentences"])
    scale = _Scale(points)
    known = {key: [point for point in points if point[key]["value"] is not None] for key, *_ in SERIES}
    said = [
        f"{name} from {show_score(known[key][0][key]['value'])} to {show_score(known[key][-1][key]['value'])}"
        for key, name, _ in SERIES
        if known[key]
    ]
    return draw(
        "svg",
        draw("title", "Learning curve"),
        *_draw_grid(scale),
        *_draw_places([point["sentences"] for point in points], scale),
        *(_draw_series(known[key], key, class_, scale) for key, _, class_ in SERIES),
        *_name_series(known, scale),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=f"Learning curve: {'; '.join(said)}. The table that follows has the numbers.",
        class_="curve",
    )


class _Scale:
    """Sentences and scores -> places in the picture."""

    def __init__(self, points: Sequence[Mapping[str, Any]]) -> None:
        highest = max((point[key]["value"] or 0 for point in points for key, *_ in SERIES), default=0)
        self.end = next((step for step in (0.2, 0.4, 0.6, 0.8) if highest <= step), 1.0)
        self._most = max((point["sentences"] for point in points), default=0) or 1

    def x(self, sentences: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * sentences / self._most

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(1.0, max(0.0, value) / self.end))


def _draw_grid(scale: _Scale) -> list[Markup]:
    parts = []
    for value in (scale.end * step / 4 for step in range(5)):
        y = scale.y(value)
        parts.append(draw("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="rule"))
        parts.append(draw("text", show_score(value), x=LEFT - 8, y=y + 5, text_anchor="end"))
    return parts


def _draw_places(sentences: Sequence[int], scale: _Scale) -> list[Markup]:
    """Draw the numbers of sentences, from the right, as many as have room."""
    parts, free = [], float(WIDTH)
    for number in reversed(sentences):
        x = scale.x(number)
        if x <= free:
            parts.append(draw("text", format_count(number), x=x, y=HEIGHT - BOTTOM + 22, text_anchor="middle"))
            free = x - LABEL
    middle = (LEFT + WIDTH - RIGHT) / 2
    return [*parts, draw("text", "sentences to learn from", x=middle, y=HEIGHT - 8, text_anchor="middle")]


def _draw_series(points: Sequence[Mapping[str, Any]], key: str, class_: str, scale: _Scale) -> Markup:
    places = [(scale.x(point["sentences"]), scale.y(point[key]["value"])) for point in points]
    marks = [
        draw("circle", cx=x, cy=y, r=5.5) if key == "kappa" else draw("rect", x=x - 5, y=y - 5, width=10, height=10)
        for x, y in places
    ]
    return draw("g", draw("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in places)), *marks, class_=class_)


def _name_series(known: Mapping[str, Sequence[Mapping[str, Any]]], scale: _Scale) -> list[Markup]:
    labels = [
        (scale.y(known[key][-1][key]["value"]), f"{name} {show_score(known[key][-1][key]['value'])}", class_)
        for key, name, class_ in SERIES
        if known[key]
    ]
    parts, above = [], float("-inf")
    for y, text, class_ in sorted(labels):
        above = max(y, above + 22)
        parts.append(draw("text", text, x=WIDTH - RIGHT + 14, y=above + 5, class_=f"name {class_}"))
    return parts
