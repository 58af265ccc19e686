"""A comparison and what errors may depend on -> a bias audit: how the model fares group by group."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from antinomy.coefficients.cells import compute_f1, compute_kappa, compute_precision, compute_recall, divide, mark_cells
from antinomy.evaluate.comparison import Comparison, GoldSentence, mark_dimensions, mean_over_pairs
from antinomy.resample import Estimate, Floats, Ints, estimate

# Fewer documents give no interval worth the name.
LEAST_DOCUMENTS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences with one value of an attribute.

    Attributes:
        attribute: For example ``source`` or ``role``.
        group: Its value.
        sentences: How many sentences.
        documents: In how many documents.
        positives: Sentences with any code in gold; mean over the references.
        scores: ``kappa_any`` (any code of the codebook's first dimension), ``f1``, ``precision``, ``recall`` (over all
            codes together), ``excess`` (mean probability minus the share that gold affirms, over the codes that the
            model knows); intervals from five documents on.
        others: The same of all other sentences with this attribute.
        stands_out: The scores whose difference from the others has an interval without 0; in a table of many groups
            some do by chance.
    """

    attribute: str
    group: str
    sentences: int
    documents: int
    positives: float
    scores: dict[str, Estimate]
    others: dict[str, Estimate]
    stands_out: tuple[str, ...]


def audit_groups(comparison: Comparison, gold: Sequence[GoldSentence]) -> list[Group]:
    """Return every group of every attribute that has at least two, from the largest of each attribute."""
    sums = _Sums(comparison)
    result = []
    for attribute in dict.fromkeys(name for sentence in gold for name in sentence.attributes):
        values = np.array([sentence.attributes.get(attribute, "") for sentence in gold])
        names, counts = np.unique(values[values != ""], return_counts=True)
        if len(names) < 2:
            continue
        for name in names[np.argsort(-counts, kind="stable")]:
            inside = np.flatnonzero(values == name)
            outside = np.flatnonzero((values != name) & (values != ""))
            scores, others = sums.draw(inside), sums.draw(outside)
            result.append(
                Group(
                    attribute=attribute,
                    group=str(name),
                    sentences=len(inside),
                    documents=len(np.unique(comparison.documents[inside])),
                    positives=float(comparison.references[:, inside].any(axis=-1).sum(axis=1).mean()),
                    scores=_estimate_all(scores),
                    others=_estimate_all(others),
                    stands_out=_find_outliers(scores, others),
                )
            )
    return result


class _Sums:
    """What scores are made of, per sentence, so that the scores of any group come from sums."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        given, references, known = comparison.given, comparison.references, comparison.known
        ours, *theirs = (mark_dimensions(used, comparison.codebook)[:, 0] for used in (given, *references))
        self._any = [mark_cells(ours, gold) for gold in theirs]
        self._all = [mark_cells(given, gold).sum(axis=1).astype(float) for gold in references]
        excess = comparison.probabilities[:, known] - references[:, :, known].mean(axis=0)
        self._excess = np.stack([excess.sum(axis=1), np.full(len(excess), float(len(known)))], axis=-1)

    def draw(self, chosen: Ints) -> dict[str, Floats]:
        """Return the scores of some sentences, by their places: in every draw, or, of few documents, but once."""
        total = self._comparison.sum
        any_code = np.array([total(cells, chosen) for cells in self._any])
        all_codes = np.array([total(cells, chosen) for cells in self._all])
        excess = total(self._excess, chosen)
        values = {
            "kappa_any": mean_over_pairs(compute_kappa, any_code),
            "f1": mean_over_pairs(compute_f1, all_codes),
            "precision": mean_over_pairs(compute_precision, all_codes),
            "recall": mean_over_pairs(compute_recall, all_codes),
            "excess": divide(excess[:, 0], excess[:, 1]),
        }
        enough = len(np.unique(self._comparison.documents[chosen])) >= LEAST_DOCUMENTS
        return {name: drawn if enough else drawn[:1] for name, drawn in values.items()}


def _estimate_all(scores: dict[str, Floats]) -> dict[str, Estimate]:
    return {name: estimate(drawn) for name, drawn in scores.items()}


def _find_outliers(scores: dict[str, Floats], others: dict[str, Floats]) -> tuple[str, ...]:
    # a side with few documents has no draws, hence no difference
    paired = [name for name, drawn in scores.items() if len(drawn) == len(others[name])]
    differences = {name: estimate(scores[name] - others[name]) for name in paired}
    return tuple(
        name
        for name, found in differences.items()
        if found.low is not None and found.high is not None and not found.low <= 0 <= found.high
    )
