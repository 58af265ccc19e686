"""One code, any number of coders, codings missing -> coefficients of agreement, for many samples at once.

What every coefficient needs of a unit is summed first, so a bootstrap over documents only adds up rows: the last axis
holds, in this order, sums over units

    pairable   units that at least two coders coded
    agreed     of these, the share of pairs of coders who agree
    values     of these, codings (N)
    yes        of these, codings that gave the code
    conflict   of these, ordered pairs of coders who differ, over (codings of the unit − 1)
    rated      units that anyone coded
    rate       of these, the share of coders who gave the code

A unit that one coder coded counts for ``rated`` and ``rate`` only (Gwet 2014 lets it speak on prevalence).
"""

import numpy as np
import numpy.typing as npt

from antinomy.coefficients.cells import divide
from antinomy.resample import Floats

SUMS = 7

Ratings = npt.NDArray[np.int8]


def tally_units(ratings: Ratings) -> Floats:
    """Prepare the sums of every unit.

    Args:
        ratings: 1 given, 0 not given, -1 not coded; shape (units, coders, …).

    Returns:
        Shape (units, …, 7).
    """
    coded = ratings >= 0
    m, y = coded.sum(axis=1).astype(float), (ratings == 1).sum(axis=1).astype(float)
    pairable = m >= 2
    n = m - y
    agreed = divide(y * (y - 1) + n * (n - 1), m * (m - 1))
    conflict = divide(2 * y * n, m - 1)
    parts = [np.where(pairable, part, 0.0) for part in (np.ones_like(m), agreed, m, y, conflict)]
    parts += [np.where(m > 0, part, 0.0) for part in (np.ones_like(m), divide(y, m))]
    return np.stack(parts, axis=-1)


def compute_percent(sums: Floats) -> Floats:
    """Mean share of pairs of coders who agree, over units that at least two coded."""
    return divide(sums[..., 1], sums[..., 0])


def compute_alpha(sums: Floats) -> Floats:
    """Krippendorff's alpha, nominal, missing codings allowed; undefined where only one value occurs.

    1 − Do/De with Do = Σ_u Σ_{i≠j} δ(v_iu, v_ju)/(m_u − 1) / N and De = 2·n0·n1/(N(N − 1)): Krippendorff (2011),
    Computing Krippendorff's Alpha-Reliability, section C, for two values.

    >>> meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    >>> owen = [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
    >>> round(compute_alpha(tally_units(np.array([meg, owen], dtype=np.int8).T).sum(axis=0)).item(), 3)
    0.095
    """
    _, _, values, yes, conflict, _, _ = np.moveaxis(sums, -1, 0)
    return 1 - divide(conflict * (values - 1), 2 * yes * (values - yes))


def compute_fleiss(sums: Floats) -> Floats:
    """Fleiss' kappa (1971), (P − Pe)/(1 − Pe) with Pe = p² + (1 − p)².

    It is meant for units that all have equally many codings; whoever calls must see to that. With two coders it is
    Scott's pi (1955); the data of ``compute_alpha``:

    >>> meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    >>> owen = [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
    >>> round(compute_fleiss(tally_units(np.array([meg, owen], dtype=np.int8).T).sum(axis=0)).item(), 4)
    0.0476
    """
    rate = divide(sums[..., 3], sums[..., 2])
    chance = rate**2 + (1 - rate) ** 2
    return divide(compute_percent(sums) - chance, 1 - chance)


def compute_ac1(sums: Floats) -> Floats:
    """Gwet's AC1 for any number of coders (2014, Handbook of Inter-Rater Reliability, 4th ed., chapter 2)."""
    rate = divide(sums[..., 6], sums[..., 5])
    chance = 2 * rate * (1 - rate)
    return divide(compute_percent(sums) - chance, 1 - chance)


def compute_pabak(sums: Floats) -> Floats:
    """Brennan & Prediger's coefficient (1981) for two values, 2·P − 1; with two coders this is PABAK."""
    return 2 * compute_percent(sums) - 1


def compute_positive_agreement(sums: Floats) -> Floats:
    """Of the codings that gave the code, the share that another coder of the unit, drawn at random, gave too."""
    return divide(sums[..., 3] - sums[..., 4] / 2, sums[..., 3])


def compute_negative_agreement(sums: Floats) -> Floats:
    """Of the codings that did not give the code, the share that another coder of the unit did not give either."""
    no = sums[..., 2] - sums[..., 3]
    return divide(no - sums[..., 4] / 2, no)


def compute_prevalence(sums: Floats) -> Floats:
    """Share of codings that gave the code, every unit weighing the same."""
    return divide(sums[..., 6], sums[..., 5])
