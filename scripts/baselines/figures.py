"""Predictions of several ways to code the same sentences -> their figures side by side, as JSON data."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from antinomy.codebook import Codebook
from antinomy.coefficients.cells import compute_f1, mean_over
from antinomy.evaluate.assess import assess
from antinomy.evaluate.comparison import GoldSentence, count_cells, find_places, mean_over_pairs, prepare_comparison
from antinomy.records import Prediction
from antinomy.resample import Floats, estimate

PEOPLE = "coder against coder"


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the intervals: all rows of a set are measured in the same draws of documents."""

    draws: int
    seed: int


def compare(
    named: Mapping[str, Sequence[Prediction]],
    sentences: Sequence[GoldSentence],
    codebook: Codebook,
    settings: Settings,
    *,
    models: Collection[str],
) -> dict[str, Any]:
    """Measure several ways to code the sentences of one gold set.

    Args:
        named: Name -> predictions.
        sentences: The gold sentences.
        codebook: Knows the dimensions; the first has a row of its own for any of its codes.
        settings: See ``Settings``.
        models: The names that are no baselines; each is compared with the best of those.

    Returns:
        sentences, documents, best_baseline (by macro-F1 of the first dimension, on these very sentences, which makes
        it as hard to beat as can be), comparison -> one row per name and one for the people among themselves.
    """
    first = codebook.dimensions[0].id
    plain = [replace(sentence, attributes={}) for sentence in sentences]
    rows = [{"name": name, **measure(said, plain, codebook, settings)} for name, said in named.items()]
    drawn = {name: draw_macro_f1(said, plain, codebook, settings) for name, said in named.items()}
    baselines = [name for name in named if name not in models]
    best = max(baselines, key=lambda name: np.nan_to_num(drawn[name][0]))
    for row in rows:
        if row["name"] in models:
            row[f"gain_macro_f1_{first}"] = asdict(estimate(drawn[str(row["name"])] - drawn[best]))
    if len(plain[0].people) > 1:
        said, others = compare_people(plain, codebook)
        rows.append({"name": PEOPLE, **measure(said, others, codebook, settings)})
    documents = len({sentence.document for sentence in plain})
    return {"sentences": len(plain), "documents": documents, "best_baseline": best, "comparison": rows}


def measure(
    predictions: Sequence[Prediction], sentences: Sequence[GoldSentence], codebook: Codebook, settings: Settings
) -> dict[str, Any]:
    """Return one row of figures, each ``{"value", "low", "high"}``; ``ece`` pools the codes of the first dimension."""
    measured = assess(predictions, sentences, codebook, draws=settings.draws, seed=settings.seed)
    dimensions, first = measured["dimensions"], codebook.dimensions[0].id
    return {
        f"kappa_any_{first}": dimensions[first]["kappa_any"],
        **{f"macro_f1_{name}": row["macro_f1"] for name, row in dimensions.items()},
        "hierarchical_f1": measured["hierarchical_f1"],
        "ece": dimensions[first]["ece"],
    }


def draw_macro_f1(
    predictions: Sequence[Prediction], sentences: Sequence[GoldSentence], codebook: Codebook, settings: Settings
) -> Floats:
    """Return macro-F1 of the first dimension in every draw, as ``assess`` counts it: over the codes that gold has."""
    comparison = prepare_comparison(predictions, sentences, codebook, **asdict(settings))
    places = find_places(codebook, codebook.dimensions[0].id)
    cells = count_cells(comparison, lambda used: used[..., places]).model
    positives = (cells[..., 0] + cells[..., 2]).sum(axis=0)
    return mean_over(np.where(positives > 0, mean_over_pairs(compute_f1, cells), np.nan), axis=1)


def compare_people(
    sentences: Sequence[GoldSentence], codebook: Codebook
) -> tuple[list[Prediction], list[GoldSentence]]:
    """Let the first coder stand for the model and the others for gold: what coders reach among themselves."""
    said = [
        Prediction({}, tuple(code for code in codebook.code_ids if code in sentence.people[0]))
        for sentence in sentences
    ]
    return said, [replace(sentence, references=sentence.people[1:]) for sentence in sentences]
