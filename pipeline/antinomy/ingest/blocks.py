"""Blocks of text as a reader finds them -> the frozen text, turns and anchors of a Document."""

import re
import unicodedata
from dataclasses import dataclass, field

from antinomy.records import Anchor, Role, Turn

PARAGRAPH = "\n\n"
# half a character, as JSON can hold it; no UTF-8 file can
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, cue, table row or piece of one.

    Attributes:
        text: The words only: a speaker's name or timecode that the source prints is not among them.
        speaker: Who says it, where the source tells.
        role: Interviewer or respondent, where the source itself tells (not guessed).
        start_time: Seconds, where given.
        end_time: Seconds, where given.
        page: Page from 1, where the source has pages.
        continues: What joins this block to the one before (`` `` or nothing); None begins a new turn.
    """

    text: str
    speaker: str | None = None
    role: Role | None = None
    start_time: float | None = None
    end_time: float | None = None
    page: int | None = None
    continues: str | None = None

    def __post_init__(self) -> None:
        # here and not only in the frozen text, because headers and notes are made from blocks
        object.__setattr__(self, "text", _replace_surrogates(self.text))
        if self.speaker:
            object.__setattr__(self, "speaker", _replace_surrogates(self.speaker))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader returns.

    Attributes:
        blocks: The text in reading order.
        spoken: True where the format itself says that this is talk (subtitles, a Whisper file); None
            where the blocks have to be searched for speaker marks.
        metadata: What the file says about itself (front matter, core properties, a date line).
        notes: What a person should know about how the file was read.
    """

    blocks: tuple[Block, ...]
    spoken: bool | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        whole = {key: _replace_surrogates(value) for key, value in self.metadata.items()}
        object.__setattr__(self, "metadata", whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a person may say about the files.

    Attributes:
        text_column: Name of the column that holds the words, in tables.
        speaker_column: Name of the column that holds the speaker, in tables.
        interviewers: Names of interviewers; empty means: recognise them.
    """

    text_column: str | None = None
    speaker_column: str | None = None
    interviewers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frozen:
    """Text with the turns and anchors that point into it."""

    text: str
    turns: tuple[Turn, ...]
    anchors: tuple[Anchor, ...]


def clean_text(text: str) -> str:
    r"""Return NFC text without control characters, with single spaces; line breaks become spaces.

    Half a character (a lone surrogate) becomes U+FFFD.

    >>> clean_text("to\u00a0the\tline\u200b  today")
    'to the line today'
    """
    text = unicodedata.normalize("NFC", _replace_surrogates(text))
    text = re.sub(r"[\u200b-\u200d\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def _replace_surrogates(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def freeze(blocks: tuple[Block, ...]) -> Frozen:
    """Lay blocks out as ``Speaker: words`` paragraphs; empty blocks leave no trace.

    A turn covers the words only, so the printed name is never labelled. Blocks that continue the one
    before become part of its turn; their pages and times stay as anchors.
    """
    parts: list[str] = []
    turns: list[Turn] = []
    anchors: list[Anchor] = []
    length = 0
    for block in blocks:
        words = clean_text(block.text)
        if not words:
            continue
        joins = block.continues is not None and bool(turns)
        if joins:
            lead = block.continues or ""
        else:
            lead = PARAGRAPH if turns else ""
            if block.speaker:
                lead += f"{clean_text(block.speaker)}: "
        start = length + len(lead)
        end = start + len(words)
        parts += (lead, words)
        length = end
        if (block.page, block.start_time) != (None, None):
            anchors.append(Anchor(start, block.page, block.start_time))
        turns.append(_extend(turns.pop(), block, end) if joins else _begin(block, start, end))
    return Frozen("".join(parts), tuple(turns), tuple(anchors))


def _begin(block: Block, start: int, end: int) -> Turn:
    speaker = clean_text(block.speaker) if block.speaker else None
    role: Role = block.role or ("respondent" if speaker else "document")
    return Turn(start=start, end=end, speaker=speaker, role=role, start_time=block.start_time, end_time=block.end_time)


def _extend(turn: Turn, block: Block, end: int) -> Turn:
    end_time = block.end_time if block.end_time is not None else turn.end_time
    return Turn(
        start=turn.start,
        end=end,
        speaker=turn.speaker,
        role=turn.role,
        start_time=turn.start_time,
        end_time=end_time,
    )
