"""Logits of the calibration split -> scale and shift per code, and thresholds."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# With fewer positives than this a code's own threshold is chance; its dimension's is taken instead.
FEW = 12
# Below this nine codes in ten would be wrong: not worth anybody's reading, whatever F1 says.
LEAST = 0.1


def fit_platt(logits: Floats, truth: Floats, *, prior: float = 5.0, steps: int = 50) -> tuple[float, float]:
    """Fit p = sigmoid(a·x + b) (Platt 1999) by Newton steps, with a normal prior on a around 1.

    Args:
        logits: One per sentence.
        truth: 0…1, one per sentence.
        prior: Weight of the prior, in pseudo-observations; with few positives ``a`` stays near 1.
        steps: Newton steps at most.

    Returns:
        a and b.
    """
    a, b = 1.0, 0.0
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(a * logits + b, -30, 30)))
        weight = p * (1 - p) + 1e-9
        gradient = np.array([((p - truth) * logits).sum() + prior * (a - 1), (p - truth).sum() + 1e-3 * b])
        cross = (weight * logits).sum()
        hessian = np.array([[(weight * logits**2).sum() + prior, cross], [cross, weight.sum() + 1e-3]])
        step = np.linalg.solve(hessian, gradient)
        size = max(1.0, float(np.abs(step).max()) / 2)
        a, b = a - step[0] / size, b - step[1] / size
        if np.abs(step).max() < 1e-8:
            break
    return max(a, 0.05), b


def choose_thresholds(
    probabilities: Floats, truth: Floats, labels: Sequence[str], dimensions: Sequence[str]
) -> dict[str, float]:
    """Return the least probability at which each code is given: the one with the best F1, at least 0.1.

    Codes with few positives share the threshold that is best for their dimension as a whole.

    Args:
        probabilities: Shape (sentences, labels).
        truth: 0/1, the same shape.
        labels: Code ids.
        dimensions: Dimension of each code.
    """
    chosen = {}
    for column, label in enumerate(labels):
        columns = [column]
        if truth[:, column].sum() < FEW:
            columns = [i for i, dimension in enumerate(dimensions) if dimension == dimensions[column]]
        best = best_threshold(probabilities[:, columns].ravel(), truth[:, columns].ravel())
        chosen[label] = max(LEAST, best)
    return chosen


def best_threshold(probabilities: Floats, truth: Floats) -> float:
    """Return the threshold with the highest F1; the higher one of equals; 0.5 without positives.

    >>> best_threshold(np.array([0.9, 0.6, 0.4, 0.1]), np.array([1.0, 1.0, 0.0, 0.0]))
    0.5
    """
    if truth.sum() == 0:
        return 0.5
    order = np.argsort(-probabilities, kind="stable")
    p, hits = probabilities[order], truth[order].cumsum()
    f1 = 2 * hits / (np.arange(1, len(p) + 1) + truth.sum())
    # only places between two different values can be a threshold
    f1[:-1][p[:-1] == p[1:]] = -1
    best = int(f1.argmax())
    below = p[best + 1] if best + 1 < len(p) else 0.0
    return round(float((p[best] + below) / 2), 4)
