"""Lines of a PDF in reading order -> blocks, one for each paragraph or turn on each page."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from antinomy.ingest.blocks import Block
from antinomy.ingest.marks import Mark, find_mark
from antinomy.ingest.pdf_columns import Line
from antinomy.ingest.pdf_words import Vocabulary, join_lines

_WIDE_SPACING = 1.3
_INDENT = 0.8
_OTHER_SIZE = 0.12
_RECURS = 3
_MARK_WITHIN = 300
_MUCH_ROOM = 0.1
_ENDED = re.compile(r"[.!?:…][\"'”’)\]]*$")
_BULLET = re.compile(r"(?:[•▪◦‣●○■□➢✓]\s*|[–—-]\s)")
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What is usual in the document.

    Attributes:
        spacing: Distance between lines, in points.
        lefts: Left edge by page and column.
        rights: Right edge by side (left and right pages may have other margins) and column.
        labels: Labels of turns that recur.
    """

    spacing: float
    lefts: dict[tuple[int, int], float]
    rights: dict[tuple[int, int], float]
    labels: frozenset[str]


def build_blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Return the paragraphs; one that runs over a page break continues in a block of the new page."""
    marks = [find_mark(line.text[:_MARK_WITHIN]) for line in lines]
    shape = _measure(lines, marks)
    vocabulary = Vocabulary(line.text for line in lines)
    blocks: list[Block] = []
    for paragraph in _group(lines, marks, shape):
        blocks += _split_by_page(paragraph, vocabulary)
    return tuple(blocks)


def _measure(lines: Sequence[Line], marks: Sequence[Mark | None]) -> _Shape:
    spacings = [
        upper.baseline - lower.baseline
        for upper, lower in zip(lines, lines[1:], strict=False)
        if _is_below(upper, lower) and abs(upper.size - lower.size) < 1
    ]
    edges: dict[tuple[int, int], list[float]] = defaultdict(list)
    for line in lines:
        edges[line.page, line.column].append(line.left)
    lefts = {place: _most_common(found) for place, found in edges.items()}
    ends: dict[tuple[int, int], list[float]] = defaultdict(list)
    for line in lines:
        ends[_side(line)].append(line.right)
    # The longest lines may stand out into the margin.
    rights = {side: sorted(found)[-1 - len(found) // 30] for side, found in ends.items()}
    labels = Counter(mark.label for mark in marks if mark and mark.style != "alone")
    return _Shape(
        spacing=median(spacings) if spacings else 0.0,
        lefts=lefts,
        rights=rights,
        labels=frozenset(label for label, count in labels.items() if count >= _RECURS),
    )


def _most_common(edges: Sequence[float]) -> float:
    rounded = Counter(round(edge) for edge in edges)
    most = max(rounded.values())
    return float(min(edge for edge, count in rounded.items() if count == most))


def _side(line: Line) -> tuple[int, int]:
    return line.page % 2, line.column


def _is_below(upper: Line, lower: Line) -> bool:
    return (upper.page, upper.column) == (lower.page, lower.column) and upper.baseline > lower.baseline


def _group(lines: Sequence[Line], marks: Sequence[Mark | None], shape: _Shape) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for index, line in enumerate(lines):
        if paragraph and _begins(lines[index - 1], line, marks[index - 1], marks[index], shape):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _begins(before: Line, line: Line, mark_before: Mark | None, mark: Mark | None, shape: _Shape) -> bool:
    """Tell whether a line begins a paragraph or turn."""
    label = mark.label if mark and mark.style != "alone" else None
    after_header = mark_before is not None and mark_before.style == "timed" and not mark_before.rest.strip()
    if after_header or label in shape.labels or _BULLET.match(line.text) or _is_set_apart(before, line, shape):
        return True
    ends = _ENDED.search(before.text) is not None
    room = _measure_room(before, line, shape)
    if room > (0 if ends else _MUCH_ROOM) and (ends or not line.text[0].islower()):
        return True
    return ends and (label is not None or _NUMBERED.match(line.text) is not None or _is_indented(before, line, shape))


def _is_set_apart(before: Line, line: Line, shape: _Shape) -> bool:
    if abs(before.size - line.size) > _OTHER_SIZE * max(before.size, line.size):
        return True
    return _is_below(before, line) and before.baseline - line.baseline > _WIDE_SPACING * shape.spacing


def _measure_room(before: Line, line: Line, shape: _Shape) -> float:
    """Return what the line before had left after the next word, as a share of the column; negative if too little."""
    letter = (line.right - line.left) / len(line.text)
    word = letter * (len(line.text.split(maxsplit=1)[0]) + 1)
    right = shape.rights[_side(before)]
    width = right - shape.lefts[before.page, before.column]
    return (right - before.right - word - 0.3 * before.size) / max(width, 1.0)


def _is_indented(before: Line, line: Line, shape: _Shape) -> bool:
    """Tell a first line that is set in, or out where the other lines hang."""
    indent = line.left - shape.lefts[line.page, line.column]
    indent_before = before.left - shape.lefts[before.page, before.column]
    return indent < -_INDENT * line.size or (indent > _INDENT * line.size and indent_before < _INDENT * line.size / 2)


def _split_by_page(paragraph: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Block]:
    parts = [
        (page, join_lines([line.text for line in lines], vocabulary))
        for page, lines in groupby(paragraph, lambda line: line.page)
    ]
    continues: str | None = None
    for index, (page, text) in enumerate(parts):
        between = None
        if index + 1 < len(parts):
            text, between = vocabulary.joint(text, parts[index + 1][1])
        bullet = _BULLET.match(text) if index == 0 else None
        yield Block(text=text[bullet.end() :] if bullet else text, page=page, continues=continues)
        continues = between
