"""Bins of probabilities -> a reliability diagram with the counts beneath."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from antinomy.report.charts import draw, format_count

LEFT, TOP, SIDE = 46, 10, 260
COUNTS, FOOT = 56, 44
WIDTH, HEIGHT = LEFT + SIDE + 12, TOP + SIDE + COUNTS + FOOT
TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def draw_reliability(name: str, bins: Sequence[Mapping[str, Any]]) -> Markup:
    """Draw what gold affirms against what the model said; a perfectly calibrated model lies on the diagonal.

    Args:
        name: Whose probabilities.
        bins: ``low``, ``high``, ``n``, ``probability`` and ``observed`` of each bin that is not empty.
    """
    said = "; ".join(
        f"{100 * each['probability']:.0f}% said, {100 * each['observed']:.0f}% found, {format_count(each['n'])} times"
        for each in bins
    )
    points = [_to_point(each["probability"], each["observed"]) for each in bins]
    return draw(
        "svg",
        draw("title", f"{name}: probability against share found"),
        *_draw_frame(),
        draw("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_="path"),
        *(_draw_bin(each, point) for each, point in zip(bins, points, strict=True)),
        *_draw_counts(bins),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=f"{name}, probability against share found: {said}",
        class_="reliability",
    )


def shorten_count(n: int) -> str:
    """Return a count in at most four characters.

    >>> shorten_count(950), shorten_count(2089), shorten_count(31_400)
    ('950', '2.1k', '31k')
    """
    if n < 1000:
        return str(n)
    return f"{n / 1000:.1f}k" if n < 9950 else f"{n / 1000:.0f}k"


def _to_point(x: float, y: float) -> tuple[float, float]:
    return LEFT + SIDE * x, TOP + SIDE * (1 - y)


def _draw_frame() -> list[Markup]:
    bottom = TOP + SIDE
    parts = [draw("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, class_="ground")]
    parts += [draw("line", x1=LEFT, y1=bottom, x2=LEFT + SIDE, y2=TOP, class_="diagonal")]
    for tick in TICKS:
        x, y = _to_point(tick, tick)
        label = f"{100 * tick:.0f}"
        parts += [draw("line", x1=LEFT, x2=LEFT + SIDE, y1=y, y2=y, class_="rule")]
        parts += [draw("text", label, x=LEFT - 7, y=y + 4, text_anchor="end")]
        parts += [draw("text", label, x=x, y=bottom + COUNTS + 17, text_anchor="middle")]
    middle = TOP + SIDE / 2
    parts += [draw("text", "said, %", x=LEFT + SIDE / 2, y=HEIGHT - 8, text_anchor="middle")]
    turned = f"rotate(-90 11 {middle})"
    return [*parts, draw("text", "found, %", x=11, y=middle, transform=turned, text_anchor="middle")]


def _draw_bin(each: Mapping[str, Any], point: tuple[float, float]) -> Markup:
    words = f"{100 * each['probability']:.1f}% said, {100 * each['observed']:.1f}% found, {format_count(each['n'])}"
    # a point from a handful of decisions is hollow
    class_ = "point few" if each["n"] < 20 else "point"
    return draw("circle", draw("title", words), cx=point[0], cy=point[1], r=5, class_=class_)


def _draw_counts(bins: Sequence[Mapping[str, Any]]) -> list[Markup]:
    base, room = TOP + SIDE + COUNTS, COUNTS - 20
    # so that bins with few decisions can be seen beside the one with nearly all
    top = math.log1p(max((each["n"] for each in bins), default=1))
    parts = []
    for each in bins:
        left, right = LEFT + SIDE * each["low"], LEFT + SIDE * each["high"]
        height = room * math.log1p(each["n"]) / top
        box = {"x": left + 1, "y": base - height, "width": max(1.0, right - left - 2), "height": height}
        parts.append(draw("rect", **box, class_="count"))
        middle = (left + right) / 2
        parts.append(draw("text", shorten_count(each["n"]), x=middle, y=base - height - 3, class_="n"))
    return parts
