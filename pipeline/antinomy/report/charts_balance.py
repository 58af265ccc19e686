"""What of each period's talk is tilted, names both poles, and answers -> the picture of one unit's balance."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from antinomy.report.charts import draw, round_up
from antinomy.report.drift_words import show_share

WIDTH, HEIGHT = 560, 220
LEFT, TOP, BOTTOM = 46, 30, 26
BARS = {"both": "names both poles", "tilt": "tilted"}


def draw_balance(tilts: Sequence[Mapping[str, Any]]) -> Markup:
    """Draw a column per period, both poles below and tilted above, and a line of what rebalances.

    Args:
        tilts: Of ``antinomy.report.drift.tilt_period``.
    """
    end = round_up(max(0.01, *(max(tilt["both"] + tilt["tilt"], tilt["answer"]) for tilt in tilts)))
    step = (WIDTH - LEFT) / len(tilts)
    deep = HEIGHT - TOP - BOTTOM

    def y_of(share: float) -> float:
        return TOP + deep * (1 - share / end)

    columns = []
    for number, tilt in enumerate(tilts):
        below = 0.0
        for kind in BARS:
            top = below + tilt[kind]
            bar = {"x": LEFT + step * (number + 0.15), "width": 0.7 * step, "y": y_of(top)}
            words = f"{tilt['name']}: {show_share(tilt[kind])} {BARS[kind]}"
            columns.append(draw("rect", draw("title", words), height=y_of(below) - y_of(top), class_=kind, **bar))
            below = top
    line = [(LEFT + step * (number + 0.5), y_of(tilt["answer"])) for number, tilt in enumerate(tilts)]
    said = f"Both poles, tilted and rebalancing talk, {tilts[0]['name']} to {tilts[-1]['name']}"
    return draw(
        "svg",
        draw("title", said),
        *(_draw_rule(share, y_of(share)) for share in (0.0, end / 2, end)),
        *columns,
        draw("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in line), class_="answer"),
        *_draw_legend(),
        draw("text", tilts[0]["name"], x=LEFT, y=HEIGHT - 6),
        draw("text", tilts[-1]["name"], x=WIDTH, y=HEIGHT - 6, text_anchor="end"),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_label=said,
        class_="balance-bars",
    )


def _draw_rule(share: float, y: float) -> Markup:
    return draw(
        "g",
        draw("line", x1=LEFT, x2=WIDTH, y1=y, y2=y, class_="rule"),
        draw("text", f"{100 * share:g} %", x=LEFT - 8, y=y + 4, text_anchor="end"),
    )


def _draw_legend() -> list[Markup]:
    parts = []
    for x, (kind, words) in zip((LEFT, LEFT + 150), BARS.items(), strict=True):
        parts += [draw("rect", x=x, y=4, width=12, height=12, class_=kind), draw("text", words, x=x + 18, y=14)]
    x = LEFT + 240
    parts += [draw("line", x1=x, x2=x + 16, y1=10, y2=10, class_="answer"), draw("text", "rebalancing", x=x + 22, y=14)]
    return parts
