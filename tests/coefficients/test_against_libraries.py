"""Coefficients agree with independent libraries on random data with missing codings."""

import krippendorff
import numpy as np
import pytest
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import masi_distance
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

from antinomy.coefficients import cells, label_sets, tallies

SEEDS = range(12)


def draw_ratings(seed, *, units=60, coders=4, codes=3, missing=0.3):
    """Coders who mostly say what is true of a unit, and leave some units out."""
    random = np.random.default_rng(seed)
    truth = random.random((units, 1, codes)) < random.uniform(0.05, 0.6)
    flipped = random.random((units, coders, codes)) < random.uniform(0.02, 0.4)
    ratings = (truth ^ flipped).astype(np.int8)
    ratings[random.random((units, coders)) < missing] = -1
    return ratings


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_with_missing_codings(seed):
    ratings = draw_ratings(seed)
    sums = tallies.tally_units(ratings).sum(axis=0)
    for code in range(3):
        table = np.where(ratings[:, :, code] < 0, np.nan, ratings[:, :, code].astype(float)).T
        wanted = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal", value_domain=[0, 1])
        assert tallies.compute_alpha(sums[code]) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_coders(seed):
    one, other = np.moveaxis(draw_ratings(seed, coders=2, codes=1, missing=0)[:, :, 0], 1, 0)
    counts = cells.mark_cells(one == 1, other == 1).sum(axis=0).astype(float)
    sums = tallies.tally_units(np.stack([one, other], axis=1)).sum(axis=0)
    assert cells.compute_kappa(counts) == pytest.approx(cohen_kappa_score(one, other), abs=1e-9)
    # with two coders and nothing missing, what is written for many must say the same
    for two, many in (
        (cells.compute_agreement, tallies.compute_percent),
        (cells.compute_pabak, tallies.compute_pabak),
        (cells.compute_ac1, tallies.compute_ac1),
        (cells.compute_alpha, tallies.compute_alpha),
        (cells.compute_f1, tallies.compute_positive_agreement),
        (cells.compute_negative_agreement, tallies.compute_negative_agreement),
    ):
        assert two(counts) == pytest.approx(many(sums), abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss(seed):
    ratings = draw_ratings(seed, missing=0, codes=1)[:, :, 0]
    yes = (ratings == 1).sum(axis=1)
    wanted = fleiss_kappa(np.stack([ratings.shape[1] - yes, yes], axis=1))
    assert tallies.compute_fleiss(tallies.tally_units(ratings).sum(axis=0)) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_alpha_over_sets(seed):
    ratings = draw_ratings(seed, missing=0.2)
    # nltk divides by zero where both sets are empty, so nobody leaves a unit without any code here
    ratings[(ratings == 0).all(axis=2), 0] = 1
    data = [
        (str(coder), str(unit), frozenset(np.flatnonzero(given == 1).tolist()))
        for unit, row in enumerate(ratings)
        for coder, given in enumerate(row)
        if (given >= 0).all() and (row >= 0).all(axis=1).sum() > 1
    ]
    wanted = AnnotationTask(data, distance=masi_distance).alpha()
    # many documents or one: the same sum goes over sets or over documents
    for count in (1, 50):
        sums = label_sets.sum_sets(ratings, np.arange(len(ratings)) % count, count)
        assert label_sets.compute_set_alpha(sums, np.ones((1, count)))[0] == pytest.approx(wanted, abs=1e-9)


def test_what_nobody_used_or_nobody_shared_is_undefined():
    silent = np.zeros((5, 3, 1), dtype=np.int8)
    alone = np.array([[1, -1], [0, -1]], dtype=np.int8)
    for ratings in (silent, alone[:, :, None]):
        sums = tallies.tally_units(ratings).sum(axis=0)[0]
        assert np.isnan(tallies.compute_alpha(sums))
        assert np.isnan(tallies.compute_fleiss(sums))
        sets = label_sets.sum_sets(ratings, np.zeros(len(ratings), dtype=np.int64), 1)
        assert np.isnan(label_sets.compute_set_alpha(sets, np.ones((1, 1)))[0])
    assert tallies.compute_ac1(tallies.tally_units(silent).sum(axis=0)[0]) == 1
