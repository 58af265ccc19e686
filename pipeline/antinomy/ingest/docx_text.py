"""A paragraph of WordprocessingML -> its visible text, with line breaks and tabs."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from antinomy.ingest.archive import local_name

# Fallback repeats a text box for old programs.
_SKIPPED = {"pPr", "rPr", "sdtPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "rt"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "Footnotes", "endnoteReference": "Endnotes"}
# Word turns "-->" into an arrow of the font Wingdings.
_SYMBOLS = {"F0E0": "→", "F0DF": "←", "F0F3": "↔"}
_OFF = {"0", "false", "off"}


class ParagraphReader:
    """Reads paragraphs and counts what it leaves out."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()

    def read(self, paragraph: Element) -> tuple[str, list[Element]]:
        """Return the paragraph's text, and the text boxes that hang on it."""
        if _is_contents_line(paragraph):
            return "", []
        boxes: list[Element] = []
        return "".join(self._walk(paragraph, boxes)), boxes

    def _walk(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        for child in element:
            kind = local_name(child)
            if kind == "t":
                yield child.text or ""
            elif kind in _CHARACTERS:
                yield _CHARACTERS[kind]
            elif kind == "sym":
                yield _SYMBOLS.get((_find_attribute(child, "char") or "").upper(), "")
            elif kind == "txbxContent":
                boxes.append(child)
            elif kind in _NOTES:
                self.left_out[_NOTES[kind]] += 1
            elif kind not in _SKIPPED and not _is_unseen(child):
                yield from self._walk(child, boxes)


def is_filler(control: Element) -> bool:
    """Tell a table of contents, and a field that still shows what to fill in."""
    marks = [mark for part in control if local_name(part) == "sdtPr" for mark in part.iter()]
    return any(
        local_name(mark) == "showingPlcHdr"
        or (local_name(mark) == "docPartGallery" and _find_attribute(mark, "val") == "Table of Contents")
        for mark in marks
    )


def _find_attribute(element: Element, name: str) -> str | None:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def _is_unseen(element: Element) -> bool:
    kind = local_name(element)
    if kind == "sdt":
        return is_filler(element)
    marks = [mark for part in element if local_name(part) == "rPr" for mark in part] if kind == "r" else []
    return any(local_name(mark) == "vanish" and _find_attribute(mark, "val") not in _OFF for mark in marks)


def _is_contents_line(paragraph: Element) -> bool:
    styles = [mark for part in paragraph if local_name(part) == "pPr" for mark in part if local_name(mark) == "pStyle"]
    return any((_find_attribute(style, "val") or "").upper().rstrip("123456789") == "TOC" for style in styles)
