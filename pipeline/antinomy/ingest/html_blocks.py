"""An HTML tree -> its visible paragraphs, items, headings and table rows in reading order."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from antinomy.ingest.blocks import Block, clean_text
from antinomy.ingest.marks import is_label
from antinomy.ingest.timecodes import CLOCK
from antinomy.ingest.turn_rows import rows_to_blocks

Kind = Literal["text", "item", "heading", "row"]

_DROPPED = frozenset(
    "head script style noscript template nav header footer aside svg math canvas iframe object embed applet audio video "
    "select button input textarea datalist map img picture colgroup rp rt del s".split()
)
_DROPPED_ROLES = frozenset("navigation banner contentinfo search complementary dialog doc-endnotes doc-footnotes".split())
_BLOCKS = frozenset(
    "html body main article section div p ul ol li dl dt dd blockquote pre figure figcaption address center details summary "
    "fieldset legend form hr table caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6".split()
)
_EMPHASIS = frozenset("b strong em i u".split())
_BOLD = frozenset("b strong".split())
_KINDS: dict[str, Kind] = {"li": "item", **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading")}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_SPEAKER_CLASS = re.compile(r"(?:^|[\s_-])(?:speaker|interlocutor|participant)s?(?:[_-]?(?:name|label))?(?:$|\s)")
_NOTE_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡§])\]?|\[[^\]]{1,20}\]")
_CONTENTS = re.compile(r"(?:table of )?contents|on this page|in this (?:episode|article)", re.IGNORECASE)
_HEADING_TIME = re.compile(rf"\s*\[{CLOCK}\]\s*")
_MAX_LABEL_WORDS = 6


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


def walk_tree(root: Any) -> list[HtmlParagraph]:
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

    def walk(self, element: Any, kind: Kind, emphasised: bool) -> None:
        tag = element.tag
        is_block = tag in _BLOCKS
        kind = _KINDS.get(tag, kind)
        if is_block:
            self.flush(kind)
        if tag in _BOLD and not self._letters:
            self._lead = _text_of(element)
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

    def _walk_child(self, element: Any, kind: Kind, emphasised: bool) -> None:
        tag = element.tag
        if not isinstance(tag, str) or _is_dropped(element):
            return
        if tag == "br":
            self._break_line(kind, soft="data-soft" in element.attrib)
        elif tag in {"ul", "ol"} and _is_contents(element):
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
        elif tag == "dt" and _is_short(element):
            self.flush(kind)
            self._label = _text_of(element).rstrip(": ") + ": "
        elif _is_speaker(element):
            self._read_speaker(element, kind)
        else:
            self.walk(element, kind, emphasised)

    def _break_line(self, kind: Kind, *, soft: bool) -> None:
        if soft:
            self._lines.append([])
        else:
            self.flush(kind)

    def _read_speaker(self, element: Any, kind: Kind) -> None:
        label = _text_of(element).rstrip(":") + ": "
        if element.tag in _BLOCKS:
            self.flush(kind)
            self._label = label
        else:
            self._add(label, False)

    def _read_preformatted(self, element: Any, kind: Kind) -> None:
        for paragraph in re.split(r"\n\s*\n", "".join(element.itertext())):
            self._lines = [[line] for line in paragraph.split("\n")]
            self.flush(kind)

    def _read_table(self, table: Any) -> None:
        rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in _find_rows(table)]
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


def _text_of(element: Any) -> str:
    return clean_text("".join(element.itertext()))


def _find_rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from _find_rows(child)


def _is_dropped(element: Any) -> bool:
    role, style = element.get("role", ""), element.get("style", "")
    hidden = element.tag in _DROPPED or role in _DROPPED_ROLES or "hidden" in element.attrib
    return hidden or _HIDDEN.search(style) is not None or "footnotes" in element.get("class", "") or _is_note(element)


def _is_note(element: Any) -> bool:
    """Tell the mark of a footnote from an exponent: it links somewhere or stands in brackets."""
    if element.tag != "sup":
        return False
    text = _text_of(element)
    links = next(element.iterdescendants("a"), None) is not None
    return bool(_NOTE_MARK.fullmatch(text)) and (links or text.startswith("["))


def _is_contents(listing: Any) -> bool:
    """Tell a table of contents: a list of nothing but links into the page itself."""
    links = list(listing.iterdescendants("a"))
    if len(links) < 2 or not all((link.get("href") or "").startswith("#") for link in links):
        return False
    return len("".join(map(_text_of, links)).replace(" ", "")) == len(_text_of(listing).replace(" ", ""))


def _is_short(element: Any) -> bool:
    text = _text_of(element)
    return bool(text) and len(text) <= 60 and len(text.split()) <= _MAX_LABEL_WORDS and text[-1] not in ".?!"


def _is_speaker(element: Any) -> bool:
    return bool(_SPEAKER_CLASS.search(element.get("class", "").lower())) and _is_short(element)
