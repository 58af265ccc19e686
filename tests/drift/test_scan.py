import numpy as np
import pytest

from antinomy.drift.scan import adjust, list_stretches, scan_changes

WHEN = np.repeat(np.arange(10), 3)


def scan(above, below=None, periods=WHEN, **more):
    below = np.full(len(above), 20.0) if below is None else below
    return scan_changes(np.array(above, dtype=float)[:, None], below, periods, draws=199, seed=1, **more)[0]


def test_a_step_is_found_where_it_is():
    random = np.random.default_rng(2)
    change = scan(random.binomial(20, np.where(WHEN < 6, 0.1, 0.5)))
    assert (change.period, change.until) == (6, None)
    assert change.p == pytest.approx(1 / 200)
    assert (change.before, change.after) == (pytest.approx(0.1, abs=0.06), pytest.approx(0.5, abs=0.1))


def test_what_rises_and_falls_again_is_found_with_both_ends():
    random = np.random.default_rng(4)
    change = scan(random.binomial(20, np.where((WHEN >= 4) & (WHEN < 7), 0.5, 0.1)))
    assert (change.period, change.until) == (4, 7)
    assert (change.before, change.after) == (pytest.approx(0.1, abs=0.06), pytest.approx(0.5, abs=0.1))


def test_stretches_of_long_series_stay_few():
    stretches = list_stretches(500)
    assert len(stretches) < 12_000
    assert ((stretches[:, 1] - stretches[:, 0] >= 2) & (stretches[:, 0] >= 2)).all()
    assert len({tuple(row) for row in stretches}) == len(stretches)


def test_chance_explains_noise_as_often_as_it_says():
    random = np.random.default_rng(3)
    found = [scan(random.binomial(20, random.beta(2, 8, 30))).p for _ in range(120)]
    assert np.mean(np.array(found) <= 0.1) == pytest.approx(0.1, abs=0.07)


def test_periods_that_are_alike_within_are_shuffled_whole():
    when = np.repeat(np.arange(24), 4)
    random = np.random.default_rng(5)
    found = []
    for _ in range(60):
        rate = random.beta(2, 18, 24)[when]
        found.append(scan(random.binomial(20, rate), periods=when).p)
    assert np.mean(np.array(found) <= 0.1) <= 0.2


def test_order_of_the_rows_does_not_matter():
    random = np.random.default_rng(7)
    coded, order = random.binomial(20, 0.2, 30), np.random.default_rng(8).permutation(30)
    one, other = scan(coded), scan(coded[order], periods=WHEN[order])
    assert (one.period, one.before, one.after) == (
        other.period,
        pytest.approx(other.before),
        pytest.approx(other.after),
    )


@pytest.mark.parametrize(
    ("coded", "when"),
    [([1, 2, 3], np.arange(3)), ([], np.zeros(0, dtype=np.int64)), ([2] * 30, WHEN), ([0] * 30, WHEN)],
)
def test_too_little_or_nothing_that_varies(coded, when):
    assert scan(coded, periods=when) is None


def test_q_values():
    assert adjust([]) == []
    assert adjust([0.2, 0.01]) == [pytest.approx(0.2), pytest.approx(0.02)]
