"""One unit's documents in order of time -> has anything changed, and since when: a scan over all stretches of time.

A change lasts to the end or passes. For every point between two periods what lies before it is set against what lies
after it, and for stretches in the middle what lies within against what lies outside: the epidemic alternative of Levin
& Kline (1985), The CUSUM Test of Homogeneity with an Application in Spontaneous Abortion Epidemiology, Statistics in
Medicine 4. Lengths of these grow by a quarter, so that long series cost little more. How large the largest difference
would be by chance is found by shuffling time, again and again. Where there are twenty periods or more, whole periods
change places, so that documents of one time may be alike; fewer have too few orders, and documents change places.
Sentences of one document always stay together, so neither likeness within documents nor errors of a steady model make a
difference, and no baseline is needed. What is tested is that periods (or documents) are exchangeable over time.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import false_discovery_control

from antinomy.resample import Floats, Ints, sum_by_document

# Periods on either side of a change point.
LEAST_PERIODS = 2
# From one length of a stretch in the middle to the next.
GROWTH = 1.25
# From so many on, there are enough orders of periods to shuffle them whole.
LEAST_BLOCKS = 20
# Of the first random orders, so many may match a change for it to be looked at again.
FEW = 6


@dataclass(frozen=True, slots=True)
class Change:
    """The largest change of one value over time.

    Attributes:
        period: First period after it.
        until: First period after which it has passed; None where it lasts to the end.
        before, after: Value in the documents before and after; where it passes, outside and within.
        p: How often chance makes a change as large anywhere; 1 where there is too little to tell.
    """

    period: int
    until: int | None
    before: float
    after: float
    p: float


def scan_changes(
    above: Floats,
    below: Floats,
    periods: Ints,
    *,
    draws: int,
    seed: int,
    whole_periods: bool = True,
    stretches: Ints | None = None,
) -> list[Change | None]:
    """Find the largest change of each of several ratios of sums over documents.

    Args:
        above: What is counted, such as sentences with a code, (documents, values).
        below: What it is counted of, (documents,).
        periods: Period of each document, from 0 without a gap, (documents,).
        draws: Random orders.
        seed: Decides them.
        whole_periods: Let periods change places where there are enough of them.
        stretches: First period and the one after the last of those that may differ; None: as ``list_stretches`` says.

    Returns:
        One change per value; None where there are fewer than four periods, or the value never varies.
    """
    count = int(periods.max()) + 1 if len(periods) else 0
    if whole_periods and count >= LEAST_BLOCKS:
        above, below = sum_by_document(above, periods, count), sum_by_document(below, periods, count)
        periods = np.arange(count)
    stretches = list_stretches(count) if stretches is None else stretches
    if not len(stretches):
        return [None] * above.shape[1]
    order = np.argsort(periods, kind="stable")
    # what lies before each end of a stretch: a random order fills the same places in time
    places = np.searchsorted(periods[order], stretches)
    random = np.random.default_rng(seed)
    own = _measure(above[order], below[order], places)
    exceeded = np.zeros(above.shape[1])
    for _ in range(draws):
        shuffled = random.permutation(order)
        exceeded += _measure(above[shuffled], below[shuffled], places).max(axis=0) >= own.max(axis=0) - 1e-12
    found: list[Change | None] = []
    for value, best in enumerate(own.argmax(axis=0)):
        first, end = places[best]
        late, early = order[first:end], np.concatenate([order[:first], order[end:]])
        if own[best, value] == 0:
            found.append(None)
            continue
        before, after = (float(above[part, value].sum() / below[part].sum()) for part in (early, late))
        since, until = (int(period) for period in stretches[best])
        p = float((1 + exceeded[value]) / (1 + draws))
        found.append(Change(since, until if until < count else None, before, after, p))
    return found


def list_stretches(count: int) -> Ints:
    """Return first period and the one after the last of every stretch of time that may differ, (stretches, 2).

    >>> list_stretches(6).tolist()
    [[2, 6], [3, 6], [4, 6], [2, 4]]
    """
    lasting = [(first, count) for first in range(LEAST_PERIODS, count - LEAST_PERIODS + 1)]
    passing = []
    length = LEAST_PERIODS
    while length <= count - 2 * LEAST_PERIODS:
        passing += [(first, first + length) for first in range(LEAST_PERIODS, count - LEAST_PERIODS - length + 1)]
        length = max(length + 1, round(GROWTH * length))
    return np.array(lasting + passing, dtype=np.int64).reshape(-1, 2)


def scan_closely(
    above: Floats, below: Floats, periods: Ints, *, draws: int, seed: int, least: float
) -> list[Change | None]:
    """Scan several ratios, and those that hardly any random order matches again, with as many orders as it takes.

    The least p that random orders can show is one over their number; a change that is alone among many tests needs a
    smaller one.

    Args:
        above: As in ``scan_changes``, like all others but the last.
        below: What it is counted of.
        periods: Of the documents.
        draws: Random orders to begin with.
        seed: Decides them.
        least: The p that must be within reach.
    """
    changes = scan_changes(above, below, periods, draws=draws, seed=seed)
    rare = [place for place, found in enumerate(changes) if found and found.p <= FEW / (draws + 1)]
    if rare and least < 1 / (draws + 1):
        closer = scan_changes(above[:, rare], below, periods, draws=round(1 / least), seed=seed)
        for place, found in zip(rare, closer, strict=True):
            changes[place] = found
    return changes


def _measure(above: Floats, below: Floats, places: Ints) -> Floats:
    """Return how far each stretch is from the rest, in units of what their sizes explain: (stretches, values).

    The ratio of all documents is taken from each; what is left sums to 0 over all, so one side says it all.
    """
    residuals = above - below[:, None] * (above.sum(axis=0) / below.sum())
    first, end = places.T - 1
    sums = residuals.cumsum(axis=0)
    sums = sums[end] - sums[first]
    size = below.cumsum() / below.sum()
    size = size[end] - size[first]
    scale = np.sqrt(np.maximum(0.0, size * (1 - size)))[:, None]
    # a stretch without anything to count differs from nothing
    return np.asarray(np.divide(np.abs(sums), scale, out=np.zeros_like(sums), where=scale > 0))


def adjust(p: list[float]) -> list[float]:
    """Return q values: accepting all up to q keeps the expected share of false ones at q or less.

    Benjamini & Hochberg (1995), Controlling the False Discovery Rate.

    >>> [round(q, 3) for q in adjust([0.01, 0.04, 0.03, 0.5])]
    [0.04, 0.053, 0.053, 0.5]
    """
    return [float(q) for q in false_discovery_control(p)] if p else []
