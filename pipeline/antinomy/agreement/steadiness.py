"""Whether coders keep to the codebook as they work: earlier against later units, and units coded twice, as JSON data.

**Order.** The units that a coder shares with others are cut in two halves in the order in which that coder's file lists
them. In each half, what the coder gave is compared with what others gave the same units, so texts that grow harder do
not pass for a coder who tires. Per code and dimension::

    first, second   mean kappa with others in each half
    change          second minus first
    lean            how much more often than the others on the same units, second half minus first, in share of units

**Recodings.** Where a coder's name stands on the same units in two files, the second is the coder's own second look:
it says how far the coder agrees with himself or herself, and is kept out of agreement between coders.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from antinomy.agreement.codings import Codings
from antinomy.coefficients import cells
from antinomy.resample import Drawing, Floats, draw_with_corrections, resample_sums, sum_by_document

# A half with fewer units says nothing about a change.
LEAST_HALF = 30


def assess_order(
    codings: Codings, orders: Mapping[str, Sequence[int]], *, draws: int, seed: int
) -> list[dict[str, Any]]:
    """Compare the first and second half of every coder's units.

    Args:
        codings: Of people.
        orders: Coder -> places of units, in the order in which the coder's file lists them.
        draws: Of documents, for the intervals.
        seed: Decides the draws.

    Returns:
        One entry per coder who shares at least 60 units with others: coder, units, rows.
    """
    rated = np.asarray((codings.ratings >= 0).all(axis=2), dtype=bool)
    found = []
    for seat, coder in enumerate(codings.coders):
        others = [place for place in range(len(codings.coders)) if place != seat]
        shared = [unit for unit in orders.get(coder, ()) if rated[unit, seat] and rated[unit, others].any()]
        half = len(shared) // 2
        if half < LEAST_HALF:
            continue
        present, numbers = np.unique(codings.documents[shared], return_inverse=True)
        drawing = draw_with_corrections(len(present), draws=draws, seed=seed)
        later = np.arange(len(shared)) >= half
        rows = []
        for column, id in enumerate(codings.columns.ids):
            ratings = codings.ratings[shared][:, :, column]
            marked = cells.mark_cells((ratings[:, seat] == 1)[:, None], ratings[:, others] == 1)
            marked &= (ratings[:, others] >= 0)[:, :, None]
            halves = np.stack([marked & ~later[:, None, None], marked & later[:, None, None]], axis=1)
            drawn = resample_sums(sum_by_document(halves, numbers, len(present)), drawing.weights)
            rows.append({"id": id, **_compare_halves(drawing, drawn)})
        found.append({"coder": coder, "units": len(shared), "documents": len(present), "rows": rows})
    return found


def assess_recodings(codings: Codings, recodings: Mapping[str, str], *, draws: int, seed: int) -> list[dict[str, Any]]:
    """Compare coders with themselves.

    Args:
        codings: Of everybody, second looks among them.
        recodings: Name of the second look -> name of its coder.
        draws: Of documents, for the intervals.
        seed: Decides the draws.

    Returns:
        One entry per second look: coder, again (its name), units, rows of id, cells, percent, kappa, alpha.
    """
    rated = np.asarray((codings.ratings >= 0).all(axis=2), dtype=bool)
    found = []
    for again, coder in recodings.items():
        first, second = codings.coders.index(coder), codings.coders.index(again)
        both = codings.choose(np.asarray(rated[:, first] & rated[:, second], dtype=bool))
        present, numbers = np.unique(both.documents, return_inverse=True)
        drawing = draw_with_corrections(len(present), draws=draws, seed=seed)
        rows = []
        for column, id in enumerate(codings.columns.ids):
            given = both.ratings[:, :, column] == 1
            marked = cells.mark_cells(given[:, first], given[:, second])
            drawn = resample_sums(sum_by_document(marked, numbers, len(present)), drawing.weights)
            rows.append(
                {
                    "id": id,
                    "cells": [int(count) for count in drawn[0]],
                    "percent": _describe(drawing, cells.compute_agreement(drawn)),
                    "kappa": _describe(drawing, cells.compute_kappa(drawn)),
                    "alpha": _describe(drawing, cells.compute_alpha(drawn)),
                }
            )
        found.append({"coder": coder, "again": again, "units": len(numbers), "documents": len(present), "rows": rows})
    return found


def _compare_halves(drawing: Drawing, drawn: Floats) -> dict[str, Any]:
    """Describe cells of shape (draws, halves, others, 4)."""
    kappa = [cells.mean_kappa(np.moveaxis(drawn[:, half], 1, 0)) for half in (0, 1)]
    pooled = drawn.sum(axis=2)
    lean = cells.divide(pooled[..., 1] - pooled[..., 2], pooled.sum(axis=-1))
    return {
        "first": _describe(drawing, kappa[0]),
        "second": _describe(drawing, kappa[1]),
        "change": _describe(drawing, kappa[1] - kappa[0]),
        "lean": _describe(drawing, lean[:, 1] - lean[:, 0]),
    }


def _describe(drawing: Drawing, values: Floats) -> dict[str, Any]:
    found = drawing.estimate(values)
    reason = "" if found.value is not None else "in a part of the units nobody gave the code, or all did"
    return {"value": found.value, "low": found.low, "high": found.high, "reason": reason}
