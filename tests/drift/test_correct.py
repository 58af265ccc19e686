import numpy as np
import pytest

from antinomy.drift.charts import Counts
from antinomy.drift.correct import ErrorRates, correct_share
from antinomy.drift.retrospect import date_changes

RATES = ErrorRates(found=750, carried=1000, wrong=300, free=10_000)


def test_corrected_shares_hold_the_truth_as_often_as_they_say():
    random, held = np.random.default_rng(1), 0
    size = np.full(40, 25.0)
    for seed in range(200):
        found, wrong = random.binomial(1000, 0.75), random.binomial(10_000, 0.03)
        coded = random.binomial(25, 0.1, 40)
        seen = random.binomial(coded, 0.75) + random.binomial(25 - coded, 0.03)
        share = correct_share(seen.astype(float), size, ErrorRates(found, 1000, wrong, 10_000), seed=seed)
        held += share.low <= 0.1 <= share.high
    assert held / 200 == pytest.approx(0.95, abs=0.05)


@pytest.mark.parametrize(
    ("rates", "seen"),
    [
        (ErrorRates(found=2, carried=30, wrong=60, free=900), 3.0),
        (ErrorRates(found=0, carried=3, wrong=0, free=900), 3.0),
        (ErrorRates(found=750, carried=1000, wrong=3000, free=10_000), 0.0),
    ],
    ids=["finds no more than by chance", "hardly measured", "errs less here"],
)
def test_what_cannot_be_corrected_is_not(rates, seen):
    assert correct_share(np.full(20, seen), np.full(20, 50.0), rates, seed=1) is None


def test_a_steady_share_has_no_dates():
    random = np.random.default_rng(2)
    when = np.repeat(np.arange(24), 3)
    dated = [date_changes(Counts(random.binomial(40, 0.1, 72) * 1.0, np.full(72, 40.0), when)) for _ in range(40)]
    assert np.mean([len(one) > 0 for one in dated]) <= 0.4
