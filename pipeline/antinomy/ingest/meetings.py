"""Paragraphs of a transcript that Teams or Google Meet wrote -> turns with speakers and times."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from antinomy.errors import InputError
from antinomy.ingest.blocks import Block, Reading, clean_text
from antinomy.ingest.printed_dates import parse_printed_date
from antinomy.ingest.timecodes import CLOCK, parse_clock

Paragraph = tuple[str, ...]

_TEAMS = re.compile(rf"\s*(?P<name>[^\s:](?:[^:]{{0,78}}[^\s:])?)(?:\s{{2,}}|\t)(?P<start>{CLOCK})\s*")
_TEAMS_RANGE = re.compile(rf"\s*(?:(?P<name>\S[^>]{{0,79}}?)\s+)?(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})\s*")
_TIME_ALONE = re.compile(rf"\s*[\[(]?(?P<start>{CLOCK})[\])]?\s*")
_MEET_TIME = re.compile(r"\s*(?P<start>\d{1,2}:\d{2}:\d{2})\s*")
_NAMED = re.compile(r"\s*(?P<name>[^\s:.!?][^:!?]{0,59}):\s+(?P<text>\S.*)")
_MEET_END = re.compile(r"\s*(?:Transcription ended after|This editable transcript was computer generated)\b.*")
# Teams says in the language of its user that the transcription began or ended.
_TRAILER = re.compile(r".*\b(?:trans[ck]ri(?!pts?\b)|trascri|litteroi)[^.?!]*", re.IGNORECASE)
_MAX_TRAILER = 120
_MAX_EMPTY_SHARE = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    text: str
    paragraph: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A header with its speaker and times, and the lines under it."""

    name: str
    start: float
    end: float | None = None
    lines: tuple[_Line, ...]


def read_meeting(paragraphs: Sequence[Paragraph], name: str) -> Reading | None:
    """Return the turns if the paragraphs have the shape of a Teams or Meet transcript, else None.

    Args:
        paragraphs: The lines of each paragraph, white space as printed.
        name: Name of the file, for messages.

    Raises:
        InputError: There are headers with times, but no speech under many of them.
    """
    lines = [_Line(text=text, paragraph=index) for index, texts in enumerate(paragraphs) for text in texts]
    lines = [line for line in lines if line.text.strip()]
    return _read_teams(lines, name) or _read_meet(lines, name)


def read_time_line(text: str) -> float | None:
    """Return the seconds if a line holds a time and nothing else."""
    match = _TIME_ALONE.fullmatch(text)
    return parse_clock(match["start"]) if match else None


def check_alignment(empty: int, total: int, name: str) -> None:
    """Refuse a transcript whose times stand apart from its speech.

    Raises:
        InputError: More than a third of three or more times have no speech.
    """
    if total >= 3 and empty > total * _MAX_EMPTY_SHARE:
        raise InputError(
            f"{empty} of {total} timecodes have no speech under them, so speakers and words cannot be matched",
            where=name,
            fix="Export the transcript again, as .vtt if possible, or remove the timecodes.",
        )


def _read_teams(lines: list[_Line], name: str) -> Reading | None:
    preamble, sections = _cut(lines, _match_teams)
    if not sections:
        return None
    if not any(section.name for section in sections):
        sections = [_take_name(section) for section in sections]
    is_ranged = any(section.end is not None for section in sections)
    speakers = {section.name for section in sections}
    recurs = len(speakers) < len(sections)
    if not is_ranged and not recurs and (len(sections) < 2 or sections[0].start > 60 or not sections[0].lines):
        return None
    sections = [replace(section, lines=_drop_trailers(section, speakers)) for section in sections]
    check_alignment(sum(not section.lines for section in sections), len(sections), name)
    blocks: list[Block] = []
    for section in sections:
        said = " ".join(line.text for line in section.lines)
        _add(blocks, Block(text=said, speaker=section.name or None, start_time=section.start, end_time=section.end))
    preamble = [line for line in preamble if not _is_about_transcription(line.text)]
    return _finish(blocks, preamble, notes=())


def _match_teams(line: _Line) -> _Section | None:
    match = _TEAMS_RANGE.fullmatch(line.text) or _TEAMS.fullmatch(line.text)
    if match is None:
        return None
    groups = match.groupdict()
    start, end = parse_clock(groups["start"]), parse_clock(groups.get("end") or "")
    return None if start is None else _Section(name=clean_text(groups["name"] or ""), start=start, end=end, lines=())


