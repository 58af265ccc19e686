"""Tables (csv, tsv, xlsx) with a row per turn or answer -> blocks."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import time, timedelta
from itertools import islice

from antinomy.errors import InputError
from antinomy.ingest.archive import open_archive
from antinomy.ingest.blocks import Reading, ReadOptions
from antinomy.ingest.columns import Row, read_rows
from antinomy.ingest.decode import decode_text, describe_encoding

_DELIMITERS = ",;\t|"
_SNIFFED_ROWS = 60
_MAX_CELLS = 5_000_000


def read_csv(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Read a table of delimited text; the delimiter is found out.

    Raises:
        InputError: No column holds the words, the named column is missing, or a row cannot be read.
    """
    text, encoding = decode_text(data, name)
    rows = list(parse_rows(text, find_delimiter(text), name))
    return read_rows(rows, name, options, notes=describe_encoding(text, encoding))


def read_xlsx(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Read the first sheet of a workbook that is not empty; formulas count with their saved values.

    Raises:
        InputError: The workbook cannot be read, is empty, or no column holds the words.
    """
    from openpyxl import load_workbook

    if "xl/workbook.xml" not in open_archive(data, name).names():
        raise InputError("the file is no Excel workbook", where=name, fix="Save it as .xlsx or .csv.")
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    with closing(book):
        for place, sheet in enumerate(book.worksheets, 1):
            sheet.reset_dimensions()  # files from other programs may claim a wrong size
            rows = bound_rows(sheet.iter_rows(values_only=True), name)
            if rows:
                others = [other.title for other in book.worksheets[place:]]
                notes = (f"Only the sheet '{sheet.title}' was read, not: {', '.join(others)}",) if others else ()
                return read_rows(rows, name, options, notes=notes)
    raise InputError("the workbook has no filled sheet", where=name, fix="Check that it is the right file.")


def find_delimiter(text: str) -> str:
    r"""Return the delimiter that splits the first rows into the most equal number of columns.

    >>> find_delimiter("nr;who;words\n1;Ada;Well, yes, no\n")
    ';'
    """
    lines = list(islice(io.StringIO(text), _SNIFFED_ROWS))
    return max(_DELIMITERS, key=lambda delimiter: _score_delimiter(lines, delimiter))


def _score_delimiter(lines: list[str], delimiter: str) -> float:
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return widths.count(usual) / len(widths) * (1 + min(usual, 10) / 100) if usual > 1 else 0


def parse_rows(text: str, delimiter: str, name: str) -> Iterator[Row]:
    """Yield line number and cells of each row of delimited text that is not empty.

    Raises:
        InputError: A row cannot be read.
    """
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, tuple(row)
    except csv.Error as error:
        raise InputError(
            f"the table cannot be read: {error}",
            where=f"{name}, line {reader.line_num}",
            fix="Look for a quotation mark that is not closed in or above this line.",
        ) from error


def bound_rows(rows: Iterator[Sequence[object]], name: str) -> list[Row]:
    """Return number and cells, as text, of each row of a sheet that is not empty.

    Raises:
        InputError: The sheet has too many cells.
    """
    kept, cells = list[Row](), 0
    for number, row in enumerate(rows, 1):
        cells += len(row) + 1
        if cells > _MAX_CELLS:
            raise InputError(
                f"the sheet has more than {_MAX_CELLS:,} cells",
                where=f"{name}, row {number}",
                fix="Split the sheet, or delete columns that hold no text.",
            )
        shown = tuple(_show_cell(cell) for cell in row)
        if any(shown):
            kept.append((number, shown))
    return kept


def _show_cell(cell: object) -> str:
    """Return a cell's value as text; clock times and durations as ``h:mm:ss``."""
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S")
    if isinstance(cell, timedelta):
        seconds = int(cell.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return "" if cell is None else re.sub(r"_x000D_", "", str(cell)).strip()
