"""A paragraph of OpenDocument text -> its text, with line breaks, tabs and counted spaces."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from antinomy.ingest.archive import local_name

_MAX_SPACES = 100
_SKIPPED = {"annotation", "annotation-end", "ruby-text", "hidden-text", "title", "desc", "tracked-changes"}


class ParagraphReader:
    """Reads paragraphs and counts what it leaves out."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()

    def read(self, paragraph: Element) -> tuple[str, list[Element]]:
        """Return the paragraph's text, and the text boxes that hang on it."""
        boxes: list[Element] = []
        return "".join(self._walk(paragraph, boxes)), boxes

    def _walk(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        yield _collapse(element.text)
        for child in element:
            kind = local_name(child)
            if kind == "s":
                yield " " * _count_spaces(child)
            elif kind == "tab":
                yield "\t"
            elif kind == "line-break":
                yield "\n"
            elif kind == "text-box":
                boxes.append(child)
            elif kind == "note":
                self.left_out[_note_class(child)] += 1
            elif kind not in _SKIPPED:
                yield from self._walk(child, boxes)
            yield _collapse(child.tail)


def _collapse(text: str | None) -> str:
    """Line feeds and runs of spaces in the XML are one space; counted spaces are elements."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _count_spaces(element: Element) -> int:
    count = next((value for key, value in element.items() if key.rpartition("}")[2] == "c"), "1")
    return min(int(count), _MAX_SPACES) if count.isascii() and count.isdigit() else 1


def _note_class(note: Element) -> str:
    found = next((value for key, value in note.items() if key.rpartition("}")[2] == "note-class"), "")
    return "Endnotes" if found == "endnote" else "Footnotes"
