"""Probabilities on hand-coded sentences -> the probabilities from which a machine may decide alone.

Both rules assume that the sentences at hand and the hand-coded ones are exchangeable: drawn from the same kind of text
in the same way. Their promises hold on average over such draws, not for every single corpus.
"""

import numpy as np

from antinomy.resample import Floats


def find_acceptance(scores: Floats, wrong: Floats, count: int, *, budget: float, least: float = 0.0) -> float | None:
    """Return the least probability at which a code may be accepted, or None where none may.

    Conformal Labeling (Huang et al. 2025, arXiv 2510.14581): the p-value of a sentence is the share of hand-coded
    sentences *without* the code that score as high or higher; Benjamini & Hochberg (1995) at the budget then holds the
    expected share of wrong codes among those accepted at or below it.

    Args:
        scores: Probabilities of the sentences at hand.
        wrong: Probabilities of hand-coded sentences that do not carry the code, ascending.
        count: How many such sentences there are, those under ``least`` included, which ``wrong`` may leave out.
        budget: The largest expected share of wrong codes among accepted ones.
        least: Lower probabilities are never accepted.

    >>> wrong = np.array([0.1, 0.2, 0.3])
    >>> find_acceptance(np.array([0.9, 0.8, 0.25, 0.05]), wrong, 99, budget=0.02)
    0.8
    """
    if not len(scores) or not count:
        return None
    ordered = np.sort(scores)[::-1]
    above = len(wrong) - np.searchsorted(wrong, ordered, side="left")
    p = np.where(ordered < least, 1.0, (1 + above) / (1 + count))
    passing = np.flatnonzero(p <= budget * np.arange(1, len(ordered) + 1) / len(ordered))
    return float(ordered[passing[-1]]) if len(passing) else None


def find_emptiness(highest: Floats, *, budget: float) -> float | None:
    """Return the probability below which a sentence may pass as one without a code, or None where none may.

    Conformal risk control (Angelopoulos et al. 2024): of sentences that carry a code, the expected share whose every
    code scores lower is at or below the budget.

    Args:
        highest: Of each hand-coded sentence that carries a code, the highest probability of any code.
        budget: The largest expected share of sentences with a code that pass as empty.

    >>> find_emptiness(np.linspace(0.05, 0.95, 19), budget=0.1).__round__(2)
    0.1
    """
    allowed = int(np.floor(budget * (len(highest) + 1) + 1e-9)) - 1
    return float(np.sort(highest)[allowed]) if allowed >= 0 else None
