"""What ``antinomy drift`` found -> words, in three tiers: what was counted, what may be, what can be relied on."""

from collections.abc import Mapping, Sequence
from typing import Any

from antinomy.codebook import Codebook

# In the order in which they are shown.
STATES = {
    "signal": ("▲", "signal"),
    "check": ("◇", "check the instrument"),
    "refuted": ("×", "refuted by people"),
    "quiet": ("·", "quiet"),
}
LAMPS = {
    "length": "sentences became longer or shorter",
    "style": "the style of the text changed",
    "size": "documents became longer or shorter",
    "floor": "the model's probabilities changed also where it sees no code",
    "unread": "too little text away from the code to tell whether the model changed",
}
TIERS = {
    "descriptive": "Counted, not tested.",
    "exploratory": "Tested, on what the model said; no person has looked at it.",
    "calibrated": "Confirmed by sentences that people coded.",
}
# Change of a gap, in log10 days, that is worth a word: by half as much again.
APART = 0.18


def describe_row(row: Mapping[str, Any], periods: Sequence[str], codebook: Codebook) -> str:
    """Say what happened to a code in one sentence."""
    name = codebook.by_id[row["code"]].name
    change, chart = row["change"], row["chart"]
    if change is None:
        return f"{name} does not vary."
    words = f"{name} went from {show_share(change['before'])} of sentences to {show_share(change['after'])} "
    if change["until"] is None:
        words += f"from {periods[change['period']]} on"
    else:
        words += f"from {periods[change['period']]} to {periods[change['until'] - 1]}, and back"
    if row["state"] == "quiet":
        return f"{words}, which chance explains (q {row['q']:.2f})."
    if row["corrected"]:
        sides = (_show_estimate(row["corrected"][side]) for side in ("before", "after"))
        words += f" ({' and '.join(sides)} if the model errs as on its test)"
    if row["dated"]:
        words += f"; looking back, its level changes in {', '.join(periods[number] for number in row['dated'])}"
    if chart and chart["alarms"]:
        words += f"; its chart gives alarm in {periods[chart['alarms'][-1]]}"
    words += f" (q {row['q']:.3f})"
    if row.get("audit"):
        return f"{words}; {_describe_audit(row['audit'])}."
    if row["lamp"]:
        words += ": but " + "; ".join(LAMPS[kind] for kind in row["lamp"])
    return f"{words}."


def _show_estimate(estimate: Mapping[str, float]) -> str:
    return f"{show_share(estimate['value'])} [{100 * estimate['low']:.1f}, {100 * estimate['high']:.1f}]"


def _describe_audit(audit: Mapping[str, Any]) -> str:
    found = (
        f"{show_share(audit['before'])} and {show_share(audit['after'])} by {audit['read']} sentences that people coded"
    )
    decided = {True: "people confirm it", False: "people refute it", None: "what people coded leaves it open"}
    return f"{decided[audit['confirmed']]} ({found})"


def find_tier(row: Mapping[str, Any]) -> str:
    """Return the tier of wording that a row deserves."""
    audit = row.get("audit")
    return "calibrated" if audit and audit["confirmed"] is not None else "exploratory"


def describe_pole(pole: Mapping[str, Any], periods: Sequence[str], codebook: Codebook, *, rate: float) -> str:
    """Say whether both poles of a paradox are still heard."""
    change = pole["change"]
    if change is None:
        return "too little of either to tell"
    if pole["q"] > rate:
        return f"no change that chance does not explain (q {pole['q']:.2f})"
    leading = codebook.by_id[pole["leading"]].name
    until = f" to {periods[change['until'] - 1]}" if change["until"] is not None else " on"
    falls = f"one pole is falling silent, mostly by {leading.lower()}"
    way = falls if change["after"] > change["before"] else "both poles are heard again"
    return (
        f"from {show_share(change['before'])} one-sided to {show_share(change['after'])} from "
        f"{periods[change['period']]}{until}: {way} (q {pole['q']:.2g})"
    )


def describe_gap(gap: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Say how far two stakeholders are apart.

    >>> gap = {"near": "a", "far": "b", "earlier": 0.30103, "later": 1.0}
    >>> describe_gap(gap, {"a": "Production", "b": "Senior management"})
    'Senior management looks 10 times as far ahead as production; in the earlier half it was 2 times: they drift apart.'
    """
    far, near = names.get(gap["far"], gap["far"]), names.get(gap["near"], gap["near"])
    moved = gap["later"] - gap["earlier"]
    way = "they drift apart" if moved > APART else "they come closer" if moved < -APART else "as before"
    return (
        f"{far} looks {10 ** gap['later']:.2g} times as far ahead as {near[:1].lower()}{near[1:]}; in the earlier half "
        f"it was {10 ** gap['earlier']:.2g} times: {way}."
    )


def show_share(share: float) -> str:
    """Return a share as percent.

    >>> show_share(0.0123), show_share(0.2)
    ('1.2 %', '20 %')
    """
    percent = 100 * share
    return f"{percent:.1f} %" if percent < 10 else f"{percent:.0f} %"


def show_days(days: float | None) -> str:
    """Return a length of time in the unit that people would use.

    >>> show_days(9.2), show_days(75), show_days(800), show_days(None)
    ('9 days', '2.5 months', '2.2 years', '–')
    """
    if days is None:
        return "–"
    if days < 45:
        return f"{days:.0f} days"
    return f"{days / 30.44:.1f} months" if days < 548 else f"{days / 365.25:.1f} years"
