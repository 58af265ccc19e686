"""Values per sentence -> their sums over documents drawn again and again: a cluster bootstrap with intervals.

Sentences of one document are alike, so documents are drawn, each with all its sentences. A draw is a row of
weights: how often each document was drawn. The first row is the sample itself (every document once); whatever is
computed from all rows at once therefore yields the value and its draws together. Statistics that are computed from
the same weights are paired, so ratios and differences of them have intervals too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import norm
from scipy.stats import t as student

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LEVEL = 0.95
# Below this share of draws in which a statistic is defined, an interval would speak of other samples than ours.
LEAST_DEFINED = 0.5
# Weights per sentence are made for so many cells at a time (64 MB).
BLOCK = 8_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A statistic and its percentile interval; None: undefined, or too little to draw from."""

    value: float | None
    low: float | None
    high: float | None


def draw_documents(documents: int, *, draws: int, seed: int) -> Floats:
    """Return weights of shape (1 + draws, documents); a single document cannot be drawn from, so gives (1, 1)."""
    sample = np.ones((1, documents))
    if documents < 2:
        return sample
    random = np.random.default_rng(seed)
    drawn = random.multinomial(documents, np.full(documents, 1 / documents), size=draws)
    return np.concatenate([sample, drawn])


def sum_by_document(values: npt.NDArray[np.generic], documents: Ints, count: int) -> Floats:
    """Sum values of shape (sentences, …) over the sentences of each document: (count, …)."""
    sums = np.zeros((count, *values.shape[1:]))
    np.add.at(sums, documents, values)
    return sums


def resample_sums(sums: Floats, weights: Floats) -> Floats:
    """Return sums over documents in every draw: (documents, …) -> (1 + draws, …)."""
    return np.tensordot(weights, sums, axes=1)


def resample_weighted(statistic: Callable[[Floats], Floats], documents: Ints, weights: Floats) -> Floats:
    """Return a statistic of weighted sentences in every draw: (1 + draws,).

    Args:
        statistic: Weights of shape (draws, sentences) -> values of shape (draws,).
        documents: The document of each sentence, in the order that the statistic wants.
        weights: As ``draw_documents`` returns them.
    """
    return np.concatenate([statistic(block[:, documents]) for block in _cut(weights, len(documents))])


def estimate(values: Floats, *, level: float = LEVEL, clusters: int | None = None) -> Estimate:
    """Return the first value with the percentile interval of the others, leaving out undefined ones (nan).

    Args:
        values: The sample's, then those of its draws.
        level: Of the interval.
        clusters: How many documents were drawn from. Given, the interval is widened as Student's is, because draws of
            few documents vary too little: the expanded percentile interval of Hesterberg (2015), What Teachers Should
            Know About the Bootstrap, The American Statistician 69, section 4.4.
    """
    if np.isnan(values[0]):
        return Estimate(None, None, None)
    drawn = values[1:][~np.isnan(values[1:])]
    if not len(drawn) or len(drawn) < LEAST_DEFINED * (len(values) - 1):
        return Estimate(float(values[0]), None, None)
    tail = (1 - level) / 2
    if clusters is not None and clusters > 1:
        tail = float(norm.cdf(-np.sqrt(clusters / (clusters - 1)) * student.ppf(1 - tail, clusters - 1)))
    low, high = np.quantile(drawn, [tail, 1 - tail])
    return Estimate(float(values[0]), float(low), float(high))


def _cut(weights: Floats, sentences: int) -> Iterator[Floats]:
    rows = max(1, BLOCK // max(1, sentences))
    return (weights[first : first + rows] for first in range(0, len(weights), rows))
