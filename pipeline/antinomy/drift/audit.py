"""A few hand-coded sentences of before and after an alarm -> is it the organisation that changed, or the model?

Twenty to thirty random sentences would hold the code once or twice. So they are drawn where they say most: on each
side, from the sentences that the model gives the code (``given``) and from as many of the next likeliest ones as make
a twentieth of all (``near``). How many of a group carry the code, people say; what is less likely still is taken to
carry it equally often on both sides. The share of a side is then

    share given · precision among given + share near · rate among near

with both rates unknown as far as the sample leaves them so: Beta posteriors with Jeffreys' prior.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

GROUPS = (("before", "given"), ("before", "near"), ("after", "given"), ("after", "near"))
NEAR = 0.05
# How sure one must be of the direction of a change.
SURE = 0.95
DRAWS = 20_000


@dataclass(frozen=True, slots=True)
class Group:
    """One group of sentences.

    Attributes:
        share: Its share of the sentences of its side.
        read: Sentences that people coded.
        carried: Of them, those to which they gave the code.
    """

    share: float
    read: int
    carried: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an audit says.

    Attributes:
        before, after: Share of sentences that carry the code and that the model can find.
        rise: How sure one can be that it rose.
        confirmed: Whether the change is confirmed (True), refuted (False) or still open (None).
    """

    before: float
    after: float
    rise: float
    confirmed: bool | None


def judge_audit(groups: Mapping[tuple[str, str], Group], *, rising: bool, seed: int = 1) -> Verdict:
    """Say whether a change is real.

    Args:
        groups: One for each of ``GROUPS``.
        rising: The direction in which the model's share changed.
        seed: Decides the draws.

    >>> right = Group(0.10, 8, 7)
    >>> wrong = Group(0.10, 8, 1)
    >>> before = {("before", "given"): Group(0.03, 8, 7), ("before", "near"): Group(0.05, 8, 0)}
    >>> near = {("after", "near"): Group(0.05, 8, 0)}
    >>> judge_audit({**before, ("after", "given"): right, **near}, rising=True).confirmed
    True
    >>> judge_audit({**before, ("after", "given"): wrong, **near}, rising=True).confirmed is None
    True
    """
    random = np.random.default_rng(seed)
    sides = {"before": np.zeros(DRAWS), "after": np.zeros(DRAWS)}
    for side, kind in GROUPS:
        group = groups[side, kind]
        rates = random.beta(group.carried + 0.5, group.read - group.carried + 0.5, DRAWS)
        sides[side] += group.share * rates
    rise = float((sides["after"] > sides["before"]).mean())
    sure = rise if rising else 1 - rise
    confirmed = True if sure >= SURE else False if sure <= 1 - SURE else None
    return Verdict(float(sides["before"].mean()), float(sides["after"].mean()), rise, confirmed)
