"""A Rich Text file (.rtf) -> paragraphs, tables and turns in reading order."""

import re
from collections.abc import Iterator

from antinomy.errors import InputError
from antinomy.ingest.blocks import Reading, ReadOptions
from antinomy.ingest.office import Piece, Table, pieces_to_reading, split_lines

MAX_BYTES = 100_000_000
MAX_TEXT = 20_000_000
MAX_DEPTH = 500
MAX_FONTS = 200_000

# From these words to the end of their group nothing is text: pictures and objects, link targets, notes,
# headers, comments, tracked deletions.
_CUT = {
    *(b"pict", b"objdata", b"blipuid", b"datastore", b"themedata", b"colorschememapping", b"latentstyles"),
    *(b"fldinst", b"footnote", b"annotation", b"atnid", b"atnauthor", b"deleted", b"stylesheet", b"listtable"),
    *(b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf"),
}
# Rows and cells become control characters in groups of their own, since a word processor's text has none.
_CELL, _ROW_END, _ROW_START = "\x1f", "\x1e", "\x1d"
_MARKS = {
    b"cell": rb"{\'1f}",
    b"nestcell": rb"{\'1f}",
    b"row": rb"{\'1e}",
    b"nestrow": rb"{\'1e}",
    b"trowd": rb"{\'1d}",
}
_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\[^a-zA-Z]|[{}]")
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{1,5})")
_HEAD = 4096


def read_rtf(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Return the text of a Rich Text file's body.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        options: Not used: nothing in such a file depends on them.

    Raises:
        InputError: The file is no RTF, truncated, damaged, too large, or its timecodes stand apart from the speech.
    """
    if not data.lstrip().startswith(rb"{\rtf"):
        raise InputError("the file is not Rich Text, whatever its name says", where=name, fix="Save it again as .rtf.")
    if len(data) > MAX_BYTES:
        raise InputError("the file has more than 100 MB", where=name, fix="Save it without pictures, or as .txt.")
    kept, footnotes = _cut_groups(data.lstrip(), name)
    _check_sizes(kept, name)
    text = _convert(kept, name)
    notes = (f"Footnotes left out: {footnotes}",) if footnotes else ()
    if lost := text.count("\ufffd"):
        notes = (*notes, f"Characters that could not be decoded: {lost}")
    return pieces_to_reading(list(_read_pieces(text)), name, metadata={}, notes=notes)


def _cut_groups(data: bytes, name: str) -> tuple[bytes, int]:
    """Return the file without the groups that hold no text, and the number of footnotes among them."""
    kept: list[bytes] = []
    depth = footnotes = position = start = 0
    cut_at: int | None = None
    while match := _TOKEN.search(data, position):
        position = match.end()
        word = match[1]
        if word == b"bin":
            kept.append(data[start : match.start()] if cut_at is None else b"")
            position = start = position + max(int(match[2] or 0), 0)
        elif match[0] == b"{":
            depth += 1
            _check_depth(depth, name)
        elif match[0] == b"}":
            if cut_at == depth:
                cut_at, start = None, match.start()
            depth -= 1
            if depth == 0:
                return b"".join((*kept, data[start:position])), footnotes
        elif cut_at is None and (word in _CUT or word in _MARKS) and match[2] != b"0":
            kept += (data[start : match.start()], _MARKS.get(word, b""))
            start = position
            cut_at = depth if word in _CUT else None
            footnotes += word == b"footnote"
    raise InputError(
        f"the file is truncated: {depth} of its groups are never closed",
        where=name,
        fix="Fetch it again, or open it and save it again as .docx.",
    )


def _check_depth(depth: int, name: str) -> None:
    if depth > MAX_DEPTH:
        raise InputError("groups are nested too deeply", where=name, fix="Save the file again as .docx.")


def _check_sizes(kept: bytes, name: str) -> None:
    """Keep the work bounded: the conversion takes the text by characters, and the fonts by pairs."""
    if len(kept) > MAX_TEXT or _measure_fonts(kept) > MAX_FONTS:
        raise InputError(
            "the file has more text or fonts than can be read",
            where=name,
            fix="Split it into parts, or save it as .txt.",
        )


def _measure_fonts(data: bytes) -> int:
    start = data.find(rb"\fonttbl")
    depth = 1
    for brace in re.finditer(rb"[{}]", data[start:] if start >= 0 else b""):
        depth += 1 if brace[0] == b"{" else -1
        if depth == 0:
            return brace.end()
    return 0


def _convert(data: bytes, name: str) -> str:
    from striprtf.striprtf import rtf_to_text

    encoding = _find_encoding(data[:_HEAD])
    try:
        raw = data.decode(encoding, errors="replace")
        text: str = rtf_to_text(raw, encoding=encoding, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, LookupError, IndexError) as error:
        raise InputError(
            "the file's control words are damaged", where=name, fix="Open it and save it again as .docx."
        ) from error
    # Characters beyond the basic plane are written as two halves.
    return text.encode("utf-16", errors="surrogatepass").decode("utf-16", errors="replace")


def _find_encoding(head: bytes) -> str:
    match = _CODE_PAGE.search(head)
    if match and match[1] == b"65001":
        return "utf-8"
    if rb"\mac" in head or (match and match[1] == b"10000"):
        return "mac_roman"
    encoding = f"cp{match[1].decode()}" if match else "cp1252"
    try:
        b"".decode(encoding)
    except LookupError:
        return "cp1252"
    return encoding


def _read_pieces(text: str) -> Iterator[Piece]:
    *ended, tail = text.split(_ROW_END)
    rows: list[tuple[str, ...]] = []
    for part in ended:
        # A row's definition may be repeated within the row.
        before, _, row = part.partition(_ROW_START)
        if rows and before.strip():
            yield Table(tuple(rows))
            rows = []
        yield from _read_lines(before)
        rows.append(
            tuple(cell.strip() for cell in row.replace(_ROW_START, "").rstrip().removesuffix(_CELL).split(_CELL))
        )
    if rows:
        yield Table(tuple(rows))
    yield from _read_lines(tail)


def _read_lines(text: str) -> Iterator[Piece]:
    for line in re.split(f"[\n{_CELL}{_ROW_START}]", text):
        yield split_lines(line)
