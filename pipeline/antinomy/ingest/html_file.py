"""A web page (.html) -> its visible text, with speakers and metadata as the markup tells them."""

import re
from typing import TYPE_CHECKING

from antinomy.errors import InputError
from antinomy.ingest.blocks import Reading, ReadOptions, clean_text
from antinomy.ingest.decode import decode_text, describe_encoding
from antinomy.ingest.html_blocks import add_colons, walk_tree
from antinomy.ingest.interview_guide import mark_questions
from antinomy.ingest.printed_dates import parse_printed_date
from antinomy.ingest.turn_rows import is_spoken

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BYTES = 50_000_000

# Encodings of web pages only: Python knows others that are no encodings of text, or take forever.
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(?P<name>utf-?8|(?:iso-?8859|windows|koi8|euc)-\w{1,4}|cp125\d"
    rb"|(?:us-)?ascii|latin-?1|gb2312|gbk|gb18030|big5|shift_jis)\b",
    re.IGNORECASE,
)
# What browsers read as Windows' encoding, since pages mean it.
_WESTERN = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii"}
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD = 8192
_DATA_URI = re.compile(r"(?i)\bdata:[a-z0-9.+/;=-]{1,100},[^\s\"'>)]{100,}")
# HTML has no entities of its own; a declaration that brings some is no text either.
_DOCTYPE = re.compile(r"(?i)<!doctype[^>\[]{0,500}\[[^\]]*\]\s*>")
_DATES = {
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "article:published_time",
    "datepublished",
}
_AUTHORS = {"author", "dc.creator", "article:author"}


def read_html(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Return the visible text of a web page, without navigation, forms, notes and pictures.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        options: Not used: nothing in such a file depends on them.

    Raises:
        InputError: The page is too large or too deep, cannot be decoded, or holds no text of its own.
    """
    text, notes = _decode(data, name)
    reading = read_html_text(text, name, notes=notes)
    if not reading.blocks:
        raise InputError(
            "the page holds no text of its own; perhaps a script fetches it",
            where=name,
            fix="Open it in a browser, copy the text into a document and give that instead.",
        )
    return reading


def read_html_text(text: str, name: str, *, notes: tuple[str, ...] = ()) -> Reading:
    """Return the reading of a decoded page or fragment, which may turn out to hold no text.

    Raises:
        InputError: The page is too deep to be read in full.
    """
    root = _parse(text, name)
    _keep_page_forms(root)
    main = root.findall(".//main")
    paragraphs = add_colons(walk_tree(main[0] if len(main) == 1 else root))
    blocks = mark_questions(paragraphs)
    return Reading(blocks=blocks, spoken=is_spoken(blocks), metadata=_read_metadata(root), notes=notes)


def _decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if len(data) > MAX_BYTES:
        raise InputError("the page has more than 50 MB", where=name, fix="Save it without pictures, or as .txt.")
    declared = _CHARSET.search(data[:_HEAD])
    if declared and not data.startswith(_MARKS):
        encoding = declared["name"].decode("ascii").lower()
        try:
            return data.decode("cp1252" if encoding in _WESTERN else encoding), ()
        except (LookupError, UnicodeError):
            pass  # Pages often declare what they are not: then the bytes themselves decide.
    text, encoding = decode_text(data, name, max_line=None)
    return text, describe_encoding(text, encoding)


def _parse(text: str, name: str) -> "HtmlElement":
    from lxml import etree, html

    text = _DOCTYPE.sub("", text[:_HEAD], count=1) + text[_HEAD:]
    text = _DATA_URI.sub("", text).replace("\0", "")
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except etree.ParserError:
        return html.Element("html")  # There is nothing but comments and white space.
    if any(entry.level >= etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise InputError(
            "the page is nested too deeply or damaged, and would be read in part only",
            where=name,
            fix="Open it in a browser, copy the text into a document and give that instead.",
        )
    return root


def _keep_page_forms(root: "HtmlElement") -> None:
    """Some servers wrap the whole page in a form: such a form is read like any other part."""
    total = len(root.text_content())
    for form in root.iter("form"):
        if 2 * len(form.text_content()) > total:
            form.tag = "div"


def _read_metadata(root: "HtmlElement") -> dict[str, str]:
    metadata: dict[str, str] = {}
    title = root.find(".//title")
    if title is not None and (text := clean_text(title.text_content())):
        metadata["title"] = text
    if language := (root.get("lang") or "").split("-")[0].lower():
        metadata["language"] = language
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        value = clean_text(meta.get("content") or "")
        if key in _DATES and (date := parse_printed_date(value)):
            metadata.setdefault("date", date)
        elif key in _AUTHORS and value:
            metadata.setdefault("author", value)
    return metadata
