"""A Word document (.docx) -> paragraphs, tables and turns in reading order."""

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from antinomy.errors import InputError
from antinomy.ingest.archive import SafeArchive, local_name, open_archive, parse_xml
from antinomy.ingest.blocks import Reading, ReadOptions, clean_text
from antinomy.ingest.docx_text import ParagraphReader, is_filler
from antinomy.ingest.office import Piece, pieces_to_reading, read_rows, split_lines

_DEFAULT_PART = "word/document.xml"
_WRAPPERS = {"sdtContent", "ins", "moveTo", "customXml", "smartTag"}


def read_docx(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Return the text of a Word document's body.

    Deleted and hidden text, notes, comments, headers and footers are no part of it.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        options: Not used: nothing in such a file depends on them.

    Raises:
        InputError: The file is encrypted, damaged, unsafe, no .docx, or its timecodes stand apart from the speech.
    """
    archive = open_archive(data, name)
    part = _find_main_part(archive, name)
    body = next(
        (child for child in parse_xml(archive.read(part), f"{name}, {part}") if local_name(child) == "body"), None
    )
    if body is None:
        raise InputError("the document has no body", where=f"{name}, {part}", fix="Save it again as .docx.")
    reader = ParagraphReader()
    pieces = list(_read_container(body, reader))
    notes = tuple(f"{what} left out: {count}" for what, count in reader.left_out.items())
    return pieces_to_reading(pieces, name, metadata=_read_properties(archive, name), notes=notes)


def _find_main_part(archive: SafeArchive, name: str) -> str:
    names = archive.names()
    if "_rels/.rels" in names:
        for relation in parse_xml(archive.read("_rels/.rels"), f"{name}, _rels/.rels"):
            if relation.get("Type", "").endswith("/officeDocument"):
                part = posixpath.normpath(relation.get("Target", "").lstrip("/"))
                if part in names and part.startswith("word/"):
                    return part
    if _DEFAULT_PART in names:
        return _DEFAULT_PART
    raise InputError(
        "the file is not a Word document: it has no main text",
        where=name,
        fix="If it is a spreadsheet or a presentation, give it its own suffix or save it as .docx or .txt.",
    )


def _read_properties(archive: SafeArchive, name: str) -> dict[str, str]:
    part = "docProps/core.xml"
    if part not in archive.names():
        return {}
    found = {
        local_name(child): clean_text(child.text or "") for child in parse_xml(archive.read(part), f"{name}, {part}")
    }
    properties = {"title": found.get("title"), "author": found.get("creator"), "created": found.get("created", "")[:10]}
    return {key: value for key, value in properties.items() if value}


def _read_container(container: Element, reader: ParagraphReader) -> Iterator[Piece]:
    for child in _children(container):
        kind = local_name(child)
        if kind == "p":
            paragraph, boxes = reader.read(child)
            yield split_lines(paragraph)
            for box in boxes:
                yield from _read_container(box, reader)
        elif kind == "tbl":
            yield from _read_table(child, reader)
        elif kind == "altChunk":
            reader.left_out["Embedded documents"] += 1


def _read_table(table: Element, reader: ParagraphReader) -> Iterator[Piece]:
    rows = [
        [cell for cell in _children(row) if local_name(cell) == "tc"]
        for row in _children(table)
        if local_name(row) == "tr" and not _is_deleted(row)
    ]
    yield from read_rows(rows, lambda cell: _read_container(cell, reader))


def _is_deleted(row: Element) -> bool:
    return any(local_name(mark) == "del" for part in row if local_name(part) == "trPr" for mark in part)


def _children(element: Element) -> Iterator[Element]:
    """Yield the children as the reader of the page sees them: through wrappers, without tables of contents."""
    for child in element:
        kind = local_name(child)
        if kind == "sdt":
            if not is_filler(child):
                yield from _children(child)
        elif kind in _WRAPPERS:
            yield from _children(child)
        else:
            yield child
