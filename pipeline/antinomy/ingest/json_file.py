"""Transcripts in JSON (Whisper, WhisperX, whisper.cpp, Otter, QMSum, lists of turns) -> blocks."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from antinomy.errors import InputError
from antinomy.ingest.blocks import Block, Reading, ReadOptions
from antinomy.ingest.captions import Caption, join_captions
from antinomy.ingest.decode import decode_text, describe_encoding
from antinomy.ingest.timecodes import parse_times

TEXT_KEYS = ("text", "content", "utterance", "transcript", "sentence", "speech", "message", "body", "quote", "answer")
SPEAKER_KEYS = (
    "speaker",
    "speaker_name",
    "speakerName",
    "speaker_label",
    "name",
    "author",
    "participant",
    "who",
    "role",
)
_START_KEYS = ("start", "start_time", "startTime", "begin", "from", "timestamp", "time")
_END_KEYS = ("end", "end_time", "endTime", "to")
# Lists of short pieces of speech, which are joined; in other lists an entry is a turn.
_SEGMENT_KEYS = ("segments", "transcription")
_DEPTH = 3

_Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Turns:
    """A list of objects that may be turns, with the key it stands under and the names of speaker ids."""

    key: str
    entries: tuple[_Entry, ...]
    names: Mapping[str, str]

    @property
    def weight(self) -> tuple[bool, int]:
        """Order lists: those with speakers first, then by the amount of text."""
        named = sum(_find_speaker(entry, self.names) is not None for entry in self.entries)
        return named > len(self.entries) / 2, sum(len(_find_text(entry)) for entry in self.entries)


def read_json(data: bytes, name: str, options: ReadOptions) -> Reading:
    """Read a JSON transcript, or JSON Lines with one turn a line.

    Raises:
        InputError: The JSON is damaged or nested too deeply, or no turns are found in it.
    """
    text, encoding = decode_text(data, name, max_line=None)
    notes = describe_encoding(text, encoding)
    content = _parse(text, name)
    if isinstance(content, dict) and isinstance(content.get("transcription"), list):
        content = {**content, "transcription": [_flatten_offsets(entry) for entry in content["transcription"]]}
    found = [turns for turns in _find_turns(content, "", {}, _DEPTH) if turns.weight[1]]
    if not found:
        return Reading(blocks=_read_plain(content, name), notes=notes)
    turns = max(found, key=lambda turns: turns.weight)
    return _build_reading(turns, notes)


def _parse(text: str, name: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise _refuse("the JSON is nested too deeply", name, "This is no transcript.") from error
    except ValueError as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) < 2 or not lines[0][1].rstrip().endswith("}"):
            line = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
            raise _refuse(f"the JSON is damaged ({error})", name + line, "Export the file again.") from error
        return [_parse_line(number, line, name) for number, line in lines]


def _parse_line(number: int, line: str, name: str) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        fix = "Each line must be one complete JSON object; correct or delete this line."
        raise _refuse("the line is not JSON", f"{name}, line {number}", fix) from error


def _find_turns(content: object, key: str, names: Mapping[str, str], depth: int) -> Iterator[_Turns]:
    """Yield the lists of objects at this level and up to ``depth`` levels below."""
    if isinstance(content, list):
        entries = tuple(entry for entry in content if isinstance(entry, dict))
        yield _Turns(key, entries, names)
        below = [(key, entry) for entry in entries] if len(entries) < 10 else []
    elif isinstance(content, dict):
        names = {**names, **_read_names(content.get("speakers"))}
        below = list(content.items())
    else:
        return
    for inner_key, inner in below if depth else []:
        yield from _find_turns(inner, str(inner_key), names, depth - 1)


def _read_names(speakers: object) -> dict[str, str]:
    """Return speaker ids with their names, as Otter lists them beside the turns."""
    if not isinstance(speakers, list):
        return {}
    listed = [speaker for speaker in speakers if isinstance(speaker, dict)]
    pairs = [(entry.get("id"), entry.get("speaker_name") or entry.get("name")) for entry in listed]
    return {str(number): str(name) for number, name in pairs if number is not None and name}


def _build_reading(turns: _Turns, notes: tuple[str, ...]) -> Reading:
    entries = [entry for entry in turns.entries if _find_text(entry)]
    texts = [_find_text(entry) for entry in entries]
    printed = [_first_value(entry, keys) for keys in (_START_KEYS, _END_KEYS) for entry in entries]
    times = parse_times(printed, sum(len(text.split()) for text in texts))
    starts, ends = times[: len(entries)], times[len(entries) :]
    speakers = [_find_speaker(entry, turns.names) for entry in entries]
    timed = all(time is not None for time in times)
    if turns.key in _SEGMENT_KEYS or (timed and not any(speakers)):
        captions = [
            Caption(lines=(text,), start=start, end=end, speaker=speaker)
            for text, start, end, speaker in zip(texts, starts, ends, speakers, strict=True)
        ]
        return Reading(blocks=join_captions(captions), spoken=True, notes=notes)
    blocks = tuple(
        Block(text=text, speaker=speaker, start_time=start, end_time=end)
        for text, start, end, speaker in zip(texts, starts, ends, speakers, strict=True)
    )
    return Reading(blocks=blocks, spoken=True if any(speakers) else None, notes=notes)


def _flatten_offsets(entry: object) -> object:
    """Turn whisper.cpp's offsets, which are always milliseconds, into times in seconds."""
    offsets = entry.get("offsets") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(offsets, dict):
        return entry
    seconds = {}
    for key, limit in (("start", offsets.get("from")), ("end", offsets.get("to"))):
        if isinstance(limit, (int, float)):
            seconds[key] = f"{limit / 1000:.3f}"
    return {**entry, **seconds}


def _read_plain(content: object, name: str) -> tuple[Block, ...]:
    """Return the text of an object that has nothing but a text, such as a transcript without segments."""
    text = _find_text(content) if isinstance(content, dict) else ""
    if text:
        return tuple(Block(text=paragraph) for paragraph in text.split("\n") if paragraph.strip())
    raise _refuse(
        f"no turns found: no list of objects with words under one of {', '.join(TEXT_KEYS)}",
        name,
        f"Give each turn such a key, and its speaker one of {', '.join(SPEAKER_KEYS)}; or save the text as .txt.",
    )


def _find_text(entry: _Entry) -> str:
    value = _first_value(entry, TEXT_KEYS)
    return value.strip() if isinstance(value, str) else ""


def _find_speaker(entry: _Entry, names: Mapping[str, str]) -> str | None:
    value = _first_value(entry, (*SPEAKER_KEYS, "speaker_id"))
    if isinstance(value, dict):
        value = _first_value(value, ("name", "label", "id"))
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        return None
    shown = names.get(str(value), str(value)).strip()
    return f"Speaker {shown}" if shown.isdigit() else shown or None


def _first_value(entry: _Entry, keys: Sequence[str]) -> object:
    return next((entry[key] for key in keys if entry.get(key) not in (None, "")), None)


def _refuse(what: str, where: str, fix: str) -> InputError:
    return InputError(what, where=where, fix=fix)
