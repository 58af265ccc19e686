"""Two coders' yes or no per sentence -> scores; what is undefined is None, never 0 or 1."""

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]


def score_precision(given: Bools, gold: Bools) -> float | None:
    """Share of given codes that gold has too; None if nothing was given."""
    return float((given & gold).sum() / given.sum()) if given.any() else None


def score_recall(given: Bools, gold: Bools) -> float | None:
    """Share of gold's codes that were given; None if gold has none."""
    return float((given & gold).sum() / gold.sum()) if gold.any() else None


def score_f1(given: Bools, gold: Bools) -> float | None:
    """Harmonic mean of precision and recall, 2·TP/(2·TP+FP+FN); None if neither side used the code."""
    used = given.sum() + gold.sum()
    return float(2 * (given & gold).sum() / used) if used else None


def score_kappa(one: Bools, other: Bools) -> float | None:
    """Cohen's kappa (1960), (Po − Pe)/(1 − Pe); None if both are constant and equal (0/0).

    >>> a = np.array([1] * 25 + [0] * 25, dtype=bool)
    >>> b = np.array([1] * 20 + [0] * 5 + [1] * 10 + [0] * 15, dtype=bool)
    >>> round(score_kappa(a, b), 10)
    0.4
    """
    observed = float((one == other).mean())
    p, q = float(one.mean()), float(other.mean())
    expected = p * q + (1 - p) * (1 - q)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def score_average_precision(probabilities: npt.NDArray[np.float64], gold: Bools) -> float | None:
    """Mean precision at each of gold's codes, ties counted together; None if gold has none."""
    if not gold.any():
        return None
    values = np.unique(probabilities)[::-1]
    result, recall = 0.0, 0.0
    for value in values:
        given = probabilities >= value
        hits = float((given & gold).sum())
        result += hits / given.sum() * (hits / gold.sum() - recall)
        recall = hits / gold.sum()
    return result


def mean_defined(values: list[float | None]) -> float | None:
    """Mean of what is defined; None if nothing is."""
    defined = [value for value in values if value is not None]
    return float(np.mean(defined)) if defined else None
