"""Two coders' yes or no per sentence -> scores; what is undefined is None, never 0 or 1."""

from collections.abc import Callable

import numpy as np

from antinomy.codebook import Codebook
from antinomy.coefficients.cells import (
    Bools,
    compute_alpha,
    compute_f1,
    compute_kappa,
    compute_precision,
    compute_recall,
    mark_cells,
)
from antinomy.evaluate.ranking import average_precision, rank_sentences
from antinomy.resample import Floats


def score_precision(given: Bools, gold: Bools) -> float | None:
    """Share of given codes that gold has too; None if nothing was given."""
    return _score(compute_precision, given, gold)


def score_recall(given: Bools, gold: Bools) -> float | None:
    """Share of gold's codes that were given; None if gold has none."""
    return _score(compute_recall, given, gold)


def score_f1(given: Bools, gold: Bools) -> float | None:
    """Harmonic mean of precision and recall, 2·TP/(2·TP+FP+FN); None if neither side used the code."""
    return _score(compute_f1, given, gold)


def score_kappa(one: Bools, other: Bools) -> float | None:
    """Cohen's kappa (1960), (Po − Pe)/(1 − Pe); None if both are constant and equal (0/0).

    >>> a = np.array([1] * 25 + [0] * 25, dtype=bool)
    >>> b = np.array([1] * 20 + [0] * 5 + [1] * 10 + [0] * 15, dtype=bool)
    >>> round(score_kappa(a, b), 10)
    0.4
    """
    return _score(compute_kappa, one, other)


def score_alpha(one: Bools, other: Bools) -> float | None:
    """Krippendorff's alpha for two coders and one code; None if nobody, or everybody always, used it.

    The example of Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section A:

    >>> meg = np.array([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], dtype=bool)
    >>> owen = np.array([1, 1, 1, 0, 0, 1, 0, 0, 0, 0], dtype=bool)
    >>> round(score_alpha(meg, owen), 3)
    0.095
    """
    return _score(compute_alpha, one, other)


def score_average_precision(probabilities: Floats, gold: Bools) -> float | None:
    """Mean precision at each of gold's codes, ties counted together; None if gold has none."""
    order = rank_sentences(probabilities)
    return _define(average_precision(probabilities[order], gold[order])(np.ones((1, len(order))))[0])


def score_hierarchical_f1(given: Bools, gold: Bools, codebook: Codebook) -> float | None:
    """F1 over all codes of all sentences, both sides first extended by the parents of their codes.

    Kiritchenko, Matwin & Famili (2005); hF in Silla & Freitas (2011).

    Args:
        given: Shape (sentences, codes), codes in codebook order.
        gold: Of the same shape.
        codebook: Knows the parents.
    """
    return score_f1(extend_to_parents(given, codebook).ravel(), extend_to_parents(gold, codebook).ravel())


def extend_to_parents(used: Bools, codebook: Codebook) -> Bools:
    """Return who used what when a code always brings its parents: shape (…, codes) stays."""
    places = {code: place for place, code in enumerate(codebook.code_ids)}
    result = used.copy()
    for code in codebook.codes:
        parent = code.parent
        while parent is not None:
            result[..., places[parent]] |= used[..., places[code.id]]
            parent = codebook.by_id[parent].parent
    return result


def score_brier(probabilities: Floats, gold: Bools) -> float:
    """Brier (1950) score for one code: mean squared distance of probability and truth; 0 is best.

    >>> score_brier(np.array([1.0, 0.5]), np.array([True, False]))
    0.125
    """
    return float(((probabilities - gold) ** 2).mean())


def mean_defined(values: list[float | None]) -> float | None:
    """Mean of what is defined; None if nothing is."""
    defined = [value for value in values if value is not None]
    return float(np.mean(defined)) if defined else None


def _score(compute: Callable[[Floats], Floats], one: Bools, other: Bools) -> float | None:
    return _define(compute(mark_cells(one, other).sum(axis=0).astype(float)))


def _define(value: Floats) -> float | None:
    return None if np.isnan(value) else float(value)
