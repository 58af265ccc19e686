"""Does answering one paradox raise another? Actions on one, then tensions of another, against chance within units.

The study expects that resolving one paradox breeds the next. For every ordered pair of paradoxes the share of
sentences in which an action or strategy stands near the first is set against the share of sentences with a tension of
the second one period later. What is correlated, within units, are changes from one period to the next: two shares that
both rise over the years have nothing to do with each other. Chance is what shuffling the earlier series within every
unit gives. It is an association, on what the model said, and no proof of a cause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antinomy.drift.scan import adjust
from antinomy.resample import Floats

# Periods of a unit, for a lag to say anything.
LEAST_PERIODS = 8
# Sentences on either side of a paradox in which an action counts as near it.
NEAR = 2


@dataclass(frozen=True, slots=True, eq=False)
class UnitShares:
    """One unit.

    Attributes:
        answers: Share of sentences with an action or strategy near each paradox, (periods, paradoxes).
        tensions: Share of sentences with a tension of each paradox, (periods, paradoxes).
    """

    answers: Floats
    tensions: Floats


def find_cascades(
    units: Sequence[UnitShares], paradoxes: Sequence[str], *, draws: int, seed: int
) -> list[dict[str, Any]]:
    """Measure every ordered pair of different paradoxes.

    Returns:
        ``{"answered", "raised", "correlation", "p", "q"}`` each, in order of q; nothing where no unit has eight
        periods.
    """
    long = [unit for unit in units if len(unit.answers) >= LEAST_PERIODS]
    pairs = [(one, other) for one in range(len(paradoxes)) for other in range(len(paradoxes)) if one != other]
    if not long:
        return []
    random = np.random.default_rng(seed)
    own = _correlate(long, None)
    exceeded = np.zeros_like(own)
    for _ in range(draws):
        exceeded += _correlate(long, random) >= own - 1e-12
    found: list[dict[str, Any]] = []
    for one, other in pairs:
        if np.isnan(own[one, other]):
            continue
        p = float((1 + exceeded[one, other]) / (1 + draws))
        found.append(
            {"answered": paradoxes[one], "raised": paradoxes[other], "correlation": float(own[one, other]), "p": p}
        )
    for entry, q in zip(found, adjust([entry["p"] for entry in found]), strict=True):
        entry["q"] = q
    return sorted(found, key=lambda entry: entry["q"])


def _correlate(units: Sequence[UnitShares], random: np.random.Generator | None) -> Floats:
    """Return correlations of answers with tensions a period later, (answered, raised); shuffled with ``random``."""
    products, squares_of_answers, squares_of_tensions = 0.0, 0.0, 0.0
    for unit in units:
        earlier, later = np.diff(unit.answers, axis=0)[:-1], np.diff(unit.tensions, axis=0)[1:]
        if random is not None:
            earlier = earlier[random.permutation(len(earlier))]
        earlier, later = earlier - earlier.mean(axis=0), later - later.mean(axis=0)
        products = products + earlier.T @ later
        squares_of_answers = squares_of_answers + (earlier**2).sum(axis=0)
        squares_of_tensions = squares_of_tensions + (later**2).sum(axis=0)
    below = np.sqrt(np.outer(squares_of_answers, squares_of_tensions))
    return np.asarray(np.divide(products, below, out=np.full(below.shape, np.nan), where=below > 0))
