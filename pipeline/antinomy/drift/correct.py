"""What a model says, and how often it erred on gold -> shares as people would have found them.

Rogan & Gladen (1978), Estimating Prevalence from the Results of a Screening Test, American Journal of Epidemiology 107.
It holds as far as the model errs as often in these documents as it did on the gold of its test; a coded sample
(``antinomy drift audit``) does without that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from antinomy.resample import Estimate, Floats, draw_documents

DRAWS = 1000
# A model that finds hardly more among sentences with the code than among others says nothing of its share.
LEAST_GAIN = 0.05
# Of the draws that may say so, before a share is left uncorrected.
MOST_LOST = 0.025


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """How a model did with one code on gold.

    Attributes:
        found: Sentences with the code that it gave it to.
        carried: Sentences with the code.
        wrong: Sentences without the code that it gave it to.
        free: Sentences without the code.
    """

    found: float
    carried: float
    wrong: float
    free: float


def collect_rates(scores: Mapping[str, Mapping[str, Any]]) -> dict[str, ErrorRates]:
    """Return code -> error rates over all gold sets of a run's ``test_scores``; only codes that gold has.

    >>> row = {"positives": 20, "given": 30, "recall": 0.75}
    >>> collect_rates({"gold": {"sentences": 520, "codes": {"myopia": row}}})
    {'myopia': ErrorRates(found=15.0, carried=20.0, wrong=15.0, free=500.0)}
    """
    sums: dict[str, list[float]] = {}
    for table in scores.values():
        for code, row in table["codes"].items():
            found = row["positives"] * (row["recall"] or 0.0)
            own = [found, row["positives"], max(0.0, row["given"] - found), table["sentences"] - row["positives"]]
            sums[code] = [a + b for a, b in zip(sums.get(code, [0.0] * 4), own, strict=True)]
    return {code: ErrorRates(*own) for code, own in sums.items() if own[1] and own[3]}


def correct_share(coded: Floats, sentences: Floats, rates: ErrorRates, *, seed: int) -> Estimate | None:
    """Estimate the share of sentences that carry a code.

    Args:
        coded: Sentences that the model gave it to, (documents,).
        sentences: All sentences, (documents,).
        rates: How often the model erred.
        seed: Decides the draws.

    Returns:
        Share with its 95 % interval over draws of documents and of error rates (Beta, with Jeffreys' prior); None
        where the model may well tell nothing of the code, or cannot err here as it did on gold.

    >>> rates = ErrorRates(found=750, carried=1000, wrong=300, free=10_000)
    >>> round(correct_share(np.array([66.0]), np.array([1000.0]), rates, seed=1).value, 3)
    0.05
    """
    random = np.random.default_rng(seed)
    weights = draw_documents(len(coded), draws=DRAWS, seed=seed)
    # a single document cannot be drawn from: its one row stands for all draws
    seen = np.broadcast_to(weights @ coded / (weights @ sentences), 1 + DRAWS)
    found = random.beta(rates.found + 0.5, rates.carried - rates.found + 0.5, 1 + DRAWS)
    wrong = random.beta(rates.wrong + 0.5, rates.free - rates.wrong + 0.5, 1 + DRAWS)
    found[0], wrong[0] = rates.found / rates.carried, rates.wrong / rates.free
    gain = found - wrong
    if gain[0] < LEAST_GAIN or (gain[1:] < LEAST_GAIN).mean() > MOST_LOST:
        return None
    shares = (seen - wrong) / np.maximum(gain, LEAST_GAIN)
    low, high = np.quantile(shares[1:], [0.025, 0.975])
    # hardly any share could make a model that errs so say this: it errs otherwise here
    if high <= 0 or high >= 1:
        return None
    return Estimate(*(float(np.clip(value, 0, 1)) for value in (shares[0], low, high)))
