"""Pages -> pages without line numbers, running headers, running footers and page numbers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from antinomy.ingest.pdf_page import Page, Run

_MARGIN = 0.15
_MAX_ROWS = 4
_SLOT = 3.0
_MIN_LINE_NUMBERS = 3
_BODY_RUN = 20
_MAX_PAGE_NUMBER = 40
_ROMAN = re.compile(r"\b[ivxlc]{1,7}\b")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|p\.)?\s*(?P<number>\d{1,4})(?:\s*(?:/|of)\s*(?P<total>\d{1,4}))?\W*", re.IGNORECASE
)

Row = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row at the top or bottom of a page, by what repeats of it: its words and its height."""

    words: str
    slot: int


def strip_furniture(pages: Sequence[Page]) -> list[Page]:
    """Return the pages without what is printed around the text."""
    pages = _strip_line_numbers(pages)
    edges = [edge for page in pages for edge in {_describe(row, page) for rows in _edge_rows(page) for row in rows}]
    counts = Counter(edges)
    slots = Counter(edge.slot for edge in edges)
    repeated = Counter(edge.slot for edge in edges if counts[edge] > 1)
    # At the height of a running header most rows repeat; at that of the first line of text few do.
    furniture = {edge for edge, count in counts.items() if count > 1 and 2 * repeated[edge.slot] > slots[edge.slot]}
    return [_strip_edges(page, furniture, total=len(pages)) for page in pages]


def group_rows(runs: Sequence[Run]) -> list[Row]:
    """Return the runs by lines of the page, from top to bottom and left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -run.baseline):
        if rows and rows[-1][0].baseline - run.baseline < 0.4 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [tuple(sorted(row, key=lambda run: run.left)) for row in rows]


def _strip_line_numbers(pages: Sequence[Page]) -> list[Page]:
    """Drop columns of rising numbers beside the text."""
    found = [_find_line_numbers(page) for page in pages]
    total = sum(map(len, found))
    rising = sum(
        int(lower.text) > int(upper.text)
        for numbers in found
        for upper, lower in zip(numbers, numbers[1:], strict=False)
    )
    if total < _MIN_LINE_NUMBERS or rising < 0.8 * (total - sum(bool(numbers) for numbers in found)):
        return list(pages)
    return [
        replace(page, runs=tuple(run for run in page.runs if run not in numbers))
        for page, numbers in zip(pages, map(set, found), strict=True)
    ]


def _find_line_numbers(page: Page) -> list[Run]:
    body = [run for run in page.runs if len(run.text) >= _BODY_RUN]
    if not body:
        return []
    left, right = min(run.left for run in body), max(run.right for run in body)
    numbers = [
        run for run in page.runs if re.fullmatch(r"\d{1,4}", run.text) and (run.right < left or run.left > right)
    ]
    return sorted(numbers, key=lambda run: -run.baseline)


def _edge_rows(page: Page) -> Iterator[list[Row]]:
    rows = group_rows(page.runs)
    height = page.height
    yield [row for row in rows[:_MAX_ROWS] if row[0].baseline > (1 - _MARGIN) * height]
    yield [row for row in rows[: -_MAX_ROWS - 1 : -1] if row[0].baseline < _MARGIN * height]


def _describe(row: Row, page: Page) -> _Edge:
    words = " ".join(run.text for run in row).lower()
    return _Edge(re.sub(r"\d+", "#", _ROMAN.sub("#", words)), round(row[0].baseline / _SLOT))


def _strip_edges(page: Page, furniture: set[_Edge], *, total: int) -> Page:
    dropped: set[Run] = set()
    for rows in _edge_rows(page):
        for row in rows:
            if _describe(row, page) not in furniture and not _is_page_number(row, page.number, total):
                break
            dropped.update(row)
    return replace(page, runs=tuple(run for run in page.runs if run not in dropped))


def _is_page_number(row: Row, number: int, total: int) -> bool:
    text = " ".join(run.text for run in row)
    match = _PAGE_NUMBER.fullmatch(text) if len(text) <= _MAX_PAGE_NUMBER else None
    if match is None:
        return False
    return int(match["number"]) == number or (match["total"] is not None and int(match["total"]) == total)
