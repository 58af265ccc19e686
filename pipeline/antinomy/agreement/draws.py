"""One column of codings -> sums that coefficients are computed from, in the sample and in every draw of it.

Documents are drawn, because units of one document are alike. Units are drawn as well, only to show what difference
that makes: such intervals are too narrow. Units in which every coder did the same are one pattern, and how often each
pattern is drawn is all that a draw of units needs to say, so a hundred thousand units cost no more than a hundred.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from antinomy.coefficients.cells import mark_cells
from antinomy.coefficients.tallies import SUMS, Ratings, tally_units
from antinomy.resample import Floats, Ints


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of one column; the first axis is the sample, then its draws.

    Attributes:
        many: What ``coefficients.tallies`` needs, (1 + draws, 7).
        pairs: Cells of each pair of coders on the units that both coded, (pairs, 1 + draws, 4).
    """

    many: Floats
    pairs: Floats


def pair_coders(coders: Sequence[str]) -> list[tuple[str, str]]:
    """Return the pairs in the order of ``Sums.pairs``."""
    return list(combinations(coders, 2))


class Patterns:
    """The different ways in which the units of a column were coded, and how often each occurs in each document."""

    def __init__(self, ratings: Ratings, documents: Ints, count: int) -> None:
        """Find them.

        Args:
            ratings: Of one column, (units, coders).
            documents: Number of the document of each unit.
            count: Number of documents.
        """
        found, places = np.unique(ratings, axis=0, return_inverse=True)
        cell = documents * max(1, len(found)) + places.reshape(-1)
        size = count * len(found)
        self._by_document = np.bincount(cell, minlength=size)[:size].reshape(count, len(found)).astype(float)
        tallies = tally_units(found)
        pairs = []
        for one, other in combinations(found.T, 2):
            both = (one >= 0) & (other >= 0)
            pairs.append(mark_cells(one == 1, other == 1) & both[:, None])
        self._coders = len(found.T)
        # per pattern, everything that is to be summed: (patterns, 7 + 4 · pairs)
        self._adds = np.concatenate([tallies, *pairs], axis=1).astype(float)

    def draw_documents(self, weights: Floats) -> Sums:
        """Sum over drawn documents; ``weights`` as ``resample.draw_documents`` returns them."""
        return self._split(weights @ (self._by_document @ self._adds))

    def draw_units(self, *, draws: int, seed: int) -> Sums:
        """Sum over drawn units."""
        counts = self._by_document.sum(axis=0)
        total = int(counts.sum())
        random = np.random.default_rng(seed)
        drawn = random.multinomial(total, counts / total, size=draws) if total > 1 else np.zeros((0, len(counts)))
        return self._split(np.concatenate([counts[None], drawn]) @ self._adds)

    def _split(self, sums: Floats) -> Sums:
        pairs = sums[:, SUMS:].reshape(len(sums), -1, 4)
        return Sums(sums[:, :SUMS], np.moveaxis(pairs, 1, 0))
