"""Shares of a code over periods -> the picture of a control chart, or of the shares alone."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from antinomy.report.charts import draw, round_up
from antinomy.report.drift_words import show_share

WIDTH, HEIGHT = 560, 190
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 12, 30

# Number of a period and a share -> a point.
Place = Callable[[int, float], tuple[float, float]]


def draw_control(
    shares: Sequence[float], names: Sequence[str], words: str, *, chart: Mapping[str, Any] | None, turns: Sequence[int]
) -> Markup:
    """Draw the share of every period; with a chart also its centre, its limits and its alarms.

    Args:
        shares: One per period.
        names: Of the periods.
        words: What is drawn, for those who cannot see it.
        chart: As ``antinomy.drift.assess`` describes it.
        turns: First periods after a change, and after it has passed.
    """
    highs = chart["high"] if chart else []
    end = round_up(max([*shares, *(min(high, 2 * max(shares)) for high in highs), 0.01]))
    step = (WIDTH - LEFT - RIGHT) / max(1, len(shares) - 1)

    def place(number: int, share: float) -> tuple[float, float]:
        return LEFT + number * step, TOP + (HEIGHT - TOP - BOTTOM) * (1 - min(share, end) / end)

    points = [place(number, share) for number, share in enumerate(shares)]
    alarms = set(chart["alarms"]) if chart else set[int]()
    marks = [
        draw(
            "circle",
            draw("title", f"{name}: {show_share(share)}"),
            cx=x,
            cy=y,
            r=4.5 if number in alarms else 3,
            class_="alarm" if number in alarms else "point",
        )
        for number, (name, share, (x, y)) in enumerate(zip(names, shares, points, strict=True))
    ]
    said = f"{words}: {show_share(shares[0])} in {names[0]}, {show_share(shares[-1])} in {names[-1]}"
    return draw(
        "svg",
        draw("title", said),
        *_draw_grid(end),
        *(_draw_limits(chart, place) if chart else []),
        *(_draw_turn(turn, step) for turn in turns),
        draw("polyline", points=_join(points), class_="path"),
        *marks,
        *_name_ends(names, alarms),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=said,
        class_="control",
    )


def _draw_grid(end: float) -> list[Markup]:
    parts = []
    for share in (0.0, end / 2, end):
        y = TOP + (HEIGHT - TOP - BOTTOM) * (1 - share / end)
        parts.append(draw("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="rule"))
        parts.append(draw("text", f"{100 * share:g} %", x=LEFT - 8, y=y + 4, text_anchor="end"))
    return parts


def _draw_limits(chart: Mapping[str, Any], place: Place) -> list[Markup]:
    upper = [place(number, share) for number, share in enumerate(chart["high"])]
    lower = [place(number, share) for number, share in enumerate(chart["low"])]
    centre = [place(0, chart["centre"]), place(len(upper) - 1, chart["centre"])]
    return [
        draw("polygon", points=_join([*upper, *reversed(lower)]), class_="limits"),
        draw("polyline", points=_join(centre), class_="centre"),
    ]


def _draw_turn(turn: int, step: float) -> Markup:
    x = LEFT + (turn - 0.5) * step
    return draw("line", x1=x, x2=x, y1=TOP, y2=HEIGHT - BOTTOM, class_="turn")


def _name_ends(names: Sequence[str], alarms: set[int]) -> list[Markup]:
    y = HEIGHT - 8
    parts = [draw("text", names[0], x=LEFT, y=y), draw("text", names[-1], x=WIDTH - RIGHT, y=y, text_anchor="end")]
    if alarms:
        words = f"▲ beyond the limits of the smoothed share: {len(alarms)}"
        parts.append(draw("text", words, x=(LEFT + WIDTH - RIGHT) / 2, y=y, text_anchor="middle", class_="alarm"))
    return parts


def _join(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
