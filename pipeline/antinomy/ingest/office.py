"""Paragraphs and tables of a word processor's file -> a Reading."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from antinomy.errors import InputError
from antinomy.ingest.blocks import Block, Reading
from antinomy.ingest.meetings import check_alignment, read_meeting, read_time_line
from antinomy.ingest.turn_rows import is_spoken, rows_to_blocks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The lines of a paragraph, white space as in the file."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the lines of a cell are separated by line feeds."""

    rows: tuple[tuple[str, ...], ...]


Piece = Paragraph | Table


def split_lines(text: str) -> Paragraph:
    """Return a paragraph of the lines in a text that are not empty."""
    return Paragraph(tuple(line for line in text.split("\n") if line.strip()))


def read_rows(rows: Sequence[Sequence[Element]], read_cell: Callable[[Element], Iterable[Piece]]) -> Iterator[Piece]:
    """Yield a table as one piece; one column is a frame around ordinary text, not a table.

    Args:
        rows: The cells of each row.
        read_cell: Returns what is in a cell.
    """
    if all(len(cells) <= 1 for cells in rows):
        for cells in rows:
            for cell in cells:
                yield from read_cell(cell)
        return
    yield Table(tuple(tuple("\n".join(_flatten(read_cell(cell))) for cell in cells) for cells in rows))


def _flatten(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield from piece.lines
        else:
            yield from (text for row in piece.rows for text in row if text)


def pieces_to_reading(
    pieces: Sequence[Piece], name: str, *, metadata: dict[str, str], notes: tuple[str, ...] = ()
) -> Reading:
    """Return the blocks of a word processor's file in reading order.

    Args:
        pieces: Paragraphs and tables in order.
        name: Name of the file, for messages.
        metadata: What the file says about itself.
        notes: What was left out so far.

    Raises:
        InputError: There is no text, or timecodes stand apart from the speech.
    """
    meeting = read_meeting([piece.lines for piece in pieces if isinstance(piece, Paragraph)], name)
    if meeting:
        tables = sum(isinstance(piece, Table) for piece in pieces)
        left_out = (f"Tables beside the turns left out: {tables}",) if tables else ()
        return Reading(
            blocks=meeting.blocks,
            spoken=True,
            metadata=meeting.metadata | metadata,
            notes=(*notes, *meeting.notes, *left_out),
        )
    blocks = _read_pieces(pieces, name)
    if not blocks:
        raise InputError("the file holds no text", where=name, fix="If it holds pictures of text, run OCR on it first.")
    return Reading(blocks=blocks, spoken=is_spoken(blocks), metadata=metadata, notes=notes)


def _read_pieces(pieces: Sequence[Piece], name: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    times = empty = 0
    time: float | None = None
    for piece in pieces:
        if isinstance(piece, Table):
            blocks += rows_to_blocks(piece.rows)
            continue
        for line in piece.lines:
            found = read_time_line(line)
            if found is None:
                blocks.append(Block(text=line.strip(), start_time=time))
                time = None
            else:
                times += 1
                empty += time is not None
                time = found
    check_alignment(empty + (time is not None), times, name)
    return tuple(blocks)
