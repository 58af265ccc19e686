"""Probabilities and gold -> average precision for any weights of the sentences, sorted once."""

from collections.abc import Callable

import numpy as np

from antinomy.coefficients.cells import Bools, divide
from antinomy.resample import Floats, Ints


def rank_sentences(probabilities: Floats) -> Ints:
    """Return the order from the most to the least probable."""
    return np.argsort(-probabilities, kind="stable").astype(np.int64)


def average_precision(probabilities: Floats, gold: Bools) -> Callable[[Floats], Floats]:
    """Prepare average precision, the mean precision at each of gold's codes, ties counted together.

    Args:
        probabilities: In falling order, shape (sentences,).
        gold: In the same order.

    Returns:
        Weights of shape (draws, sentences) -> values of shape (draws,), nan where gold has no code.
    """
    ends = np.flatnonzero(np.append(np.diff(probabilities) != 0, True))

    def compute(weights: Floats) -> Floats:
        drawn = np.cumsum(weights, axis=1)[:, ends]
        hits = np.cumsum(weights * gold, axis=1)[:, ends]
        precision = np.divide(hits, drawn, out=np.zeros_like(hits), where=drawn > 0)
        return divide((precision * np.diff(hits, axis=1, prepend=0)).sum(axis=1), hits[:, -1])

    return compute
