import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from antinomy.codebook import load_codebook
from antinomy.evaluate import scores

PAIRS = st.lists(st.tuples(st.booleans(), st.booleans(), st.floats(0, 1, width=16)), min_size=1, max_size=60)


@given(PAIRS)
def test_scores_agree_with_scikit_learn_where_both_are_defined(rows):
    given_, gold, p = (np.array(column) for column in zip(*rows, strict=True))
    pairs = [
        (scores.score_precision(given_, gold), lambda: metrics.precision_score(gold, given_)),
        (scores.score_recall(given_, gold), lambda: metrics.recall_score(gold, given_)),
        (scores.score_f1(given_, gold), lambda: metrics.f1_score(gold, given_)),
        (scores.score_average_precision(p, gold), lambda: metrics.average_precision_score(gold, p)),
        (scores.score_kappa(given_, gold), lambda: metrics.cohen_kappa_score(given_, gold)),
    ]
    assert scores.score_brier(p, gold) == pytest.approx(np.mean((p - gold) ** 2))
    for ours, theirs in pairs:
        if ours is not None:
            assert ours == pytest.approx(theirs(), abs=1e-9)


def test_what_is_undefined_is_none():
    nothing = np.zeros(5, dtype=bool)
    assert scores.score_precision(nothing, nothing) is None
    assert scores.score_recall(nothing, nothing) is None
    assert scores.score_f1(nothing, nothing) is None
    assert scores.score_kappa(nothing, nothing) is None
    assert scores.score_alpha(nothing, nothing) is None
    assert scores.score_alpha(~nothing, ~nothing) is None
    assert scores.score_average_precision(np.zeros(5), nothing) is None
    assert scores.mean_defined([None, None]) is None
    assert scores.mean_defined([None, 0.5, 1.0]) == 0.75


def test_the_row_of_the_statistics_notes():
    one = np.array([1] * 6 + [0] * 94, dtype=bool)
    other = np.array([1] * 2 + [0] * 4 + [1] * 4 + [0] * 90, dtype=bool)
    assert scores.score_kappa(one, other) == pytest.approx(0.291, abs=5e-4)
    assert scores.score_alpha(one, other) == pytest.approx(0.294, abs=5e-4)


@given(PAIRS)
def test_alpha_is_one_minus_observed_over_expected_disagreement(rows):
    """Krippendorff's general form: over all pairs of values within units, and over all pairs of values."""
    one, other, _ = (np.array(column) for column in zip(*rows, strict=True))
    values = np.concatenate([one, other])
    observed = np.mean(one != other)
    differ = values[:, None] != values[None, :]
    expected = differ.sum() / (len(values) * (len(values) - 1))
    ours = scores.score_alpha(one, other)
    if expected == 0:
        assert ours is None
    else:
        assert ours == pytest.approx(1 - observed / expected, abs=1e-9)


def test_hierarchical_f1_credits_the_right_paradox_under_the_wrong_tension():
    codebook = load_codebook()

    def mark(*rows):
        return np.array([[code in row for code in codebook.code_ids] for row in rows])

    given = mark({"pull_vs_push"}, {"dogma"}, set())
    gold = mark({"resource_prioritisation"}, {"dogma"}, {"myopia"})
    # extended: {organising, pull} against {organising, resource}; {dogma} twice; nothing against {myopia}
    assert scores.score_hierarchical_f1(given, gold, codebook) == pytest.approx(2 * 2 / (3 + 4))
    assert scores.score_f1(given.ravel(), gold.ravel()) == pytest.approx(2 * 1 / (2 + 3))
    assert scores.score_hierarchical_f1(given[2:], given[2:], codebook) is None
    extended = scores.extend_to_parents(gold, codebook)
    micro = metrics.f1_score(extended.ravel(), scores.extend_to_parents(given, codebook).ravel())
    assert scores.score_hierarchical_f1(given, gold, codebook) == pytest.approx(micro)
