"""Timed captions -> blocks in which the captions of one speaker are joined."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from antinomy.ingest.blocks import Block
from antinomy.ingest.marks import Mark, clean_label, find_mark, is_label, is_sound
from antinomy.ingest.spacing import mend_spaces, needs_spaces
from antinomy.ingest.speakers import Speakers, choose_speakers

MAX_GAP = 2.0
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,100})?(?:\s([^<>]{0,200}))?>|</v\s?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:i|b|u|c|font|lang|ruby|rt|span|br)(?:[.\s/][^<>]{0,200})?>|<[\d:.]{5,16}>|\{\\[^{}]{0,100}\}", re.IGNORECASE
)
_DASH = re.compile(r"\A\s*(?:[-–—]\s*(?=\S)|(?:>>|»)\s*)")
_ROUND = re.compile(r"\s*\(([^()]{2,60})\)\s*:?\s*")
# Between this share of unnamed captions and none, a missing name means "unknown", not "the same as before".
_CARRIED_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """One cue: lines as printed, times in seconds; ``speaker`` where the format has a field for it."""

    lines: tuple[str, ...]
    start: float | None = None
    end: float | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one voice says in one caption; ``fresh``: somebody else begins, but nobody says who."""

    text: str
    speaker: str | None
    fresh: bool
    start: float | None
    end: float | None


def join_captions(captions: Sequence[Caption]) -> tuple[Block, ...]:
    """Return blocks in which adjacent captions of one speaker (gap of at most 2 s) continue each other.

    Names come from voice tags, from ``Name:`` or ``(Name)`` at the beginning of a line where such names
    recur, and from the caption before where the file names speakers only when they change. Rolling
    captions, which repeat lines, are read once; punctuation without spaces is mended.
    """
    cleaned = _drop_repeats([replace(caption, lines=tuple(_clean_lines(caption.lines))) for caption in captions])
    speakers = _find_speakers(cleaned)
    pieces = [piece for caption in cleaned for piece in _split_caption(caption, speakers)]
    mend = mend_spaces if needs_spaces(piece.text for piece in pieces) else str
    return tuple(_join_pieces([replace(piece, text=mend(piece.text)) for piece in _carry_names(pieces)]))


def _clean_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines without styling and sounds; voice tags stay, entities become characters only in the pieces."""
    for line in lines:
        line = _TAG.sub(" " if "<br" in line else "", line).strip()
        if line and not is_sound(line):
            yield line


def _drop_repeats(captions: list[Caption]) -> list[Caption]:
    """Drop the lines that rolling captions show again, if that is how the file is made."""
    repeats = [_overlap(before.lines, after.lines) for before, after in pairwise(captions)]
    if sum(count > 0 for count in repeats) < max(2, len(repeats) / 3):
        return captions
    kept = (replace(caption, lines=caption.lines[count:]) for count, caption in zip(repeats, captions[1:], strict=True))
    return [*captions[:1], *kept]


def _overlap(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    for count in range(min(len(before), len(after)), 0, -1):
        if before[-count:] == after[:count] and len(" ".join(after[:count]).split()) > 2:
            return count
    return 0


def _find_speakers(captions: list[Caption]) -> Speakers:
    lines = [line for caption in captions if not caption.speaker for line in caption.lines if "<v" not in line]
    marks = [mark for mark in map(_find_caption_mark, lines) if mark]
    return choose_speakers(marks, text="\n".join(lines), paragraphs=len(captions))


def _find_caption_mark(line: str) -> Mark | None:
    """Find ``Name:`` at the beginning of a caption's line, or ``(Name)``."""
    line = html.unescape(line)
    round_name = _ROUND.match(line)
    if round_name:
        label = clean_label(round_name[1])
        return Mark(label, line[round_name.end() :], None, "colon") if is_label(label) else None
    mark = find_mark(_DASH.sub("", line, count=1))
    return mark if mark and mark.style in ("colon", "bracket") else None


def _split_caption(caption: Caption, speakers: Speakers) -> Iterator[_Piece]:
    """Yield what each voice says, by voice tags first, then by names and dashes at the lines' beginnings."""
    words, *voices = _VOICE.split("\n".join(caption.lines))
    yield from _split_lines(words, caption.speaker, caption, speakers)
    for voice, text in zip(voices[::2], voices[1::2], strict=True):
        yield from _split_lines(text, clean_label(html.unescape(voice)) if voice else None, caption, speakers)


def _split_lines(text: str, speaker: str | None, caption: Caption, speakers: Speakers) -> Iterator[_Piece]:
    lines = [line for line in text.split("\n") if line.strip()]
    dialog = sum(bool(_DASH.match(line)) for line in lines) > 1
    piece = _Piece("", speaker, False, caption.start, caption.end)
    for line in lines:
        line = html.unescape(line)
        mark = None if caption.speaker else _find_caption_mark(line)
        name = speakers.name_of(mark)
        turns = name or line.lstrip().startswith((">>", "»")) or (dialog and _DASH.match(line))
        if turns:
            yield piece
            rest = mark.rest if name and mark else _DASH.sub("", line, count=1)
            piece = replace(piece, text=rest, speaker=name, fresh=not name)
        else:
            piece = replace(piece, text=f"{piece.text} {line}".strip())
    yield piece


def _carry_names(pieces: list[_Piece]) -> Iterator[_Piece]:
    """Give unnamed pieces the last name, where the file names speakers only when they change."""
    pieces = [piece for piece in pieces if piece.text or piece.speaker]
    unnamed = sum(not piece.speaker and not piece.fresh for piece in pieces)
    carries = unnamed > _CARRIED_SHARE * len(pieces)
    speaker, before = None, ""
    for piece in pieces:
        if piece.speaker or piece.fresh:
            speaker = piece.speaker
        continued = carries or (before and before[-1] not in ".?!…")
        if piece.text:
            yield piece if piece.fresh else replace(piece, speaker=piece.speaker or (speaker if continued else None))
            before = piece.text


def _join_pieces(pieces: Iterable[_Piece]) -> Iterator[Block]:
    before: _Piece | None = None
    for piece in pieces:
        joins = before is not None and before.speaker == piece.speaker and not piece.fresh
        if before and before.end is not None and piece.start is not None:
            joins = joins and piece.start - before.end <= MAX_GAP
        yield Block(
            text=piece.text,
            speaker=piece.speaker,
            role=None if piece.speaker else "respondent",
            start_time=piece.start,
            end_time=piece.end,
            continues=" " if joins else None,
        )
        before = piece
