"""Segments that coders cut themselves -> agreement on where a code lies: alpha for unitizing, alpha per character, F1.

All statistics are of one code. What a document adds is summed first, so that draws of documents only weigh documents;
the sample is a row of weights of ones. Segments are half-open ranges of characters; those of one coder do not overlap
(``join_segments``), but may touch: two neighbouring segments are not one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from antinomy.coefficients.cells import divide
from antinomy.coefficients.tallies import SUMS, tally_units
from antinomy.resample import Floats, Ints

Segment = tuple[int, int]

THRESHOLDS = (0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Continuum:
    """One document and what each coder who read it marked in it.

    Attributes:
        length: Characters.
        segments: Coder -> segments of the code, sorted, apart from each other; empty for "read, found none".
    """

    length: int
    segments: Mapping[str, Sequence[Segment]]


def join_segments(segments: Sequence[Segment]) -> list[Segment]:
    """Sort segments and make one of those that overlap.

    >>> join_segments([(5, 9), (0, 3), (2, 4), (4, 5)])
    [(0, 4), (4, 5), (5, 9)]
    """
    joined: list[Segment] = []
    for start, end in sorted(segments):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def find_gaps(segments: Sequence[Segment], length: int) -> list[Segment]:
    """Return what lies between segments, as long as it is something."""
    ends = [0, *(end for _, end in segments)]
    starts = [*(start for start, _ in segments), length]
    return [(end, start) for end, start in zip(ends, starts, strict=True) if start > end]


def compute_unitizing(continua: Sequence[Continuum], weights: Floats) -> tuple[Floats, Floats]:
    """Observed and expected disagreement of Krippendorff's alpha for unitizing; alpha is 1 − observed/expected.

    The formulas are those of Krippendorff (2004), Measuring the Reliability of Qualitative Text Analysis Data, Quality
    and Quantity 38, appendix; of several codes together alpha is 1 − Σ observed / Σ expected. There all coders read one
    text. Here texts follow each other, nothing reaches from one into the next, and a text counts for the coders who
    read it, in the observed term as the mean over their pairs.

    Args:
        continua: Documents that two coders or more read.
        weights: How often each document was drawn, (draws, documents).

    Returns:
        Two arrays of shape (draws,); expected is nan where nobody marked anything.

    >>> one = Continuum(300, {"i": [(75, 145), (220, 250)], "j": [(70, 150), (205, 225), (250, 270)]})
    >>> two = Continuum(300, {"i": [(30, 90), (150, 200)], "j": [(30, 90), (150, 200)]})
    >>> (do_c, de_c), (do_k, de_k) = (compute_unitizing([found], np.ones((1, 1))) for found in (one, two))
    >>> [round(value.item(), 4) for value in (do_c, de_c, 1 - do_c / de_c, de_k)]
    [0.0144, 0.0532, 0.7286, 0.049]
    >>> round((1 - (do_c + do_k) / (de_c + de_k)).item(), 3)
    0.859
    """
    lengths = np.array([one.length for one in continua], dtype=float)
    total = weights @ lengths
    observed = divide(weights @ np.array([_sum_mismatch(one) for one in continua]), total**2)
    return observed, _expect(continua, weights, total)


def _sum_mismatch(one: Continuum) -> float:
    """Mean over pairs of coders of the squared mismatch between their segments."""
    pairs = list(combinations(one.segments.values(), 2))
    return sum(_measure_mismatch(first, second, one.length) for first, second in pairs) / len(pairs)


def _measure_mismatch(first: Sequence[Segment], second: Sequence[Segment], length: int) -> float:
    """Sum what two coders' segments and gaps are apart: of overlapping segments the squared distances of their ends."""
    found = 0
    for start, end in first:
        for other_start, other_end in second:
            if min(end, other_end) > max(start, other_start):
                found += (start - other_start) ** 2 + (end - other_end) ** 2
    for mine, theirs in ((first, second), (second, first)):
        gaps = find_gaps(theirs, length)
        found += sum(
            (end - start) ** 2 for start, end in mine if any(low <= start and end <= high for low, high in gaps)
        )
    return float(found)


