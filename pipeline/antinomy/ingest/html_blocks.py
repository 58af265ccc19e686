"""An HTML tree -> its visible paragraphs, items, headings and table rows in reading order."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from antinomy.ingest.blocks import Block, clean_text
from antinomy.ingest.html_elements import (
    find_rows,
    is_contents,
    is_dropped,
    is_short,
    is_speaker,
    text_of,
)
from antinomy.ingest.marks import is_label
from antinomy.ingest.timecodes import CLOCK
from antinomy.ingest.turn_rows import rows_to_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Kind = Literal["text", "item", "heading", "row"]

_BLOCKS = frozenset(
    "html body main article section div p ul ol li dl dt dd blockquote pre figure figcaption address center details "
    "summary fieldset legend form hr table caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6".split()
)
_EMPHASIS = frozenset("b strong em i u".split())
_BOLD = frozenset("b strong".split())
_KINDS: dict[str, Kind] = {"li": "item", **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading")}
_CONTENTS = re.compile(r"(?:table of )?contents|on this page|in this (?:episode|article)", re.IGNORECASE)
_HEADING_TIME = re.compile(rf"\s*\[{CLOCK}\]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlParagraph:
    """A block with what its markup says.

    Attributes:
        block: The text; soft line breaks are line feeds.
        kind: What it is in the page.
        emphasised: Share of its letters that stand out (bold, italic, underlined).
        lead: The bold words with which it begins, if others follow.
    """

    block: Block
    kind: Kind
    emphasised: float = 0.0
    lead: str = ""


def walk_tree(root: "HtmlElement") -> list[HtmlParagraph]:
    """Return the visible paragraphs under an lxml element."""
    walker = _Walker()
    walker.walk(root, "text", False)
    walker.flush("text")
    return walker.found


class _Walker:
    """Collects inline text until a block or a line ends."""

    def __init__(self) -> None:
        self.found: list[HtmlParagraph] = []
        self._lines: list[list[str]] = [[]]
        self._letters = self._emphasised = 0
        self._lead = ""
        self._label = ""

    def walk(self, element: "HtmlElement", kind: Kind, emphasised: bool) -> None:
        tag = element.tag
        is_block = tag in _BLOCKS
        kind = _KINDS.get(tag, kind)
        if is_block:
            self.flush(kind)
        if tag in _BOLD and not self._letters:
            self._lead = text_of(element)
        self._add(element.text, emphasised or tag in _EMPHASIS)
        for child in element:
            self._walk_child(child, kind, emphasised or tag in _EMPHASIS)
            self._add(child.tail, emphasised or tag in _EMPHASIS)
        if is_block:
            self.flush(kind)

    def flush(self, kind: Kind) -> None:
        text = "\n".join(filter(None, (clean_text("".join(line)) for line in self._lines)))
        if kind == "heading":
            text = _HEADING_TIME.sub(" ", text).strip()
        if text:
            share = self._emphasised / self._letters if self._letters else 0.0
            lead = self._lead if len(self._lead) < len(text) else ""
            self.found.append(
                HtmlParagraph(block=Block(text=self._label + text), kind=kind, emphasised=share, lead=lead)
            )
            self._label = ""
        self._lines, self._letters, self._emphasised, self._lead = [[]], 0, 0, ""

    def _add(self, text: str | None, emphasised: bool) -> None:
        if text:
            self._lines[-1].append(text)
            letters = sum(map(str.isalnum, text))
            self._letters += letters
            self._emphasised += letters if emphasised else 0

    def _walk_child(self, element: "HtmlElement", kind: Kind, emphasised: bool) -> None:
        tag = element.tag
        if not isinstance(tag, str) or is_dropped(element):
            return
        if tag == "br":
            self._break_line(kind, soft="data-soft" in element.attrib)
        elif tag in {"ul", "ol"} and is_contents(element):
            self.flush(kind)
            if self.found and self.found[-1].kind == "heading" and _CONTENTS.fullmatch(self.found[-1].block.text):
                self.found.pop()
        elif tag == "table":
            self.flush(kind)
            self._read_table(element)
        elif tag == "pre":
            self.flush(kind)
            if element.find("code") is None:
                self._read_preformatted(element, kind)
        elif tag == "dt" and is_short(element):
            self.flush(kind)
            self._label = text_of(element).rstrip(": ") + ": "
        elif is_speaker(element):
            self._read_speaker(element, kind)
        else:
            self.walk(element, kind, emphasised)

    def _break_line(self, kind: Kind, *, soft: bool) -> None:
        if soft:
            self._lines.append([])
        else:
            self.flush(kind)

    def _read_speaker(self, element: "HtmlElement", kind: Kind) -> None:
        label = text_of(element).rstrip(":") + ": "
        if element.tag in _BLOCKS:
            self.flush(kind)
            self._label = label
        else:
            self._add(label, False)

    def _read_preformatted(self, element: "HtmlElement", kind: Kind) -> None:
        for paragraph in re.split(r"\n\s*\n", "".join(element.itertext())):
            self._lines = [[line] for line in paragraph.split("\n")]
            self.flush(kind)

    def _read_table(self, table: "HtmlElement") -> None:
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in find_rows(table)]
        if all(len(cells) <= 1 for cells in rows) or next(table.iterdescendants("table"), None) is not None:
            # Tables within tables, or of one column, only lay out the page.
            self.walk(table, "text", False)
            return
        texts = [["\n".join(part.block.text for part in walk_tree(cell)) for cell in cells] for cells in rows]
        self.found += (HtmlParagraph(block=block, kind="row") for block in rows_to_blocks(texts))


def add_colons(paragraphs: list[HtmlParagraph]) -> list[HtmlParagraph]:
    """Put a colon after bold names that begin paragraphs, if they recur as speakers do."""
    leads = Counter(paragraph.lead for paragraph in paragraphs if is_label(paragraph.lead))
    speakers = {lead for lead, count in leads.items() if count > 1}
    if len(speakers) < 2:
        return paragraphs
    return [_add_colon(paragraph) if paragraph.lead in speakers else paragraph for paragraph in paragraphs]


def _add_colon(paragraph: HtmlParagraph) -> HtmlParagraph:
    words = paragraph.block.text.removeprefix(paragraph.lead)
    if not words[0].isspace():
        return paragraph
    return replace(paragraph, block=replace(paragraph.block, text=f"{paragraph.lead}:{words}"))
