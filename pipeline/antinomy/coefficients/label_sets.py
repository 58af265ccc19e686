"""Sets of codes that coders gave -> Krippendorff's alpha with a distance between sets, for many samples at once.

Which sets occur at all is found out first; a unit is then what it adds to counts of sets and to the disagreement, and
a bootstrap over documents only adds up rows.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from antinomy.coefficients.cells import Bools, divide
from antinomy.coefficients.tallies import Ratings
from antinomy.resample import Floats, Ints

# Sets per block when the expected disagreement is summed (64 MB).
BLOCK = 8_000_000


@dataclass(frozen=True, slots=True)
class SetTally:
    """What every unit adds to alpha.

    Attributes:
        distances: Between sets, shape (sets, sets).
        conflict: Σ_{i≠j} δ(v_i, v_j)/(m − 1) of each unit, shape (units,); 0 where fewer than two coded it.
        counts: How often each set was given, by units that at least two coders coded, shape (units, sets).
    """

    distances: Floats
    conflict: Floats
    counts: npt.NDArray[np.int8]


def measure_masi(sets: Bools) -> Floats:
    """Return the MASI distances (Passonneau 2006) between sets of codes: 1 − J·M, (sets, codes) -> (sets, sets).

    J is Jaccard's similarity; M is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, otherwise
    0. Two empty sets are equal (0/0 in Jaccard's formula): both coders said that no code applies.

    >>> measure_masi(np.array([[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 0]], dtype=bool))[0].round(3).tolist()
    [0.0, 0.667, 0.889, 1.0]
    """
    members = sets.astype(float)
    common = members @ members.T
    sizes = members.sum(axis=1)
    union = sizes[:, None] + sizes[None, :] - common
    jaccard = np.divide(common, union, out=np.ones_like(common), where=union > 0)
    smaller = np.minimum(sizes[:, None], sizes[None, :])
    kind = np.where(jaccard == 1, 1.0, np.where(common == 0, 0.0, np.where(common == smaller, 2 / 3, 1 / 3)))
    return np.asarray(1 - jaccard * kind)


def tally_sets(ratings: Ratings) -> SetTally:
    """Prepare alpha over sets.

    Args:
        ratings: 1 given, 0 not given, -1 not coded; shape (units, coders, codes). A coder who left out some of the
            codes of a unit counts as not having coded it: a part of a set is no set.
    """
    coded = (ratings >= 0).all(axis=2)
    sets, places = np.unique((ratings == 1)[coded], axis=0, return_inverse=True)
    ids = np.full(coded.shape, -1)
    ids[coded] = places.reshape(-1)
    distances = measure_masi(sets)
    counts = np.zeros((len(ratings), len(sets)), dtype=np.int8)
    coders = len(ids.T)
    for coder in range(coders):
        rows = np.flatnonzero(ids[:, coder] >= 0)
        counts[rows, ids[rows, coder]] += 1
    m = coded.sum(axis=1)
    conflict = np.zeros(len(ratings))
    for one in range(coders):
        for other in range(one):
            both = np.flatnonzero((ids[:, one] >= 0) & (ids[:, other] >= 0))
            conflict[both] += 2 * distances[ids[both, one], ids[both, other]]
    counts[m < 2] = 0
    return SetTally(distances, np.asarray(np.divide(conflict, m - 1, out=np.zeros(len(m)), where=m >= 2)), counts)


def compute_set_alpha(conflict: Floats, counts: Floats, distances: Floats) -> Floats:
    """Krippendorff's alpha with a distance between values; undefined where only one set occurs.

    Args:
        conflict: Summed over the units of each sample, shape (samples,).
        counts: Likewise, shape (samples, sets).
        distances: Shape (sets, sets).
    """
    n = counts.sum(axis=1)
    rows = max(1, BLOCK // max(1, counts.shape[1]))
    parts = [counts[at : at + rows] for at in range(0, len(counts), rows)]
    expected = np.concatenate([((part @ distances) * part).sum(axis=1) for part in parts])
    return 1 - divide(conflict * (n - 1), expected)


def sum_sets(tally: SetTally, documents: Ints, count: int) -> tuple[Floats, Floats]:
    """Sum what units add over the units of each document: (count,) and (count, sets)."""
    conflict, counts = np.zeros(count), np.zeros((count, tally.counts.shape[1]))
    np.add.at(conflict, documents, tally.conflict)
    np.add.at(counts, documents, tally.counts)
    return conflict, counts
