"""A score with its interval -> a dot on a line, for a row of a table."""

import math
from collections.abc import Iterable

from markupsafe import Markup

from antinomy.report.charts import draw
from antinomy.report.evaluation_words import BANDS, Score, show_interval, show_score

HEIGHT = 23


def find_start(scores: Iterable[Score]) -> float:
    """Return where an axis that ends at 1 must start to hold all scores: 0, or the next fifth below.

    >>> find_start([{"value": 0.4, "low": -0.03, "high": 0.6}])
    -0.2
    """
    lowest = min((end for score in scores for end in (score["value"], score["low"]) if end is not None), default=0)
    return min(0.0, max(-1.0, math.floor(5 * lowest) / 5))


def draw_interval(
    score: Score, start: float, words: str, *, tick: Score | None = None, beside: str = "coders", bands: bool = True
) -> Markup:
    """Draw a score and its interval; the width follows the page.

    Args:
        score: What the dot and its line stand for.
        start: The value at the left edge; the right edge is 1.
        words: What is measured, for those who cannot see the drawing.
        tick: What to compare with.
        beside: What the tick stands for.
        bands: Whether the lines of reliability are drawn.
    """
    said = f"{words}: {show_interval(score)}"
    if tick is not None and tick["value"] is not None:
        said += f"; {beside} {show_interval(tick)}"
    return draw(
        "svg",
        draw("title", said),
        *_draw_ground(start, bands=bands),
        *_draw_tick(tick, start),
        *_draw_dot(score, start),
        width="100%",
        height=HEIGHT,
        role="img",
        aria_label=said,
        class_="interval",
    )


def draw_axis(start: float, *, bands: bool = True) -> Markup:
    """Draw the numbers above a column of intervals."""
    marks = [(0.0, "middle" if start else "start"), *zip(BANDS, ("end", "start"), strict=True)]
    marks = marks if bands else [marks[0], (0.5, "middle"), (1.0, "end")]
    texts = [
        draw("text", show_score(at) if at else "0", x=_place(at, start), y=13, text_anchor=anchor)
        for at, anchor in marks
    ]
    return draw("svg", *texts, width="100%", height=17, class_="interval axis-numbers", aria_hidden="true")


def _draw_ground(start: float, *, bands: bool) -> list[Markup]:
    lines = [draw("rect", x=0, y=11, width="100%", height=1, class_="axis")]
    lines += [_draw_line(0, start, (0, HEIGHT), "zero")]
    return lines + [_draw_line(band, start, (0, HEIGHT), "band") for band in BANDS if bands]


def _draw_tick(tick: Score | None, start: float) -> list[Markup]:
    if tick is None or tick["value"] is None:
        return []
    return [_draw_line(tick["value"], start, (2, HEIGHT - 2), "tick")]


def _draw_dot(score: Score, start: float) -> list[Markup]:
    if score["value"] is None:
        return [draw("text", "undefined", x=0, y=16, class_="undefined")]
    marks = [draw("circle", cx=_place(score["value"], start), cy=11.5, r=4.5, class_="dot")]
    if score["low"] is None or score["high"] is None:
        return marks
    ends = {"x1": _place(score["low"], start), "x2": _place(score["high"], start)}
    return [draw("line", **ends, y1=11.5, y2=11.5, class_="reach"), *marks]


def _draw_line(at: float, start: float, ends: tuple[float, float], class_: str) -> Markup:
    place = _place(at, start)
    return draw("line", x1=place, x2=place, y1=ends[0], y2=ends[1], class_=class_)


def _place(value: float, start: float) -> str:
    return f"{100 * min(1.0, max(0.0, (value - start) / (1 - start))):.2f}%"
