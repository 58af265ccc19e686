"""Tables of segments that coders cut themselves -> marked segments.

A row is a segment: ``document``, ``start``, ``end`` (code points of the document's text, the end exclusive), ``code``
(or several, with semicolons), and where there is one ``coder`` and ``text``, the words as they were marked. The coder
is otherwise the file. A row whose code is ``none`` says that the coder read the document; it needs no offsets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from antinomy.agreement.segments import MarkedSegment
from antinomy.codebook import Codebook
from antinomy.gold import NONE
from antinomy.gold_sets.columns import FIELDS, CodeNames, plain
from antinomy.gold_sets.findings import Findings, Place
from antinomy.gold_sets.sheets import Sheet, read_sheets
from antinomy.ingest.blocks import clean_text

COLUMNS: dict[str, tuple[str, ...]] = {
    "document": (*FIELDS["document"], "document name", "filename", "file name"),
    "start": ("start", "start offset", "begin", "pos0", "from"),
    "end": ("end", "end offset", "pos1", "to"),
    "code": (*FIELDS["code"], *FIELDS["codes"], "code name", "codename", "label"),
    "coder": (*FIELDS["coder"], "owner", "user"),
    "text": ("text", "quote", "quotation", "segment", "seltext", "highlight", "words"),
}
_NEEDED = ("document", "start", "end", "code")
_HEADER_ROWS = 10


def read_segments(path: Path, codebook: Codebook, notes: list[str]) -> list[MarkedSegment]:
    """Read the segments of all sheets of a file.

    Args:
        path: A table (.xlsx, .csv, .tsv, .jsonl).
        codebook: The one that its codes must belong to.
        notes: Takes what a person should know about how it was read.

    Raises:
        GoldError: With every problem of the file.
        InputError: If the file cannot be read as a table.
    """
    findings = Findings()
    found: list[MarkedSegment] = []
    for sheet in read_sheets(path, findings):
        found += _read_sheet(sheet, codebook, findings)
    findings.check()
    notes += findings.notes
    return found


def _read_sheet(sheet: Sheet, codebook: Codebook, findings: Findings) -> list[MarkedSegment]:
    for at, (_, cells) in enumerate(sheet.rows[: 1 if sheet.headed else _HEADER_ROWS]):
        columns = _find_columns([str(cell or "") for cell in cells])
        if all(name in columns for name in _NEEDED):
            reader = _RowReader(sheet, columns, codebook, CodeNames(codebook), findings)
            read = [reader.read(number, row) for number, row in sheet.rows[at + 1 :]]
            return [segment for segment in read if segment is not None]
    columns = _find_columns([str(cell or "") for cell in sheet.rows[0][1]])
    missing = ", ".join(f"'{name}'" for name in _NEEDED if name not in columns)
    findings.add_table(f"no column {missing}", sheet.where, "A row is a segment: document, start, end, code.")
    return []


def _find_columns(titles: Sequence[str]) -> dict[str, int]:
    known = [plain(title) for title in titles]
    return {
        name: known.index(alias)
        for name, aliases in COLUMNS.items()
        for alias in [next((alias for alias in aliases if alias in known), None)]
        if alias is not None
    }


@dataclass(frozen=True, slots=True)
class _RowReader:
    """Reads the rows of one sheet."""

    sheet: Sheet
    columns: Mapping[str, int]
    codebook: Codebook
    names: CodeNames
    findings: Findings

    def read(self, number: int, row: Sequence[object]) -> MarkedSegment | None:
        """Return the segment, or nothing if something is wrong with it."""
        place = Place(self.sheet.where, self.sheet.word, number)
        cells = {
            name: clean_text(str(row[column])) if column < len(row) and row[column] is not None else ""
            for name, column in self.columns.items()
        }
        if not cells["document"]:
            self.findings.add("no document", place, "Fill the cell, or delete the row.")
            return None
        codes = self._read_codes(cells["code"], place)
        ends = self._read_ends(cells, place) if codes else (0, 0)
        if codes is None or ends is None:
            return None
        coder, text = cells.get("coder") or self.sheet.name, cells.get("text", "")
        return MarkedSegment(cells["document"], *ends, codes, coder, text, str(place))

    def _read_codes(self, cell: str, place: Place) -> frozenset[str] | None:
        """Return the codes that a cell lists, with their parents."""
        words = [word.strip() for word in cell.replace("|", ";").split(";") if word.strip()]
        if not words:
            fix = f"Write '{NONE}' where the coder read the document and marked nothing."
            self.findings.add("no code", place, fix)
            return None
        if [word.casefold() for word in words] == [NONE]:
            return frozenset()
        found = {word: self.names.find(word) for word in words}
        for word, code in found.items():
            if code is None:
                self.findings.add(f"unknown code {word[:40]!r}", place, self.names.suggest(word))
        known = {code for code in found.values() if code is not None}
        return frozenset(self.codebook.close_upwards(known)) if len(known) == len(found) else None

    def _read_ends(self, cells: Mapping[str, str], place: Place) -> tuple[int, int] | None:
        start, end = _read_number(cells["start"]), _read_number(cells["end"])
        if start is None or end is None or start >= end:
            what = f"start and end are {cells['start'][:20]!r} and {cells['end'][:20]!r}"
            fix = "Give two whole numbers, the second larger: characters from 0, the end exclusive."
            self.findings.add(what, place, fix)
            return None
        return start, end


def _read_number(cell: str) -> int | None:
    """Read a whole number; spreadsheets also write it as 12.0."""
    digits = cell.removesuffix(".0")
    return int(digits) if digits.isdecimal() and len(digits) < 16 else None
