"""Lines of a PDF -> the lines without footnotes, table of contents, and what a page break printed twice."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from antinomy.ingest.pdf_columns import Line

_SMALL = 0.92
_MIN_REPEATED = 20
_MAX_REPEATED = 3
_TAIL = 40
_CONTENTS = re.compile(r"(?:[.…]\s?){4,}\s*\d{1,4}$")
_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})[.)]?\s*[^\W\d]")


def drop_footnotes(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """Return the text's lines and the number of footnotes left out: small print at the foot, behind a mark."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    if not sizes:
        return [], 0
    small = _SMALL * sizes.most_common(1)[0][0]
    kept: list[Line] = []
    dropped = 0
    for _, group in groupby(lines, lambda line: (line.page, line.column)):
        column = list(group)
        foot = _find_foot(column, small)
        kept += column[:foot]
        dropped += sum(_MARK.match(line.text) is not None for line in column[foot:])
    return kept, dropped


def _find_foot(column: Sequence[Line], small: float) -> int:
    """Return the index of the first footnote, or the number of lines."""
    start = len(column)
    while start > 0 and column[start - 1].size < small:
        start -= 1
    if 2 * start < len(column):
        return len(column)
    return next((index for index in range(start, len(column)) if _MARK.match(column[index].text)), len(column))


def drop_contents(lines: Sequence[Line]) -> list[Line]:
    """Drop the lines of a table of contents: a title, dots that lead on, and a page."""
    return [line for line in lines if not _CONTENTS.search(line.text[-_TAIL:])]


def drop_repeated(lines: Sequence[Line]) -> list[Line]:
    """Drop the lines at the top of a page that also end the page before: the break ran through them."""
    kept: list[Line] = []
    for _, group in groupby(lines, lambda line: line.page):
        page = list(group)
        kept += page[_count_repeated(kept, page) :]
    return kept


def _count_repeated(before: Sequence[Line], page: Sequence[Line]) -> int:
    for count in range(_MAX_REPEATED, 0, -1):
        end, start = before[-count:], page[:count]
        texts = [line.text for line in start]
        if len(end) == count and [line.text for line in end] == texts and min(map(len, texts)) >= _MIN_REPEATED:
            return count
    return 0
