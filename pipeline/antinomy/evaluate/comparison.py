"""Predictions and coded sentences -> the arrays that every table of an evaluation is counted from."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from antinomy.codebook import Codebook
from antinomy.coefficients.cells import Bools, mark_cells, mean_over
from antinomy.records import Prediction
from antinomy.resample import Floats, Ints, draw_documents, resample_sums, sum_by_document

Codes = frozenset[str]
ALL = slice(None)


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """What is known of one sentence besides the model's word.

    Attributes:
        document: The document that it belongs to.
        references: The codes that the model is measured against: the adjudicated ones, or those of each coder.
        people: The codes of those who worked independently, for the agreement that they reach among themselves.
        attributes: What errors may depend on: attribute -> group, for example ``role`` -> ``lean coach``.
    """

    document: str
    references: tuple[Codes, ...]
    people: tuple[Codes, ...]
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Codes as arrays, with the documents and how often each is drawn.

    Attributes:
        codebook: Decides the order of the codes, everywhere the last axis.
        given: The model's codes, (sentences, codes).
        references: Of each reference, (references, sentences, codes).
        people: Of each independent coder, (coders, sentences, codes).
        probabilities: Of the model, (sentences, codes); nan for codes that the model does not know.
        documents: Number of the document of each sentence, (sentences,).
        weights: How often each document is drawn, (1 + draws, documents).
    """

    codebook: Codebook
    given: Bools
    references: Bools
    people: Bools
    probabilities: Floats
    documents: Ints
    weights: Floats

    @property
    def known(self) -> Ints:
        """Places of the codes that the model knows."""
        return np.flatnonzero(~np.isnan(self.probabilities).all(axis=0))

    def sum(self, values: Floats | Bools, chosen: Ints | slice = ALL) -> Floats:
        """Sum values per sentence in every draw, of all or some by their places: (sentences, …) -> (1 + draws, …)."""
        sums = sum_by_document(values[chosen], self.documents[chosen], self.weights.shape[1])
        return resample_sums(sums, self.weights)


@dataclass(frozen=True, slots=True)
class Counts:
    """Cells in every draw, (pairs, 1 + draws, columns, 4): the model with each reference, coders with each other."""

    model: Floats
    people: Floats


def prepare_comparison(
    predictions: Sequence[Prediction], gold: Sequence[GoldSentence], codebook: Codebook, *, draws: int, seed: int
) -> Comparison:
    """Put predictions and gold, one each per sentence, into arrays."""
    names = list(dict.fromkeys(sentence.document for sentence in gold))
    place = {name: number for number, name in enumerate(names)}
    references = zip(*(sentence.references for sentence in gold), strict=True)
    people = zip(*(sentence.people for sentence in gold), strict=True)
    return Comparison(
        codebook=codebook,
        given=_mark([frozenset(prediction.codes) for prediction in predictions], codebook),
        references=np.array([_mark(codes, codebook) for codes in references]),
        people=np.array([_mark(codes, codebook) for codes in people]),
        probabilities=np.array([[p.probabilities.get(c, np.nan) for c in codebook.code_ids] for p in predictions]),
        documents=np.array([place[sentence.document] for sentence in gold]),
        weights=draw_documents(len(names), draws=draws, seed=seed),
    )


def count_cells(comparison: Comparison, columns: Callable[[Bools], Bools]) -> Counts:
    """Count who used what.

    Args:
        comparison: Of c codes.
        columns: What is counted: codes of shape (…, c) -> (…, columns).
    """
    given, *references = columns(comparison.given), *map(columns, comparison.references)
    people = list(map(columns, comparison.people))
    model = [comparison.sum(mark_cells(given, reference)) for reference in references]
    pairs = [comparison.sum(mark_cells(one, other)) for one, other in combinations(people, 2)]
    nobody = np.zeros((0, *model[0].shape))
    return Counts(np.array(model), np.array(pairs) if pairs else nobody)


def mean_over_pairs(statistic: Callable[[Floats], Floats], cells: Floats) -> Floats:
    """Mean of a statistic over the pairs for which it is defined: (pairs, draws, columns, 4) -> (draws, columns)."""
    return mean_over(statistic(cells), axis=0)


def mark_dimensions(used: Bools, codebook: Codebook) -> Bools:
    """Say which dimensions have any code: (…, codes) -> (…, dimensions)."""
    of = np.array([[code.dimension == dimension.id for dimension in codebook.dimensions] for code in codebook.codes])
    return np.asarray(np.matmul(used, of), dtype=bool)


def find_places(codebook: Codebook, dimension: str) -> Ints:
    """Return the places of a dimension's codes."""
    return np.flatnonzero([code.dimension == dimension for code in codebook.codes])


def _mark(sets: Sequence[Codes], codebook: Codebook) -> Bools:
    return np.array([[code in codes for code in codebook.code_ids] for codes in sets], dtype=bool)
