import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from antinomy.accept.cutoffs import find_acceptance, find_emptiness
from antinomy.accept.decide import decide_sentences
from antinomy.accept.scores import LEAST, CalibrationScores, collect_scores
from antinomy.codebook import load_codebook

BOOK = load_codebook()
LABELS = list(BOOK.code_ids)


@pytest.mark.parametrize("seed", range(10))
def test_acceptance_is_benjamini_and_hochberg_on_conformal_p_values(seed):
    random = np.random.default_rng(seed)
    wrong = np.sort(random.beta(1, 6, 300))
    scores = np.concatenate([random.beta(1, 6, 80), random.beta(6, 2, 40)])
    p = [(1 + (wrong >= score).sum()) / 301 for score in scores]
    wanted = multipletests(p, alpha=0.1, method="fdr_bh")[0]
    cutoff = find_acceptance(scores, wrong, 300, budget=0.1)
    assert (scores >= (np.inf if cutoff is None else cutoff)).tolist() == wanted.tolist()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.lists(st.floats(0, 1), max_size=40), st.floats(0.01, 0.5))
def test_more_budget_never_accepts_less(wrong, scores, budget):
    wrong, scores = np.sort(np.array(wrong)), np.array(scores)
    strict = find_acceptance(scores, wrong, len(wrong), budget=budget)
    loose = find_acceptance(scores, wrong, len(wrong), budget=min(1.0, 2 * budget))
    assert strict is None or (loose is not None and loose <= strict)


@given(st.lists(st.floats(0, 1), max_size=60), st.floats(0.01, 0.5))
def test_empty_sentences_keep_within_the_budget_on_the_calibration_itself(highest, budget):
    below = find_emptiness(np.array(highest), budget=budget)
    if below is None:
        assert budget * (len(highest) + 1) < 1 + 1e-6
    else:
        assert (1 + (np.array(highest) < below).sum()) / (len(highest) + 1) <= budget + 1e-6


def test_nothing_known_wrong_accepts_nothing():
    assert find_acceptance(np.array([0.99]), np.array([]), 0, budget=0.5) is None
    assert find_acceptance(np.array([]), np.array([0.1]), 1, budget=0.5) is None
    assert find_emptiness(np.array([]), budget=0.1) is None


def test_left_out_low_scores_change_nothing():
    random = np.random.default_rng(1)
    truth = (random.random((400, len(LABELS))) < 0.1).astype(float)
    probabilities = np.clip(random.beta(1, 20, truth.shape) + 0.6 * truth, 0, 1)
    found = collect_scores(probabilities, truth, LABELS, documents=4, source="made up")
    for column, label in enumerate(LABELS):
        wrong = np.sort(probabilities[truth[:, column] == 0, column])
        assert len(found.wrong[label]) < found.without[label] == len(wrong)
        scores = probabilities[:200, column]
        whole = find_acceptance(scores, wrong, len(wrong), budget=0.2, least=LEAST)
        assert find_acceptance(scores, found.wrong[label], found.without[label], budget=0.2, least=LEAST) == whole
    back = CalibrationScores.from_json(found.to_json())
    assert back.without == found.without
    assert np.allclose(back.highest, found.highest, atol=1e-4)
    assert all((back.wrong[label] >= found.wrong[label]).all() for label in LABELS)


def test_three_kinds_of_sentences():
    column = {label: place for place, label in enumerate(LABELS)}
    wrong = {label: np.linspace(0.3, 0.6, 40) for label in LABELS}
    scores = CalibrationScores(
        100, 5, "", wrong, dict.fromkeys(LABELS, 98), np.array([0.05, 0.2, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.95])
    )
    rows = [
        ({"pull_vs_push": 0.95, "organising": 0.35}, ("organising", "pull_vs_push")),
        ({"patching": 0.9, "detached": 0.35}, ("patching", "detached")),
        ({"patching": 0.01}, ()),
        ({"patching": 0.25}, ()),
    ]
    probabilities = np.full((len(rows), len(LABELS)), 0.001)
    for row, (given_probabilities, _) in enumerate(rows):
        for label, value in given_probabilities.items():
            probabilities[row, column[label]] = value
    done = decide_sentences(probabilities, [codes for _, codes in rows], LABELS, scores, BOOK, budget=0.2)
    assert done.states == ("accepted", "queued", "empty", "queued")
    assert done.codes == (("organising", "pull_vs_push"), ("patching",), (), ())
    assert done.below == 0.2
    assert done.cutoffs["detached"] is None
