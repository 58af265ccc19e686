import numpy as np
import pytest
import statsmodels.api as sm

from antinomy.prevalence.estimate import estimate_naive, estimate_prevalence
from antinomy.prevalence.needs import count_needed, find_design_effect, find_likeness


def make_world(seed, *, documents=40, size=50, rate=0.1, sensitivity=0.75, specificity=0.97):
    random = np.random.default_rng(seed)
    places = np.repeat(np.arange(documents), size)
    truth = (random.random(len(places)) < random.beta(2, 2 / rate - 2, documents)[places]).astype(float)
    said = np.where(truth == 1, random.random(len(places)) < sensitivity, random.random(len(places)) < 1 - specificity)
    chosen = random.choice(len(places), 400, replace=False)
    return places, truth, said.astype(float), chosen


def estimate(world, weight):
    places, truth, said, chosen = world
    count = int(places.max()) + 1
    return estimate_prevalence(truth[chosen], said[chosen], places[chosen], said, places, count, weight=weight)


@pytest.mark.parametrize("seed", range(5))
def test_without_the_model_it_is_the_cluster_robust_mean(seed):
    places, truth, _, chosen = world = make_world(seed)
    found = estimate(world, 0.0)
    groups = places[chosen]
    fit = sm.OLS(truth[chosen], np.ones(len(chosen))).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
    value, error = float(fit.params[0]), float(fit.bse[0])
    # the interval is on the logit scale: its ends lie as far from the value as the error says
    middle, ends = (
        np.log(value / (1 - value)),
        np.log(np.array([found.low, found.high]) / (1 - np.array([found.low, found.high]))),
    )
    clusters = len(np.unique(groups))
    from scipy.stats import t

    reach = t.ppf(0.975, clusters - 1) * error / (value * (1 - value))
    assert found.value == pytest.approx(value, abs=1e-12)
    assert ends == pytest.approx([middle - reach, middle + reach], abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_full_weight_is_the_model_plus_its_error(seed):
    places, truth, said, chosen = world = make_world(seed)
    wanted = said.mean() + (truth[chosen] - said[chosen]).mean()
    assert estimate(world, 1.0).value == pytest.approx(wanted, abs=1e-12)
    assert estimate_naive(said, places, 40).value == pytest.approx(said.mean())


def test_a_good_model_narrows_the_interval_and_a_useless_one_is_left_alone():
    good, useless = (
        make_world(3, sensitivity=0.95, specificity=0.995),
        make_world(3, sensitivity=0.05, specificity=0.95),
    )
    width = {name: [estimate(world, weight) for weight in (0.0, None)] for name, world in (("g", good), ("u", useless))}
    people, tuned = width["g"]
    assert tuned.high - tuned.low < 0.75 * (people.high - people.low)
    assert tuned.weight > 0.7
    people, tuned = width["u"]
    assert tuned.weight < 0.3
    assert tuned.high - tuned.low == pytest.approx(people.high - people.low, rel=0.15)


def test_a_perfect_model_is_believed():
    places, truth, _, chosen = make_world(4)
    found = estimate((places, truth, truth, chosen), None)
    assert found.weight == pytest.approx(1, abs=0.2)
    assert abs(found.value - truth.mean()) < abs(truth[chosen].mean() - truth.mean()) + 1e-9


def test_nothing_coded_one_document_and_nobody_gave_it():
    empty = np.zeros(0)
    none = estimate_prevalence(empty, empty, empty.astype(int), np.ones(3), np.zeros(3, int), 1, weight=None)
    assert none.value is None
    one = estimate_prevalence(
        np.array([1.0, 0]), np.array([1.0, 0]), np.zeros(2, int), np.ones(3), np.zeros(3, int), 1, weight=0.0
    )
    assert (one.value, one.low) == (0.5, None)
    held = np.arange(3)
    never = estimate_prevalence(np.zeros(3), np.zeros(3), held, np.zeros(3), held, 3, weight=None)
    assert (never.value, never.low) == (0.0, None)


def test_sentences_needed():
    assert count_needed(0.05, 0.01) == pytest.approx(4 * count_needed(0.05, 0.02), abs=4)
    assert count_needed(0.05, 0.02, design=2) == pytest.approx(2 * count_needed(0.05, 0.02), abs=2)
    assert find_design_effect(0.0, 50) == 1
    assert find_design_effect(0.3, 0.5) == 1


def test_likeness_is_found():
    random = np.random.default_rng(1)
    documents = np.repeat(np.arange(400), 25)
    rates = random.beta(1.9, 36.1, 400)  # mean .05, intraclass correlation 1/(38 + 1)
    values = (random.random(len(documents)) < rates[documents]).astype(float)
    assert find_likeness(values, documents) == pytest.approx(1 / 39, abs=0.01)
    assert find_likeness(random.permutation(values), documents) < 0.01
    assert find_likeness(np.ones(4), np.array([0, 0, 1, 1])) == 0
    assert find_likeness(np.array([1.0, 0]), np.array([0, 0])) == 0
