"""Rows of a table in a document -> blocks: turns where each row is one, else the cells in order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from antinomy.ingest.blocks import Block, clean_text
from antinomy.ingest.timecodes import CLOCK, parse_clock

_SPEAKER = {"speaker", "speakers", "name", "who", "person", "participant"}
_TEXT = {"text", "transcript", "transcription", "utterance", "speech", "statement", "words", "content", "what was said"}
_TIME = {"time", "timestamp", "timecode", "time code", "start", "start time", "begin"}
_QUESTION = {"question", "questions", "interview question"}
_ANSWER = {"answer", "answers", "response", "responses"}
_TIMES = re.compile(rf"[\[(]?\s*({CLOCK})(?:\s*(?:-->|[-–—]|to)\s*({CLOCK}))?\s*[\])]?")
_MAX_TIMES = 60
_SENTENCE_END = re.compile(r"[.!?…]\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    text: int
    speaker: int | None = None
    time: int | None = None
    first_row: int = 0


def rows_to_blocks(rows: Sequence[Sequence[str]]) -> tuple[Block, ...]:
    """Return a table's blocks; lines within a cell are separated by line feeds.

    A table with one turn a row (speaker and text, with or without a time) gives one block with its
    speaker for each; one headed question and answer gives both roles. In any other table a row of
    labels and figures is one block, and each line of a row with sentences is one.
    """
    filled = [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return ()
    head = [clean_text(cell).casefold().rstrip(":") for cell in filled[0]]
    asked, answered = _find_head(head, _QUESTION), _find_head(head, _ANSWER)
    if asked is not None and answered is not None:
        return _read_answers(filled[1:], asked, answered)
    columns = _columns_by_head(head) or _columns_by_content(filled)
    if columns:
        return _read_turns(filled[columns.first_row :], columns)
    return tuple(block for row in filled for block in _read_cells(row))


def is_spoken(blocks: tuple[Block, ...]) -> bool | None:
    """Tell whether blocks that have speakers already make up most of the text; None leaves it open."""
    named = sum(len(block.text) for block in blocks if block.speaker)
    return True if named > sum(len(block.text) for block in blocks) / 2 else None


def strip_label(text: str) -> str:
    """Return a speaker's label without the punctuation around it.

    >>> strip_label("[Ana Ruiz]:")
    'Ana Ruiz'
    """
    return clean_text(text).rstrip(":").strip("[]{}<>#@ ")


def _find_head(head: list[str], names: set[str]) -> int | None:
    return next((index for index, cell in enumerate(head) if cell in names), None)


def _columns_by_head(head: list[str]) -> _Columns | None:
    text, speaker, time = (_find_head(head, names) for names in (_TEXT, _SPEAKER, _TIME))
    if text is None or (speaker is None and time is None):
        return None
    return _Columns(text=text, speaker=speaker, time=time, first_row=1)


def _columns_by_content(rows: list[list[str]]) -> _Columns | None:
    width = len(rows[0])
    if len(rows) < 3 or not 2 <= width <= 4 or any(len(row) != width for row in rows):
        return None
    columns = [[row[index] for row in rows] for index in range(width)]
    text = max(range(width), key=lambda index: sum(map(len, columns[index])))
    others = [index for index in range(width) if index != text and not _is_numbering(columns[index])]
    times = [index for index in others if _is_times(columns[index])]
    speakers = [index for index in others if index not in times and _is_speakers(columns[index])]
    # A column that is neither means that the rows are something else than turns.
    if len(times) > 1 or len(speakers) > 1 or len(times) + len(speakers) < max(len(others), 1):
        return None
    if _count_words(columns[text]) < 3 * len(rows) or _heads_something_else(rows[0], columns, text):
        return None
    return _Columns(text=text, speaker=next(iter(speakers), None), time=next(iter(times), None))


def _heads_something_else(first: list[str], columns: list[list[str]], text: int) -> bool:
    """Tell ``Theme | Quotation`` over the rows: a short cell above long ones, beside a label that never recurs."""
    average = _count_words(columns[text][1:]) / (len(columns[text]) - 1)
    is_short = len(first[text].split()) <= min(3, average / 2) and not _SENTENCE_END.search(first[text][-10:])
    return is_short and all(columns[index].count(cell) == 1 for index, cell in enumerate(first))


def _count_words(cells: list[str]) -> int:
    return sum(len(cell.split()) for cell in cells)


def _is_numbering(cells: list[str]) -> bool:
    return all(re.fullmatch(r"\W{0,3}\d{0,6}\W{0,3}", cell) for cell in cells) and not _is_times(cells)


def _is_times(cells: list[str]) -> bool:
    return any(cells) and all(_match_times(cell) for cell in cells if cell)


def _is_speakers(cells: list[str]) -> bool:
    labels = [strip_label(cell) for cell in cells if cell]
    is_short = all(0 < len(label) <= 40 and len(label.split()) <= 5 for label in labels)
    return is_short and 0 < len(set(labels)) <= max(2, len(cells) // 2)


def _read_turns(rows: list[list[str]], columns: _Columns) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for row in rows:
        label = strip_label(_cell(row, columns.speaker)) or None
        start, end = _read_times(_cell(row, columns.time))
        before = blocks[-1].speaker if blocks else None
        block = Block(
            text=clean_text(_cell(row, columns.text)),
            speaker=label or before,
            start_time=start,
            end_time=end,
            continues=" " if before is not None and label in (None, before) else None,
        )
        if block.text:
            blocks.append(block)
    return tuple(blocks)


def _read_answers(rows: list[list[str]], asked: int, answered: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for row in rows:
        if question := clean_text(_cell(row, asked)):
            blocks.append(Block(text=question, speaker="Interviewer", role="interviewer"))
        for line in _cell(row, answered).split("\n"):
            if answer := clean_text(line):
                blocks.append(Block(text=answer, speaker="Respondent", role="respondent"))
    return tuple(blocks)


def _read_cells(row: list[str]) -> list[Block]:
    cells = [cell for cell in row if cell]
    if len(cells) > 1 and all(len(cell) <= 60 and not _SENTENCE_END.search(cell) for cell in cells):
        return [Block(text=" | ".join(clean_text(cell) for cell in cells))]
    return [Block(text=line.strip()) for cell in cells for line in cell.split("\n") if line.strip()]


def _match_times(cell: str) -> re.Match[str] | None:
    return _TIMES.fullmatch(cell) if len(cell) <= _MAX_TIMES else None


def _read_times(cell: str) -> tuple[float | None, float | None]:
    match = _match_times(cell)
    if match is None:
        return None, None
    start, end = match.groups()
    return parse_clock(start), parse_clock(end) if end else None


def _cell(row: list[str], index: int | None) -> str:
    return row[index] if index is not None and index < len(row) else ""
