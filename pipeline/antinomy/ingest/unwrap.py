"""Paragraphs that are really lines of wrapped text -> the same blocks, continuing each other."""

from dataclasses import replace
from itertools import pairwise
from statistics import quantiles

from antinomy.ingest.blocks import Block

_ENDS = tuple('.?!:;…"”’)]')
_MIN_BLOCKS = 20
_BROKEN_SHARE = 0.25
_MAX_WIDTH = 140


def join_wrapped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Let blocks continue the one before where a converter has made a paragraph of every line.

    That is so where blocks are short and every fourth breaks off before a lower-case letter. Then a block
    that ends without punctuation goes on in the next, if it fills the line or that begins in lower case.
    """
    if len(blocks) < _MIN_BLOCKS or any(block.speaker for block in blocks):
        return blocks
    width = quantiles((len(block.text) for block in blocks), n=10)[-1]
    broken = sum(_breaks_off(before) and after.text[:1].islower() for before, after in pairwise(blocks))
    if width > _MAX_WIDTH or broken < _BROKEN_SHARE * len(blocks):
        return blocks
    joined = (
        replace(after, continues=" ")
        if _breaks_off(before) and (after.text[:1].islower() or len(before.text) > 0.7 * width)
        else after
        for before, after in pairwise(blocks)
    )
    return (blocks[0], *joined)


def _breaks_off(block: Block) -> bool:
    return not block.text.rstrip().endswith(_ENDS)
