"""Segments that coders cut themselves -> codes of sentences, so that they can be compared with any other coding.

The rule: a segment codes every sentence of which it covers at least half; a segment that covers half of no sentence
codes the one that holds most of it (the first of equals). A segment that touches no sentence, because it lies in what
an interviewer said or between turns, codes nothing and is counted. So is one whose quoted words are not those at its
offsets: it was cut from another version of the text. Sentences of a document that a coder read carry no code where
nothing is marked.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from antinomy.agreement.align import plain
from antinomy.agreement.codings import CodedUnit
from antinomy.agreement.segments import MarkedSegment

SHARE = 0.5


@dataclass(slots=True)
class Mapped:
    """What became of the segments of one coder.

    Attributes:
        segments: With a code.
        whole: Covered half or more of one sentence.
        spread: Covered half or more of several.
        held: Covered half of none, and went to the one that holds most of them.
        dropped: Touched no sentence.
        misquoted: Quote other words than stand there.
        sentences: That the coder coded, with or without a code.
        coded: Of these, with a code.
    """

    segments: int = 0
    whole: int = 0
    spread: int = 0
    held: int = 0
    dropped: int = 0
    misquoted: int = 0
    sentences: int = 0
    coded: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts as JSON data."""
        return asdict(self)


def map_segments(
    segments: Sequence[MarkedSegment], units: Sequence[CodedUnit]
) -> tuple[list[CodedUnit], dict[str, Mapped]]:
    """Give sentences the codes of segments.

    Args:
        segments: Of any coders.
        units: Sentences with their places in the documents' texts; those without are left out.

    Returns:
        The sentences of documents that any of these coders read, in their order, with the codings of these coders
        alone; and what became of each coder's segments.
    """
    sentences: dict[str, list[int]] = {}
    for number, unit in enumerate(units):
        if unit.place is not None:
            sentences.setdefault(unit.document, []).append(number)
    for numbers in sentences.values():
        numbers.sort(key=lambda number: _find_place(units[number]))
    starts = {document: [_find_place(units[n])[0] for n in numbers] for document, numbers in sentences.items()}
    counts = {segment.coder: Mapped() for segment in segments}
    codings: dict[int, dict[str, frozenset[str]]] = {}
    for document, coder in dict.fromkeys((segment.document, segment.coder) for segment in segments):
        for number in sentences.get(document, ()):
            codings.setdefault(number, {})[coder] = frozenset()
    for segment in segments:
        if not segment.codes:
            continue
        count = counts[segment.coder]
        count.segments += 1
        numbers = sentences.get(segment.document, [])
        first = max(0, bisect_right(starts.get(segment.document, []), segment.start) - 1)
        touched = _find_touched(segment, units, numbers[first:])
        if segment.text and any(_differ(words, segment.text) for _, _, words in touched):
            count.misquoted += 1
            continue
        for number in _choose(touched, count):
            codings[number][segment.coder] |= segment.codes
    for given in codings.values():
        for coder, codes in given.items():
            counts[coder].sentences += 1
            counts[coder].coded += bool(codes)
    return [replace(units[number], codings=codings[number]) for number in sorted(codings)], counts


def _find_place(unit: CodedUnit) -> tuple[int, int]:
    if unit.place is None:
        raise ValueError(f"unit {unit.id} has no place")
    return unit.place


def _find_touched(
    segment: MarkedSegment, units: Sequence[CodedUnit], numbers: Sequence[int]
) -> list[tuple[int, float, str]]:
    """Return the sentences that a segment shares characters with: number, share of the sentence, shared words."""
    touched = []
    for number in numbers:
        start, end = _find_place(units[number])
        if start >= segment.end:
            break
        low, high = max(start, segment.start), min(end, segment.end)
        if high > low:
            touched.append((number, (high - low) / (end - start), units[number].text[low - start : high - start]))
    return touched


def _differ(words: str, quoted: str) -> bool:
    """Whether words are not among those that are quoted; signs alone prove nothing."""
    return any(sign.isalnum() for sign in words) and plain(words) not in plain(quoted)


def _choose(touched: Sequence[tuple[int, float, str]], count: Mapped) -> list[int]:
    chosen = [number for number, share, _ in touched if share >= SHARE]
    if not touched:
        count.dropped += 1
    elif not chosen:
        count.held += 1
        chosen = [max(touched, key=lambda found: len(found[2]))[0]]
    elif len(chosen) == 1:
        count.whole += 1
    else:
        count.spread += 1
    return chosen
