"""Codings -> agreement per code, per dimension and for sets of codes, as JSON data.

``antinomy agree`` writes it into ``agreement.json``. There are two universes of units side by side: ``all``, and
``coded``, those to which anyone gave any code; what most coders leave without code makes agreement on no look easy.
In each::

    units, documents
    rows    one per code, then one per dimension (was any of its codes given) ->
            id, units (coded by two at least), given (coder -> how often), coefficients, pairs (that share units),
            verdict
    sets    one per dimension and one for all codes (``all``) -> id, units, alpha

A coefficient is ``{"value", "low", "high", "units_low", "units_high", "undefined", "reason"}``: the 95 % interval from
draws of documents (``resample.Drawing``); beside it the one from draws of units, which ignores that units of one
document are alike; how many draws left it undefined; and why it is undefined, if it is. Where two people or more coded
the same units, coefficients are theirs alone, on the units that people coded; a model beside them is in ``pairs``.
``cohen`` is the mean over pairs of coders, weighted by how many units they share: a pair that met on a dozen units
should not count like one that met on hundreds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from antinomy.agreement.codings import Codings
from antinomy.agreement.draws import Patterns, Sums, pair_coders
from antinomy.agreement.verdict import judge
from antinomy.codebook import Codebook
from antinomy.coefficients import cells, label_sets, tallies
from antinomy.resample import Drawing, Floats, Ints, draw_with_corrections, estimate

Coefficient = Callable[[Sums], Floats]

COEFFICIENTS: dict[str, Coefficient] = {
    "percent": lambda sums: tallies.compute_percent(sums.many),
    "cohen": lambda sums: cells.mean_kappa(sums.pairs),
    "fleiss": lambda sums: tallies.compute_fleiss(sums.many),
    "alpha": lambda sums: tallies.compute_alpha(sums.many),
    "ac1": lambda sums: tallies.compute_ac1(sums.many),
    "pabak": lambda sums: tallies.compute_pabak(sums.many),
    "positive": lambda sums: tallies.compute_positive_agreement(sums.many),
    "negative": lambda sums: tallies.compute_negative_agreement(sums.many),
    "prevalence": lambda sums: tallies.compute_prevalence(sums.many),
}
PAIRWISE = {
    "percent": cells.compute_agreement,
    "kappa": cells.compute_kappa,
    "positive": cells.compute_f1,
    "prevalence_index": cells.compute_prevalence_index,
    "bias_index": cells.compute_bias_index,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """How intervals are drawn."""

    draws: int = 2000
    seed: int = 1


def assess_agreement(
    codings: Codings, codebook: Codebook, settings: Settings, models: Sequence[str] = ()
) -> dict[str, Any]:
    """Measure how far coders agree.

    Args:
        codings: Of at least one unit.
        codebook: Names the dimensions of the label sets.
        settings: See ``Settings``.
        models: Coders that are no people.

    Returns:
        What the module says, with ``coders`` -> units and how many of them carry a code, ``measured`` (the coders whose
        agreement the coefficients are), and ``settings``.
    """
    rated = np.asarray((codings.ratings >= 0).all(axis=2), dtype=bool)
    seats = [place for place, coder in enumerate(codings.coders) if coder not in models]
    if not (rated[:, seats].sum(axis=1) >= 2).any():
        seats = list(range(len(codings.coders)))
    chosen = codings.choose(np.asarray(rated[:, seats].any(axis=1), dtype=bool))
    given = np.asarray((codings.ratings[:, :, : codings.columns.codes] == 1).any(axis=2), dtype=bool)
    return {
        "settings": {"draws": settings.draws, "seed": settings.seed},
        "coders": {
            coder: {"units": int(rated[:, place].sum()), "coded": int(given[:, place].sum())}
            for place, coder in enumerate(codings.coders)
        },
        "measured": [codings.coders[seat] for seat in seats],
        "universes": {
            "all": _assess_units(chosen, seats, codebook, settings),
            "coded": _assess_units(chosen.choose(chosen.find_coded(seats)), seats, codebook, settings),
        },
    }


def _assess_units(codings: Codings, seats: Sequence[int], codebook: Codebook, settings: Settings) -> dict[str, Any]:
    if not len(codings.ratings):
        return {"units": 0, "documents": 0, "rows": [], "sets": []}
    present, numbers = np.unique(codings.documents, return_inverse=True)
    drawing = draw_with_corrections(len(present), draws=settings.draws, seed=settings.seed)
    rows = []
    for column, id in enumerate(codings.columns.ids):
        patterns = Patterns(codings.ratings[:, seats, column], numbers, len(present))
        by_document = patterns.draw_documents(drawing.weights)
        by_unit = patterns.draw_units(draws=settings.draws, seed=settings.seed)
        ratings = codings.ratings[:, :, column]
        pairs = Patterns(ratings, numbers, len(present)).draw_documents(drawing.weights[:1]).pairs[:, 0]
        row = _describe_row(ratings[:, seats], by_document, by_unit, drawing)
        given = {codings.coders[seat]: int((ratings[:, seat] == 1).sum()) for seat in seats}
        rows.append({"id": id, **row, "given": given, "pairs": _describe_pairs(codings.coders, pairs)})
    places = {
        dimension.id: [place for place, code in enumerate(codebook.codes) if code.dimension == dimension.id]
        for dimension in codebook.dimensions
    }
    sets = {**places, "all": list(range(codings.columns.codes))}
    return {
        "units": len(codings.ratings),
        "documents": len(present),
        "rows": rows,
        "sets": [
            {"id": id, **_assess_sets(codings.ratings[:, seats][:, :, columns], numbers, drawing)}
            for id, columns in sets.items()
        ],
    }


def _describe_row(ratings: tallies.Ratings, by_document: Sums, by_unit: Sums, drawing: Drawing) -> dict[str, Any]:
    counts = (ratings >= 0).sum(axis=1)
    found = {name: _describe(compute(by_document), compute(by_unit), drawing) for name, compute in COEFFICIENTS.items()}
    if len(set(counts[counts > 0].tolist())) > 1:
        found["fleiss"] = _undefined("units differ in how many coders coded them; alpha allows for that")
    reason = explain_undefined(by_document.many[0])
    for described in found.values():
        if described["value"] is None and not described["reason"]:
            described["reason"] = reason or "in no pair of coders did the two differ from a constant"
    verdict = judge(found, int((ratings == 1).any(axis=1).sum()))
    return {
        "units": int(by_document.many[0, 0]),
        "coefficients": found,
        "verdict": {"reading": verdict.reading, "words": list(verdict.words)},
    }


def _describe_pairs(coders: Sequence[str], tables: Floats) -> list[dict[str, Any]]:
    """Describe the cells of each pair that shares units, (pairs, 4)."""
    return [
        {
            "coders": list(pair),
            "cells": [int(count) for count in table],
            **{name: _plain(compute(table)) for name, compute in PAIRWISE.items()},
        }
        for pair, table in zip(pair_coders(coders), tables, strict=True)
        if table.any()
    ]


def explain_undefined(sums: Floats) -> str:
    """Say in words why a coefficient that corrects for chance has no value; nothing if it should have one.

    Args:
        sums: Of the sample, as ``coefficients.tallies`` names them, (7,).
    """
    pairable, values, yes = sums[0], sums[2], sums[3]
    if pairable == 0:
        return "no unit was coded by two coders"
    if yes == 0:
        return "nobody gave this code, so there is nothing to agree on"
    if yes == values:
        return "everybody gave this code everywhere, so there is nothing to tell apart"
    return ""


def _assess_sets(ratings: tallies.Ratings, documents: Ints, drawing: Drawing) -> dict[str, Any]:
    sums = label_sets.sum_sets(ratings, documents, drawing.weights.shape[1])
    described = _describe(label_sets.compute_set_alpha(sums, drawing.weights), None, drawing)
    if described["value"] is None:
        described["reason"] = "only one set of codes occurs, or no unit was coded by two coders"
    return {"units": sums.units, "alpha": described}


def _describe(by_document: Floats, by_unit: Floats | None, drawing: Drawing) -> dict[str, Any]:
    found = drawing.estimate(by_document)
    beside = estimate(by_unit) if by_unit is not None else None
    return {
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "units_low": beside.low if beside else None,
        "units_high": beside.high if beside else None,
        "undefined": drawing.count_undefined(by_document),
        "reason": "",
    }


def _undefined(reason: str) -> dict[str, Any]:
    empty = dict.fromkeys(("value", "low", "high", "units_low", "units_high"))
    return {**empty, "undefined": 0, "reason": reason}


def _plain(value: Floats) -> float | None:
    return None if np.isnan(value) else float(value)
