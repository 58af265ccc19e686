"""Blocks without speakers -> blocks with the speakers that marks such as ``Anna:`` or ``[00:12] Anna`` name."""

import re
from collections.abc import Iterator
from dataclasses import replace

from antinomy.ingest.blocks import Block
from antinomy.ingest.marks import Mark, find_mark, is_sound, take_time
from antinomy.ingest.speakers import Speakers, choose_speakers
from antinomy.ingest.timecodes import CLOCK, parse_clock

_TRAILER = re.compile(r"\s*(?:Transcribed by https?://\S+|\S.{0,60} (?:started|stopped) transcription)\s*")
_INNER_TIME = re.compile(rf"\\?\[({CLOCK})\\?\]")
_SENTENCE_END = re.compile(r"[.?!…:;,\-–—\"”’)\]]\s*$")
_TALK = re.compile(r"(?:ah|and|but|no|oh|okay|ok|or|right|so|uh|uhm|um|well|yeah|yep|yes)\b", re.IGNORECASE)
_HEADING_WORDS = 8
# A committee names hundreds; looking for each in every line would take too long.
_MAX_INNER = 100


def split_speakers(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Find the speaker marks of a transcript and return one block per turn or paragraph.

    A text that does not behave like a transcript (the same names recur, or labels such as
    ``Interviewer`` stand before the lines) is returned as it is. What stands before the first mark, and
    headings between turns, keep no speaker. Paragraphs without a mark belong to the last speaker.
    """
    blocks = tuple(block for block in blocks if not _TRAILER.fullmatch(block.text))
    marks = [mark for block in blocks for mark in _find_marks(block.text.split("\n")) if mark]
    text = "\n".join(block.text for block in blocks)
    speakers = choose_speakers(marks, text=text, paragraphs=len(blocks))
    if not speakers:
        return blocks
    inner = _compile_inner_marks(speakers)
    pieces = [piece for block in blocks for piece in _split_block(block, speakers, inner)]
    return tuple(part for piece in _hand_on_speakers(pieces) for part in _split_times(piece))


def _find_marks(lines: list[str]) -> Iterator[Mark | None]:
    return (find_mark(line, opens=place == 0) for place, line in enumerate(lines))


def _compile_inner_marks(speakers: Speakers) -> re.Pattern[str]:
    """Match ``Name:`` after the end of a sentence, for lines that hold several speakers."""
    labels = sorted((re.escape(label) for label in speakers.names if len(label) > 2), key=len, reverse=True)
    if len(labels) > _MAX_INNER:
        labels = []
    return re.compile(rf"(?:(?<=[.?!…\"”])|(?<=[^\d\s][)\]]))\s+(?=(?:{'|'.join(labels) or '(?!)'}):\s)")


def _split_block(block: Block, speakers: Speakers, inner: re.Pattern[str]) -> Iterator[Block]:
    """Yield the pieces of a block, one per mark; a piece without a mark has no speaker yet."""
    if block.speaker:
        yield block
        return
    piece, words = block, list[str]()
    lines = [part for line in block.text.split("\n") for part in inner.split(line)]
    for line, mark in zip(lines, _find_marks(lines), strict=True):
        name = speakers.name_of(mark)
        if mark and name:
            if words:
                yield replace(piece, text="\n".join(words))
            time = mark.time if mark.time is not None else (block.start_time if piece is block else None)
            piece, words = (
                replace(block, speaker=name, start_time=time, continues=None),
                [mark.rest] if mark.rest else [],
            )
        elif line.strip() and not is_sound(line):
            words.append(line)
    time, rest = take_time("\n".join(words))
    yield replace(piece, text=rest, start_time=piece.start_time if time is None else time)


def _hand_on_speakers(pieces: list[Block]) -> Iterator[Block]:
    """Give each piece the last speaker named; empty pieces only hand on their speaker and time."""
    speaker: str | None = None
    time: float | None = None
    before = ""
    for piece, following in zip(pieces, [*pieces[1:], None], strict=True):
        speaker = piece.speaker or speaker
        if not piece.text.strip():
            time = piece.start_time if piece.start_time is not None else time
            continue
        if speaker is None or (following and following.speaker and _is_heading(piece, before)):
            yield piece
            continue
        start = piece.start_time if piece.start_time is not None else time
        yield replace(piece, speaker=speaker, start_time=start)
        before, time = piece.text, None


def _is_heading(piece: Block, before: str) -> bool:
    """Tell a heading between two turns from a short paragraph of the speaker before."""
    text = piece.text.strip()
    return (
        piece.speaker is None
        and piece.continues is None
        and len(text.split()) <= _HEADING_WORDS
        and not text[0].islower()
        and not _SENTENCE_END.search(text)
        and not _TALK.match(text)
        and bool(_SENTENCE_END.search(before))
    )


def _split_times(piece: Block) -> Iterator[Block]:
    """Cut a turn at the times printed inside it, which become the times of its parts."""
    words, *timed = _INNER_TIME.split(piece.text)
    if piece.speaker is None or not timed:
        yield piece
        return
    continues = piece.continues
    if words.strip():
        yield replace(piece, text=words)
        continues = " "
    for time, text in zip(timed[::2], timed[1::2], strict=True):
        yield replace(piece, text=text, start_time=parse_clock(time), continues=continues)
        continues = " "
