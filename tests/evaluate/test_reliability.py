import numpy as np
import pytest
from sklearn.calibration import calibration_curve

from antinomy.evaluate.reliability import cut_by_mass, measure_dimensions, measure_reliability


@pytest.fixture
def measured(codebook, close, say, sentence, compare):
    """Probabilities of one code, and whether gold has it; ten sentences a document."""

    def measure(probabilities, truth):
        gold = [sentence(f"d{i // 10}", close("dogma") if yes else close()) for i, yes in enumerate(truth)]
        comparison = compare([say(dogma=float(p)) for p in probabilities], gold)
        return comparison, measure_reliability(comparison, np.array([codebook.code_ids.index("dogma")]))

    return measure


def test_bins_of_equal_width_are_those_of_scikit_learn(measured):
    random = np.random.default_rng(2)
    p = random.random(300)
    truth = random.random(300) < p**2
    _, found = measured(p, truth)
    observed, probability = calibration_curve(truth, p, n_bins=10)
    assert [b.observed for b in found.equal_width.bins] == pytest.approx(list(observed))
    assert [b.probability for b in found.equal_width.bins] == pytest.approx(list(probability))
    sizes = np.array([b.n for b in found.equal_width.bins])
    assert found.equal_width.ece.value == pytest.approx((sizes * abs(observed - probability)).sum() / 300)
    assert [b.n for b in found.equal_mass.bins] == [30] * 10
    observed, probability = calibration_curve(truth, p, n_bins=10, strategy="quantile")
    assert [b.observed for b in found.equal_mass.bins] == pytest.approx(list(observed))


def test_ece_and_brier_by_hand(measured):
    p = np.array([0.1] * 9 + [0.9] * 10)
    truth = np.array([1] + [0] * 8 + [1] * 5 + [0] * 5, dtype=bool)
    _, found = measured(p, truth)
    assert found.equal_width.ece.value == pytest.approx((9 * abs(1 / 9 - 0.1) + 10 * 0.4) / 19)
    assert found.brier.value == pytest.approx(((p - truth) ** 2).mean())
    assert found.brier.low < found.brier.value < found.brier.high


def test_equal_probabilities_stay_in_one_bin(measured):
    assert list(cut_by_mass(np.zeros(5))) == [0]
    _, found = measured(np.zeros(20), np.arange(20) < 2)
    [only] = found.equal_mass.bins
    assert (only.n, only.probability, only.observed) == (20, 0, 0.1)
    assert found.equal_mass.ece.value == found.equal_width.ece.value == pytest.approx(0.1)


def test_certainty_lies_in_the_last_bin(measured):
    _, found = measured(np.ones(10), np.ones(10, dtype=bool))
    [only] = found.equal_width.bins
    assert (only.low, only.high, only.n) == (0.9, 1, 10)
    assert found.equal_width.ece.value == 0


def test_coders_who_differ_count_as_a_share(close, say, sentence, compare):
    comparison = compare([say(dogma=0.5)] * 2, [sentence(d, close("dogma"), close()) for d in "ab"])
    found = measure_dimensions(comparison)["archetype"]
    # of four archetypes three have nothing on either side
    assert sum(b.n for b in found.equal_width.bins) == 8
    assert found.equal_width.ece.value == 0
    assert found.brier.value == pytest.approx(0.25 / 4)
