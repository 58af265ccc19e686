"""Rows of a table -> blocks, after finding out which column holds what."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from antinomy.errors import InputError
from antinomy.ingest.blocks import Block, Reading, ReadOptions
from antinomy.ingest.marks import label_kind
from antinomy.ingest.timecodes import parse_times

Row = tuple[int, tuple[str, ...]]  # row number in the file, cells

_TEXT = "text utterance content transcript transcription speech words sentence quote statement response answer comment "
_TEXT_NAMES = (*_TEXT.split(), "spoken text", "verbatim", "talk", "passage", "body", "message", "paragraph")
_SPEAKER_NAMES = (
    *("speaker", "speaker name", "speaker label", "name", "participant", "respondent", "interviewee", "person"),
    *("who", "author", "user", "speaker id", "participant id", "respondent id", "id"),
)
_START_NAMES = ("start", "start time", "begin", "begin time", "from", "in", "start ms", "timestamp", "time", "timecode")
_END_NAMES = ("end", "end time", "to", "out", "end ms", "stop")
_HEADER_ROWS = 10
_MIN_LENGTH = 20


def read_rows(rows: Sequence[Row], name: str, options: ReadOptions, *, notes: tuple[str, ...]) -> Reading:
    """Return one block per row that has words.

    Args:
        rows: All rows with something in them, the header among them.
        name: The file's name, for messages.
        options: May name the columns.
        notes: What was already said about the file.

    Raises:
        InputError: The table is empty, has no plain text column, or lacks a column named in the options.
    """
    if not rows:
        raise InputError("the table is empty", where=name, fix="Check that it is the right file.")
    header, body = _split_header(rows, options)
    text = _find_text(header, body, name, options)
    speaker = _find_speaker(header, body, text, name, options)
    blocks = _build_blocks(header, body, text, speaker)
    if speaker is None:
        return Reading(blocks=blocks, notes=notes)
    filled = _fill_down(blocks)
    missing = sum(block.speaker is None for block in blocks)
    if missing:
        notes = (*notes, f"Rows without a speaker, given to the speaker of the row above: {missing}")
    return Reading(blocks=filled, spoken=True, notes=notes)


def _split_header(rows: Sequence[Row], options: ReadOptions) -> tuple[tuple[str, ...], Sequence[Row]]:
    """Find the row that names the columns, also below a title; number the columns if there is none."""
    wanted = {_plain(column) for column in (options.text_column, options.speaker_column) if column}
    wanted |= {*_TEXT_NAMES, *_SPEAKER_NAMES}
    for place, (_, cells) in enumerate(rows[:_HEADER_ROWS]):
        if wanted & {_plain(cell) for cell in cells} and all(len(cell) < 60 for cell in cells):
            return cells, rows[place + 1 :]
    first = rows[0][1]
    below = [len(cell) for _, cells in rows[1:20] for cell in cells]
    if len(first) > 1 and all(0 < len(cell) < 60 and not cell[0].isdigit() for cell in first) and below:
        if max(map(len, first)) < max(below) / 2 and not any(cell.endswith((".", "!")) for cell in first):
            return first, rows[1:]
    width = max(len(cells) for _, cells in rows)
    return tuple(f"column {number}" for number in range(1, width + 1)), rows


def _find_text(header: tuple[str, ...], body: Sequence[Row], name: str, options: ReadOptions) -> int:
    if options.text_column:
        return _find_named(header, options.text_column, "--text-column", name)
    known = _first_of(header, _TEXT_NAMES)
    if known is not None:
        return known
    lengths = [_mean_length(body, column) for column in range(len(header))]
    longest, *others = sorted(lengths, reverse=True) or [0.0]
    if longest >= _MIN_LENGTH and longest > 2 * max(others, default=0.0):
        return lengths.index(longest)
    raise InputError(
        f"no column plainly holds the words; the columns are: {', '.join(header)}",
        where=name,
        fix="Name the column with --text-column.",
    )


def _find_speaker(
    header: tuple[str, ...], body: Sequence[Row], text: int, name: str, options: ReadOptions
) -> int | None:
    if options.speaker_column:
        return _find_named(header, options.speaker_column, "--speaker-column", name)
    known = _first_of(header, _SPEAKER_NAMES)
    if known is not None and known != text and _looks_like_names(body, known):
        return known
    if not header[0].startswith("column "):
        return None
    return next((column for column in range(len(header)) if column != text and _looks_like_names(body, column)), None)


def _looks_like_names(body: Sequence[Row], column: int) -> bool:
    """Tell speakers, who come back, from numbers and ids of one row each."""
    cells = [_cell(row, column) for row in body]
    named = [cell for cell in cells if any(letter.isalpha() for letter in cell)]
    repeated = len(set(named)) < len(named) or len(body) < 4
    return len(named) > len(cells) / 4 and repeated and all(len(cell) <= 60 for cell in named)


def _build_blocks(header: tuple[str, ...], body: Sequence[Row], text: int, speaker: int | None) -> tuple[Block, ...]:
    start, end = _first_of(header, _START_NAMES), _first_of(header, _END_NAMES)
    role = _first_of(header, ("role",))
    filled = [row for row in body if _cell(row, text)]
    printed = [_cell(row, column) for column in (start, end) for row in filled]
    times = parse_times(printed, sum(len(_cell(row, text).split()) for row in filled))
    return tuple(
        Block(
            text=_cell(row, text),
            speaker=_cell(row, speaker).rstrip(":") or None,
            role="interviewer" if label_kind(_cell(row, role)) == "interviewer" else None,
            start_time=begin,
            end_time=finish,
        )
        for row, begin, finish in zip(filled, times[: len(filled)], times[len(filled) :], strict=True)
    )


def _fill_down(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give rows without a speaker the one above, as in merged cells."""
    filled, speaker = list[Block](), None
    for block in blocks:
        speaker = block.speaker or speaker
        filled.append(replace(block, speaker=speaker))
    return tuple(filled)


def _find_named(header: tuple[str, ...], column: str, option: str, name: str) -> int:
    places = [place for place, title in enumerate(header) if _plain(title) == _plain(column)]
    if places:
        return places[0]
    raise InputError(
        f"there is no column '{column}'; the columns are: {', '.join(header)}",
        where=name,
        fix=f"Name one of them with {option}.",
    )


def _first_of(header: tuple[str, ...], names: Sequence[str]) -> int | None:
    plain = [_plain(title) for title in header]
    return next((plain.index(name) for name in names if name in plain), None)


def _plain(title: str) -> str:
    return " ".join(title.replace("_", " ").replace("-", " ").casefold().split())


def _mean_length(body: Sequence[Row], column: int) -> float:
    return fmean([len(_cell(row, column)) for row in body[:500]] or [0])


def _cell(row: Row, column: int | None) -> str:
    cells = row[1]
    return cells[column].strip() if column is not None and column < len(cells) else ""
