"""How many sentences to code by hand so that a prevalence is known within so many points."""

from math import ceil, sqrt

import numpy as np
from scipy.stats import norm

from antinomy.resample import LEVEL, Floats, Ints


def correlate(prevalence: float, sensitivity: float, specificity: float) -> float:
    """Return the correlation of a yes-or-no model with the truth.

    >>> round(correlate(0.05, 0.75, 0.97) ** 2, 2)
    0.4
    """
    observed = prevalence * sensitivity + (1 - prevalence) * (1 - specificity)
    spread = prevalence * (1 - prevalence) * observed * (1 - observed)
    return prevalence * (1 - prevalence) * (sensitivity + specificity - 1) / sqrt(spread) if spread > 0 else 0.0


def count_needed(prevalence: float, within: float, *, correlation: float = 0.0, design: float = 1.0) -> int:
    """Return how many sentences to code by hand, for a 95 % interval of ± ``within``.

    deff · z² · p(1 − p)(1 − r²)/within²: with r = 0 by people alone, otherwise with a tuned model over a corpus that is
    large beside the sample (PPI++).

    Args:
        prevalence: Expected share of sentences with the code.
        within: Half the width of the interval, as a share.
        correlation: Of the model with people, over sentences.
        design: The design effect (see ``find_design_effect``).

    >>> count_needed(0.05, 0.02)
    457
    >>> count_needed(0.05, 0.02, correlation=correlate(0.05, 0.75, 0.97))
    274
    """
    z = float(norm.ppf((1 + LEVEL) / 2))
    return ceil(design * z**2 * prevalence * (1 - prevalence) * (1 - correlation**2) / within**2)


def find_likeness(values: Floats, documents: Ints) -> float:
    """Return how alike the sentences of one document are: the intraclass correlation, by analysis of variance.

    Donner (1986); at least 0. Undefined (0) with fewer than two documents or where all are alike.
    """
    present, numbers = np.unique(documents, return_inverse=True)
    sizes = np.bincount(numbers).astype(float)
    k, n = len(present), len(values)
    if k < 2 or n <= k:
        return 0.0
    means = np.bincount(numbers, weights=values) / sizes
    between = float((sizes * (means - values.mean()) ** 2).sum()) / (k - 1)
    within = float(((values - means[numbers]) ** 2).sum()) / (n - k)
    typical = (n - float((sizes**2).sum()) / n) / (k - 1)
    total = between + (typical - 1) * within
    return max(0.0, (between - within) / total) if total > 0 else 0.0


def find_design_effect(likeness: float, per_document: float) -> float:
    """Return by how much alikeness within documents multiplies the sentences needed: 1 + (m − 1)·ρ (Kish 1965).

    >>> find_design_effect(0.05, 21)
    2.0
    """
    return 1 + max(0.0, per_document - 1) * likeness
