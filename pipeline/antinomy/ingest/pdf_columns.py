"""The runs on a page -> its lines in reading order, column by column where there are two."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median_low

from antinomy.ingest.pdf_furniture import Row, group_rows
from antinomy.ingest.pdf_page import Page, Run

_STEP = 2.0
_MIN_LINES = 5
_MAX_CROSSING = 0.3
_FULL_LINE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text; lengths are in points.

    Attributes:
        text: The words, with single spaces.
        left: Left edge.
        right: Right edge.
        baseline: Height of the line that the letters stand on, from the page's foot.
        size: Height of the font.
        page: Page number from 1.
        column: 0 for the full width, 1 for the left and 2 for the right column.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page: int
    column: int = 0


def order_lines(pages: Sequence[Page]) -> list[Line]:
    """Return the lines of all pages in the order in which a person reads them."""
    gutters = [_find_gutter(page.runs) for page in pages]
    found = [gutter for gutter in gutters if gutter is not None]
    usual = median_low(found) if found else None
    return [line for page, gutter in zip(pages, gutters, strict=True) for line in _read_page(page, gutter, usual)]


def _read_page(page: Page, gutter: float | None, usual: float | None) -> list[Line]:
    if gutter is None and usual is not None and not any(_crosses(run, usual) for run in page.runs):
        # The last page often has too little text to tell by itself.
        gutter = usual
    if gutter is None:
        return [_join(row, page, 0) for row in group_rows(page.runs)]
    lines: list[Line] = []
    sides: tuple[list[Run], list[Run]] = ([], [])
    for row in group_rows(page.runs):
        if any(_crosses(run, gutter) for run in row):
            lines += _read_sides(sides, page)
            lines.append(_join(row, page, 0))
            sides = ([], [])
        else:
            for run in row:
                sides[run.left >= gutter].append(run)
    return lines + _read_sides(sides, page)


def _read_sides(sides: tuple[list[Run], list[Run]], page: Page) -> list[Line]:
    return [_join(row, page, column) for column, side in enumerate(sides, 1) for row in group_rows(side)]


def _join(row: Row, page: Page, column: int) -> Line:
    longest = max(row, key=lambda run: len(run.text))
    return Line(
        text=" ".join(run.text for run in row),
        left=row[0].left,
        right=max(run.right for run in row),
        baseline=longest.baseline,
        size=longest.size,
        page=page.number,
        column=column,
    )


def _find_gutter(runs: Sequence[Run]) -> float | None:
    """Return where two columns part, if the page plainly has two: full lines on both sides, few across."""
    if len(runs) < 2 * _MIN_LINES:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    steps = int((right - left) * 0.4 / _STEP)
    places = [left + (right - left) * 0.3 + _STEP * step for step in range(steps + 1)]
    crossing = {place: sum(_crosses(run, place) for run in runs) for place in places}
    fewest = min(crossing.values())
    clear = max(
        (list(group) for empty, group in groupby(places, lambda place: crossing[place] == fewest) if empty), key=len
    )
    gutter = clear[len(clear) // 2]
    sides = [run for run in runs if run.right <= gutter], [run for run in runs if run.left >= gutter]
    if fewest > _MAX_CROSSING * len(runs) or not all(map(_is_column, sides)):
        return None
    return gutter


def _is_column(runs: Sequence[Run]) -> bool:
    """Tell a column of text from the labels or figures of a table: most of its lines are about as long."""
    if len(runs) < _MIN_LINES:
        return False
    width = max(run.right for run in runs) - min(run.left for run in runs)
    full = sum(run.right - run.left > _FULL_LINE * width for run in runs)
    words = sum(len(run.text.split()) for run in runs) / len(runs)
    return 2 * full >= len(runs) and words >= 3


def _crosses(run: Run, place: float) -> bool:
    return run.left < place < run.right
