"""Plain text -> paragraphs: one block each, with its line breaks where they may matter."""

import re

from antinomy.ingest.blocks import Block, Reading, ReadOptions
from antinomy.ingest.decode import decode_text, describe_encoding

# Lines wrapped by hand or by an editor end near one column; longer lines are paragraphs of their own.
_WRAP_MIN, _WRAP_MAX = 40, 120
_ENDS = tuple('.?!…"”')
_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t])")


def read_text(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Read a plain text file: a block per paragraph, or per line where lines are not wrapped.

    Raises:
        InputError: The file is no text.
    """
    text, encoding = decode_text(data, name)
    chunks = [chunk.strip("\n") for chunk in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text)]
    split = _ITEM if is_wrapped([chunk.split("\n") for chunk in chunks]) else re.compile("\n")
    paragraphs = (paragraph for chunk in chunks for paragraph in split.split(chunk))
    blocks = tuple(Block(text=paragraph) for paragraph in paragraphs if paragraph.strip())
    return Reading(blocks=blocks, notes=describe_encoding(text, encoding))


def is_wrapped(paragraphs: list[list[str]]) -> bool:
    """Tell whether lines inside paragraphs are pieces of sentences, broken at a column."""
    inner = [stripped for lines in paragraphs for line in lines[:-1] if (stripped := line.strip())]
    fitting = sum(len(line) for line in inner if _WRAP_MIN <= len(line) <= _WRAP_MAX)
    unfinished = sum(not line.endswith(_ENDS) for line in inner)
    return bool(inner) and fitting > 0.6 * sum(map(len, inner)) and unfinished > 0.4 * len(inner)
