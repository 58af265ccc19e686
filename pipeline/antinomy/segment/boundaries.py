"""Sentence starts as a model sees them -> sentence starts that hold for spoken and written text."""

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import pairwise

MAX_WORDS = 50
MIN_WORDS = 10
# A stretch counts as punctuated when a sentence end is met at least once in so many words.
WORDS_PER_STOP = 40
# how far before an end abbreviations, initials and marks are looked for, and how far after it a closing bracket
TAIL = 20
BRACKET_REACH = 200
STOP = re.compile(r"[.?!…][\"'”’)\]]*$")
CLAUSE = re.compile(
    r"\s(?=(?:and|but|so|because|cause|then|or|well|now|yeah|although|which)\s+"
    r"(?:then\s+|so\s+|now\s+)?(?:i|we|you|they|he|she|it|it's|i'm|we're|they're|there|there's|the|that|that's|this|what)\b)",
    re.IGNORECASE,
)
INITIAL = re.compile(r"(?:^|\s)[A-Z]\.$")
CLOSING = re.compile(r"[\])]")
WORD = re.compile(r"\S+")
SPACE = re.compile(r"\s+")
# a small letter, a full stop, a space and a capital: an end that the model may miss
PLAIN_END = re.compile(r"[a-z][.?!][\"'”’)\]]*\s+(?=[A-Z])")


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = tomllib.loads(resources.files("antinomy.segment").joinpath("abbreviations.toml").read_text("utf-8"))
    return tuple(data["always"]), tuple(data["before_small"])


def repair_starts(text: str, starts: list[int]) -> list[int]:
    """Return better sentence starts for one turn, in time that grows with its length alone.

    Plain ends that the model missed are added; ends after abbreviations and inside brackets are
    undone; in punctuated text an end needs punctuation; what is still longer than 50 words is cut
    at clauses.

    Args:
        text: The turn's text.
        starts: Offsets at which the model begins a sentence, ascending, the first being 0.

    >>> repair_starts("It broke, e.g. on Monday. We waited.", [0, 15, 26])
    [0, 26]
    """
    punctuated = _is_punctuated(text)
    found = sorted({*starts, *(match.end() for match in PLAIN_END.finditer(text))})
    last_word = next((offset for offset in reversed(range(len(text))) if text[offset].isalnum()), -1)
    kept: list[int] = [0]
    before = _Stretch(0)
    for previous, start in pairwise(found):
        before.take_up(text, previous, start)
        if start <= last_word and not _joins(text, before, start, punctuated):
            kept.append(start)
            before = _Stretch(start)
    ends = [*kept[1:], len(text)]
    return [cut for start, end in zip(kept, ends, strict=True) for cut in _cut_long(text, start, end)]


@dataclass(slots=True)
class _Stretch:
    """What has been read since the last start that was kept.

    Attributes:
        start: That start.
        end: Offset after the last character that is no white space.
        spoken: Whether there is a letter or digit.
        round: How many round brackets are open.
        square: How many square brackets are open.
    """

    start: int
    end: int = 0
    spoken: bool = False
    round: int = 0
    square: int = 0

    def take_up(self, text: str, start: int, end: int) -> None:
        """Add the text that follows."""
        piece = text[start:end].rstrip()
        if piece:
            self.end = start + len(piece)
        self.spoken = self.spoken or any(character.isalnum() for character in piece)
        self.round += piece.count("(") - piece.count(")")
        self.square += piece.count("[") - piece.count("]")


def _is_punctuated(text: str) -> bool:
    words = len(SPACE.findall(text)) + 1
    stops = len(re.findall(r"[.?!…](?:\s|$)", text))
    return stops * WORDS_PER_STOP >= words


def _joins(text: str, before: _Stretch, next_start: int, punctuated: bool) -> bool:
    """Whether the boundary at ``next_start`` is to be undone."""
    if not before.spoken or not text[next_start - 1].isspace():
        return True
    if before.round > 0 or before.square > 0:
        # a bracket that never closes must not swallow the rest of the turn
        return CLOSING.search(text, next_start, next_start + BRACKET_REACH) is not None
    tail = text[max(before.start, before.end - TAIL) : before.end]
    always, before_small = _abbreviations()
    if tail.endswith(always) or INITIAL.search(tail):
        return True
    small = text[next_start].islower() or text[next_start].isdigit()
    if small and tail.endswith(before_small):
        return True
    return punctuated and small and STOP.search(tail) is None


def _cut_long(text: str, start: int, end: int) -> list[int]:
    """Cut one overlong unpunctuated stretch at clauses, then, if it must be, at any space."""
    words = [match.start() for match in WORD.finditer(text, start, end)]
    if len(words) <= MAX_WORDS:
        return [start]
    cuts, first = [start], 0
    for match in CLAUSE.finditer(text, start, end):
        here = bisect_left(words, match.end())
        if here - first >= MIN_WORDS and len(words) - here >= MIN_WORDS:
            cuts.append(match.end())
            first = here
    return [cut for a, b in zip(cuts, [*cuts[1:], end], strict=True) for cut in _cut_hard(text, a, b)]


def _cut_hard(text: str, start: int, end: int, *, most: int = 4 * MAX_WORDS) -> list[int]:
    spaces = [start + match.end() for match in SPACE.finditer(text[start:end].rstrip())]
    return [start, *spaces[most - 1 :: most]]
