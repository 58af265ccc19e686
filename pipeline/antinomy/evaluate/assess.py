"""Predictions x gold -> everything that is measured of a model on one gold set, as JSON data.

``antinomy evaluate`` writes it into ``metrics.json``, ``antinomy train`` into that of the model's folder (there under
``splits``: split -> gold set -> the same as in ``sets``)::

    model     name, version, sha256
    codebook  id, version, sha256
    settings  draws, seed, split
    sets      gold set ->
      sentences, documents, coders (independent ones)
      reference          the adjudicating coder, or null: each coder in turn, averaged
      codes              code -> positives (mean over references), given, precision, recall, f1, average_precision,
                         kappa, kappa_coders, ceiling_ratio, alpha, alpha_coders
      dimensions         dimension -> kappa_any, kappa_any_coders, ceiling_ratio, alpha_any, alpha_any_coders, macro_f1,
                         codes_in_macro (those with positives), ece (ten bins of equal width), ece_mass (of equal mass)
      hierarchical_f1    over all codes with their parents
      reliability        dimensions -> dimension, codes -> code ->
                           equal_width, equal_mass: bins (low, high, n, probability, observed), ece
                           brier
      rules              per boundary rule: rule, codes, n, agree, confused, missed, invented, share_of_errors,
                         table (gold, model, n)
      groups             attribute, group, sentences, documents, positives, scores, others (both: kappa_any, f1,
                         precision, recall, excess), stands_out

Positives, given, codes_in_macro and the counts of rules and groups are plain numbers. Every score is
``{"value", "low", "high"}``: the 95 % percentile interval over documents drawn with replacement; null is undefined.
With few documents an interval is rough. ``kappa`` is the model's against the reference, ``kappa_coders`` that of the
coders among themselves, and ``ceiling_ratio`` the first over the second, with an interval from the same draws.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from antinomy.codebook import Codebook
from antinomy.coefficients.cells import (
    compute_alpha,
    compute_f1,
    compute_kappa,
    compute_precision,
    compute_recall,
    divide,
    mean_over,
)
from antinomy.evaluate.boundaries import tabulate_rules
from antinomy.evaluate.comparison import (
    Comparison,
    Counts,
    GoldSentence,
    count_cells,
    find_places,
    mark_dimensions,
    mean_over_pairs,
    prepare_comparison,
)
from antinomy.evaluate.groups import audit_groups
from antinomy.evaluate.ranking import average_precision, rank_sentences
from antinomy.evaluate.reliability import Reliability, measure_dimensions, measure_reliability
from antinomy.evaluate.scores import extend_to_parents
from antinomy.records import Prediction
from antinomy.resample import Floats, estimate, resample_weighted

Track = Callable[[Sequence[Any], str], Iterable[Any]]


def pass_on(items: Sequence[Any], what: str) -> Iterable[Any]:
    """Show no progress."""
    return items


def assess(
    predictions: Sequence[Prediction],
    gold: Sequence[GoldSentence],
    codebook: Codebook,
    *,
    draws: int,
    seed: int,
    track: Track = pass_on,
) -> dict[str, Any]:
    """Measure a model on one gold set.

    Args:
        predictions: One per sentence.
        gold: The sentences; all with equally many references and equally many people.
        codebook: Decides which codes and dimensions have a row.
        draws: How often documents are drawn for the intervals; 0 for none.
        seed: Decides the draws.
        track: Passes on items with a word for what is done, to show progress.

    Returns:
        What the module says of a gold set, but for ``reference``.
    """
    comparison = prepare_comparison(predictions, gold, codebook, draws=draws, seed=seed)
    counts = count_cells(comparison, lambda used: used)
    pooled = measure_dimensions(comparison)
    single = {
        codebook.code_ids[place]: measure_reliability(comparison, np.array([place])) for place in comparison.known
    }
    hierarchy = count_cells(comparison, lambda used: extend_to_parents(used, codebook)).model.sum(axis=2)
    return {
        "sentences": len(gold),
        "documents": comparison.weights.shape[1],
        "coders": len(comparison.people),
        "codes": _assess_codes(comparison, counts, track),
        "dimensions": _assess_dimensions(comparison, counts, pooled),
        "hierarchical_f1": _describe(mean_over_pairs(compute_f1, hierarchy)),
        "reliability": {
            "dimensions": {name: asdict(measured) for name, measured in pooled.items()},
            "codes": {name: asdict(measured) for name, measured in single.items()},
        },
        "rules": [asdict(rule) for rule in tabulate_rules(comparison)],
        "groups": [asdict(group) for group in audit_groups(comparison, gold)],
    }


def _assess_codes(comparison: Comparison, counts: Counts, track: Track) -> dict[str, dict[str, Any]]:
    agreement = _compare(counts)
    scores = {
        "precision": mean_over_pairs(compute_precision, counts.model),
        "recall": mean_over_pairs(compute_recall, counts.model),
        "f1": mean_over_pairs(compute_f1, counts.model),
    }
    rows = {}
    for place, code in enumerate(track(comparison.codebook.code_ids, "intervals")):
        rows[code] = {
            "positives": float(comparison.references[:, :, place].sum(axis=1).mean()),
            "given": int(comparison.given[:, place].sum()),
            **{name: _describe(values[:, place]) for name, values in scores.items()},
            "average_precision": _describe(_rank(comparison, place)),
            **{name: _describe(values[:, place]) for name, values in agreement.items()},
        }
    return rows


def _assess_dimensions(
    comparison: Comparison, counts: Counts, pooled: dict[str, Reliability]
) -> dict[str, dict[str, Any]]:
    codebook = comparison.codebook
    agreement = _compare(count_cells(comparison, lambda used: mark_dimensions(used, codebook)), suffix="_any")
    # in every draw the macro average is over the codes that gold has there
    positives = counts.model[..., 0].sum(axis=0) + counts.model[..., 2].sum(axis=0)
    f1 = np.where(positives > 0, mean_over_pairs(compute_f1, counts.model), np.nan)
    undefined = asdict(estimate(np.array([np.nan])))
    rows = {}
    for number, dimension in enumerate(codebook.dimensions):
        places = find_places(codebook, dimension.id)
        measured = pooled.get(dimension.id)
        rows[dimension.id] = {
            **{name: _describe(values[:, number]) for name, values in agreement.items()},
            "macro_f1": _describe(mean_over(f1[:, places], axis=1)),
            "codes_in_macro": int((positives[0, places] > 0).sum()),
            "ece": asdict(measured.equal_width.ece) if measured else undefined,
            "ece_mass": asdict(measured.equal_mass.ece) if measured else undefined,
        }
    return rows


def _compare(counts: Counts, *, suffix: str = "") -> dict[str, Floats]:
    """Return agreement in every draw, (1 + draws, columns) each: the model's, the coders', and their ratio."""
    kappa, coders = mean_over_pairs(compute_kappa, counts.model), mean_over_pairs(compute_kappa, counts.people)
    return {
        f"kappa{suffix}": kappa,
        f"kappa{suffix}_coders": coders,
        # a ratio to coders who agree no more than by chance says nothing
        "ceiling_ratio": divide(kappa, np.where(coders > 0, coders, 0)),
        f"alpha{suffix}": mean_over_pairs(compute_alpha, counts.model),
        f"alpha{suffix}_coders": mean_over_pairs(compute_alpha, counts.people),
    }


def _rank(comparison: Comparison, place: int) -> Floats:
    """Return a code's average precision in every draw, mean over the references."""
    if place not in comparison.known:
        return np.array([np.nan])
    order = rank_sentences(comparison.probabilities[:, place])
    sorted_probabilities, documents = comparison.probabilities[order, place], comparison.documents[order]
    drawn = [
        resample_weighted(average_precision(sorted_probabilities, gold[order, place]), documents, comparison.weights)
        for gold in comparison.references
    ]
    return mean_over(np.array(drawn), axis=0)


def _describe(values: Floats) -> dict[str, float | None]:
    return asdict(estimate(values))
