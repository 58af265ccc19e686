"""Logits of the calibration split -> scale and shift per code, and thresholds."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Below this nine codes in ten would be wrong: not worth anybody's reading, whatever F1 says.
LEAST = 0.1
# With fewer sentences the prior of Platt's fit says more than they do: F1 is counted, not expected.
FEW = 200


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


def choose_thresholds(probabilities: Floats, truth: Floats, labels: Sequence[str]) -> dict[str, float]:
    """Return the least probability at which each code is given: the one with the best F1 to be expected, at least 0.1.

    What is expected follows from calibrated probabilities alone (Lipton, Elkan & Naryanaswamy 2014, Optimal
    Thresholding of Classifiers to Maximize F1 Measure): a threshold picked by the few sentences that do carry a rare
    code would be chance.

    Args:
        probabilities: Calibrated, of the calibration split, shape (sentences, labels).
        truth: 0/1, the same shape; decides only where there are few sentences.
        labels: Code ids.
    """
    wanted = truth if len(truth) < FEW else probabilities
    columns = zip(labels, probabilities.T, wanted.T, strict=True)
    return {label: max(LEAST, best_threshold(own, carried)) for label, own, carried in columns}


def best_threshold(probabilities: Floats, truth: Floats) -> float:
    """Return the threshold with the highest F1; the higher one of equals; 0.5 without positives.

    ``truth`` may be what is expected, 0…1.

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
