"""A model's codes and several coders' codes on the same sentences -> a table of scores per code."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from antinomy.codebook import Codebook
from antinomy.evaluate.scores import (
    Bools,
    mean_defined,
    score_average_precision,
    score_f1,
    score_kappa,
    score_precision,
    score_recall,
)
from antinomy.records import Prediction

CodeSets = Sequence[frozenset[str]]


def compare_with_coders(
    predictions: Sequence[Prediction], coders: Sequence[CodeSets], people: Sequence[CodeSets], codebook: Codebook
) -> dict[str, Any]:
    """Score a model against each reference coder and average; coders against each other beside it.

    Args:
        predictions: One per sentence.
        coders: For each reference coder, one set of codes per sentence. A code counts as undefined
            where neither the model nor the coder used it.
        people: The coders who worked independently, for the agreement that coders reach among themselves.
        codebook: Decides which codes have a row.

    Returns:
        ``sentences``, ``codes`` (per code: positives, precision, recall, f1, average precision,
        kappa of the model, kappa of the coders) and ``dimensions`` (any code of it: kappas; macro F1).
    """
    given = [frozenset(prediction.codes) for prediction in predictions]
    rows = {}
    for code in codebook.codes:
        model = _use(given, {code.id})
        golds = [_use(coder, {code.id}) for coder in coders]
        independent = [_use(coder, {code.id}) for coder in people]
        p = np.array([prediction.probabilities.get(code.id, 0.0) for prediction in predictions])
        rows[code.id] = {
            "positives": float(np.mean([gold.sum() for gold in golds])),
            "given": int(model.sum()),
            "precision": mean_defined([score_precision(model, gold) for gold in golds]),
            "recall": mean_defined([score_recall(model, gold) for gold in golds]),
            "f1": mean_defined([score_f1(model, gold) for gold in golds]),
            "average_precision": mean_defined([score_average_precision(p, gold) for gold in golds]),
            "kappa": mean_defined([score_kappa(model, gold) for gold in golds]),
            "kappa_coders": mean_defined([score_kappa(a, b) for a, b in combinations(independent, 2)]),
        }
    dimensions = {}
    for dimension in codebook.dimensions:
        ids = {code.id for code in codebook.codes_of(dimension.id)}
        model = _use(given, ids)
        golds = [_use(coder, ids) for coder in coders]
        independent = [_use(coder, ids) for coder in people]
        dimensions[dimension.id] = {
            "kappa_any": mean_defined([score_kappa(model, gold) for gold in golds]),
            "kappa_any_coders": mean_defined([score_kappa(a, b) for a, b in combinations(independent, 2)]),
            "macro_f1": mean_defined([rows[code]["f1"] for code in sorted(ids) if rows[code]["positives"]]),
        }
    return {"sentences": len(predictions), "codes": rows, "dimensions": dimensions}


def _use(sets: CodeSets, codes: set[str]) -> Bools:
    return np.array([not codes.isdisjoint(given) for given in sets], dtype=bool)
