"""A PDF page -> the runs of text on it, with their places."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median_low
from typing import TYPE_CHECKING, NamedTuple

from antinomy.errors import InputError

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MAX_CHARACTERS = 200_000

# Ligatures; all hyphens that are printed, among them pdfium's own sign for one that ends a line.
_SPELLED = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st"}
    | dict.fromkeys("\x02\ufffe\u00ad\u2010\u2011", "-")
)
_WIDE_GAP = 1.3
_UNREADABLE = {"\0", "\ufffd", "\uffff"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters of one line without a wide gap; lengths are in points, the origin is the lower left.

    Attributes:
        text: The characters, with single spaces between words.
        left: Left edge.
        right: Right edge.
        baseline: Height of the line that the letters stand on.
        size: Height of the font.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is printed on a page.

    Attributes:
        number: Page number from 1.
        height: Height in points, as displayed.
        runs: Runs in the order of the file.
        turned: Number of characters at an angle to the page, which are left out.
        unreadable: Number of characters that stand for no known letter.
        total: Number of printed characters on the page.
    """

    number: int
    height: float
    runs: tuple[Run, ...]
    turned: int = 0
    unreadable: int = 0
    total: int = 0


class _Glyph(NamedTuple):
    text: str
    left: float
    right: float
    baseline: float
    size: float


def read_page(page: "PdfPage", number: int, name: str) -> Page:
    """Return the runs of text on a pypdfium2 page.

    Raises:
        InputError: The page holds more characters than any page does.
    """
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_CHARACTERS:
            raise InputError(
                f"the page holds {count:,} characters",
                where=f"{name}, page {number}",
                fix="Save the text as .docx or .txt.",
            )
        glyphs, turned = _read_glyphs(page, textpage.raw, count)
    finally:
        textpage.close()
    width, height = page.get_size()
    runs = (run for run in _build_runs(glyphs) if 0 <= run.left <= width and 0 <= run.baseline <= height)
    printed = [glyph.text for glyph in glyphs if glyph]
    return Page(
        number=number,
        height=height,
        runs=tuple(runs),
        turned=turned,
        unreadable=sum(text in _UNREADABLE or "\ue000" <= text <= "\uf8ff" for text in printed),
        total=len(printed),
    )


def _read_glyphs(page: "PdfPage", textpage: "PdfPage", count: int) -> tuple[list[_Glyph | None], int]:
    """Return the characters that stand upright on the page, None for white space; and how many are turned."""
    from pypdfium2.raw import FPDFText_GetCharAngle, FPDFText_GetUnicode

    rotation = page.get_rotation()
    place = _Placement(page)
    glyphs: list[_Glyph | None] = []
    turned = 0
    for index in range(count):
        character = chr(FPDFText_GetUnicode(textpage, index))
        if character.isspace():
            glyphs.append(None)
        # pdfium's angles are against the unrotated page.
        elif 5 < (math.degrees(FPDFText_GetCharAngle(textpage, index)) + rotation) % 360 < 355:
            turned += 1
        else:
            glyphs.append(place.read_glyph(textpage, index, character))
    return glyphs, turned


class _Placement:
    """Reads where characters stand on the page as it is displayed."""

    def __init__(self, page: "PdfPage") -> None:
        from pypdfium2 import raw

        self._raw = raw
        self._rotation = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._x, self._y, self._box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()

    def read_glyph(self, textpage: "PdfPage", index: int, character: str) -> _Glyph:
        """Return one character with its place."""
        self._raw.FPDFText_GetCharOrigin(textpage, index, self._x, self._y)
        self._raw.FPDFText_GetLooseCharBox(textpage, index, self._box)
        one = self._turn(self._box.left, self._box.bottom)
        other = self._turn(self._box.right, self._box.top)
        baseline = self._turn(self._x.value, self._y.value)[1]
        left, right = min(one[0], other[0]), max(one[0], other[0])
        return _Glyph(character.translate(_SPELLED), left, right, baseline, max(abs(one[1] - other[1]), 0.1))

    def _turn(self, x: float, y: float) -> tuple[float, float]:
        if self._rotation == 90:
            return y - self._bottom, self._right - x
        if self._rotation == 180:
            return self._right - x, self._top - y
        if self._rotation == 270:
            return self._top - y, x - self._left
        return x - self._left, y - self._bottom


def _build_runs(glyphs: list[_Glyph | None]) -> Iterator[Run]:
    """Join characters that follow each other on a line; None stands for white space."""
    parts: list[str] = []
    run: list[_Glyph] = []
    space = ""
    for glyph in glyphs:
        if glyph is None:
            space = " "
            continue
        if run and not _goes_on(run, glyph):
            yield _finish_run(run, parts)
            run, parts, space = [], [], ""
        if run and _is_note_mark(run[-1], glyph):
            continue
        parts += (space if run else "", glyph.text)
        run.append(glyph)
        space = ""
    if run:
        yield _finish_run(run, parts)


def _goes_on(run: list[_Glyph], glyph: _Glyph) -> bool:
    last = run[-1]
    size = max(last.size, glyph.size)
    return abs(glyph.baseline - last.baseline) < size / 2 and -size < glyph.left - last.right < _WIDE_GAP * size


def _is_note_mark(last: _Glyph, glyph: _Glyph) -> bool:
    """Tell the raised mark of a footnote from an exponent, which stands after a digit or is a letter."""
    is_raised = glyph.size < 0.8 * last.size and glyph.baseline > last.baseline + 0.15 * last.size
    return is_raised and (glyph.text.isdigit() or glyph.text in "*†‡§") and not last.text[-1].isdigit()


def _finish_run(run: list[_Glyph], parts: list[str]) -> Run:
    return Run(
        text="".join(parts),
        left=min(glyph.left for glyph in run),
        right=max(glyph.right for glyph in run),
        baseline=median_low(glyph.baseline for glyph in run),
        size=median_low(glyph.size for glyph in run),
    )
