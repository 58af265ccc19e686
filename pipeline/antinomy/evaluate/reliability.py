"""Probabilities and gold -> how far one may take a probability at its word: bins, ECE, Brier score."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from antinomy.coefficients.cells import divide
from antinomy.evaluate.comparison import Comparison, find_places
from antinomy.resample import Estimate, Floats, Ints, estimate

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Decisions of similar probability: n of them, their mean probability and the share that gold affirms."""

    low: float
    high: float
    n: int
    probability: float
    observed: float


@dataclass(frozen=True, slots=True)
class Binning:
    """Bins that are not empty, and the expected calibration error over them.

    ECE = Σ n_b/n · |observed_b − probability_b| (Naeini, Cooper & Hauskrecht 2015). Noise can only add to it, and
    draws are noisier than the sample: the interval lies high.
    """

    bins: tuple[Bin, ...]
    ece: Estimate


@dataclass(frozen=True, slots=True)
class Reliability:
    """By ten bins of equal width, and by ten of equal mass (fewer where many probabilities are the same)."""

    equal_width: Binning
    equal_mass: Binning
    brier: Estimate


def measure_reliability(comparison: Comparison, places: Ints) -> Reliability:
    """Measure the probabilities of some codes, pooled; where references differ, gold is the share that says yes.

    Args:
        comparison: Probabilities and references.
        places: The codes, by their place; the model must know them.
    """
    probabilities = comparison.probabilities[:, places]
    truth = comparison.references[:, :, places].mean(axis=0)
    # the mean over references of (p − y)², where truth is the mean of their y
    squares = (probabilities**2 - 2 * probabilities * truth + truth).sum(axis=1)
    sums = comparison.sum(np.stack([squares, np.full(len(squares), float(len(places)))], axis=-1))

    def fill(edges: Floats) -> Binning:
        return _fill_bins(comparison, probabilities, truth, edges)

    return Reliability(fill(cut_by_width()), fill(cut_by_mass(probabilities)), estimate(divide(sums[:, 0], sums[:, 1])))


def measure_dimensions(comparison: Comparison) -> dict[str, Reliability]:
    """Measure the codes of each dimension pooled; dimensions of which the model knows no code are left out."""
    pooled = {
        dimension.id: np.intersect1d(find_places(comparison.codebook, dimension.id), comparison.known)
        for dimension in comparison.codebook.dimensions
    }
    return {name: measure_reliability(comparison, places) for name, places in pooled.items() if len(places)}


def cut_by_width() -> Floats:
    """Return the edges of ten equal steps from 0 to 1."""
    return np.linspace(0, 1, BINS + 1)


def cut_by_mass(probabilities: Floats) -> Floats:
    """Return the edges between which equally many probabilities lie; equal ones stay together."""
    return np.unique(np.quantile(probabilities, np.linspace(0, 1, BINS + 1)))


def _fill_bins(comparison: Comparison, probabilities: Floats, truth: Floats, edges: Floats) -> Binning:
    # a probability on an edge belongs to the bin above it, the highest to the last
    number = np.searchsorted(edges[1:-1], probabilities, side="right")
    parts = [(number == place) for place in range(max(1, len(edges) - 1))]

    def add(values: Callable[[Floats], Floats]) -> Floats:
        return comparison.sum(np.stack([values(part.astype(float)).sum(axis=1) for part in parts], axis=-1))

    n, expected, observed = add(lambda p: p), add(lambda p: p * probabilities), add(lambda p: p * truth)
    ece = divide(np.abs(observed - expected).sum(axis=1), n.sum(axis=1))
    bins = [
        Bin(
            low=float(edges[place]),
            high=float(edges[min(place + 1, len(edges) - 1)]),
            n=int(n[0, place]),
            probability=float(expected[0, place] / n[0, place]),
            observed=float(observed[0, place] / n[0, place]),
        )
        for place in range(len(parts))
        if n[0, place]
    ]
    return Binning(tuple(bins), estimate(ece))