def _expect(continua: Sequence[Continuum], weights: Floats, total: Floats) -> Floats:
    """Disagreement of segments and gaps of these lengths that lie anywhere, (draws,)."""
    marked, marked_in = _measure_lengths([list(one.segments.values()) for one in continua])
    spaces = [[find_gaps(own, one.length) for own in one.segments.values()] for one in continua]
    gaps, gaps_in = _measure_lengths(spaces)
    if not len(marked):
        return np.full(len(weights), np.nan)
    falling = np.argsort(-gaps, kind="stable")
    gaps, gaps_in = gaps[falling], gaps_in[falling]
    drawn, drawn_gaps = weights[:, marked_in], weights[:, gaps_in]
    # for each segment, over all gaps that it fits into: their number, and the sum of their lengths
    nothing = np.zeros((len(weights), 1))
    fitting = np.searchsorted(-gaps, -marked, side="right")
    number = np.concatenate([nothing, drawn_gaps.cumsum(axis=1)], axis=1)[:, fitting]
    length = np.concatenate([nothing, (drawn_gaps * gaps).cumsum(axis=1)], axis=1)[:, fitting]
    count = drawn.sum(axis=1)
    overlaps = (2 * marked**3 - 3 * marked**2 + marked) * (count[:, None] - 1) / 3
    alone = marked**2 * (length - (marked - 1) * number)
    coders = np.array([len(one.segments) for one in continua], dtype=float)
    places = weights @ (coders * np.array([one.length for one in continua]))
    pairs = places * (places - 1) - (drawn * marked * (marked - 1)).sum(axis=1)
    found = 2 / np.where(total > 0, total, np.nan) * (drawn * (overlaps + alone)).sum(axis=1)
    return np.where(count > 0, divide(found, pairs), np.nan)


def _measure_lengths(documents: Sequence[Sequence[Sequence[Segment]]]) -> tuple[Floats, Ints]:
    """Return lengths of all segments and the number of the document of each."""
    found = [
        (end - start, number)
        for number, coders in enumerate(documents)
        for segments in coders
        for start, end in segments
    ]
    lengths = np.array([length for length, _ in found], dtype=float)
    return lengths, np.array([number for _, number in found], dtype=np.int64)


def tally_characters(continua: Sequence[Continuum], coders: Sequence[str]) -> Floats:
    """Sum what ``coefficients.tallies`` needs over the characters of each document, (documents, 7).

    A character is a unit, and whether it lies in a segment of the code is its coding.

    >>> one = Continuum(24, {"Bertha": [(2, 10), (14, 20)], "Bill": [(4, 8), (15, 17)]})
    >>> from antinomy.coefficients.tallies import compute_alpha
    >>> round(compute_alpha(tally_characters([one], ["Bertha", "Bill"])[0]).item(), 3)
    0.329
    """
    sums = np.zeros((len(continua), SUMS))
    for number, one in enumerate(continua):
        cuts = {0, one.length, *(place for own in one.segments.values() for segment in own for place in segment)}
        edges = np.array(sorted(cuts), dtype=np.int64)
        ratings = np.full((len(edges) - 1, len(coders)), -1, dtype=np.int8)
        for seat, coder in enumerate(coders):
            if coder in one.segments:
                ratings[:, seat] = 0
                for start, end in one.segments[coder]:
                    ratings[np.searchsorted(edges, start) : np.searchsorted(edges, end), seat] = 1
        sums[number] = np.diff(edges) @ tally_units(ratings)
    return sums


def count_matches(continua: Sequence[Continuum]) -> Floats:
    """Count, per document, what F1 of segments needs, over pairs of coders.

    Two segments match if what they share is at least a threshold of what they cover together (intersection over
    union); each matches one other at most.

    Returns:
        Segments of both coders, and of these those that match at each of ``THRESHOLDS``: (documents, 1 + thresholds).

    >>> one = Continuum(24, {"Bertha": [(2, 10), (14, 20)], "Bill": [(4, 8), (15, 17)]})
    >>> count_matches([one]).tolist()
    [[4.0, 2.0, 0.0, 0.0]]
    """
    counts = np.zeros((len(continua), 1 + len(THRESHOLDS)))
    for number, one in enumerate(continua):
        for first, second in combinations(one.segments.values(), 2):
            counts[number, 0] += len(first) + len(second)
            for place, threshold in enumerate(THRESHOLDS, start=1):
                counts[number, place] += 2 * _match(first, second, threshold)
    return counts


def _match(first: Sequence[Segment], second: Sequence[Segment], threshold: float) -> int:
    """Count matches from left to right: at one half and above a segment has two candidates at most, so none is lost."""
    found, at = 0, 0
    for start, end in first:
        for place in range(at, len(second)):
            other_start, other_end = second[place]
            shared = min(end, other_end) - max(start, other_start)
            if shared > 0 and shared >= threshold * (end - start + other_end - other_start - shared):
                found, at = found + 1, place + 1
                break
    return found
