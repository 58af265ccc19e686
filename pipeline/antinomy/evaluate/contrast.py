"""Minimal pairs and what a model says of both sides -> how well it keeps the boundary rules, as JSON data.

``antinomy evaluate --contrast`` writes it into ``metrics.json`` as ``contrast``::

    score    mean of the rules' scores
    ranking  mean of the rules' rankings
    rules    in codebook order, those that have pairs -> id, text, pairs, score, ranking

A pair counts when the model gives each side exactly what the codebook wants of the codes of the rule in which the
sides differ; other codes do not matter here. A rule's ``score`` is the share of its pairs that count.

``ranking`` needs no threshold: of all (pair, differing code) of a rule, the share in which the code is more probable
on the side that should carry it. Chance is one half, and so does a tie count.

Every score is ``{"value", "low", "high"}``: the 95 % percentile interval over pairs drawn with replacement within
their rule (a stratified bootstrap), so the rules weigh the same in every draw.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from antinomy.codebook import Codebook, Rule
from antinomy.coefficients.cells import divide
from antinomy.contrast_sets import ContrastPair
from antinomy.records import Prediction
from antinomy.resample import Floats, draw_documents, estimate

Sides = tuple[Prediction, Prediction]


def assess_contrast(
    pairs: Sequence[ContrastPair], predictions: Sequence[Sides], codebook: Codebook, *, draws: int, seed: int
) -> dict[str, Any]:
    """Measure how a model tells minimal pairs apart.

    Args:
        pairs: At least one.
        predictions: Of both sides, one each per pair.
        codebook: Decides the order of the rules.
        draws: How often pairs are drawn for the intervals; 0 for none.
        seed: Decides the draws.

    Returns:
        What the module says.
    """
    by_rule: dict[str, list[tuple[ContrastPair, Sides]]] = {}
    for pair, sides in zip(pairs, predictions, strict=True):
        by_rule.setdefault(pair.rule, []).append((pair, sides))
    used = [rule for rule in codebook.rules if rule.id in by_rule]
    drawn = [_draw(by_rule[rule.id], draws=draws, seed=seed + number) for number, rule in enumerate(used)]
    scores, rankings = zip(*drawn, strict=True)
    return {
        "score": _describe(_mean(scores)),
        "ranking": _describe(_mean(rankings)),
        "rules": [
            _describe_rule(rule, len(by_rule[rule.id]), score, ranking)
            for rule, score, ranking in zip(used, scores, rankings, strict=True)
        ],
    }


def keeps_apart(pair: ContrastPair, predictions: Sides) -> bool:
    """Say whether both sides are right in all codes in which they should differ."""
    return all(
        (code in prediction.codes) == (code in side.codes)
        for side, prediction in zip(pair.sides, predictions, strict=True)
        for code in pair.codes
    )


def rank_sides(pair: ContrastPair, predictions: Sides) -> list[float]:
    """Return for each differing code 1 where it is more probable on the side that should carry it, 0.5 for a tie."""
    wins = []
    for code in pair.codes:
        one, other = (prediction.probabilities.get(code, 0.0) for prediction in predictions)
        right = one - other if code in pair.sides[0].codes else other - one
        wins.append((np.sign(right) + 1) / 2)
    return wins


def _draw(members: Sequence[tuple[ContrastPair, Sides]], *, draws: int, seed: int) -> tuple[Floats, Floats]:
    """Return score and ranking of one rule in every draw, (1 + draws,) each; of a single pair but once."""
    weights = draw_documents(len(members), draws=draws, seed=seed)
    kept = np.array([keeps_apart(*member) for member in members])
    wins = [rank_sides(*member) for member in members]
    won, tried = np.array([sum(row) for row in wins]), np.array([len(row) for row in wins])
    return divide(weights @ kept, weights.sum(axis=1)), divide(weights @ won, weights @ tried)


def _mean(rules: Sequence[Floats]) -> Floats:
    # a rule of a single pair has no draws: it stays what it is in those of the others
    return np.asarray(np.mean(np.broadcast_arrays(*rules), axis=0))


def _describe_rule(rule: Rule, pairs: int, score: Floats, ranking: Floats) -> dict[str, Any]:
    return {
        "id": rule.id,
        "text": rule.text,
        "pairs": pairs,
        "score": _describe(score),
        "ranking": _describe(ranking),
    }


def _describe(values: Floats) -> dict[str, float | None]:
    return asdict(estimate(values))
