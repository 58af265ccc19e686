"""A score with its interval -> a dot on a line, for a row of a table."""

import math
from collections.abc import Callable, Iterable

from markupsafe import Markup

from antinomy.report.charts import draw
from antinomy.report.evaluation_words import BANDS, Score, show_interval, show_score

HEIGHT = 23

# The values at the left and right edge.
Ends = tuple[float, float]


def find_start(scores: Iterable[Score]) -> float:
    """Return where an axis that ends at 1 must start to hold all scores: 0, or the next fifth below.

    >>> find_start([{"value": 0.4, "low": -0.03, "high": 0.6}])
    -0.2
    """
    lowest = min((end for score in scores for end in (score["value"], score["low"]) if end is not None), default=0)
    return min(0.0, max(-1.0, math.floor(5 * lowest) / 5))


def draw_interval(
    score: Score,
    start: float,
    words: str,
    *,
    tick: Score | None = None,
    beside: str = "coders",
    bands: bool = True,
    stop: float = 1.0,
) -> Markup:
    """Draw a score and its interval; the width follows the page.

    Args:
        score: What the dot and its line stand for.
        start: The value at the left edge.
        words: What is measured, for those who cannot see the drawing.
        tick: What to compare with.
        beside: What the tick stands for.
        bands: Whether the lines of reliability are drawn.
        stop: The value at the right edge.
    """
    said = f"{words}: {show_interval(score)}"
    if tick is not None and tick["value"] is not None:
        said += f"; {beside} {show_interval(tick)}"
    return draw(
        "svg",
        draw("title", said),
        *_draw_ground((start, stop), bands=bands),
        *_draw_tick(tick, (start, stop)),
        *_draw_dot(score, (start, stop)),
        width="100%",
        height=HEIGHT,
        role="img",
        aria_label=said,
        class_="interval",
    )


def draw_axis(
    start: float, *, bands: bool = True, stop: float = 1.0, show: Callable[[float], str] = show_score
) -> Markup:
    """Draw the numbers above a column of intervals."""
    marks = [(0.0, "middle" if start else "start"), *zip(BANDS, ("end", "start"), strict=True)]
    marks = marks if bands else [marks[0], (stop / 2, "middle"), (stop, "end")]
    texts = [
        draw("text", show(at) if at else "0", x=_place(at, (start, stop)), y=13, text_anchor=anchor)
        for at, anchor in marks
    ]
    return draw("svg", *texts, width="100%", height=17, class_="interval axis-numbers", aria_hidden="true")


def _draw_ground(ends: Ends, *, bands: bool) -> list[Markup]:
    lines = [draw("rect", x=0, y=11, width="100%", height=1, class_="axis")]
    lines += [_draw_line(0, ends, (0, HEIGHT), "zero")]
    return lines + [_draw_line(band, ends, (0, HEIGHT), "band") for band in BANDS if bands]


def _draw_tick(tick: Score | None, ends: Ends) -> list[Markup]:
    if tick is None or tick["value"] is None:
        return []
    return [_draw_line(tick["value"], ends, (2, HEIGHT - 2), "tick")]


def _draw_dot(score: Score, ends: Ends) -> list[Markup]:
    if score["value"] is None:
        return [draw("text", "undefined", x=0, y=16, class_="undefined")]
    marks = [draw("circle", cx=_place(score["value"], ends), cy=11.5, r=4.5, class_="dot")]
    if score["low"] is None or score["high"] is None:
        return marks
    reach = {"x1": _place(score["low"], ends), "x2": _place(score["high"], ends)}
    return [draw("line", **reach, y1=11.5, y2=11.5, class_="reach"), *marks]


def _draw_line(at: float, ends: Ends, height: tuple[float, float], class_: str) -> Markup:
    place = _place(at, ends)
    return draw("line", x1=place, x2=place, y1=height[0], y2=height[1], class_=class_)


def _place(value: float, ends: Ends) -> str:
    start, stop = ends
    return f"{100 * min(1.0, max(0.0, (value - start) / (stop - start))):.2f}%"
