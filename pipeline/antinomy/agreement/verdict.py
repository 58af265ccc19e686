"""Coefficients of one code -> what the field would say of them, in words.

The reading follows Krippendorff (2004, Content Analysis, 2nd ed., p. 241): alpha of .800 or more can be relied on,
.667 to .800 allows tentative conclusions, less allows none. It reads the interval, not the point: a code is only as
good as the low end of its interval shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RELY, TENTATIVE = 0.800, 0.667
# A code given to fewer units may show perfect agreement by luck, and its bootstrap then shows no spread at all.
LEAST_UNITS = 10
# Where kappa and its kin say far less than coders' agreement on yes, one of the two must be explained.
RARE = 0.05
APART = 0.25


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be done with a code.

    Attributes:
        reading: ``rely``, ``tentative``, ``below``, ``open`` (the interval holds several readings) or ``undefined``.
        words: Sentences for people.
    """

    reading: str
    words: tuple[str, ...]


def judge(coefficients: Mapping[str, Mapping[str, Any]], units: int) -> Verdict:
    """Read the coefficients of one code, which anyone gave to so many units."""
    alpha = coefficients["alpha"]
    if alpha["value"] is None:
        return Verdict("undefined", (f"Undefined: {alpha['reason']}.",) if alpha["reason"] else ())
    low, high = alpha["low"], alpha["high"]
    if units < LEAST_UNITS:
        words = f"Only {units} units carry it with anyone: too few for a verdict, whatever the interval."
        return Verdict("open", (words, *_explain_paradox(coefficients)))
    if low is None or high is None:
        words = "There are too few documents, or too few with this code, for an interval: no verdict."
        return Verdict("open", (words, *_explain_paradox(coefficients)))
    if low >= RELY:
        reading, words = "rely", "The whole interval lies at .800 or above: the code can be relied on."
    elif high < TENTATIVE:
        reading, words = (
            "below",
            "The whole interval lies below .667: the field would draw no conclusions from this code.",
        )
    elif low >= TENTATIVE:
        reading, words = "tentative", "The interval lies at .667 or above: tentative conclusions."
    else:
        reading = "open"
        words = f"The interval reaches from {show(low)} to {show(high)}: too wide to say; code more documents."
    return Verdict(reading, (words, *_explain_paradox(coefficients)))


def _explain_paradox(coefficients: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Say it where a rare code makes percent agreement high and chance-corrected agreement low (Feinstein 1990)."""
    percent, alpha = coefficients["percent"]["value"], coefficients["alpha"]["value"]
    positive, prevalence = coefficients["positive"]["value"], coefficients["prevalence"]["value"]
    if None in (percent, alpha, positive, prevalence) or percent - alpha < APART:
        return ()
    if prevalence < RARE or prevalence > 1 - RARE:
        kind = "rare" if prevalence < RARE else "nearly everywhere"
        shown = f"{100 * prevalence:.1f} %"
        return (
            f"Coders agree on {100 * percent:.0f} % of the units, yet alpha is {show(alpha)}: the code is {kind} "
            f"({shown} of codings), so most of that agreement would come about by chance. Where one coder gives it, "
            f"another does in {100 * positive:.0f} % of the cases; read that figure beside alpha, and AC1 and PABAK "
            "with care, because they count agreement on its absence as a merit.",
        )
    return ()


def show(value: float) -> str:
    """Write a coefficient the way the field does: .82, 1.00, -.05."""
    return f"{value:.2f}".replace("0.", ".", 1)
