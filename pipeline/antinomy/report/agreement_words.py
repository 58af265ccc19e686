"""Figures of agreement -> words: readings, and a paragraph for the methods section of a paper."""

from collections.abc import Mapping
from typing import Any

from antinomy.codebook import Codebook
from antinomy.report.evaluation_words import show_interval, show_score

READINGS = {
    "rely": ("●", "can be relied on"),
    "tentative": ("◐", "tentative conclusions"),
    "below": ("○", "below .667"),
    "open": ("?", "too little to say"),
    "undefined": ("–", "undefined"),
}


def show_reading(reading: str) -> str:
    """Return a mark and words for a reading of ``antinomy.agreement.verdict``."""
    return " ".join(READINGS[reading])


def describe_methods(data: Mapping[str, Any], codebook: Codebook) -> str:
    """Return a paragraph that says what was measured and how, with the figures filled in."""
    every, coded = data["universes"]["all"], data["universes"]["coded"]
    rows = {row["id"]: row for row in every["rows"]}
    sets = {row["id"]: row for row in every["sets"]}
    coders, draws = len(data["coders"]), data["settings"]["draws"]
    both = sum(row["units"] for row in every["rows"][:1])
    parts = [
        f"{coders} coders coded {every['units']:,} sentences of {_count(every['documents'], 'document')} independently "
        f"by the codebook “{codebook.title}” (version {codebook.version}); {both:,} sentences were coded by at least "
        f"two of them, and {coded['units']:,} were given a code by anyone.",
        "Agreement was computed per code as Krippendorff’s α (nominal; Krippendorff, 2004) over all sentences"
        + (
            f", with 95% percentile intervals from {draws:,} bootstrap draws of whole documents."
            if draws
            else ", without intervals."
        ),
    ]
    found = []
    for dimension in codebook.dimensions:
        alpha = rows[dimension.id]["coefficients"]["alpha"]
        if alpha["value"] is not None:
            found.append(f"{show_interval(alpha)} for any {dimension.name.lower()}")
    if found:
        parts.append(f"α was {_join(found)}.")
    each = [rows[code.id]["coefficients"]["alpha"]["value"] for code in codebook.codes]
    defined = sorted(value for value in each if value is not None)
    if defined:
        parts.append(
            f"Over the {len(defined)} of {len(each)} codes for which it is defined, α ranged from "
            f"{show_score(defined[0])} to {show_score(defined[-1])}."
        )
    whole = sets["all"]["alpha"]
    if whole["value"] is not None:
        parts.append(
            f"For the sets of codes per sentence, α with MASI distances (Passonneau, 2006) was {show_interval(whole)}."
        )
    return " ".join(parts)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"


def _join(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
