"""First bytes of a file -> what it is, whatever its name says."""

import re

from antinomy.errors import InputError
from antinomy.ingest.archive import open_archive

_HTML = re.compile(rb"(?>\s+|<!--.*?-->|<\?xml[^>]*\?>)*+<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
_SRT = re.compile(rb"\s*\d{1,6}\s*\r?\n\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3}\s*-->")
_JSON = re.compile(rb"\s*(?:\[\s*)?\{\s*\"[^\"]{1,100}\"\s*:")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
# Word 365 numbers its main part: document2.xml
_OFFICE_PARTS = ((re.compile(r"word/document\d*\.xml"), ".docx"), (re.compile(r"xl/workbook\.xml"), ".xlsx"))
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD = 4096


def sniff_suffix(data: bytes, name: str) -> str | None:
    """Return the suffix that the content plainly asks for; None where the content says nothing.

    Raises:
        InputError: The file is an archive without a document, unsafe, has a password or is of an old Office format.
    """
    if data.startswith(_OLE):
        open_archive(data, name)  # says whether it is old or has a password
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_archive(data, name)
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.lstrip().startswith(b"{\\rtf"):
        return ".rtf"
    text = head
    for mark in _MARKS:
        text = text.removeprefix(mark)
    text = text.replace(b"\0", b"")  # so that UTF-16 is seen too
    if text.startswith(b"WEBVTT"):
        return ".vtt"
    patterns = ((_HTML, ".html"), (_SRT, ".srt"), (_JSON, ".json"))
    return next((suffix for pattern, suffix in patterns if pattern.match(text)), None)


def _sniff_archive(data: bytes, name: str) -> str:
    archive = open_archive(data, name)
    names = archive.names()
    suffix = next((suffix for part, suffix in _OFFICE_PARTS if any(map(part.fullmatch, names))), None)
    if suffix:
        return suffix
    if "mimetype" in names and archive.read("mimetype").strip().startswith(_OPEN_DOCUMENT):
        return ".odt"
    raise InputError(
        "the file is an archive, but no Word, OpenDocument text or Excel file",
        where=name,
        fix="Unpack it and give the files in it.",
    )
