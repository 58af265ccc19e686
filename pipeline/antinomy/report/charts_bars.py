"""Counts per code -> groups of bars: accepted against expected."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from antinomy.codebook import Code, Codebook
from antinomy.report.charts import draw, format_rate, round_up
from antinomy.report.summary import Summary, per_hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One code.

    Attributes:
        depth: 1 for a code that stands under its parent.
        accepted: Sentences that carry the code.
        expected: Sum of the probabilities; None where the model does not know the code.
        rate: Accepted sentences per 100.
        expected_rate: Expected sentences per 100.
    """

    code: Code
    depth: int
    accepted: int
    expected: float | None
    rate: float
    expected_rate: float | None


@dataclass(frozen=True, slots=True)
class BarGroup:
    """The bars of one dimension, with those of the dimension below it."""

    id: str
    name: str
    bars: tuple[Bar, ...]


def group_bars(summary: Summary, codebook: Codebook) -> tuple[BarGroup, ...]:
    """Return one group per dimension; codes with a parent stand under it, in the parent's group."""
    groups = []
    for dimension in codebook.dimensions:
        roots = [code for code in codebook.codes_of(dimension.id) if code.parent is None]
        below = [list(_walk(root, codebook, 0)) for root in roots]
        inside = {code.dimension for branch in below for code, _ in branch} - {dimension.id}
        others = [entry.name.lower() for entry in codebook.dimensions if entry.id in inside]
        if roots:
            bars = tuple(_count_bar(code, depth, summary) for branch in below for code, depth in branch)
            groups.append(BarGroup(dimension.id, " and ".join([dimension.name, *others]), bars))
    return tuple(groups)


def scale_bars(groups: Sequence[BarGroup]) -> float:
    """Return the rate at the end of the axis that all groups share."""
    return round_up(max((max(bar.rate, bar.expected_rate or 0) for group in groups for bar in group.bars), default=0))


def draw_bar(bar: Bar, scale: float) -> Markup:
    """Draw the accepted rate as a bar and the expected one as a stroke; the width follows the page."""
    expected = bar.expected_rate
    words = f"{bar.code.name}: {format_rate(bar.rate)} per 100 sentences accepted"
    words += f", {format_rate(expected)} expected" if expected is not None else ""
    place = min(100.0, 100 * (expected or 0) / scale)
    return draw(
        "svg",
        draw("title", words),
        draw("rect", x=0, y=11, width="100%", height=1, class_="axis"),
        draw("rect", x=0, y=5, width=f"{100 * bar.rate / scale:.2f}%", height=13, rx=1.5, class_="accepted"),
        draw("line", x1=f"{place:.2f}%", x2=f"{place:.2f}%", y1=1, y2=22, class_="expected") if expected else "",
        width="100%",
        height=23,
        role="img",
        class_="bar",
    )


def _walk(code: Code, codebook: Codebook, depth: int) -> Sequence[tuple[Code, int]]:
    children = [child for child in codebook.codes if child.parent == code.id]
    return [(code, depth), *(entry for child in children for entry in _walk(child, codebook, depth + 1))]


def _count_bar(code: Code, depth: int, summary: Summary) -> Bar:
    expected = summary.expected.get(code.id)
    return Bar(
        code=code,
        depth=depth,
        accepted=summary.total.codes[code.id],
        expected=expected,
        rate=summary.total.rate(code.id),
        expected_rate=None if expected is None else per_hundred(expected, summary.total.sentences),
    )
