"""An OpenDocument text (.odt) -> paragraphs, tables and turns in reading order."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from antinomy.errors import InputError
from antinomy.ingest.archive import SafeArchive, local_name, open_archive, parse_xml
from antinomy.ingest.blocks import Reading, ReadOptions, clean_text
from antinomy.ingest.odt_text import ParagraphReader
from antinomy.ingest.office import Piece, pieces_to_reading, read_rows, split_lines

_CONTENT, _META, _MANIFEST = "content.xml", "meta.xml", "META-INF/manifest.xml"
_INDEXES = {
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "bibliography",
}
_SKIPPED = {"tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls", "title", "desc"}


def read_odt(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Return the text of an OpenDocument text's body.

    Deleted text, notes, comments, indexes, headers and footers are no part of it.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        options: Not used: nothing in such a file depends on them.

    Raises:
        InputError: The file is encrypted, damaged, unsafe, no .odt, or its timecodes stand apart from the speech.
    """
    archive = open_archive(data, name)
    _check_encryption(archive, name)
    root = parse_xml(archive.read(_CONTENT), f"{name}, {_CONTENT}")
    bodies = (part for part in root if local_name(part) == "body")
    body = next((part for within in bodies for part in within if local_name(part) == "text"), None)
    if body is None:
        raise InputError("the file is no OpenDocument text", where=name, fix="Save it as .odt, .docx or .txt.")
    reader = ParagraphReader()
    pieces = list(_read_container(body, reader))
    notes = tuple(f"{what} left out: {count}" for what, count in reader.left_out.items())
    return pieces_to_reading(pieces, name, metadata=_read_properties(archive, name), notes=notes)


def _check_encryption(archive: SafeArchive, name: str) -> None:
    if _MANIFEST not in archive.names():
        return
    manifest = parse_xml(archive.read(_MANIFEST), f"{name}, {_MANIFEST}")
    if any(local_name(part) == "encryption-data" for part in manifest.iter()):
        raise InputError(
            "the file is password-protected", where=name, fix="Open it, remove the password and save it again as .odt."
        )


def _read_properties(archive: SafeArchive, name: str) -> dict[str, str]:
    if _META not in archive.names():
        return {}
    parts = parse_xml(archive.read(_META), f"{name}, {_META}").iter()
    found = {local_name(part): clean_text(part.text or "") for part in parts}
    author = found.get("initial-creator") or found.get("creator")
    properties = {"title": found.get("title"), "author": author, "created": found.get("creation-date", "")[:10]}
    return {key: value for key, value in properties.items() if value}


def _read_container(container: Element, reader: ParagraphReader) -> Iterator[Piece]:
    for child in container:
        kind = local_name(child)
        if kind in {"p", "h"}:
            text, boxes = reader.read(child)
            yield split_lines(text)
            for box in boxes:
                yield from _read_container(box, reader)
        elif kind == "table":
            yield from _read_table(child, reader)
        elif kind not in _SKIPPED and kind not in _INDEXES:
            yield from _read_container(child, reader)


def _read_table(table: Element, reader: ParagraphReader) -> Iterator[Piece]:
    rows = [[cell for cell in row if local_name(cell) == "table-cell"] for row in _find_rows(table)]
    yield from read_rows(rows, lambda cell: _read_container(cell, reader))


def _find_rows(element: Element) -> Iterator[Element]:
    for child in element:
        kind = local_name(child)
        if kind == "table-row":
            yield child
        elif kind in {"table-header-rows", "table-row-group", "table-rows"}:
            yield from _find_rows(child)
