"""Sheets of cells -> tables of entries: words of a sentence, what is known of it, the codes that it was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antinomy.codebook import Codebook
from antinomy.gold_sets.codings import CodingReader, Given, get_cell
from antinomy.gold_sets.columns import CodeNames, Columns, find_columns, holds_marks, plain
from antinomy.gold_sets.findings import Findings, Place
from antinomy.gold_sets.sheets import Sheet
from antinomy.ingest.blocks import clean_text
from antinomy.ingest.marks import label_kind
from antinomy.records import Role

_HEADER_ROWS = 10
_SHOWN_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Attributes:
        cells: Key of ``columns.FIELDS`` -> what the row says; nothing empty.
        codings: Coder -> codes; empty where the row says nothing of codes.
    """

    place: Place
    cells: Mapping[str, str]
    codings: Mapping[str, frozenset[str]]

    @property
    def role(self) -> Role | None:
        """Who speaks, where the row tells."""
        role, speaker = self.cells.get("role", ""), self.cells.get("speaker", "")
        if label_kind(role or speaker) == "interviewer":
            return "interviewer"
        if plain(role) == "document":
            return "document"
        return "respondent" if role or speaker else None


@dataclass(frozen=True, slots=True)
class Table:
    """The entries of one sheet.

    Attributes:
        where: File and sheet, for messages.
        name: Of its document, if rows name none.
        fields: What its rows may say.
        has_codes: Whether its rows are codings.
        is_long: Whether a row is a code, not a sentence.
    """

    where: str
    name: str
    fields: frozenset[str]
    has_codes: bool
    is_long: bool
    entries: tuple[Entry, ...]


def read_tables(sheets: Sequence[Sheet], codebook: Codebook, findings: Findings) -> list[Table]:
    """Interpret sheets; what cannot be interpreted becomes a problem or a note."""
    names = CodeNames(codebook)
    found = [(sheet, *_find_header(sheet, names)) for sheet in sheets]
    readable = [(sheet, columns, body) for sheet, columns, body in found if columns.is_readable]
    files = [sheet.file for sheet, columns, _ in readable if columns.has_codes]
    for sheet, columns, _ in found:
        if columns.is_readable:
            continue
        if any(other.file == sheet.file for other, *_ in readable):
            findings.note(f"{sheet.where} is not read: it has neither sentences nor their codes")
        else:
            titles = ", ".join(filter(None, columns.titles))[:200]
            what = f"no column 'text', and not 'id' with codes; the columns are: {titles}"
            findings.add_table(what, sheet.where, "See data/gold/README.md for the forms of a table.")
    return [
        _read_table(sheet, columns, body, codebook, names, findings, several=files.count(sheet.file) > 1)
        for sheet, columns, body in readable
    ]


def _find_header(sheet: Sheet, names: CodeNames) -> tuple[Columns, Sequence[tuple[int, tuple[object, ...]]]]:
    """Find the row that names the columns, also below a title."""
    for place, (_, cells) in enumerate(sheet.rows[: 1 if sheet.headed else _HEADER_ROWS]):
        columns = find_columns([str(cell).strip() for cell in cells], names)
        if columns.is_readable:
            return columns, sheet.rows[place + 1 :]
    return find_columns([str(cell).strip() for cell in sheet.rows[0][1]], names), ()


def _read_table(
    sheet: Sheet,
    columns: Columns,
    body: Sequence[tuple[int, tuple[object, ...]]],
    codebook: Codebook,
    names: CodeNames,
    findings: Findings,
    *,
    several: bool,
) -> Table:
    _check_columns(sheet, columns, body, names, findings)
    reader = CodingReader(columns, codebook, names, findings)
    places = [Place(sheet.where, sheet.word, number) for number, _ in body]
    coder = sheet.title if several else sheet.name
    entries = tuple(
        _read_row(place, row, columns, reader.read(place, row), findings, coder=coder)
        for place, (_, row) in zip(places, body, strict=True)
    )
    if not entries:
        findings.add_table("there is no row below the titles", sheet.where, "Fill it, or leave it out.")
    coders = {entry.cells.get("coder") for entry in entries} - {None}
    if len(coders) > 1 and "id" not in columns.fields:
        fix = "Add a column 'id', the same for the same sentence."
        findings.add_table("several coders, but no column 'id'", sheet.where, fix)
    name = f"{sheet.name}, {sheet.title}" if several else sheet.name
    is_long = "code" in columns.fields
    return Table(sheet.where, name, frozenset(columns.fields), columns.has_codes, is_long, entries)


def _check_columns(
    sheet: Sheet,
    columns: Columns,
    body: Sequence[tuple[int, tuple[object, ...]]],
    names: CodeNames,
    findings: Findings,
) -> None:
    """Name the columns that are not used, and those that look like codes but are none."""
    for code in columns.doubled:
        findings.add_table(f"two columns for '{code}'", sheet.where, "Delete one of them, or rename it.")
    unused = []
    for place in columns.unused:
        title = columns.titles[place] or f"(without title, {place + 1})"
        cells = [_show(row[place]) for _, row in body if place < len(row)]
        if "code" not in columns.fields and holds_marks(title, cells):
            fix = f"{names.suggest(title)} Rename the column or delete it; codes of your own need --codebook."
            findings.add_table(f"the column '{title}' holds marks but is no code", sheet.where, fix)
        elif any(cells):
            unused.append(title)
    if any(title.startswith("p_") and names.find(title[2:]) for title in unused):
        findings.note(
            f"{sheet.where} has a model's probabilities; codes that nobody corrected say nothing of how good a model is"
        )
    if unused:
        others = f" and {len(unused) - _SHOWN_COLUMNS} others" if len(unused) > _SHOWN_COLUMNS else ""
        findings.note(f"{sheet.where}: columns not used: {', '.join(unused[:_SHOWN_COLUMNS])}{others}")


def _read_row(
    place: Place, row: tuple[object, ...], columns: Columns, given: Given, findings: Findings, *, coder: str
) -> Entry:
    """Put together what a row says; ``coder`` is who coded it if it does not say."""
    fields = {field: _show(get_cell(row, number)) for field, number in columns.fields.items()}
    cells = {field: value for field, value in fields.items() if value}
    needed = ("id", "document") if "code" in columns.fields else ("id", "document", "text")
    for field in needed:
        if field in columns.fields and field not in cells:
            findings.add(f"no {field}", place, "Fill the cell, or delete the row.", column=_title(columns, field))
    if "coder" in columns.fields and "coder" not in cells and None in given:
        if given.pop(None):
            findings.add("codes, but no coder", place, "Fill the cell.", column=_title(columns, "coder"))
    own = cells.get("coder", coder)
    return Entry(place, cells, {own if who is None else clean_text(who): frozenset(c) for who, c in given.items()})


def _title(columns: Columns, field: str) -> str:
    return columns.titles[columns.fields[field]]


def _show(cell: object) -> str:
    """Return a cell as clean text; lists and dicts, which only codes may be, as nothing."""
    return clean_text(cell) if isinstance(cell, str) else ""
