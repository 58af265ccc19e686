"""The alternative annotator test against its definition, the plain t-test and statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import ttest_1samp
from statsmodels.stats.multitest import multipletests

from antinomy.coefficients.alt_test import contest_coder, find_wins, reject

SEEDS = range(8)


def draw(seed, *, units=80, coders=4, missing=0.2):
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, units)
    noisy = np.where(
        random.random((units, coders + 1)) < 0.3, random.integers(0, 3, (units, coders + 1)), truth[:, None]
    )
    ratings, model = noisy[:, :coders].astype(np.int8), noisy[:, coders].astype(np.int8)
    ratings[random.random(ratings.shape) < missing] = -1
    return ratings, model


@pytest.mark.parametrize("seed", SEEDS)
def test_wins_by_definition(seed):
    ratings, model = draw(seed)
    wins = find_wins(ratings, model)
    for unit, row in enumerate(ratings):
        for coder, own in enumerate(row):
            others = [value for place, value in enumerate(row) if place != coder and value >= 0]
            if own < 0 or not others:
                assert np.isnan(wins.model[unit, coder]) and np.isnan(wins.coder[unit, coder])
                continue
            by_model = np.mean([value == model[unit] for value in others])
            by_coder = np.mean([value == own for value in others])
            assert (wins.model[unit, coder], wins.coder[unit, coder]) == (by_model >= by_coder, by_coder >= by_model)


@pytest.mark.parametrize("seed", SEEDS)
def test_units_on_their_own_give_the_plain_t_test(seed):
    ratings, model = draw(seed)
    wins = find_wins(ratings, model)
    found = contest_coder(wins, 1, np.arange(len(ratings)), epsilon=0.15)
    lead = (wins.coder - wins.model)[:, 1]
    wanted = ttest_1samp(lead[~np.isnan(lead)], 0.15, alternative="less").pvalue
    assert found.p == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_documents_give_a_cluster_robust_t_test(seed):
    ratings, model = draw(seed)
    documents = np.random.default_rng(seed + 100).integers(0, 9, len(ratings))
    wins = find_wins(ratings, model)
    lead = (wins.coder - wins.model)[:, 0]
    kept = ~np.isnan(lead)
    # statsmodels multiplies by (n − 1)/(n − k) = 1 as well, with k = 1
    fit = sm.OLS(lead[kept] - 0.15, np.ones(kept.sum())).fit(
        cov_type="cluster", cov_kwds={"groups": documents[kept]}, use_t=True
    )
    two_sided = float(fit.pvalues[0])
    wanted = two_sided / 2 if fit.tvalues[0] < 0 else 1 - two_sided / 2
    assert contest_coder(wins, 0, documents, epsilon=0.15).p == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_false_discoveries(seed):
    p = np.random.default_rng(seed).random(6) ** 4
    assert reject(p, rate=0.05).tolist() == multipletests(p, alpha=0.05, method="fdr_by")[0].tolist()


def test_nothing_to_compare_and_nothing_random():
    alone = find_wins(np.array([[1, -1], [0, -1]], dtype=np.int8), np.array([1, 0], dtype=np.int8))
    found = contest_coder(alone, 0, np.array([0, 1]), epsilon=0.15)
    assert found.units == 0 and np.isnan([found.model_wins, found.p]).all()
    same = find_wins(np.ones((6, 3), dtype=np.int8), np.ones(6, dtype=np.int8))
    assert contest_coder(same, 0, np.arange(6), epsilon=0.15).p == 0
    assert np.isnan(contest_coder(same, 0, np.zeros(6, dtype=int), epsilon=0.15).p)
    never = find_wins(np.ones((6, 3), dtype=np.int8), np.zeros(6, dtype=np.int8))
    assert contest_coder(never, 0, np.arange(6), epsilon=0.15).p == 1
