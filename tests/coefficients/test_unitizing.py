"""Agreement on segments: against the literature, another library, and the formulas written out."""

from itertools import permutations

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antinomy.coefficients.tallies import compute_alpha
from antinomy.coefficients.unitizing import (
    Continuum,
    compute_unitizing,
    count_matches,
    find_gaps,
    join_segments,
    tally_characters,
)

LENGTH = 60
ONCE = np.ones((1, 1))
ends = st.sets(st.integers(0, LENGTH), min_size=2, max_size=2).map(lambda pair: tuple(sorted(pair)))
coder = st.lists(ends, max_size=5).map(join_segments)
coders = st.lists(coder, min_size=2, max_size=4)


def make(segments, length=LENGTH):
    return Continuum(length, {str(seat): own for seat, own in enumerate(segments)})


def expand(continuum):
    """One row per coder, one number per character."""
    rows = np.zeros((len(continuum.segments), continuum.length))
    for row, own in zip(rows, continuum.segments.values(), strict=True):
        for start, end in own:
            row[start:end] = 1
    return rows


def observe(segments, length):
    """Mean over ordered pairs, term by term."""
    total = 0
    for mine, theirs in permutations(segments, 2):
        for start, end in mine:
            total += sum((start - a) ** 2 + (end - b) ** 2 for a, b in theirs if min(end, b) > max(start, a))
            total += sum(2 * (end - start) ** 2 for a, b in find_gaps(theirs, length) if a <= start and end <= b)
    return total / (len(segments) * (len(segments) - 1) * length**2)


def expect(segments, length):
    marked = [end - start for own in segments for start, end in own]
    gaps = [end - start for own in segments for start, end in find_gaps(own, length)]
    total = 0
    for b in marked:
        total += (len(marked) - 1) / 3 * (2 * b**3 - 3 * b**2 + b)
        total += b**2 * sum(gap - b + 1 for gap in gaps if gap >= b)
    places = len(segments) * length
    return 2 / length * total / (places * (places - 1) - sum(b * (b - 1) for b in marked))


@given(coders)
def test_vectors_say_what_the_formulas_say(segments):
    observed, expected = compute_unitizing([make(segments)], ONCE)
    assert observed.item() == pytest.approx(observe(segments, LENGTH), abs=1e-12)
    if any(segments):
        assert expected.item() == pytest.approx(expect(segments, LENGTH), abs=1e-12)
    else:
        assert np.isnan(expected.item())


@pytest.mark.parametrize(
    ("one", "other", "observed", "alpha"),
    [
        ([(2, 10), (14, 20)], [(4, 8), (15, 17)], 0.03125, 0.553),
        ([(0, 18)], [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 9), (9, 10)], 2.26736, -0.926),
        ([(2, 8), (10, 12), (14, 18), (20, 22)], [(0, 2), (4, 8), (10, 14), (16, 18), (20, 22)], 0.02778, 0.679),
        (
            [(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)],
            [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)],
            0.38715,
            0.066,
        ),
    ],
)
def test_the_examples_of_krippendorff_1995(one, other, observed, alpha):
    """On the Reliability of Unitizing Continuous Data, Sociological Methodology 25, p. 57, where lengths grow.

    Its expected disagreement lacks a correction that the paper of 2004 has, so alpha is only near.
    """
    stretch = 50_000
    segments = [[(start * stretch, end * stretch) for start, end in own] for own in (one, other)]
    found, expected = compute_unitizing([make(segments, 24 * stretch)], ONCE)
    assert found.item() == pytest.approx(observed, abs=1e-5)
    assert (1 - found / expected).item() == pytest.approx(alpha, abs=0.02)


@given(coders, coders, coders)
def test_a_document_drawn_twice_counts_twice(one, two, three):
    documents = [make(one), make(two, 90), make(three, 70)]
    drawn = compute_unitizing(documents, np.array([[2.0, 0.0, 1.0]]))
    written = compute_unitizing([documents[0], documents[0], documents[2]], np.ones((1, 3)))
    assert drawn[0].item() == pytest.approx(written[0].item(), abs=1e-12)
    np.testing.assert_allclose(drawn[1], written[1], atol=1e-12)


@given(coders)
def test_characters_are_units(segments):
    continuum = make(segments)
    rows = expand(continuum)
    found = compute_alpha(tally_characters([continuum], list(continuum.segments))[0]).item()
    if len(np.unique(rows)) < 2:
        assert np.isnan(found)
    else:
        alpha = krippendorff.alpha(reliability_data=rows, level_of_measurement="nominal")
        assert found == pytest.approx(alpha, abs=1e-9)


def test_a_coder_who_did_not_read_a_document_says_nothing_about_it():
    both, lone = make([[(0, 4)], [(0, 4)]], 10), Continuum(10, {"0": [(3, 9)], "2": []})
    sums = tally_characters([both, lone], ["0", "1", "2"])
    rows = np.full((3, 20), np.nan)
    rows[0, :10] = rows[1, :10] = [1] * 4 + [0] * 6
    rows[0, 10:] = [0] * 3 + [1] * 6 + [0]
    rows[2, 10:] = 0
    alpha = krippendorff.alpha(reliability_data=rows, level_of_measurement="nominal")
    assert compute_alpha(sums.sum(axis=0)).item() == pytest.approx(alpha, abs=1e-9)


@given(coder, coder)
def test_matches_do_not_depend_on_who_comes_first(one, other):
    assert count_matches([make([one, other])]).tolist() == count_matches([make([other, one])]).tolist()


@given(coder)
def test_a_coder_matches_a_copy(own):
    counts = count_matches([make([own, own])])[0]
    assert counts.tolist() == [2.0 * len(own)] * 4
    observed, expected = compute_unitizing([make([own, own])], ONCE)
    assert observed.item() == 0
    assert np.isnan(expected.item()) == (not own)


def test_halves_match_one_each():
    counts = count_matches([make([[(0, 10), (10, 20)], [(0, 5), (5, 15), (15, 20)]])])[0]
    assert counts.tolist() == [5.0, 4.0, 0.0, 0.0]
