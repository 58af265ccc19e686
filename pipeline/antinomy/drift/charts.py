"""Shares over time -> control charts: Laney's p′ chart, an EWMA that raises the alarm, a CUSUM that dates it.

A share is that of the sentences of a period which carry a code. Sentences of one document are alike, so the spread of a
period's share is that of a cluster sample, found in the baseline; Laney's sigma z takes up what varies from period to
period beyond that. A model that misses codes or sees too many moves every share by the same linear rule, so a chart of
what the model says raises the same alarms as a chart of corrected shares would.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from antinomy.resample import Floats, Ints

# Found by simulation (scripts/simulate_drift.py): 370 periods or more between false alarms after 12 to 20 of baseline.
LIMIT = 2.5
MEMORY = 0.2
SIGMAS = 3.0
# Of the CUSUM, in standard deviations: half of the shift that it looks for.
ALLOWANCE = 0.5

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """One code in the documents of one unit.

    Attributes:
        coded: Sentences with the code, (documents,).
        sentences: All sentences, (documents,).
        periods: Number of each document's period, (documents,); every period has a document.
    """

    coded: Floats
    sentences: Floats
    periods: Ints

    def sum_periods(self) -> tuple[Floats, Floats]:
        """Return coded and all sentences per period."""
        return _sum(self.periods, self.coded), _sum(self.periods, self.sentences)

    def choose(self, periods: int) -> "Counts":
        """Return the documents of the first periods."""
        kept = self.periods < periods
        return Counts(self.coded[kept], self.sentences[kept], self.periods[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A control chart; all arrays have one value per period.

    Attributes:
        share: Observed.
        centre: Mean of the baseline.
        spread: Standard deviation of a period's share, with Laney's factor.
        sigma_z: Laney's factor, 1 where periods differ no more than documents explain.
        scores: (share − centre)/spread.
        smooth: Exponentially weighted mean of the scores; it starts at 0, and again after the baseline.
        reach: Limit of ``smooth`` to both sides.
        rising, falling: Cumulative sums of the scores beyond the allowance, upwards and downwards.
        alarms: Where ``smooth`` leaves its limits; never within the baseline.
    """

    share: Floats
    centre: float
    spread: Floats
    sigma_z: float
    scores: Floats
    smooth: Floats
    reach: Floats
    rising: Floats
    falling: Floats
    alarms: Bools

    @property
    def limits(self) -> tuple[Floats, Floats]:
        """Three-sigma limits of each period's share, within 0 and 1."""
        reach = SIGMAS * self.spread
        return np.clip(self.centre - reach, 0, 1), np.clip(self.centre + reach, 0, 1)


def draw_chart(counts: Counts, baseline: int) -> Chart | None:
    """Chart one code of one unit.

    Args:
        counts: Of all periods.
        baseline: How many periods from the first say what is usual; at least two.

    Returns:
        The chart; None where the baseline has the code nowhere or everywhere, so that nothing is known of its spread.
    """
    coded, sentences = counts.sum_periods()
    usual = counts.choose(baseline)
    centre = usual.coded.sum() / usual.sentences.sum()
    if not 0 < centre < 1:
        return None
    likeness = find_likeness(usual.coded, usual.sentences)
    spread = find_spread(centre, counts, likeness)
    share = coded / sentences
    sigma_z = max(1.0, find_sigma_z((share - centre)[:baseline] / spread[:baseline]))
    spread = spread * sigma_z
    scores = (share - centre) / spread
    smooth = np.concatenate([smooth_scores(scores[:baseline]), smooth_scores(scores[baseline:])])
    rising, falling = accumulate(scores)
    # the centre is itself an estimate: it varies as the mean of the baseline does
    centre_variance = 1 / float((1 / spread[:baseline] ** 2).sum())
    since = np.concatenate([np.arange(1, baseline + 1), np.arange(1, len(scores) - baseline + 1)])
    reach = LIMIT * np.sqrt(_find_variance(since, centre_variance / spread**2))
    alarms = (np.abs(smooth) > reach) & (np.arange(len(scores)) >= baseline)
    return Chart(share, float(centre), spread, sigma_z, scores, smooth, reach, rising, falling, alarms)


