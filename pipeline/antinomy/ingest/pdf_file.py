"""A PDF with a text layer -> paragraphs and turns with their pages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from antinomy.errors import InputError
from antinomy.ingest.blocks import Reading, ReadOptions, clean_text
from antinomy.ingest.pdf_columns import order_lines
from antinomy.ingest.pdf_furniture import strip_furniture
from antinomy.ingest.pdf_labels import mark_labels
from antinomy.ingest.pdf_page import Page, read_page
from antinomy.ingest.pdf_paragraphs import build_blocks

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument
from antinomy.ingest.pdf_trim import drop_contents, drop_footnotes, drop_repeated

MAX_PAGES = 5_000
MAX_CHARACTERS = 20_000_000

_TAIL = 4096
_PASSWORD_ERROR = 4
_OCR = "Run OCR on it (for example with ocrmypdf) and give the result, or give the text as .docx or .txt."
_UNREADABLE_SHARE = 0.2
_TURNED = 200


def read_pdf(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Return the text of a PDF, without running headers and footers, line numbers and footnotes.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        options: Not used: nothing in such a file depends on them.

    Raises:
        InputError: The file is encrypted, damaged or too large, or has no readable text layer.
    """
    document = _open(data, name)
    try:
        pages = _read_pages(document, name)
        metadata = _read_metadata(document)
    finally:
        document.close()
    _check_text(pages, name)
    lines = order_lines(mark_labels(strip_furniture(pages)))
    lines, footnotes = drop_footnotes(drop_repeated(drop_contents(lines)))
    return Reading(blocks=build_blocks(lines), metadata=metadata, notes=_describe(pages, footnotes))


def _open(data: bytes, name: str) -> "PdfDocument":
    import pypdfium2

    if b"%PDF-" not in data[:1024]:
        raise InputError("the file is not a PDF, whatever its name says", where=name, fix="Export it again as PDF.")
    if b"%%EOF" not in data[-_TAIL:]:
        raise InputError("the PDF is truncated: its end is missing", where=name, fix="Fetch it again.")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
            raise InputError(
                "the PDF is protected with a password",
                where=name,
                fix="Open it and save or print it without a password.",
            ) from error
        raise InputError("the PDF is damaged", where=name, fix="Fetch it again, or print it to a new PDF.") from error
    if not 0 < len(document) <= MAX_PAGES:
        document.close()
        raise InputError(
            f"the PDF has {len(document):,} pages", where=name, fix=f"Split it: 1 to {MAX_PAGES:,} are read."
        )
    return document


def _read_pages(document: "PdfDocument", name: str) -> list[Page]:
    import pypdfium2

    pages: list[Page] = []
    total = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as error:
            raise InputError(
                "the page is damaged", where=f"{name}, page {index + 1}", fix="Print the PDF to a new one."
            ) from error
        pages.append(read_page(page, index + 1, name))
        page.close()
        total += pages[-1].total
        if total > MAX_CHARACTERS:
            raise InputError("the PDF has more than 20 million characters", where=name, fix="Split it into parts.")
    return pages


def _read_metadata(document: "PdfDocument") -> dict[str, str]:
    found: dict[str, str] = document.get_metadata_dict()
    date = found.get("CreationDate", "").removeprefix("D:")
    created = f"{date[:4]}-{date[4:6]}-{date[6:8]}" if date[:8].isdigit() and len(date) >= 8 else ""
    properties = {
        "title": clean_text(found.get("Title", "")),
        "author": clean_text(found.get("Author", "")),
        "created": created,
    }
    return {key: value for key, value in properties.items() if value}


def _check_text(pages: Sequence[Page], name: str) -> None:
    shown = sum(len(run.text) for page in pages for run in page.runs)
    if not shown:
        raise InputError(
            "the PDF has no text layer; its pages are pictures, as a scanner makes them", where=name, fix=_OCR
        )
    if sum(page.unreadable for page in pages) > _UNREADABLE_SHARE * shown:
        raise InputError("the PDF's fonts do not say which letters they print", where=name, fix=_OCR)


def _describe(pages: Sequence[Page], footnotes: int) -> tuple[str, ...]:
    empty = [str(page.number) for page in pages if not page.runs]
    turned = [str(page.number) for page in pages if page.turned > _TURNED]
    notes: list[str] = []
    if empty:
        notes.append(f"Pages without text (pictures, or blank): {', '.join(empty)}")
    if turned:
        notes.append(f"Text printed at an angle left out on pages: {', '.join(turned)}")
    if footnotes:
        notes.append(f"Footnotes left out: {footnotes}")
    return tuple(notes)