def _take_name(section: _Section) -> _Section:
    """Read the first of several lines under a bare time range as the name, if it looks like one."""
    if len(section.lines) < 2 or len(section.lines[0].text.split()) > 6 or section.lines[0].text.strip()[-1] in ".?!":
        return section
    return replace(section, name=clean_text(section.lines[0].text), lines=section.lines[1:])


def _drop_trailers(section: _Section, speakers: set[str]) -> tuple[_Line, ...]:
    def is_trailer(line: _Line) -> bool:
        text = clean_text(line.text).lstrip("●•◦- ")
        by_someone = text != clean_text(line.text) or any(text.startswith(name) for name in speakers if name)
        return by_someone and _is_about_transcription(text)

    return tuple(line for line in section.lines if not is_trailer(line))


def _is_about_transcription(text: str) -> bool:
    return len(text) <= _MAX_TRAILER and _TRAILER.fullmatch(text) is not None


def _read_meet(lines: list[_Line], name: str) -> Reading | None:
    end = next((index for index, line in enumerate(lines) if _MEET_END.fullmatch(line.text)), len(lines))
    preamble, sections = _cut(lines[:end], _match_meet)
    named_before = any(_NAMED.fullmatch(line.text) for line in preamble)
    is_meet = bool(sections) and (sections[0].start == 0 or end < len(lines) or not named_before)
    if not is_meet or not any(_NAMED.fullmatch(line.text) for section in sections for line in section.lines):
        return None
    check_alignment(sum(not section.lines for section in sections), len(sections), name)
    turns, dropped = _read_meet_turns(sections)
    blocks: list[Block] = []
    for turn in turns:
        _add(blocks, turn)
    beside = len(lines) - end + dropped
    notes = (f"Lines beside the timecoded speech left out: {beside}",) if beside else ()
    return _finish(blocks, preamble, notes=notes)


def _match_meet(line: _Line) -> _Section | None:
    match = _MEET_TIME.fullmatch(line.text)
    start = parse_clock(match["start"]) if match else None
    return None if start is None else _Section(name="", start=start, lines=())


def _read_meet_turns(sections: list[_Section]) -> tuple[list[Block], int]:
    """Return the turns and the number of lines left out.

    A paragraph without a name goes on with the speaker before. At the very end it may also be a summary, so
    there it only counts if others of its kind stand between turns.
    """
    turns: list[Block] = []
    unnamed: list[Block] = []
    dropped = 0
    goes_on = False
    for section in sections:
        time: float | None = section.start
        paragraph = -1
        for line in section.lines:
            named = _NAMED.fullmatch(line.text)
            if named:
                goes_on = goes_on or bool(unnamed)
                turns += (*unnamed, Block(text=named["text"], speaker=clean_text(named["name"]), start_time=time))
                unnamed, time, paragraph = [], None, line.paragraph
            elif line.paragraph == paragraph and not unnamed:
                turns[-1] = replace(turns[-1], text=f"{turns[-1].text} {line.text}")
            elif turns:
                unnamed.append(Block(text=line.text, speaker=turns[-1].speaker, start_time=time))
                time = None
            else:
                dropped += 1
    return (turns + unnamed, dropped) if goes_on else (turns, dropped + len(unnamed))


def _cut(lines: list[_Line], match: Callable[[_Line], _Section | None]) -> tuple[list[_Line], list[_Section]]:
    preamble: list[_Line] = []
    sections: list[_Section] = []
    under: list[_Line] = preamble
    for line in lines:
        if section := match(line):
            if sections:
                sections[-1] = replace(sections[-1], lines=tuple(under))
            sections.append(section)
            under = []
        else:
            under.append(line)
    if sections:
        sections[-1] = replace(sections[-1], lines=tuple(under))
    return preamble, sections


def _add(blocks: list[Block], block: Block) -> None:
    if not clean_text(block.text):
        return
    goes_on = bool(blocks) and blocks[-1].speaker == block.speaker
    blocks.append(replace(block, continues=" " if goes_on else None))


def _finish(blocks: list[Block], preamble: list[_Line], *, notes: tuple[str, ...]) -> Reading:
    metadata: dict[str, str] = {}
    if preamble:
        metadata["title"] = clean_text(preamble[0].text)
        notes = (f"Lines before the first turn (title, date, attendees) left out: {len(preamble)}", *notes)
    printed = next((found for line in preamble[:8] if (found := parse_printed_date(line.text))), None)
    if printed:
        metadata["date"] = printed
    return Reading(blocks=tuple(blocks), spoken=True, metadata=metadata, notes=notes)
