"""Bytes of a text file -> text with line feeds, and the name of the encoding it was in."""

import codecs
import re

from antinomy.errors import InputError

MAX_LINE = 10_000_000
_SAMPLE = 200_000

# UTF-32 LE begins with the bytes of UTF-16 LE's mark, so it is asked for first.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEWLINES = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
# What other 8-bit encodings look like when taken for cp1252: a capital or a sign inside a lower-case word.
_NOT_CP1252 = re.compile("[a-zß-ÿ][À-ÞŠŽŒŸ][a-zß-ÿ]|[a-zß-ÿ][¡¤¦¨¬¯¶¸¼½¾¿×÷ƒ†‡ˆ˜]|[a-zß-ÿ][ª²³¹º][a-zß-ÿ]|[À-ÿ]{4}")


def decode_text(data: bytes, name: str, *, max_line: int | None = MAX_LINE) -> tuple[str, str]:
    r"""Return the text and the encoding it was in.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        max_line: Longest line allowed, in characters; None for formats that may be one line.

    Returns:
        Text with ``\n`` as newline and without byte order mark; a Python codec name.

    Raises:
        InputError: The bytes are no text, or a line is too long.
    """
    text, encoding = _decode(data, name)
    if "\0" in text or len(_CONTROLS.findall(text, 0, _SAMPLE)) > min(len(text), _SAMPLE) // 500:
        raise InputError(
            "the file holds binary data, not text",
            where=name,
            fix="Check what program wrote it, and export it as .docx, .txt, .vtt or another readable format.",
        )
    text = _NEWLINES.sub("\n", text)
    if max_line is not None:
        _check_lines(text, name, max_line)
    return text, encoding


def describe_encoding(text: str, encoding: str) -> tuple[str, ...]:
    """Return the notes that a person should see about an encoding: none for clean UTF-8 or UTF-16."""
    lost = text.count("\ufffd")
    if lost:
        return (f"{lost} characters could not be decoded and are shown as \ufffd",)
    if encoding.startswith("utf"):
        return ()
    return (f"The file is not UTF-8; it was read as {encoding}. Check accents and quotation marks",)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    encoding = next((codec for mark, codec in _MARKS if data.startswith(mark)), None) or _guess_utf16(data)
    try:
        if encoding:
            return data.decode(encoding).removeprefix("\ufeff"), encoding.removesuffix("-sig")
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if encoding:
            raise InputError(
                f"the file says it is {encoding}, but byte {error.start} does not fit",
                where=name,
                fix="The file seems damaged or cut off; save it again as UTF-8.",
            ) from error
    return _decode_8bit(data, name)


def _guess_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its zero bytes, which fall on one side only in Western text."""
    sample = data[:4096]
    half = len(sample) // 2
    low, high = sample[1::2].count(0), sample[0::2].count(0)
    if half and low > 0.6 * half and high < 0.05 * half:
        return "utf-16-le"
    if half and high > 0.6 * half and low < 0.05 * half:
        return "utf-16-be"
    return None


def _decode_8bit(data: bytes, name: str) -> tuple[str, str]:
    mended = data.decode("utf-8", errors="replace")
    lost = mended.count("\ufffd")
    kept = len(mended) - len(mended.encode("ascii", errors="ignore")) - lost
    if kept > 10 * lost:
        return mended, "utf-8"
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    if western and not _NOT_CP1252.search(western):
        return western, "cp1252"
    return _decode_guessed(data, name)


def _decode_guessed(data: bytes, name: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    # A sample that ends inside a character would look undecodable.
    sample = data[:_SAMPLE].rpartition(b"\n")[0] if len(data) > _SAMPLE else data
    best = from_bytes(sample or data[:_SAMPLE]).best()
    if best is not None:
        return data.decode(best.encoding, errors="replace"), best.encoding
    raise InputError(
        "the file's text encoding is unknown",
        where=name,
        fix="If it is text, open it in the program that wrote it and save it as UTF-8.",
    )


def _check_lines(text: str, name: str, max_line: int) -> None:
    start = number = 0
    while len(text) - start > max_line:
        number += 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > max_line:
            raise InputError(
                f"the line has {end - start:,} characters; more than {max_line:,} are not read",
                where=f"{name}, line {number}",
                fix="Break the text into paragraphs, or check that this is a text file.",
            )
        start = end + 1
