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

CERTIFICATES = {
    "unattended": ("●", "may run unattended"),
    "pre_code": ("◐", "may pre-code for a person"),
    "not": ("○", "may not be used"),
    "insufficient": ("?", "too little evidence"),
}


def show_certificate(decision: str) -> str:
    """Return a mark and words for a decision of ``antinomy.agreement.certificate``."""
    return " ".join(CERTIFICATES[decision])


def show_reading(reading: str) -> str:
    """Return a mark and words for a reading of ``antinomy.agreement.verdict``."""
    return " ".join(READINGS[reading])


def describe_methods(data: Mapping[str, Any], codebook: Codebook) -> str:
    """Return a paragraph that says what was measured and how, with the figures filled in."""
    every, coded = data["universes"]["all"], data["universes"]["coded"]
    rows = {row["id"]: row for row in every["rows"]}
    sets = {row["id"]: row for row in every["sets"]}
    coders, draws = len(data["measured"]), data["settings"]["draws"]
    both = sum(row["units"] for row in every["rows"][:1])
    parts = [
        f"{coders} coders coded {every['units']:,} sentences of {_count(every['documents'], 'document')} independently "
        f"by the codebook “{codebook.title}” (version {codebook.version}); {both:,} sentences were coded by at least "
        f"two of them, and {coded['units']:,} were given a code by anyone.",
        "Agreement was computed per code as Krippendorff’s α (nominal; Krippendorff, 2004) over all sentences"
        + (
            f", with 95% bias-corrected and accelerated intervals (Efron, 1987) from {draws:,} bootstrap draws of "
            "whole documents."
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
    parts += [_describe_stand_in(found, codebook) for found in data["stand_ins"] if found["units"]]
    return " ".join(parts)


def _describe_stand_in(found: Mapping[str, Any], codebook: Codebook) -> str:
    rows = {row["id"]: row for row in found["rows"]}
    ratios = [
        f"{show_interval(rows[dimension.id]['ratio'])} for any {dimension.name.lower()}"
        for dimension in codebook.dimensions
        if rows[dimension.id]["ratio"]["value"] is not None
    ]
    bar = found["bar"]
    decided = [rows[code.id]["certificate"]["decision"] for code in codebook.codes]
    counts = [f"{decided.count(key)} {words}" for key, (_, words) in CERTIFICATES.items() if key in decided]
    return (
        f"The model {found['model']} was compared with {len(found['people'])} people on {found['units']:,} sentences "
        f"of {_count(found['documents'], 'document')} that it and at least two of them coded"
        + (f"; its mean κ with people over theirs with each other was {_join(ratios)}" if ratios else "")
        + f". By the alternative annotator test (ε = {bar['epsilon']:.2f}; Calderon et al., 2025; t-tests clustered by "
        f"document) and by replacing each person in turn (margin {bar['margin']:.2f} of α), of {len(decided)} codes "
        f"{_join(counts)}."
    )


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'s' * (number != 1)}"


def _join(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
