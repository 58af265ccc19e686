"""A Markdown file (.md) -> the same reading as of the HTML it stands for, with its front matter."""

import re

from antinomy.errors import InputError
from antinomy.ingest.blocks import Reading, ReadOptions, clean_text
from antinomy.ingest.decode import decode_text, describe_encoding
from antinomy.ingest.html_file import read_html_text
from antinomy.ingest.printed_dates import parse_printed_date

MAX_CHARACTERS = 5_000_000
MAX_NESTING = 50

_FRONT = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*\n(?P<body>.*?)^(?:(?P=fence)|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE
)
_FRONT_LINE = re.compile(r"\s*$|\s+\S|[#\-\]}]|[\w \"'-]+[:=]|\[")
_FIELD = re.compile(r"(?P<key>[A-Za-z]+)[ \t]*[:=][ \t]*(?P<value>\S.*)")
_KEYS = {
    "title": "title",
    "date": "date",
    "author": "author",
    "lang": "language",
    "language": "language",
    "organisation": "organisation",
    "organization": "organisation",
}
# Site generators' own marks: {{ variables }}, {% tags %}, {: .attributes}
_TEMPLATE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{:[^{}\n]*\}")
_NOTE = re.compile(r"\[\^[^\]\n]{1,60}\]:")
_NOTE_MARK = re.compile(r"\[\^[^\]\n]{1,60}\]")


def read_markdown(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Return the text of a Markdown file, without code, footnotes, link targets and pictures.

    Args:
        data: The file's bytes.
        name: The file's name, for messages.
        options: Not used: nothing in such a file depends on them.

    Raises:
        InputError: The file cannot be decoded, is too large, or holds no text.
    """
    text, encoding = decode_text(data, name)
    if len(text) > MAX_CHARACTERS:
        raise InputError("the file has more than 5 million characters", where=name, fix="Split it into parts.")
    metadata, body = _split_front_matter(text)
    body, footnotes = _drop_notes(body)
    notes = (*describe_encoding(text, encoding), *((f"Footnotes left out: {footnotes}",) if footnotes else ()))
    reading = read_html_text(_render(_TEMPLATE.sub("", body)), name, notes=notes)
    if not reading.blocks:
        raise InputError("the file holds no text", where=name, fix="Check that it is the right file.")
    return Reading(blocks=reading.blocks, spoken=reading.spoken, metadata=metadata, notes=notes)


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    front = _FRONT.match(text)
    if front is None or not all(_FRONT_LINE.match(line) for line in front["body"].split("\n")):
        return {}, text
    metadata: dict[str, str] = {}
    for line in front["body"].split("\n"):
        field = _FIELD.fullmatch(line)
        key = _KEYS.get(field["key"].lower()) if field else None
        if field is None or key is None:
            continue
        value = clean_text(field["value"]).strip("\"'")
        read = parse_printed_date(value) if key == "date" else value
        if read:
            metadata[key] = read
    return metadata, text[front.end() :]


def _drop_notes(text: str) -> tuple[str, int]:
    """Drop the footnotes, which CommonMark would take for paragraphs, and their marks."""
    kept: list[str] = []
    dropped = 0
    in_note = False
    for line in text.split("\n"):
        if _NOTE.match(line):
            in_note = True
            dropped += 1
        elif in_note and not line.strip():
            in_note = False
        if not in_note:
            kept.append(_NOTE_MARK.sub("", line))
    return "\n".join(kept), dropped


def _render(text: str) -> str:
    from markdown_it import MarkdownIt

    # Indented lines are more often indented speech than code.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"]).disable("code")
    parser.add_render_rule("softbreak", lambda *_: "<br data-soft>")
    return str(parser.render(text))
