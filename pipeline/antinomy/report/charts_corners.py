"""Corners, balances and rates of action -> the picture of the four corners of imbalance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from antinomy.codebook import Code
from antinomy.report.balance import Balance, Corner
from antinomy.report.charts import draw, format_rate, round_up, shorten_label
from antinomy.report.labels import Box, place_label

WIDTH, HEIGHT = 624, 764
LEFT, TOP, SIDE = 2, 80, 620
MIDDLE = (LEFT + SIDE / 2, TOP + SIDE / 2)
REACH = 0.46 * SIDE
RING = 92
MAX_LABELS = 8
MAX_DOTS = 80
ARROW_STARTS = (18, 40)
MAX_ARROW = 16
DESCRIPTION = (
    "A square with one archetype of imbalance in each corner. The larger a corner's quarter disc, the more often it is "
    "voiced. Arrows stand for the actions that bring back the balance. Each marker stands where an organisation or a "
    "document lies between the corners. The table that follows has the same numbers."
)


@dataclass(frozen=True, slots=True)
class Arrow:
    """Place of one action: where its arrow starts, its direction and how its label is set."""

    x: float
    y: float
    dx: int
    dy: int
    label_x: float
    label_y: float
    anchor: str


def draw_corners(
    corners: Sequence[Corner],
    rates: Sequence[float],
    actions: Sequence[tuple[Code, float]],
    balances: Sequence[Balance],
) -> Markup:
    """Draw the square; ``rates`` are per 100 sentences and belong to ``corners``.

    Areas of the quarter discs are in proportion to the rates, and so are the widths of the arrows. The first four
    actions are drawn, clockwise from the left.
    """
    scale = scale_corners(rates)
    return draw(
        "svg",
        draw("title", "The four corners of imbalance", id="corners-title"),
        draw("desc", DESCRIPTION, id="corners-desc"),
        draw("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, rx=3, class_="ground"),
        *(_draw_disc(corner, rate, scale) for corner, rate in zip(corners, rates, strict=True)),
        draw("rect", x=LEFT, y=TOP, width=SIDE, height=SIDE, rx=3, class_="frame"),
        _draw_ring(),
        *(_draw_action(place, *action) for place, action in zip(_place_arrows(), _with_widths(actions), strict=False)),
        *(_draw_name(corner, rate) for corner, rate in zip(corners, rates, strict=True)),
        _draw_balances([balance for balance in balances if balance.voiced]),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        aria_labelledby="corners-title corners-desc",
        class_="corners",
    )


def scale_corners(rates: Sequence[float]) -> float:
    """Return the rate at which a quarter disc reaches nearly half the side; small rates stay small."""
    return max(5.0, round_up(max(rates)))


def _to_point(x: float, y: float) -> tuple[float, float]:
    return LEFT + x * SIDE, TOP + y * SIDE


def _draw_disc(corner: Corner, rate: float, scale: float) -> Markup:
    x, y = _to_point(corner.x, corner.y)
    return draw(
        "g",
        _draw_quarter(corner, x, y, REACH, "reach"),
        _draw_quarter(corner, x, y, REACH * math.sqrt(rate / scale), "disc") if rate else "",
        draw("title", f"{corner.code.name}: {format_rate(rate)} per 100 sentences"),
        class_=f"corner-{corner.code.id}",
    )


def _draw_quarter(corner: Corner, x: float, y: float, radius: float, class_: str) -> Markup:
    across, down = (1 - 2 * corner.x) * radius, (1 - 2 * corner.y) * radius
    sweep = int(across * down > 0)
    path = f"M{x:.1f} {y:.1f}h{across:.1f}A{radius:.1f} {radius:.1f} 0 0 {sweep} {x:.1f} {y + down:.1f}Z"
    return draw("path", d=path, class_=class_)


def _draw_name(corner: Corner, rate: float) -> Markup:
    x, y = _to_point(corner.x, corner.y)
    anchor = "end" if corner.x else "start"
    name_y, inward = (y + 36, -1) if corner.y else (y - 34, 1)
    inset = x + (-22 if corner.x else 22)
    return draw(
        "g",
        draw("text", shorten_label(corner.code.name), x=x, y=name_y, text_anchor=anchor, class_="archetype"),
        draw("text", shorten_label(corner.home), x=x, y=name_y + 22, text_anchor=anchor, class_="home"),
        draw("text", format_rate(rate), x=inset, y=y + inward * 52 + 10, text_anchor=anchor, class_="rate"),
        draw("text", "per 100", x=inset, y=y + inward * 52 + 28, text_anchor=anchor, class_="unit"),
    )


def _draw_ring() -> Markup:
    x, y = MIDDLE
    radius = RING - 8
    path = f"M{x - radius:.1f} {y:.1f}a{radius} {radius} 0 0 0 {2 * radius} 0"
    return draw(
        "g",
        draw("circle", cx=x, cy=y, r=RING, class_="ring"),
        draw("path", d=path, id="ring-path", fill="none"),
        draw(
            "text",
            draw("textPath", "dynamic equilibrium", href="#ring-path", startOffset="50%", text_anchor="middle"),
            class_="ring-label",
        ),
    )


def _place_arrows() -> tuple[Arrow, ...]:
    x, y = MIDDLE
    right, bottom = LEFT + SIDE, TOP + SIDE
    along, across = ARROW_STARTS
    return (
        Arrow(LEFT + along, y, 1, 0, LEFT + along, y - 18, "start"),
        Arrow(x, TOP + across, 0, 1, x, TOP + 26, "middle"),
        Arrow(right - along, y, -1, 0, right - along, y - 18, "end"),
        Arrow(x, bottom - across, 0, -1, x, bottom - 17, "middle"),
    )


def _with_widths(actions: Sequence[tuple[Code, float]]) -> list[tuple[Code, float, float]]:
    scale = max(2.0, round_up(max((rate for _, rate in actions), default=0)))
    return [(code, rate, MAX_ARROW * rate / scale) for code, rate in actions]


def _draw_action(place: Arrow, code: Code, rate: float, width: float) -> Markup:
    x, y = MIDDLE
    head = 7 + width * 0.7
    tip_x, tip_y = x - place.dx * (RING + 8), y - place.dy * (RING + 8)
    neck_x, neck_y = tip_x - place.dx * head, tip_y - place.dy * head
    side_x, side_y = place.dy * head * 0.75, place.dx * head * 0.75
    triangle = ((tip_x, tip_y), (neck_x + side_x, neck_y + side_y), (neck_x - side_x, neck_y - side_y))
    label = (
        draw("tspan", shorten_label(code.name, limit=16), class_="name"),
        draw("tspan", " " + format_rate(rate), class_="number"),
    )
    return draw(
        "g",
        draw("line", x1=place.x, y1=place.y, x2=neck_x, y2=neck_y, stroke_width=max(1.2, width)),
        draw("polygon", points=" ".join(f"{px:.1f},{py:.1f}" for px, py in triangle)) if rate else "",
        draw("text", *label, x=place.label_x, y=place.label_y, text_anchor=place.anchor),
        draw("title", f"{code.name}: {format_rate(rate)} per 100 sentences"),
        class_="action" if rate else "action none",
    )


def _draw_balances(balances: Sequence[Balance]) -> Markup:
    labelled = balances[:MAX_LABELS]
    dots = [part for balance in balances for part in balance.parts] + list(balances[MAX_LABELS:])
    marks = [_draw_dot(dot) for dot in dots] if len(dots) <= MAX_DOTS else []
    for balance in labelled:
        x, y = _to_point(balance.x, balance.y)
        for part in balance.parts if 1 < len(balance.parts) and len(dots) <= MAX_DOTS else ():
            to_x, to_y = _to_point(part.x, part.y)
            marks.append(draw("line", x1=x, y1=y, x2=to_x, y2=to_y, class_="thread") if not part.few else Markup())
    taken = [*_list_texts(), *(Box.around(*_to_point(balance.x, balance.y), 11) for balance in labelled)]
    for balance in labelled:
        marks.append(_draw_marker(balance, taken))
    return draw("g", *marks, class_="balances")


def _list_texts() -> list[Box]:
    """Return where the picture's own numbers and words are."""
    x, y = MIDDLE
    right, bottom = LEFT + SIDE, TOP + SIDE
    numbers = [Box.around(at_x, at_y, 30) for at_x in (LEFT + 48, right - 48) for at_y in (TOP + 66, bottom - 50)]
    actions = [
        Box(place.label_x - 60, place.label_y - 16, place.label_x + 60, place.label_y) for place in _place_arrows()
    ]
    return [*numbers, *actions, Box(x - 65, y + RING - 40, x + 65, y + RING - 4)]


