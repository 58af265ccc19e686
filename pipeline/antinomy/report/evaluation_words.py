"""Scores -> words and numbers that people read."""

from collections.abc import Mapping
from dataclasses import dataclass

Score = Mapping[str, float | None]
UNDEFINED: Score = {"value": None, "low": None, "high": None}

# Krippendorff (2004), p. 241: from .667 on for tentative conclusions, from .800 on for reliable ones.
BANDS = TENTATIVE, RELIABLE = 0.667, 0.8
# From fewer documents an interval is rough and mostly too narrow.
ENOUGH_DOCUMENTS = 10

GIVES_NEITHER = "neither gold nor the model gives the code here"
COMPARES_NOBODY = "fewer than two coders, or none of them gives the code here"
REASONS = {
    "precision": "the model never gives the code here",
    "recall": "gold never gives the code here",
    "f1": GIVES_NEITHER,
    "average_precision": "gold never gives the code here, or the model does not know it",
    "kappa": GIVES_NEITHER,
    "alpha": GIVES_NEITHER,
    "kappa_any": "neither gold nor the model gives such a code here",
    "alpha_any": "neither gold nor the model gives such a code here",
    "kappa_coders": COMPARES_NOBODY,
    "alpha_coders": COMPARES_NOBODY,
    "kappa_any_coders": COMPARES_NOBODY,
    "alpha_any_coders": COMPARES_NOBODY,
    "ceiling_ratio": "the coders agree no more than by chance, or one of the two κ is undefined",
    "macro_f1": "gold gives no code of the dimension here",
    "ece": "the model knows no code of the dimension",
    "excess": "the model knows no code",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an agreement allows: a mark, a word, and what the model can be used for."""

    mark: str
    word: str
    use: str


def judge(score: Score) -> Verdict:
    """Read an agreement by the lower end of its interval.

    >>> judge({"value": 0.75, "low": 0.69, "high": 0.81}).word
    'tentative'
    """
    value, low = score["value"], score["low"]
    if value is None:
        return Verdict("–", "undefined", "There is nothing to compare, hence nothing to say.")
    if low is None:
        return Verdict("?", "no interval", "Without an interval nothing can be said of what it allows.")
    if low >= RELIABLE:
        return Verdict("●", "reliable", "Its codes can be counted and compared as they are.")
    if low >= TENTATIVE:
        return Verdict("◐", "tentative", "Good for tentative conclusions: check a sample before a finding rests on it.")
    if low <= 0:
        use = "These data do not show that it does better than chance: do not use it here."
        return Verdict("○", "not above chance", use)
    use = "Use it to find sentences worth reading, not to count: a person decides on every code."
    if value >= TENTATIVE:
        use += " The estimate itself lies higher; more documents may show that it allows more."
    return Verdict("○", "not reliable by itself", use)


def show_score(value: float | None, *, digits: int = 2) -> str:
    """Return a score with a true minus and without the 0 before the point, or a dash.

    >>> show_score(-0.034), show_score(0.0124, digits=3), show_score(None)
    ('−.03', '.012', '–')
    """
    if value is None:
        return "–"
    # adding 0 turns -0.0 into 0.0
    return f"{round(value, digits) + 0:.{digits}f}".replace("0.", ".", 1).replace("-", "−")


def show_range(score: Score, *, digits: int = 2) -> str:
    """Return the interval of a score, or nothing."""
    if score["low"] is None or score["high"] is None:
        return ""
    return f"[{show_score(score['low'], digits=digits)}, {show_score(score['high'], digits=digits)}]"


def show_interval(score: Score, *, digits: int = 2) -> str:
    """Return a score with its interval, where it has one.

    >>> show_interval({"value": 0.4567, "low": -0.02, "high": 1.0})
    '.46 [−.02, 1.00]'
    """
    if score["value"] is None:
        return "undefined"
    return f"{show_score(score['value'], digits=digits)} {show_range(score, digits=digits)}".rstrip()


def show_percent(score: Score) -> str:
    """Return a share with its interval, in per cent.

    >>> show_percent({"value": 0.321, "low": 0.22, "high": 0.41})
    '32% [22, 41]'
    """
    shown = [
        None if end is None else str(round(100 * end)).replace("-", "−")
        for end in (score["value"], score["low"], score["high"])
    ]
    value, low, high = shown
    return "–" if value is None else f"{value}%" + (f" [{low}, {high}]" if low and high else "")


def show_points(value: float | None) -> str:
    """Return a difference of shares in percentage points, with its sign.

    >>> show_points(-0.0117), show_points(0.0)
    ('−1.2', '0.0')
    """
    if value is None:
        return "–"
    return f"{100 * value:+.1f}".replace("-", "−") if abs(value) >= 0.0005 else "0.0"


def show_mean(value: float) -> str:
    """Return a mean of counts, with a decimal where it has one.

    >>> show_mean(105.5), show_mean(1200.0)
    ('105.5', '1,200')
    """
    return f"{value:,.1f}".removesuffix(".0")


def take_score(value: float | Score | None) -> Score:
    """Return a plain number, or nothing, as a score without interval.

    >>> take_score(0.5)["value"]
    0.5
    """
    return {**UNDEFINED, **value} if isinstance(value, Mapping) else {**UNDEFINED, "value": value}
