"""Sentence starts as a model sees them -> sentence starts that hold for spoken and written text."""

import re
import tomllib
from functools import lru_cache
from importlib import resources

MAX_WORDS = 50
MIN_WORDS = 10
# A stretch counts as punctuated when a sentence end is met at least once in so many words.
WORDS_PER_STOP = 40
STOP = re.compile(r"[.?!…][\"'”’)\]]*$")
CLAUSE = re.compile(
    r"\s(?=(?:and|but|so|because|cause|then|or|well|now|yeah|although|which)\s+"
    r"(?:then\s+|so\s+|now\s+)?(?:i|we|you|they|he|she|it|it's|i'm|we're|they're|there|there's|the|that|that's|this|what)\b)",
    re.IGNORECASE,
)
SPACE = re.compile(r"\s+")
# a small letter, a full stop, a space and a capital: an end that the model may miss
PLAIN_END = re.compile(r"[a-z][.?!][\"'”’)\]]*\s+(?=[A-Z])")


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = tomllib.loads(resources.files("antinomy.segment").joinpath("abbreviations.toml").read_text("utf-8"))
    return tuple(data["always"]), tuple(data["before_small"])


def repair_starts(text: str, starts: list[int]) -> list[int]:
    """Return better sentence starts for one turn.

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
    kept: list[int] = [0]
    for start in found[1:]:
        if not _joins(text, kept[-1], start, punctuated):
            kept.append(start)
    ends = [*kept[1:], len(text)]
    return [cut for start, end in zip(kept, ends, strict=True) for cut in _cut_long(text, start, end)]


def _is_punctuated(text: str) -> bool:
    words = len(SPACE.findall(text)) + 1
    stops = len(re.findall(r"[.?!…](?:\s|$)", text))
    return stops * WORDS_PER_STOP >= words


def _joins(text: str, start: int, next_start: int, punctuated: bool) -> bool:
    """Whether the boundary at ``next_start`` is to be undone."""
    before = text[start:next_start].rstrip()
    after = text[next_start:]
    if not any(character.isalnum() for character in before) or not any(c.isalnum() for c in after):
        return True
    if not text[next_start - 1].isspace():
        return True
    if before.count("[") > before.count("]") or before.count("(") > before.count(")"):
        # a bracket that never closes must not swallow the rest of the turn
        closes = re.search(r"[\])]", after[:200])
        return closes is not None
    always, before_small = _abbreviations()
    if before.endswith(always) or re.search(r"(?:^|\s)[A-Z]\.$", before):
        return True
    small = after[0].islower() or after[0].isdigit()
    if small and before.endswith(before_small):
        return True
    return punctuated and small and STOP.search(before) is None


def _cut_long(text: str, start: int, end: int) -> list[int]:
    """Cut one overlong unpunctuated stretch at clauses, then, if it must be, at any space."""
    cuts = [start]
    stretch = text[start:end]
    if len(SPACE.findall(stretch.strip())) < MAX_WORDS:
        return cuts
    clauses = [start + match.end() for match in CLAUSE.finditer(stretch)]
    for position in clauses:
        long_enough = len(SPACE.findall(text[cuts[-1] : position].strip())) + 1 >= MIN_WORDS
        rest_long_enough = len(SPACE.findall(text[position:end].strip())) + 1 >= MIN_WORDS
        if long_enough and rest_long_enough:
            cuts.append(position)
    return [cut for a, b in zip(cuts, [*cuts[1:], end], strict=True) for cut in _cut_hard(text, a, b)]


def _cut_hard(text: str, start: int, end: int, *, most: int = 4 * MAX_WORDS) -> list[int]:
    spaces = [start + match.end() for match in SPACE.finditer(text[start:end].rstrip())]
    return [start, *spaces[most - 1 :: most]]