def find_likeness(coded: Floats, sentences: Floats) -> float:
    """Return how alike sentences of one document are: the intraclass correlation, by analysis of variance, ≥ 0.

    Donner & Koval (1980), The Estimation of Intraclass Correlation in the Analysis of Family Data; for shares as in
    Ridout, Demétrio & Firth (1999).

    >>> round(find_likeness(np.array([0.0, 10.0]), np.array([10.0, 10.0])), 2)
    1.0
    """
    documents, total = len(coded), sentences.sum()
    if documents < 2 or total <= documents:
        return 0.0
    mean, shares = coded.sum() / total, coded / sentences
    between = float((sentences * (shares - mean) ** 2).sum()) / (documents - 1)
    within = float((coded * (1 - shares)).sum()) / (total - documents)
    size = (total - (sentences**2).sum() / total) / (documents - 1)
    below = between + (size - 1) * within
    return float(max(0.0, (between - within) / below)) if below > 0 else 0.0


def find_spread(centre: float, counts: Counts, likeness: float) -> Floats:
    """Return the standard deviation of each period's share, as sentences come in documents.

    >>> one = Counts(np.array([2.0, 3.0]), np.array([10.0, 10.0]), np.array([0, 0]))
    >>> round(find_spread(0.2, one, 0.0).item() ** 2, 4), round(find_spread(0.2, one, 1.0).item() ** 2, 4)
    (0.008, 0.08)
    """
    sentences = _sum(counts.periods, counts.sentences)
    clustered = _sum(counts.periods, counts.sentences * (1 + (counts.sentences - 1) * likeness))
    return np.asarray(np.sqrt(centre * (1 - centre) * clustered) / sentences)


def _sum(periods: Ints, values: Floats) -> Floats:
    return np.bincount(periods, values).astype(float)


def find_sigma_z(scores: Floats) -> float:
    """Return Laney's sigma z, the mean moving range of the scores over 1.128; 1 if periods vary as they should.

    Laney (2002), Improved Control Charts for Attributes, Quality Engineering 14.
    """
    return float(np.abs(np.diff(scores)).mean() / 1.128) if len(scores) > 1 else 1.0


def smooth_scores(scores: Floats, memory: float = MEMORY) -> Floats:
    """Return the exponentially weighted moving average (Roberts 1959) of each period, from 0 on.

    The example of the NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.4:

    >>> weeks = np.array([52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0])
    >>> (50 + smooth_scores(weeks - 50, 0.3)).round(2).tolist()
    [50.6, 49.52, 50.56, 50.18, 50.16, 49.21, 49.75]
    """
    smooth, at = np.zeros(len(scores)), 0.0
    for place, score in enumerate(scores):
        at = memory * score + (1 - memory) * at
        smooth[place] = at
    return smooth


def _find_variance(since: Ints, centre_variance: Floats) -> Floats:
    """Return the variance of the smoothed score, with that of the centre; ``since`` counts periods from its start."""
    left = (1 - MEMORY) ** since
    return np.asarray(MEMORY / (2 - MEMORY) * (1 - left**2) + (1 - left) ** 2 * centre_variance)


def accumulate(scores: Floats, allowance: float = ALLOWANCE) -> tuple[Floats, Floats]:
    """Return the upper and lower cumulative sums (Page 1954), both 0 or above.

    The example of the NIST/SEMATECH e-Handbook, section 6.3.2.3 (allowance .3175, target 325), groups 13 to 19:

    >>> groups = np.array([328.325, 327.25, 327.825, 328.5, 326.675, 327.775, 326.875])
    >>> accumulate(groups - 325, 0.3175)[0].round(2).tolist()
    [3.01, 4.94, 7.45, 10.63, 11.99, 14.44, 16.0]
    """
    rising, falling = np.zeros(len(scores)), np.zeros(len(scores))
    up = down = 0.0
    for place, score in enumerate(scores):
        up, down = max(0.0, up + score - allowance), max(0.0, down - score - allowance)
        rising[place], falling[place] = up, down
    return rising, falling


def find_onset(sums: Floats, alarm: int) -> int:
    """Return the period in which a cumulative sum that is up at an alarm began to rise, which dates the shift.

    Page (1954), Continuous Inspection Schemes, Biometrika 41.

    >>> find_onset(np.array([0.0, 0.4, 0.0, 1.0, 2.5]), 4)
    3
    """
    zeros = np.flatnonzero(sums[: alarm + 1] == 0)
    return int(zeros[-1]) + 1 if len(zeros) and zeros[-1] < alarm else (alarm if len(zeros) else 0)
