import time

import numpy as np
import pytest
from scipy.stats import bootstrap

from antinomy.coefficients.cells import compute_f1, compute_kappa, mark_cells
from antinomy.evaluate.ranking import average_precision, rank_sentences
from antinomy.evaluate.scores import score_average_precision, score_f1, score_kappa
from antinomy.resample import (
    BLOCK,
    LEAST_DEFINED,
    Estimate,
    draw_documents,
    draw_with_corrections,
    estimate,
    resample_sums,
    resample_weighted,
    sum_by_document,
)


def repeat(documents, row):
    """Places of the sentences in one draw, each document as often as it was drawn."""
    return np.concatenate(
        [np.flatnonzero(documents == number) for number, times in enumerate(row) for _ in range(int(times))]
    )


@pytest.fixture
def sample():
    random = np.random.default_rng(4)
    documents = np.sort(random.integers(0, 7, 60))
    gold = random.random(60) < 0.3
    probabilities = np.round(0.4 * gold + 0.6 * random.random(60), 1)
    return documents, gold, probabilities


def test_counts_in_every_draw_are_those_of_a_plain_loop(sample):
    documents, gold, probabilities = sample
    given = probabilities > 0.5
    weights = draw_documents(7, draws=50, seed=3)
    cells = resample_sums(sum_by_document(mark_cells(given, gold), documents, 7), weights)
    for row, kappa, f1 in zip(weights, compute_kappa(cells), compute_f1(cells), strict=True):
        drawn = repeat(documents, row)
        assert kappa == pytest.approx(score_kappa(given[drawn], gold[drawn]), abs=1e-12)
        assert f1 == pytest.approx(score_f1(given[drawn], gold[drawn]), abs=1e-12)
    plain = [score_kappa(given[repeat(documents, row)], gold[repeat(documents, row)]) for row in weights]
    found = estimate(compute_kappa(cells))
    assert found.value == pytest.approx(plain[0])
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(plain[1:], [0.025, 0.975])))


def test_weighted_average_precision_is_that_of_repeated_sentences(sample):
    documents, gold, probabilities = sample
    weights = draw_documents(7, draws=50, seed=3)
    order = rank_sentences(probabilities)
    values = resample_weighted(average_precision(probabilities[order], gold[order]), documents[order], weights)
    for row, value in zip(weights, values, strict=True):
        drawn = repeat(documents, row)
        assert value == pytest.approx(score_average_precision(probabilities[drawn], gold[drawn]), abs=1e-12)


def test_blocks_of_draws_change_nothing(sample, monkeypatch):
    documents, gold, probabilities = sample
    weights = draw_documents(7, draws=20, seed=3)
    order = rank_sentences(probabilities)
    statistic = average_precision(probabilities[order], gold[order])
    whole = resample_weighted(statistic, documents[order], weights)
    assert BLOCK > weights.shape[0] * len(documents)
    monkeypatch.setattr("antinomy.resample.BLOCK", 130)
    assert np.array_equal(resample_weighted(statistic, documents[order], weights), whole)


def test_every_draw_has_as_many_documents_as_the_sample_and_the_seed_decides():
    weights = draw_documents(9, draws=100, seed=1)
    assert weights.shape == (101, 9)
    assert (weights[0] == 1).all() and (weights.sum(axis=1) == 9).all()
    assert np.array_equal(weights, draw_documents(9, draws=100, seed=1))
    assert not np.array_equal(weights, draw_documents(9, draws=100, seed=2))


def test_one_document_gives_a_value_without_an_interval():
    weights = draw_documents(1, draws=100, seed=1)
    assert weights.shape == (1, 1)
    assert estimate(np.array([0.5])) == Estimate(0.5, None, None)


def test_undefined_draws_are_left_out_and_too_many_of_them_leave_no_interval():
    assert estimate(np.array([np.nan, 0.1, 0.2])) == Estimate(None, None, None)
    assert estimate(np.array([0.5, 0.4, 0.4, np.nan])) == Estimate(0.5, 0.4, 0.4)
    few = int(10 * LEAST_DEFINED) - 1
    assert estimate(np.array([0.5, *[0.4] * few, *[np.nan] * (10 - few)])) == Estimate(0.5, None, None)


def test_intervals_cover_the_truth_about_as_often_as_they_say():
    random = np.random.default_rng(8)
    covered = 0
    for trial in range(200):
        rates = random.beta(4, 6, 40)  # documents differ, so sentences of one are alike
        sums = np.stack([random.binomial(25, rates), np.full(40, 25)], axis=-1).astype(float)
        drawn = resample_sums(sums, draw_documents(40, draws=300, seed=trial))
        found = estimate(drawn[:, 0] / drawn[:, 1])
        covered += found.low <= 0.4 <= found.high
    assert 0.88 <= covered / 200 <= 0.99


def test_a_thousand_draws_of_many_sentences_take_seconds():
    random = np.random.default_rng(0)
    documents = np.sort(random.integers(0, 60, 3000))
    weights = draw_documents(60, draws=1000, seed=1)
    probabilities, gold = random.random(3000), random.random(3000) < 0.05
    order = rank_sentences(probabilities)
    start = time.perf_counter()
    resample_weighted(average_precision(probabilities[order], gold[order]), documents[order], weights)
    assert time.perf_counter() - start < 2.5


def test_corrected_intervals_without_bias_and_skewness_are_a_little_wider():
    """The mean of many alike documents: nothing to correct but how few they are."""
    drawing = draw_with_corrections(20, draws=4000, seed=1)
    values = drawing.weights @ np.linspace(0, 1, 20) / drawing.weights.sum(axis=1)
    plain, corrected = estimate(values[:4001]), drawing.estimate(values)
    assert corrected.value == plain.value == pytest.approx(0.5)
    assert 1.05 < (corrected.high - corrected.low) / (plain.high - plain.low) < 1.15


def test_corrected_intervals_follow_scipy_where_documents_are_many():
    random = np.random.default_rng(2)
    sums = random.exponential(size=300)
    drawing = draw_with_corrections(300, draws=6000, seed=3)
    found = drawing.estimate(drawing.weights @ sums / drawing.weights.sum(axis=1))
    wanted = bootstrap((sums,), np.mean, n_resamples=6000, method="BCa", rng=4).confidence_interval
    assert (found.low, found.high) == pytest.approx((wanted.low, wanted.high), abs=0.015)
    plain = estimate((drawing.weights @ sums / drawing.weights.sum(axis=1))[:6001])
    assert found.low > plain.low and found.high > plain.high


def test_corrected_intervals_where_nothing_varies_or_nothing_is_known():
    drawing = draw_with_corrections(5, draws=50, seed=1)
    assert drawing.estimate(np.ones(56)) == Estimate(1.0, 1.0, 1.0)
    assert drawing.estimate(np.full(56, np.nan)) == Estimate(None, None, None)
    partly = np.concatenate([np.ones(51), np.full(5, np.nan)])
    assert drawing.estimate(partly) == Estimate(1.0, 1.0, 1.0)
    for lone in (draw_with_corrections(1, draws=50, seed=1), draw_with_corrections(5, draws=0, seed=1)):
        assert lone.draws == 0
        assert lone.estimate(np.ones(len(lone.weights))) == Estimate(1.0, None, None)
    many = draw_with_corrections(1000, draws=3, seed=1)
    assert many.weights.shape == (4, 1000)
