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
# Leaving out each of more documents would cost time and memory.
MOST_LEFT_OUT = 400
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


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Draws of documents with what corrected intervals need beside them.

    Attributes:
        weights: The sample, its draws, and a row for each document that leaves it out, (rows, documents).
        draws: How many of the rows are draws.
    """

    weights: Floats
    draws: int

    def estimate(self, values: Floats, *, level: float = LEVEL) -> Estimate:
        """Return a statistic of the sample with its interval, from its values in all rows."""
        return estimate_corrected(values, self.draws, level=level)

    def count_undefined(self, values: Floats) -> int:
        """Count the draws in which a statistic is undefined."""
        return int(np.isnan(values[1 : 1 + self.draws]).sum())


def draw_with_corrections(documents: int, *, draws: int, seed: int) -> Drawing:
    """Draw documents; with very many of them corrections would hardly move an interval, and are left out."""
    weights = draw_documents(documents, draws=draws, seed=seed)
    drawn = len(weights) - 1
    if drawn and documents <= MOST_LEFT_OUT:
        weights = np.concatenate([weights, 1 - np.eye(documents)])
    return Drawing(weights, drawn)


def estimate(values: Floats) -> Estimate:
    """Return the first value with the percentile interval of the others, leaving out undefined ones (nan)."""
    return estimate_corrected(values, len(values) - 1)


def estimate_corrected(values: Floats, draws: int, *, level: float = LEVEL) -> Estimate:
    """Return the first value with an interval that is corrected for bias, skewness and few documents.

    The bias-corrected and accelerated interval (Efron 1987, Better Bootstrap Confidence Intervals), with the normal
    quantile expanded as Student's is (Hesterberg 2015, What Teachers Should Know About the Bootstrap, section 4.4):
    plain percentiles of few documents hold the true value too seldom.

    Args:
        values: Of the sample, of its draws, and with each document left out; without the last it is the percentile
            interval.
        draws: How many draws there are.
        level: Of the interval.
    """
    if np.isnan(values[0]):
        return Estimate(None, None, None)
    drawn = values[1 : 1 + draws][~np.isnan(values[1 : 1 + draws])]
    if not len(drawn) or len(drawn) < LEAST_DEFINED * draws:
        return Estimate(float(values[0]), None, None)
    low, high = np.quantile(drawn, _find_tails(values[0], drawn, values[1 + draws :], level))
    return Estimate(float(values[0]), float(low), float(high))


def _find_tails(value: float, drawn: Floats, left_out: Floats, level: float) -> list[float]:
    tail = (1 - level) / 2
    if len(left_out) < 2:
        return [tail, 1 - tail]
    documents = len(left_out)
    reach = np.sqrt(documents / (documents - 1)) * student.ppf(1 - tail, documents - 1)
    # a share of 0 or 1 would send the quantile to infinity
    share = np.clip(((drawn < value).mean() + (drawn <= value).mean()) / 2, 1 / len(drawn), 1 - 1 / len(drawn))
    bias = norm.ppf(share)
    known = left_out[~np.isnan(left_out)]
    apart = known.mean() - known if len(known) else np.zeros(1)
    spread = float((apart**2).sum()) ** 1.5
    skew = float((apart**3).sum()) / (6 * spread) if spread > 0 else 0.0
    return [float(norm.cdf(bias + (bias + side) / (1 - skew * (bias + side)))) for side in (-reach, reach)]


def _cut(weights: Floats, sentences: int) -> Iterator[Floats]:
    rows = max(1, BLOCK // max(1, sentences))
    return (weights[first : first + rows] for first in range(0, len(weights), rows))
