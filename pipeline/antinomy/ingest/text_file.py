"""Plain text -> paragraphs: one block each, with its line breaks where they may matter."""

import re

from antinomy.ingest.blocks import Block, Reading, ReadOptions
from antinomy.ingest.decode import decode_text, describe_encoding

# Lines wrapped by hand or by an editor end near one column; longer lines are paragraphs of their own.
_WRAP_MIN, _WRAP_MAX = 40, 105


def read_text(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Read a plain text file: a block per paragraph, or per line where lines are not wrapped.

    Raises:
        InputError: The file is no text.
    """
    text, encoding = decode_text(data, name)
    chunks = [chunk.strip("\n") for chunk in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text)]
    wrapped = is_wrapped([chunk.split("\n") for chunk in chunks])
    paragraphs = chunks if wrapped else [line for chunk in chunks for line in chunk.split("\n")]
    blocks = tuple(Block(text=paragraph) for paragraph in paragraphs if paragraph.strip())
    return Reading(blocks=blocks, notes=describe_encoding(text, encoding))


def is_wrapped(paragraphs: list[list[str]]) -> bool:
    """Tell whether lines inside paragraphs are pieces of sentences, broken at a column."""
    inner = [line.rstrip() for lines in paragraphs for line in lines[:-1]]
    if not inner:
        return False
    fitting = sum(_WRAP_MIN <= len(line) <= _WRAP_MAX for line in inner)
    unfinished = sum(bool(line) and line[-1] not in '.?!…"”' for line in inner)
    return fitting > 0.6 * len(inner) and unfinished > 0.4 * len(inner)
