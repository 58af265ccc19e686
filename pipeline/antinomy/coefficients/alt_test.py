"""The alternative annotator test: may a model take a coder's place?

Calderon, Reichart & Dror (2025), The Alternative Annotator Test for LLM-as-a-Judge. Each coder is left out in turn.
On every unit that the coder coded with others, the model and the coder are both compared with those others: who agrees
with more of them wins the unit, and ties are won by both. The model passes for that coder if its share of wins is less
than ``epsilon`` below the coder's. Units of one document are alike, so the t-test is robust to clusters.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from antinomy.coefficients.tallies import Ratings
from antinomy.resample import Floats, Ints, sum_by_document


@dataclass(frozen=True, slots=True)
class Wins:
    """Who wins each unit; nan where nothing can be compared.

    Attributes:
        model: Against each coder, (units, coders).
        coder: Each coder, (units, coders).
    """

    model: Floats
    coder: Floats


@dataclass(frozen=True, slots=True)
class Contest:
    """One coder against the model.

    Attributes:
        units, documents: Compared.
        model_wins, coder_wins: Share of units that each wins.
        p: Of the hypothesis that the coder's share is larger by ``epsilon`` or more; nan where there is one document.
    """

    units: int
    documents: int
    model_wins: float
    coder_wins: float
    p: float


def find_wins(ratings: Ratings, model: Ratings) -> Wins:
    """Compare model and coder with the others who coded a unit.

    Args:
        ratings: Values of any nominal scale, -1 not coded; (units, coders).
        model: The same of the model, (units,).

    >>> ratings = np.array([[1, 1, 0], [0, 0, 0], [1, 0, -1]], dtype=np.int8)
    >>> wins = find_wins(ratings, np.array([1, 1, 0], dtype=np.int8))
    >>> wins.model[:, 2], wins.coder[:, 2]
    (array([ 1.,  0., nan]), array([ 0.,  1., nan]))
    """
    coded = ratings >= 0
    others = coded.sum(axis=1)[:, None] - coded.astype(int)
    compared = coded & (others >= 1) & (model >= 0)[:, None]
    same = (ratings == model[:, None]) & coded
    by_model = same.sum(axis=1)[:, None] - same.astype(int)
    by_coder = np.stack(
        [((ratings == own[:, None]) & coded).sum(axis=1) - (own >= 0).astype(int) for own in ratings.T], axis=1
    )
    return Wins(
        np.where(compared, by_model >= by_coder, np.nan).astype(float),
        np.where(compared, by_coder >= by_model, np.nan).astype(float),
    )


def contest_coder(wins: Wins, coder: int, documents: Ints, *, epsilon: float) -> Contest:
    """Test one coder against the model, one-sided, with a variance that adds up whole documents.

    Args:
        wins: See ``find_wins``.
        coder: Its column.
        documents: Number of the document of each unit, (units,).
        epsilon: How much worse than the coder the model may be, in share of wins.

    Each unit a document of its own gives the ordinary t-test:

    >>> wins = Wins(np.array([[1.0], [0.0], [1.0], [1.0]]), np.array([[1.0], [1.0], [0.0], [1.0]]))
    >>> found = contest_coder(wins, 0, np.arange(4), epsilon=0.2)
    >>> found.model_wins, found.coder_wins, round(found.p, 4)
    (0.75, 0.75, 0.3289)
    """
    compared = ~np.isnan(wins.model[:, coder])
    model, own = wins.model[compared, coder], wins.coder[compared, coder]
    if not len(model):
        return Contest(0, 0, np.nan, np.nan, np.nan)
    present, numbers = np.unique(documents[compared], return_inverse=True)
    lead = own - model
    mean = float(lead.mean())
    clusters = len(present)
    shares = float(model.mean()), float(own.mean())
    if clusters < 2:
        return Contest(len(lead), clusters, *shares, np.nan)
    spread = sum_by_document(lead - mean, numbers, clusters)
    error = float(np.sqrt(clusters / (clusters - 1) * (spread**2).sum())) / len(lead)
    if error == 0:
        # every unit came out alike: nothing random is left to test
        return Contest(len(lead), clusters, *shares, 0.0 if mean < epsilon else 1.0)
    return Contest(len(lead), clusters, *shares, float(student.cdf((mean - epsilon) / error, clusters - 1)))


def reject(p: Floats, *, rate: float) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say which hypotheses fall when false discoveries are held at ``rate``: Benjamini & Yekutieli (2001).

    >>> reject(np.array([0.001, 0.02, 0.04, np.nan]), rate=0.05).tolist()
    [True, False, False, False]
    """
    sound = np.where(np.isnan(p), 1.0, p)
    order = np.argsort(sound, kind="stable")
    ranks = np.arange(1, len(p) + 1)
    below = np.flatnonzero(sound[order] <= ranks / len(p) * rate / (1 / ranks).sum())
    found = np.zeros(len(p), dtype=bool)
    if len(below):
        found[order[: below[-1] + 1]] = True
    return found
