import numpy as np
import pytest

from antinomy.classify.calibrate import LEAST, best_threshold, choose_thresholds, fit_platt


def test_platt_finds_the_scale_and_shift_that_made_the_truth():
    random = np.random.default_rng(3)
    logits = random.normal(0, 2, 20_000)
    truth = (random.random(20_000) < 1 / (1 + np.exp(-(0.5 * logits - 1)))).astype(float)
    a, b = fit_platt(logits, truth)
    assert a == pytest.approx(0.5, abs=0.05)
    assert b == pytest.approx(-1, abs=0.05)


def test_platt_stays_near_one_with_little_to_learn_from():
    a, b = fit_platt(np.array([3.0, -2.0, -3.0, -2.5]), np.array([1.0, 0.0, 0.0, 0.0]))
    assert 0.5 < a < 1.5
    a, b = fit_platt(np.linspace(-4, 0, 50), np.zeros(50))
    assert np.isfinite([a, b]).all()
    assert 1 / (1 + np.exp(-(a * -2 + b))) < 0.05


def test_threshold_lies_where_f1_is_best():
    p = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    truth = np.array([1, 1, 0, 1, 0, 0], dtype=float)
    assert best_threshold(p, truth) == 0.55
    assert best_threshold(np.full(6, 0.3), truth) == 0.15
    assert best_threshold(p, np.zeros(6)) == 0.5


def test_thresholds_are_those_that_calibrated_probabilities_promise_the_best_f1():
    random = np.random.default_rng(5)
    common, rare = random.beta(0.3, 1.5, 5000), random.beta(0.05, 4, 5000)
    probabilities = np.column_stack([common, rare, np.full(5000, 0.001)])
    chosen = choose_thresholds(probabilities, np.zeros((5000, 3)), ["common", "rare", "never"])
    assert chosen["never"] == LEAST
    # as found by coding sentences as often as the probabilities say
    for place, label in enumerate(("common", "rare")):
        truth = (random.random((50, 5000)) < probabilities[:, place]).astype(float)
        found = np.mean([best_threshold(probabilities[:, place], row) for row in truth])
        assert chosen[label] == pytest.approx(found, abs=0.05)
    # half of the F1 that it promises
    given = common >= chosen["common"]
    promised = 2 * common[given].sum() / (given.sum() + common.sum())
    assert chosen["common"] == pytest.approx(promised / 2, abs=0.01)


def test_few_sentences_are_counted():
    probabilities = np.array([[0.6], [0.45], [0.4], [0.35]])
    assert choose_thresholds(probabilities, np.array([[1.0], [0.0], [0.0], [0.0]]), ["code"]) == {"code": 0.525}
