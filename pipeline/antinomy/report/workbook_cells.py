"""Texts and numbers of a run -> cells that a spreadsheet shows and never computes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from antinomy.report.charts import NOT_XML

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook

MAX_ROWS = 1_048_576
MAX_CHARACTERS = 32_767
PLAIN, WRAPPED, HEAD = "Entry", "Passage", "Column heading"
# what spreadsheets may take for a formula, also when the text is saved as CSV and opened again
FORMULA = re.compile(r"[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
# Excel reads _x0041_ as the letter A; escaping the underscore keeps the text as it was said
ESCAPES = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Column:
    """Heading, width in characters, and whether long texts are wrapped."""

    title: str
    width: int = 14
    wraps: bool = False


def clean_cell_text(text: str) -> str:
    """Return text that an Excel cell can hold: no forbidden characters, at most 32,767 UTF-16 units."""
    text = ESCAPES.sub("_x005F_", NOT_XML.sub("", text))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CHARACTERS:
        return text
    return units[: 2 * (MAX_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


class Sheet:
    """A worksheet that is written row by row and stops at Excel's last row."""

    def __init__(self, workbook: "Workbook", title: str, columns: Sequence[Column]) -> None:
        from openpyxl.utils import get_column_letter

        self.columns = columns
        self.has_tall_rows = any(column.wraps for column in columns)
        self.rows = 0
        self.left_out = 0
        self._sheet: Any = workbook.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, start=1):
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._last = get_column_letter(len(columns))
        self._sheet.append([self._make_cell(clean_cell_text(column.title), HEAD) for column in columns])

    def append(self, values: Sequence[object]) -> None:
        """Write one row; beyond the last row of a sheet it is only counted."""
        if self.rows + 1 >= MAX_ROWS:
            self.left_out += 1
            return
        self.rows += 1
        self._sheet.append([self._fill(*pair) for pair in zip(values, self.columns, strict=True)])

    def finish(self) -> None:
        """Put a filter on what was written."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{self.rows + 1}"

    def _fill(self, value: object, column: Column) -> object:
        if value is None or value == "":
            return None
        content = clean_cell_text(value) if isinstance(value, str) else value
        risky = isinstance(content, str) and _is_risky(content)
        # cells with a style take most of the time: where no row is tall, only risky texts need one
        if not (self.has_tall_rows or risky):
            return content
        return self._make_cell(content, WRAPPED if column.wraps else PLAIN)

    def _make_cell(self, value: Any, style: str) -> "Cell":  # noqa: ANN401 - openpyxl takes texts and numbers
        from openpyxl.cell import WriteOnlyCell

        cell: Cell = WriteOnlyCell(self._sheet, value)
        cell.style = style
        if isinstance(value, str):
            # openpyxl takes "=" for a formula and "#N/A" for an error value
            cell.data_type = "s"
            cell.quotePrefix = _is_risky(value)
        return cell


def add_styles(workbook: "Workbook") -> None:
    """Add the three styles that sheets use: everything starts at the top of its row."""
    from openpyxl.styles import Alignment, Font, NamedStyle

    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    workbook.add_named_style(NamedStyle(PLAIN, alignment=top))
    workbook.add_named_style(NamedStyle(WRAPPED, alignment=wrapped))
    workbook.add_named_style(NamedStyle(HEAD, font=Font(bold=True), alignment=wrapped))


def is_formula(text: str) -> bool:
    r"""Return whether a spreadsheet could take the text for a formula.

    >>> is_formula("  =1+1"), is_formula("\u00a0\n＠SUM(A1)"), is_formula("a = b")
    (True, True, False)
    """
    return FORMULA.match(text) is not None


def quote_formula(text: str) -> str:
    """Return the text for a CSV file: with an apostrophe before what would be taken for a formula.

    >>> quote_formula("-1"), quote_formula("one")
    ("'-1", 'one')
    """
    return f"'{text}" if is_formula(text) else text


def _is_risky(text: str) -> bool:
    """Return whether a spreadsheet could take the text for a formula or another value than text.

    Such a cell is stored as a plain string and gets Excel's own mark for "this is text" (the apostrophe that
    Excel shows in the formula bar and that is no part of the value): it stays text when somebody edits it, and
    the words are those that were said.
    """
    return is_formula(text) or text.startswith("#")