def _draw_dot(balance: Balance) -> Markup | str:
    if not balance.voiced:
        return ""
    x, y = _to_point(balance.x, balance.y)
    return draw(
        "circle", draw("title", _describe(balance)), cx=x, cy=y, r=3.5, class_="dot few" if balance.few else "dot"
    )


def _draw_marker(balance: Balance, taken: list[Box]) -> Markup:
    """Draw a marker, and its label where there is room; the label's box is added to ``taken``."""
    x, y = _to_point(balance.x, balance.y)
    name, number = shorten_label(balance.label, limit=24), f" n {balance.voiced}"
    bounds = Box(LEFT, TOP, LEFT + SIDE, TOP + SIDE)
    label = place_label(x, y, 15, 8.4 * len(name) + 7 * len(number), 18, taken, bounds)
    if label is not None:
        taken.append(label.box)
    return draw(
        "g",
        draw("title", _describe(balance)),
        draw("circle", cx=x, cy=y, r=8),
        draw(
            "text",
            draw("tspan", name, class_="name"),
            draw("tspan", number, class_="number"),
            x=label.x,
            y=label.y,
            text_anchor=label.anchor,
        )
        if label
        else "",
        class_="marker few" if balance.few else "marker",
    )


def _describe(balance: Balance) -> str:
    rates = ", ".join(f"{code.replace('_', ' ')} {format_rate(rate)}" for code, rate in balance.rates.items())
    return f"{balance.name}: {balance.voiced} archetype codes in {balance.sentences} sentences (per 100: {rates})"
