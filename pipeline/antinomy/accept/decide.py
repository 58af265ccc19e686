"""Probabilities of a run -> which sentences are coded by machine and which are left for a person.

A sentence is ``accepted`` where every code that the model gives it is certain enough, ``empty`` where no code comes
near, and otherwise a person's (``queued``), with the codes that are certain already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from antinomy.accept.cutoffs import find_acceptance, find_emptiness
from antinomy.accept.scores import LEAST, CalibrationScores
from antinomy.codebook import Codebook
from antinomy.resample import Floats

STATES = ("accepted", "empty", "queued")


@dataclass(frozen=True, slots=True, eq=False)
class Decisions:
    """What came of a budget.

    Attributes:
        states: One of ``STATES`` per sentence.
        codes: Accepted codes per sentence, in codebook order, parents included.
        cutoffs: Code -> least probability at which it is accepted; None: it never is.
        below: Sentences whose every probability is lower pass as empty; None: none do.
    """

    states: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    cutoffs: Mapping[str, float | None]
    below: float | None


def decide_sentences(
    probabilities: Floats,
    given: Sequence[Sequence[str]],
    labels: Sequence[str],
    scores: CalibrationScores,
    codebook: Codebook,
    *,
    budget: float,
) -> Decisions:
    """Share out the sentences of a run.

    Args:
        probabilities: Shape (sentences, labels).
        given: Codes that the model gives each sentence.
        labels: Code ids.
        scores: On hand-coded sentences.
        codebook: Adds parents: who accepts a tension accepts its paradox.
        budget: Allowed share of wrong codes among accepted ones, and of coded sentences among empty ones.
    """
    cutoffs = {
        label: find_acceptance(
            probabilities[:, column], scores.wrong[label], scores.without[label], budget=budget, least=LEAST
        )
        for column, label in enumerate(labels)
    }
    below = find_emptiness(scores.highest, budget=budget)
    bars = np.array([np.inf if cutoffs[label] is None else cutoffs[label] for label in labels], dtype=float)
    certain = probabilities >= bars
    highest = probabilities.max(axis=1, initial=0.0)
    order = {code: place for place, code in enumerate(codebook.code_ids)}
    states, codes = [], []
    for row, (marks, model) in enumerate(zip(certain, given, strict=True)):
        accepted = codebook.close_upwards({label for label, mark in zip(labels, marks, strict=True) if mark})
        if not accepted and below is not None and highest[row] < below:
            states.append("empty")
        elif accepted and set(model) <= set(accepted):
            states.append("accepted")
        else:
            states.append("queued")
        codes.append(tuple(sorted(accepted, key=order.__getitem__)))
    return Decisions(tuple(states), tuple(codes), cutoffs, below)
