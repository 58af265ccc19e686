"""Who looks how far ahead, and whether stakeholders drift apart: mean log-days per stakeholder, earlier and later.

A horizon is a length of time (``P5Y``) or one of the codebook's bins; a bin counts as the geometric middle of its
limits. What nobody holds in so many words counts as the text's own (``TEXT``). The past is no horizon.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from antinomy.codebook import Codebook
from antinomy.records import Cue

TEXT = "text"
# Horizons of a stakeholder in a half, for a mean to be shown.
LEAST = 5
_DAYS = {"Y": 365.25, "M": 30.44, "W": 7.0, "D": 1.0}
_DURATION = re.compile(r"P(\d+(?:\.\d+)?)([YMWD])")
# Bins without a limit to one side end a factor from their other limit: a day before a year, ten years after three.
_OPEN = {"low": 1.0, "high": 3650.0}

# Stakeholder -> how many horizons, and the sum of their log10 days.
Horizons = dict[str, tuple[int, float]]


def tally_horizons(cues: Iterable[Cue], codebook: Codebook) -> Horizons:
    """Sum the horizons of one document by who holds them."""
    middles = find_middles(codebook)
    found: Horizons = {}
    held = set()
    cues = list(cues)
    for cue in sorted(cues, key=lambda cue: cue.kind != "holding"):
        if cue.kind not in ("holding", "horizon") or cue.negated or (cue.kind == "horizon" and cue.start in held):
            continue
        held.add(cue.start)
        length = _measure(cue, middles)
        if length is not None:
            who = cue.holder if cue.kind == "holding" and cue.holder else TEXT
            count, total = found.get(who, (0, 0.0))
            found[who] = (count + 1, total + length)
    return found


def find_middles(codebook: Codebook) -> Mapping[str, float]:
    """Return bin -> log10 of the geometric middle of its days; bins without limits, as the past, are left out."""
    middles, low = {}, _OPEN["low"]
    ends = [horizon.max_days for horizon in codebook.horizons]
    for horizon, end in zip(codebook.horizons, ends, strict=True):
        if end is None and horizon is not codebook.horizons[-1]:
            continue
        high = float(end) if end is not None else _OPEN["high"]
        middles[horizon.id] = (math.log10(low) + math.log10(high)) / 2
        low = high
    return middles


def _measure(cue: Cue, middles: Mapping[str, float]) -> float | None:
    match = _DURATION.fullmatch(cue.duration or "")
    if match and cue.code in middles and float(match[1]) > 0:
        return math.log10(float(match[1]) * _DAYS[match[2]])
    return middles.get(cue.code)


def compare_horizons(halves: Sequence[Iterable[Horizons]]) -> list[dict[str, Any]]:
    """Return, per stakeholder, how many horizons and how many days (geometric mean) in each half; None for too few."""
    sums: list[Horizons] = []
    for half in halves:
        total: Horizons = {}
        for horizons in half:
            for who, (count, logs) in horizons.items():
                known = total.get(who, (0, 0.0))
                total[who] = (known[0] + count, known[1] + logs)
        sums.append(total)
    names = sorted({who for total in sums for who in total}, key=lambda who: (who == TEXT, who))
    return [{"who": who, "halves": [_describe(*total.get(who, (0, 0.0))) for total in sums]} for who in names]


def find_gap(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """Return the two stakeholders furthest apart in the later half, and how far: in log10 days, earlier and later.

    Args:
        rows: Of ``compare_horizons``.

    Returns:
        ``{"near", "far", "earlier", "later"}``; None where fewer than two are known in both halves.

    >>> row = lambda who, *days: {"who": who, "halves": [{"count": 5, "days": value} for value in days]}
    >>> find_gap([row("production", 10, 1), row("senior_management", 100, 1000)])
    {'near': 'production', 'far': 'senior_management', 'earlier': 1.0, 'later': 3.0}
    """
    logs = {
        row["who"]: [math.log10(half["days"]) for half in row["halves"]]
        for row in rows
        if row["who"] != TEXT and all(half["days"] is not None for half in row["halves"])
    }
    if len(logs) < 2:
        return None
    near, *_, far = sorted(logs, key=lambda who: logs[who][-1])
    earlier, later = (logs[far][half] - logs[near][half] for half in (0, 1))
    return {"near": near, "far": far, "earlier": earlier, "later": later}


def _describe(count: int, logs: float) -> dict[str, Any]:
    return {"count": count, "days": 10 ** (logs / count) if count >= LEAST else None}
