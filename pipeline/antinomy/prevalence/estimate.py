"""Hand-coded sentences and a model's opinion of all -> prevalence with an interval, clustered by document.

Prediction-powered inference with a tuned weight (Angelopoulos, Duchi & Zrnic 2023, PPI++): the mean of the hand-coded
sentences, moved by ``weight`` times how much the model's mean over all sentences differs from its mean over the
hand-coded ones. The model can be as wrong as it likes: the estimate is right on average as long as the sentences coded
by hand were drawn at random, and the better the model, the narrower the interval.

The variance is that of sums over documents (Taylor linearisation of ratio means), because sentences of one document
are alike; the interval is Student's with documents − 1 degrees of freedom (− 2, if the weight was found in the same
sentences), on the logit scale, where a rare code's interval is not symmetrical and cannot leave 0 to 1.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from antinomy.resample import LEVEL, Floats, Ints, sum_by_document


@dataclass(frozen=True, slots=True)
class Prevalence:
    """A share of sentences.

    Attributes:
        value: The share; None where it is undefined.
        low, high: Its 95 % interval; None where there are too few documents or no spread to compute one from.
        weight: How far the model was believed, 0 (not at all) to 1.
    """

    value: float | None
    low: float | None
    high: float | None
    weight: float = 0.0


def estimate_prevalence(
    truth: Floats, said: Floats, coded: Ints, everything: Floats, documents: Ints, count: int, *, weight: float | None
) -> Prevalence:
    """Return the prevalence that people would have found in all sentences.

    Args:
        truth: What people said of the hand-coded sentences, 0…1, (n,).
        said: What the model says of the same, 0…1, (n,).
        coded: Document of each hand-coded sentence, (n,).
        everything: What the model says of all sentences, (N,).
        documents: Document of each of them, (N,).
        count: How many documents there are.
        weight: How far to believe the model; 0 leaves it out, None finds the weight of the least variance.
    """
    if not len(truth) or not len(everything):
        return Prevalence(None, None, None)
    shares = float(truth.mean()), float(said.mean()), float(everything.mean())
    lean_truth = sum_by_document(truth - shares[0], coded, count) / len(truth)
    lean_said = sum_by_document(said - shares[1], coded, count) / len(said)
    lean_all = sum_by_document(everything - shares[2], documents, count) / len(everything)
    gap = lean_said - lean_all
    # a weight that is found in the same sentences costs a degree of freedom, as a slope does
    found = 2 if weight is None else 1
    if weight is None:
        spread = float((gap**2).sum())
        weight = float(np.clip((lean_truth * gap).sum() / spread, 0, 1)) if spread > 0 else 0.0
    value = shares[0] - weight * (shares[1] - shares[2])
    clusters = len(np.unique(coded))
    # documents that hold no hand-coded sentence still move the model's mean over all
    spread = float(((lean_truth - weight * gap) ** 2).sum()) * clusters / max(1, clusters - found)
    low, high = _bound(value, float(np.sqrt(spread)), clusters - found)
    return Prevalence(float(np.clip(value, 0, 1)), low, high, weight)


def estimate_naive(given: Floats, documents: Ints, count: int) -> Prevalence:
    """Return the share of sentences that the model gives a code, as if it never erred."""
    return estimate_prevalence(given, given, documents, given, documents, count, weight=0.0)


def _bound(value: float, error: float, freedom: int) -> tuple[float | None, float | None]:
    if freedom < 1 or error == 0:
        return None, None
    reach = float(student.ppf((1 + LEVEL) / 2, freedom))
    # far out on the logit scale nothing is left of the approximation
    if not error / 4 < value < 1 - error / 4:
        return max(0.0, value - reach * error), min(1.0, value + reach * error)
    middle, stretch = np.log(value / (1 - value)), reach * error / (value * (1 - value))
    low, high = (1 / (1 + np.exp(-(middle + side * stretch))) for side in (-1, 1))
    return float(low), float(high)
