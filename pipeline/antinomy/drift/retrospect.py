"""Shares of one code over periods -> the periods in which it changed, looking back."""

import numpy as np

from antinomy.drift.charts import Counts, find_likeness, find_spread
from antinomy.drift.scan import LEAST_PERIODS

# Per change and log of the number of periods, in variances of one period: the scan has said already that there is one.
PENALTY = 2.0


def date_changes(counts: Counts) -> list[int]:
    """Return the first period after each change of level.

    Killick, Fearnhead & Eckley (2012), Optimal Detection of Changepoints with a Linear Computational Cost (PELT),
    Journal of the American Statistical Association 107, by ``ruptures``; squared error, of shares in units of what
    clustered sentences explain.

    >>> when = np.arange(12)
    >>> coded = np.where((when >= 4) & (when < 9), 30.0, 5.0) + when % 2
    >>> date_changes(Counts(coded, np.full(12, 100.0), when))
    [4, 9]
    """
    import ruptures

    coded, sentences = counts.sum_periods()
    share = float(counts.coded.sum() / counts.sentences.sum())
    if not 0 < share < 1 or len(coded) < 2 * LEAST_PERIODS:
        return []
    # documents on both sides of a change differ by it, too; steps from period to period hardly do
    spread = find_spread(share, counts, find_likeness(counts.coded, counts.sentences))
    scores = (coded / sentences - share) / spread
    steps = np.abs(np.diff(scores))
    variance = max(float(np.median(steps) / 0.954) ** 2, 1e-6)
    fitted = ruptures.Pelt(model="l2", min_size=LEAST_PERIODS, jump=1).fit(scores)
    return [int(end) for end in fitted.predict(pen=PENALTY * np.log(len(scores)) * variance)[:-1]]
