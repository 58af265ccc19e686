"""People's codings and a model's -> whether the model could stand in for a person, code by code, as JSON data.

Everything is measured on units that the model and at least two people coded, so that people and model are compared on
the same text; with a single person, on what both coded, which shows the model's agreement and no more. For every code,
and every dimension (nothing, if there are no such units)::

    id, units, documents
    given        units that anyone among the people gave it
    model_given  units that the model gave it
    people       Krippendorff's alpha of the people
    between      mean pairwise kappa of the people
    with_model   mean pairwise kappa of the model with each person
    ratio        with_model over between: the ceiling ratio
    alt_test     {"all", "given"} -> winning rate, advantage, per coder wins and p (see ``coefficients.alt_test``)
    swaps        one per person -> coder, alpha with the model in that person's place minus alpha of the people, with
                 a 90 % interval, and whether that lies within the margin (two one-sided tests at .05)
    certificate  see ``agreement.certificate``

All units agree on a rare code nearly everywhere, so a model that never gives it wins nearly every unit. Hence the test
is also made on units that anyone, or the model, gave the code (``given``): the rest adds ties only, and ties are won
by both sides.
"""

from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np

from antinomy.agreement.certificate import certify
from antinomy.agreement.codings import Codings
from antinomy.agreement.draws import Patterns
from antinomy.coefficients import tallies
from antinomy.coefficients.alt_test import contest_coder, find_wins, reject
from antinomy.coefficients.cells import divide, mean_kappa
from antinomy.coefficients.tallies import Ratings
from antinomy.resample import LEVEL, Drawing, Floats, Ints, draw_with_corrections

# False discoveries among coders in the alternative annotator test (the paper's q).
RATE = 0.05
# Two one-sided tests at .05 are an interval of 90 %.
SWAP_LEVEL = 0.90


@dataclass(frozen=True, slots=True)
class Bar:
    """What a model has to clear.

    Attributes:
        epsilon: How much worse than a person it may do in the alternative annotator test: the paper takes .20 where
            people are experts, .15 where they are skilled, .10 for a crowd.
        margin: By how much alpha may fall when it replaces a person.
    """

    epsilon: float = 0.15
    margin: float = 0.05


def assess_stand_in(codings: Codings, model: str, *, bar: Bar, draws: int, seed: int) -> dict[str, Any]:
    """Compare one model with all coders that are not models.

    Args:
        codings: Of people and of this model; other models are to be left out before.
        model: Its name among the coders.
        bar: See ``Bar``.
        draws: Of documents, for the intervals.
        seed: Decides the draws.
    """
    seat = codings.coders.index(model)
    people = [place for place in range(len(codings.coders)) if place != seat]
    coded = np.asarray((codings.ratings >= 0).all(axis=2), dtype=bool)
    both = np.asarray(coded[:, seat] & (coded[:, people].sum(axis=1) >= min(2, len(people))), dtype=bool)
    shared = codings.choose(both)
    present, numbers = np.unique(shared.documents, return_inverse=True)
    drawing = draw_with_corrections(len(present), draws=draws, seed=seed)
    names = tuple(codings.coders[place] for place in people)
    rows = []
    for column, id in enumerate(codings.columns.ids if len(present) else ()):
        ratings = shared.ratings[:, :, column]
        rows.append({"id": id, **_assess_column(ratings[:, people], ratings[:, seat], names, numbers, drawing, bar)})
    return {
        "model": model,
        "people": list(names),
        "units": len(shared.ratings),
        "documents": len(present),
        "bar": asdict(bar),
        "rows": rows,
    }


def _assess_column(
    people: Ratings, model: Ratings, names: tuple[str, ...], documents: Ints, drawing: Drawing, bar: Bar
) -> dict[str, Any]:
    count = drawing.weights.shape[1]
    together = np.concatenate([people, model[:, None]], axis=1)
    pairs = Patterns(together, documents, count).draw_documents(drawing.weights).pairs
    last = np.array([len(names) in pair for pair in combinations(range(len(names) + 1), 2)])
    between, beside = mean_kappa(pairs[~last]), mean_kappa(pairs[last])
    alpha = tallies.compute_alpha(Patterns(people, documents, count).draw_documents(drawing.weights).many)
    given = (people == 1).any(axis=1)
    either = given | (model == 1)
    evidence: dict[str, Any] = {
        "units": len(people),
        "documents": count,
        "given": int(given.sum()),
        "model_given": int((model == 1).sum()),
        "people": _describe(drawing, alpha, "nobody gave it, all gave it everywhere, or one person coded"),
        "between": _describe(drawing, between, "nobody gave it, all gave it everywhere, or one person coded"),
        "with_model": _describe(drawing, beside, "neither the model nor anybody else gave it, or all did everywhere"),
        "ratio": _describe(
            drawing, divide(beside, np.where(between > 0, between, np.nan)), "people do not agree beyond chance"
        ),
        "alt_test": {
            "all": _test(people, model, names, documents, bar),
            "given": _test(people[either], model[either], names, documents[either], bar),
        },
        "swaps": [
            {"coder": name, **_swap(people, model, place, alpha, documents, drawing, bar)}
            for place, name in enumerate(names)
        ],
    }
    return {**evidence, "certificate": asdict(certify(evidence, margin=bar.margin))}


def _swap(
    people: Ratings, model: Ratings, place: int, alpha: Floats, documents: Ints, drawing: Drawing, bar: Bar
) -> dict[str, Any]:
    """Put the model in one person's place, where that person coded, and see what becomes of alpha."""
    changed = people.copy()
    changed[:, place] = np.where(people[:, place] >= 0, model, -1)
    after = tallies.compute_alpha(
        Patterns(changed, documents, drawing.weights.shape[1]).draw_documents(drawing.weights).many
    )
    found = _describe(drawing, after - alpha, "alpha is undefined", level=SWAP_LEVEL)
    known = found["low"] is not None
    return {**found, "equivalent": bool(-bar.margin <= found["low"] and found["high"] <= bar.margin) if known else None}


def _test(people: Ratings, model: Ratings, names: tuple[str, ...], documents: Ints, bar: Bar) -> dict[str, Any]:
    wins = find_wins(people, model)
    contests = [contest_coder(wins, place, documents, epsilon=bar.epsilon) for place in range(len(names))]
    beaten = reject(np.array([contest.p for contest in contests]), rate=RATE)
    met = [contest for contest in contests if contest.units]
    return {
        "winning_rate": float(beaten.mean()) if met else None,
        "advantage": float(np.mean([contest.model_wins for contest in met])) if met else None,
        "coders": [
            {
                "coder": name,
                **{key: None if np.isnan(value) else value for key, value in asdict(contest).items()},
                "passed": bool(passed),
            }
            for name, contest, passed in zip(names, contests, beaten, strict=True)
        ],
    }


def _describe(drawing: Drawing, values: Floats, reason: str, *, level: float = LEVEL) -> dict[str, Any]:
    found = drawing.estimate(values, level=level)
    reason = reason if found.value is None else ""
    return {"value": found.value, "low": found.low, "high": found.high, "reason": reason}
