"""Control charts against published examples and by simulation with fixed seeds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antinomy.drift.charts import Counts, accumulate, draw_chart, find_likeness, find_onset, find_spread, smooth_scores

# NIST/SEMATECH e-Handbook, 6.3.3.2: defective chips on 30 wafers of 50.
WAFERS = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# 6.3.2.4, with a memory of .3 and a target of 50.
WEEKS = "52.0 47.0 53.0 49.3 50.1 47.0 51.0 50.1 51.2 50.5 49.6 47.6 49.9 51.3 47.8 51.2 52.6 52.4 53.6 52.1"
SMOOTH = (
    "50.60 49.52 50.56 50.18 50.16 49.21 49.75 49.85 50.26 50.33 "
    "50.11 49.36 49.52 50.05 49.38 49.92 50.73 51.23 51.94 51.99"
)


def make(coded, size=50):
    """One document per period."""
    return Counts(np.array(coded, dtype=float), np.full(len(coded), float(size)), np.arange(len(coded)))


def test_a_p_chart_where_documents_are_not_alike():
    counts = make(WAFERS)
    centre = sum(WAFERS) / (30 * 50)
    spread = find_spread(centre, counts, 0.0)
    assert centre == pytest.approx(0.2313, abs=5e-5)
    assert centre - 3 * spread[0] == pytest.approx(0.0524, abs=2e-4)
    assert centre + 3 * spread[0] == pytest.approx(0.4103, abs=2e-4)


def test_an_exponentially_weighted_mean():
    weeks = np.array([float(week) for week in WEEKS.split()])
    found = 50 + smooth_scores(weeks - 50, 0.3)
    assert found == pytest.approx([float(value) for value in SMOOTH.split()], abs=0.011)


def test_documents_that_are_alike_widen_the_limits():
    loose = draw_chart(make([0, 25] * 10), 12)
    tight = draw_chart(make([12, 13] * 10), 12)
    assert loose.spread[0] > 5 * tight.spread[0]
    assert not loose.alarms.any()


def test_a_doubling_gives_alarm_and_is_dated():
    random = np.random.default_rng(4)
    shares = np.where(np.arange(40) < 25, 0.05, 0.15)
    chart = draw_chart(make(random.binomial(100, shares), 100), 20)
    first = int(np.flatnonzero(chart.alarms)[0])
    assert 25 <= first <= 29
    assert abs(find_onset(chart.rising, first) - 25) <= 1
    assert not chart.alarms[:25].any()


def test_a_fall_gives_alarm_too():
    random = np.random.default_rng(5)
    shares = np.where(np.arange(60) < 25, 0.3, 0.1)
    chart = draw_chart(make(random.binomial(100, shares), 100), 20)
    first = int(np.flatnonzero(chart.alarms)[0])
    assert chart.smooth[first] < 0
    assert abs(find_onset(chart.falling, first) - 25) <= 3


@pytest.mark.parametrize("coded", [[0] * 15, [50] * 15, [0] * 12 + [9, 9, 9]])
def test_nothing_is_known_of_what_never_varies(coded):
    assert draw_chart(make(coded), 12) is None


def test_a_baseline_gives_no_alarm():
    assert not draw_chart(make([1, 40] * 6 + [20]), 12).alarms[:12].any()


def test_likeness_between_none_and_all():
    random = np.random.default_rng(1)
    sizes = np.full(4000, 20.0)
    apart = random.binomial(20, 0.2, 4000).astype(float)
    alike = random.binomial(20, random.beta(0.2 * 9, 0.8 * 9, 4000)).astype(float)
    assert find_likeness(apart, sizes) == pytest.approx(0, abs=0.01)
    assert find_likeness(alike, sizes) == pytest.approx(0.1, abs=0.01)
    assert find_likeness(np.array([3.0]), np.array([9.0])) == 0


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30))
def test_sums_are_never_negative_and_mirror_each_other(scores):
    rising, falling = accumulate(np.array(scores))
    assert (rising >= 0).all()
    assert (falling >= 0).all()
    mirrored = accumulate(-np.array(scores))
    np.testing.assert_allclose(mirrored[0], falling)
    np.testing.assert_allclose(mirrored[1], rising)
