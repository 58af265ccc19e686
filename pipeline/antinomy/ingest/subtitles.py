"""WebVTT and SubRip files, also damaged ones -> blocks of talk with speakers and times."""

import re
from collections.abc import Iterator

from antinomy.errors import InputError, Problem
from antinomy.ingest.blocks import Block, Reading, ReadOptions
from antinomy.ingest.captions import Caption, join_captions
from antinomy.ingest.decode import decode_text, describe_encoding
from antinomy.ingest.timecodes import parse_clock

_TIMES = re.compile(r"\s*([\d:.,]+)\s*-+>\s*([\d:.,]+)(?:\s.*)?")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_SHOWN_PROBLEMS = 5


def read_vtt(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Read a WebVTT file; a missing header, missing blank lines and one unreadable time are forgiven.

    Raises:
        InputError: The file has no captions, or several captions without a readable time.
    """
    return _read(data, name, "WebVTT")


def read_srt(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Read a SubRip file; it is forgiven the same faults as WebVTT.

    Raises:
        InputError: The file has no captions, or several captions without a readable time.
    """
    return _read(data, name, "SubRip (.srt)")


def _read(data: bytes, name: str, kind: str) -> Reading:
    text, encoding = decode_text(data, name)
    lines = text.split("\n")
    arrows = [index for index, line in enumerate(lines) if "->" in line and re.search(r"-->|\d\s*->\s*\d", line)]
    if not arrows:
        raise InputError(
            f"no captions found; {kind} has a line such as 00:00:01.000 --> 00:00:04.000 above each",
            where=name,
            fix="Export the subtitles again, or give a plain transcript the ending .txt.",
        )
    captions = list[Caption]()
    bad = list[int]()
    for arrow, following in zip(arrows, [*arrows[1:], len(lines)], strict=True):
        times = _parse_times(lines[arrow])
        if times is None:
            bad.append(arrow + 1)
            continue
        words = tuple(_find_words(lines, arrow + 1, following))
        captions.append(Caption(lines=words, start=times[0], end=max(times)))
    if len(bad) > 1 or not captions:
        raise InputError.from_problems([_describe_time(lines, line, name) for line in bad[:_SHOWN_PROBLEMS]])
    notes = tuple(f"The caption at line {line} has no readable time and was left out" for line in bad)
    blocks = join_captions(captions)
    return Reading(blocks=blocks, spoken=True, notes=(*describe_encoding(text, encoding), *notes, *_note_flow(blocks)))


def _parse_times(line: str) -> tuple[float, float] | None:
    match = _TIMES.fullmatch(line)
    start, end = (parse_clock(match[1]), parse_clock(match[2])) if match else (None, None)
    return None if start is None or end is None else (start, end)


def _find_words(lines: list[str], first: int, following: int) -> Iterator[str]:
    """Yield the words between two lines of times, less the next caption's number or name, and asides."""
    last = following
    if following < len(lines) and last > first:
        above = lines[last - 1].strip()
        if above.isdigit() or (above and last - 1 > first and not lines[last - 2].strip()):
            last -= 1
    aside = False
    for index in range(first, last):
        line = lines[index].strip()
        if not lines[index - 1].strip() and _ASIDE.match(line):
            aside = True
        if not line:
            aside = False
        elif not aside:
            yield line


def _describe_time(lines: list[str], line: int, name: str) -> Problem:
    return Problem(
        f"the time {lines[line - 1].strip()[:60]!r} cannot be read",
        f"{name}, line {line}",
        "Write it as hours:minutes:seconds, for example 00:01:02.000 --> 00:01:04.500.",
    )


def _note_flow(blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """Warn of automatic captions, whose sentences cannot be told apart for want of punctuation."""
    words = sum(len(block.text.split()) for block in blocks)
    stops = sum(len(re.findall(r"[.?!…](?:\s|$)", block.text)) for block in blocks)
    if words > 100 and stops < words / 100:
        return ("The captions have hardly any punctuation; sentences cannot be told apart reliably",)
    return ()
