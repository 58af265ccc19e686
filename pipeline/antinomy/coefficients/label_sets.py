"""Sets of codes that coders gave -> Krippendorff's alpha with a distance between sets, for many samples at once.

Everything is summed over documents first, so a bootstrap over documents only adds up rows.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from antinomy.coefficients.cells import Bools, divide
from antinomy.coefficients.tallies import Ratings
from antinomy.resample import Floats, Ints

# Distances that are held at a time (64 MB).
BLOCK = 8_000_000


@dataclass(frozen=True, slots=True)
class SetSums:
    """What alpha over sets needs, over units that at least two coders coded.

    Attributes:
        sets: The different sets that occur, shape (sets, codes).
        conflict: Σ_{i≠j} δ(v_i, v_j)/(m − 1) of the units of each document, shape (documents,).
        counts: How often each set was given in each document, shape (documents, sets).
        units: How many such units there are.
    """

    sets: Bools
    conflict: Floats
    counts: Floats
    units: int


def measure_masi(sets: Bools, others: Bools) -> Floats:
    """Return the MASI distances (Passonneau 2006) between sets of codes: 1 − J·M, (m, codes), (n, codes) -> (m, n).

    J is Jaccard's similarity; M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, otherwise
    0. Two empty sets are equal (0/0 in Jaccard's formula): both coders said that no code applies.

    >>> sets = np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 0]], dtype=bool)
    >>> measure_masi(sets[:1], sets).round(3).tolist()
    [[0.0, 0.667, 0.889, 1.0]]
    """
    common = sets.astype(float) @ others.astype(float).T
    return _weigh(common, sets.sum(axis=1)[:, None], others.sum(axis=1)[None, :])


def sum_sets(ratings: Ratings, documents: Ints, count: int) -> SetSums:
    """Prepare alpha over sets.

    Args:
        ratings: 1 given, 0 not given, -1 not coded; shape (units, coders, codes). A coder who left out some of the
            codes of a unit counts as not having coded it: a part of a set is no set.
        documents: Number of the document of each unit, (units,).
        count: Number of documents.
    """
    coded = (ratings >= 0).all(axis=2)
    m = coded.sum(axis=1)
    coded &= (m >= 2)[:, None]
    sets, places = np.unique((ratings == 1)[coded], axis=0, return_inverse=True)
    cell = np.repeat(documents, coded.sum(axis=1)) * len(sets) + places.reshape(-1)
    counts = np.bincount(cell, minlength=count * len(sets)).reshape(count, len(sets)).astype(float)
    conflict = np.zeros(count)
    for one, other in combinations(range(len(coded.T)), 2):
        both = np.flatnonzero(coded[:, one] & coded[:, other])
        given, theirs = ratings[both, one] == 1, ratings[both, other] == 1
        apart = _weigh((given & theirs).sum(axis=1).astype(float), given.sum(axis=1), theirs.sum(axis=1))
        conflict += np.bincount(documents[both], weights=2 * apart / (m[both] - 1), minlength=count)
    return SetSums(sets, conflict, counts, int((m >= 2).sum()))


def compute_set_alpha(sums: SetSums, weights: Floats) -> Floats:
    """Krippendorff's alpha with MASI distances, in every draw; undefined where only one set occurs.

    Args:
        sums: See ``SetSums``.
        weights: How often each document is drawn, shape (draws, documents).
    """
    n = weights @ sums.counts.sum(axis=1)
    # the sum over all pairs of values goes over sets or over documents, whichever are fewer
    by_set = len(sums.sets) <= len(sums.counts)
    drawn = weights @ sums.counts if by_set else weights
    apart = _sum_distances(np.eye(len(sums.sets)) if by_set else sums.counts, sums.sets)
    return 1 - divide(weights @ sums.conflict * (n - 1), ((drawn @ apart) * drawn).sum(axis=1))


def _sum_distances(counts: Floats, sets: Bools) -> Floats:
    """Return counts · distances · countsᵀ, without ever holding all distances where there are many sets."""
    total = np.zeros((len(counts), len(counts)))
    rows = max(1, BLOCK // max(1, len(sets)))
    for at in range(0, len(sets), rows):
        total += counts[:, at : at + rows] @ (measure_masi(sets[at : at + rows], sets) @ counts.T)
    return total


def _weigh(common: Floats, size: Ints, other: Ints) -> Floats:
    """Return MASI distances from how much sets have in common and how large they are."""
    union = size + other - common
    jaccard = np.divide(common, union, out=np.ones_like(common), where=union > 0)
    nested = np.where(common == np.minimum(size, other), 2 / 3, 1 / 3)
    return np.asarray(1 - jaccard * np.where(jaccard == 1, 1.0, nested))
