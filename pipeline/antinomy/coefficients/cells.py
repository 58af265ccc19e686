"""Counts of two sides' yes and no -> scores, for many tables of counts at once; undefined is nan.

The last axis holds the four cells: both, only the first side, only the second, neither. Where the first side is a
model and the second gold, these are true positives, false positives, false negatives, true negatives.
"""

import warnings

import numpy as np
import numpy.typing as npt

from antinomy.resample import Floats

Bools = npt.NDArray[np.bool_]


def mark_cells(one: Bools, other: Bools) -> Bools:
    """Say for every decision in which cell it falls: (…) and (…) -> (…, 4)."""
    return np.stack([one & other, one & ~other, ~one & other, ~one & ~other], axis=-1)


def compute_precision(cells: Floats) -> Floats:
    """Share of the first side's codes that the second has too."""
    return divide(cells[..., 0], cells[..., 0] + cells[..., 1])


def compute_recall(cells: Floats) -> Floats:
    """Share of the second side's codes that the first has too."""
    return divide(cells[..., 0], cells[..., 0] + cells[..., 2])


def compute_f1(cells: Floats) -> Floats:
    """Harmonic mean of precision and recall, 2·TP/(2·TP+FP+FN)."""
    return divide(2 * cells[..., 0], 2 * cells[..., 0] + cells[..., 1] + cells[..., 2])


def compute_kappa(cells: Floats) -> Floats:
    """Cohen's kappa (1960), (Po − Pe)/(1 − Pe), written for a two-by-two table; undefined where Pe = 1.

    The tables of Feinstein & Cicchetti (1990), High Agreement but Low Kappa: coders agree on 85 of 100 in both.

    >>> compute_kappa(np.array([[40.0, 9.0, 6.0, 45.0], [80.0, 10.0, 5.0, 5.0]])).round(2).tolist()
    [0.7, 0.32]
    """
    a, b, c, d = np.moveaxis(cells, -1, 0)
    return divide(2 * (a * d - b * c), (a + b) * (b + d) + (a + c) * (c + d))


def compute_alpha(cells: Floats) -> Floats:
    """Krippendorff's alpha for two coders, nominal data, nothing missing; undefined where only one value occurs.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section A: 1 − (N − 1)·o01/(n0·n1) with N
    values, n0 and n1 of them no and yes, and o01 disagreements; its example, Meg and Owen:

    >>> round(compute_alpha(np.array([1.0, 1.0, 3.0, 5.0])).item(), 3)
    0.095
    """
    a, b, c, d = np.moveaxis(cells, -1, 0)
    yes, no = 2 * a + b + c, 2 * d + b + c
    return 1 - divide((yes + no - 1) * (b + c), yes * no)


def compute_agreement(cells: Floats) -> Floats:
    """Share of units on which both sides agree.

    >>> compute_agreement(np.array([2.0, 4.0, 4.0, 90.0])).item()
    0.92
    """
    return divide(cells[..., 0] + cells[..., 3], cells.sum(axis=-1))


def compute_negative_agreement(cells: Floats) -> Floats:
    """Agreement on no, 2d/(2d + b + c): Cicchetti & Feinstein (1990). On yes it is ``compute_f1``.

    Their tables, as in ``compute_kappa``: in the second, agreement on no is what is poor.

    >>> tables = np.array([[40.0, 9.0, 6.0, 45.0], [80.0, 10.0, 5.0, 5.0]])
    >>> compute_f1(tables).round(2).tolist(), compute_negative_agreement(tables).round(2).tolist()
    ([0.84, 0.91], [0.86, 0.4])
    """
    return divide(2 * cells[..., 3], 2 * cells[..., 3] + cells[..., 1] + cells[..., 2])


def compute_pabak(cells: Floats) -> Floats:
    """Prevalence- and bias-adjusted kappa, 2·Po − 1: Byrt, Bishop & Carlin (1993); for two values Brennan–Prediger.

    >>> round(compute_pabak(np.array([2.0, 4.0, 4.0, 90.0])).item(), 10)
    0.84
    """
    return 2 * compute_agreement(cells) - 1


def compute_ac1(cells: Floats) -> Floats:
    """Gwet's AC1 (2008), chance agreement 2π(1 − π) with π the mean rate of both sides; defined whenever n > 0.

    His table of two raters who agree on 118 of 125, where kappa is below zero:

    >>> table = np.array([118.0, 5.0, 2.0, 0.0])
    >>> round(compute_ac1(table).item(), 4), round(compute_kappa(table).item(), 4)
    (0.9408, -0.0234)
    """
    rate = divide(2 * cells[..., 0] + cells[..., 1] + cells[..., 2], 2 * cells.sum(axis=-1))
    chance = 2 * rate * (1 - rate)
    return divide(compute_agreement(cells) - chance, 1 - chance)


def compute_prevalence_index(cells: Floats) -> Floats:
    """How one-sided the code is, |a − d|/n: Byrt, Bishop & Carlin (1993). Near 1, kappa is low whatever coders do."""
    return divide(np.abs(cells[..., 0] - cells[..., 3]), cells.sum(axis=-1))


def compute_bias_index(cells: Floats) -> Floats:
    """How much one side gives the code more often, |b − c|/n: Byrt, Bishop & Carlin (1993)."""
    return divide(np.abs(cells[..., 1] - cells[..., 2]), cells.sum(axis=-1))


def mean_kappa(pairs: Floats) -> Floats:
    """Return Cohen's kappa as a mean over the pairs for which it is defined, weighted by the units that they share.

    Args:
        pairs: Cells, shape (pairs, draws, 4).
    """
    kappa = compute_kappa(pairs)
    shared = np.where(np.isnan(kappa), 0.0, pairs.sum(axis=-1))
    return divide((np.nan_to_num(kappa) * shared).sum(axis=0), shared.sum(axis=0))


def divide(above: Floats, below: Floats) -> Floats:
    """Divide where the divisor is not 0; nan elsewhere."""
    above, below = np.broadcast_arrays(np.asarray(above, dtype=float), np.asarray(below, dtype=float))
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0))


def mean_over(values: Floats, axis: int) -> Floats:
    """Mean over one axis of what is defined there; nan if nothing is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # numpy warns of what we mean: a mean of nothing
        return np.asarray(np.nanmean(values, axis=axis))
