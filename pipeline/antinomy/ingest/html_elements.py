"""HTML elements -> what they are to somebody who reads the page: hidden, a footnote, contents, a speaker's name."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from antinomy.ingest.blocks import clean_text
from antinomy.ingest.marks import is_label

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DROPPED = frozenset(
    "head script style noscript template nav header footer aside form svg math canvas iframe object embed applet audio "
    "video select button input textarea datalist map img picture colgroup rp rt del s".split()
)
_DROPPED_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog doc-endnotes doc-footnotes".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_SPEAKER_CLASS = re.compile(
    r"(?:^|[\s_-])(?:speaker|interlocutor|participant|transcript[_-]?(?:timestamp|header))s?(?:[_-]?(?:name|label))?(?:$|\s)"
)
_NOTE_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z*†‡§])\]?|\[[^\]]{1,20}\]")
_MAX_LABEL = 60
_MAX_LABEL_WORDS = 6


def text_of(element: "HtmlElement") -> str:
    """Return all text in an element, on one line."""
    return clean_text("".join(element.itertext()))


def find_rows(table: "HtmlElement") -> Iterator["HtmlElement"]:
    """Yield a table's own rows, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"thead", "tbody", "tfoot"}:
            yield from find_rows(child)


def is_dropped(element: "HtmlElement") -> bool:
    """Tell what is hidden, surrounds the text or is no text."""
    role, style = element.get("role", ""), element.get("style", "")
    hidden = element.tag in _DROPPED or role in _DROPPED_ROLES or "hidden" in element.attrib
    return hidden or _HIDDEN.search(style) is not None or "footnotes" in element.get("class", "") or is_note(element)


def is_note(element: "HtmlElement") -> bool:
    """Tell the mark of a footnote from an exponent: it links somewhere or stands in brackets."""
    if element.tag != "sup":
        return False
    text = text_of(element)
    links = next(element.iterdescendants("a"), None) is not None
    return bool(_NOTE_MARK.fullmatch(text)) and (links or text.startswith("["))


def is_contents(listing: "HtmlElement") -> bool:
    """Tell a table of contents: a list of nothing but links into the page itself."""
    links = list(listing.iterdescendants("a"))
    if len(links) < 2 or not all((link.get("href") or "").startswith("#") for link in links):
        return False
    return len("".join(map(text_of, links)).replace(" ", "")) == len(text_of(listing).replace(" ", ""))


def is_short(element: "HtmlElement") -> bool:
    """Tell a label from a sentence."""
    text = text_of(element)
    return 0 < len(text) <= _MAX_LABEL and len(text.split()) <= _MAX_LABEL_WORDS and text[-1] not in ".?!"


def is_speaker(element: "HtmlElement") -> bool:
    """Tell an element that holds only a speaker's name, by its class."""
    return bool(_SPEAKER_CLASS.search(element.get("class", "").lower())) and is_label(text_of(element).rstrip(": "))
