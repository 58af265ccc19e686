"""A table file (xlsx, csv, jsonl) -> its sheets as rows of cells; nothing is interpreted yet."""

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from antinomy.errors import InputError, UserError, escape_unprintable
from antinomy.gold_sets.findings import Findings, Place
from antinomy.ingest.archive import SafeArchive, local_name, open_archive, parse_xml
from antinomy.ingest.decode import decode_text, describe_encoding
from antinomy.ingest.registry import read_bytes
from antinomy.ingest.table_file import bound_rows, find_delimiter, parse_rows

MAX_KEYS = 1000
_BOOK = "xl/workbook.xml"
# bounded, so that no crafted file makes the search slow
_MERGED = re.compile(rb'<(?:\w{1,20}:)?mergeCell [^<>]{0,200}?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
# a formula whose value was never saved; its cell would read as empty
_UNSAVED = re.compile(
    rb'<(?:\w{1,20}:)?c [^<>]{0,200}?r="([A-Z]+[0-9]+)"[^<>]{0,200}>'
    rb"<(?:\w{1,20}:)?f(?: [^<>]{0,500})?>(?:[^<]*</(?:\w{1,20}:)?f>)?"
    rb"(?:<(?:\w{1,20}:)?v ?/>|<(?:\w{1,20}:)?v></(?:\w{1,20}:)?v>|</(?:\w{1,20}:)?c>)"
)
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a file that is one table.

    Attributes:
        where: File and sheet, for messages.
        file: Path of the file, as it can be shown.
        title: Title of the sheet; empty in files that have none.
        word: What its numbers count: rows or lines.
        rows: Number and cells of each row that is not empty. Cells are text; in jsonl also lists, dicts and, for
            what is not there, None.
        headed: Whether the first row is known to hold the names of the columns.
    """

    where: str
    file: str
    title: str
    word: str
    rows: tuple[tuple[int, tuple[object, ...]], ...]
    headed: bool = False

    @property
    def name(self) -> str:
        """Name of the file without folder and ending."""
        return Path(self.file).stem


def read_sheets(path: Path, findings: Findings) -> list[Sheet]:
    """Read all sheets of a file that have something in them.

    Raises:
        InputError: If the file cannot be read, is too large or damaged.
    """
    name = escape_unprintable(str(path))
    data = read_bytes(path)
    try:
        sheets = READERS[path.suffix.lower()](data, name, findings)
    except UserError:
        raise
    # whatever a parsing library raises on a damaged file
    except Exception as error:
        raise InputError(
            f"the table cannot be read; it is damaged or of an unusual kind ({type(error).__name__}: {error})",
            where=name,
            fix="Open it in the program that wrote it and save it again, or save it as .csv.",
        ) from error
    if not any(sheet.rows for sheet in sheets):
        findings.add_table("the table is empty", name, "Check that it is the right file.")
    return [sheet for sheet in sheets if sheet.rows]


def _read_csv(data: bytes, name: str, findings: Findings) -> list[Sheet]:
    text, encoding = decode_text(data, name)
    for note in describe_encoding(text, encoding):
        findings.note(f"{name}: {note}")
    rows = tuple(parse_rows(text, find_delimiter(text), name))
    return [Sheet(name, name, "", "line", rows)]


def _read_xlsx(data: bytes, name: str, findings: Findings) -> list[Sheet]:
    from openpyxl import load_workbook

    archive = open_archive(data, name)
    if _BOOK not in archive.names():
        raise InputError("the file is no Excel workbook", where=name, fix="Save it as .xlsx or .csv.")
    parts = _find_parts(archive, name)
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sheets = []
    with closing(book):
        for sheet in book.worksheets:
            where = f"{name}, sheet '{escape_unprintable(sheet.title)}'"
            check_cells(archive.read(parts[sheet.title]), where, findings)
            sheet.reset_dimensions()  # files from other programs may claim a wrong size
            rows = tuple(bound_rows(sheet.iter_rows(values_only=True), where))
            if not rows:
                findings.note(f"{where} is empty")
            sheets.append(Sheet(where, name, sheet.title, "row", rows))
    return sheets


def _find_parts(archive: SafeArchive, name: str) -> dict[str, str]:
    """Return the title of each sheet -> the part of the archive that holds it."""
    relations = parse_xml(archive.read("xl/_rels/workbook.xml.rels"), name)
    targets = {relation.get("Id", ""): relation.get("Target", "") for relation in relations}
    parts = {}
    for sheet in parse_xml(archive.read(_BOOK), name).iter():
        if local_name(sheet) == "sheet":
            [target] = [targets[value] for key, value in sheet.attrib.items() if key.endswith("}id")]
            parts[sheet.get("name", "")] = str(PurePosixPath("/xl", target)).removeprefix("/")
    return parts


def check_cells(part: bytes, where: str, findings: Findings) -> None:
    """Find what would be lost in silence: all but the first cell of merged ones, formulas without a value."""
    for pattern, what, fix in (
        (_MERGED, "merged cells", "Unmerge them and fill every cell: only the first one holds a value."),
        (_UNSAVED, "formulas without a value", "Open and save it in Excel or LibreOffice, or paste the values."),
    ):
        found = [match.decode() for match in pattern.findall(part)]
        if found:
            others = f" and {len(found) - _SHOWN:,} others" if len(found) > _SHOWN else ""
            findings.add_table(f"{what}: {', '.join(found[:_SHOWN])}{others}", where, fix)


def _read_jsonl(data: bytes, name: str, findings: Findings) -> list[Sheet]:
    text, encoding = decode_text(data, name, max_line=None)
    for note in describe_encoding(text, encoding):
        findings.note(f"{name}: {note}")
    entries = list(_parse_lines(text, name, findings))
    keys = list(dict.fromkeys(key for _, entry in entries for key in entry))
    if len(keys) > MAX_KEYS:
        fix = "A line is a sentence, and its keys are the same in every line."
        raise InputError(f"the lines have {len(keys):,} different keys", where=name, fix=fix)
    rows = [(number, tuple(_show(entry.get(key)) for key in keys)) for number, entry in entries]
    return [Sheet(name, name, "", "line", ((0, tuple(keys)), *rows) if rows else (), headed=True)]


def _parse_lines(text: str, name: str, findings: Findings) -> Iterator[tuple[int, dict[str, object]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            entry = None
        if isinstance(entry, dict):
            yield number, entry
        else:
            fix = "Each line must be one complete JSON object; correct or delete it."
            findings.add("the line is no JSON object", Place(name, "line", number), fix)


def _show(value: object) -> object:
    """Return plain values as text; lists, dicts and nothing stay what they are."""
    return str(value).strip() if isinstance(value, str | int | float) else value


Reader = Callable[[bytes, str, Findings], list[Sheet]]
READERS: dict[str, Reader] = {
    ".xlsx": _read_xlsx,
    ".xlsm": _read_xlsx,
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
}
