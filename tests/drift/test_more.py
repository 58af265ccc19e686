"""Horizons by who holds them, answers near paradoxes, and whether one raises the other."""

import numpy as np
import pytest

from antinomy.codebook import load_codebook
from antinomy.drift.cascade import UnitShares, find_cascades
from antinomy.drift.horizons import TEXT, compare_horizons, tally_horizons
from antinomy.drift.tallies import count_answers
from antinomy.records import Cue

BOOK = load_codebook()


def cue(code, *, start=0, kind="horizon", duration=None, holder=None, negated=False):
    return Cue(
        document="a", sentence=0, kind=kind, code=code, start=start, end=start + 3, rule="r", text="t",
        duration=duration, holder=holder, negated=negated,
    )  # fmt: skip


def test_a_holding_counts_for_its_holder_and_once():
    cues = [cue("long", start=5), cue("long", start=5, kind="holding", holder="senior_management", duration="P5Y")]
    found = tally_horizons(cues, BOOK)
    assert found == {"senior_management": (1, pytest.approx(np.log10(5 * 365.25)))}


def test_bins_stand_for_their_middle_and_the_past_is_no_horizon():
    found = tally_horizons([cue("short", start=1), cue("past", start=9), cue("long", start=20, negated=True)], BOOK)
    assert found == {TEXT: (1, pytest.approx(np.log10(365) / 2))}


def test_halves_are_compared_by_geometric_means():
    early, late = {"production": (5, 10.0)}, {"production": (10, 30.0), TEXT: (1, 2.0)}
    rows = {row["who"]: row["halves"] for row in compare_horizons([[early], [late]])}
    assert rows["production"] == [{"count": 5, "days": pytest.approx(100)}, {"count": 10, "days": pytest.approx(1000)}]
    assert rows[TEXT] == [{"count": 0, "days": None}, {"count": 1, "days": None}]


def test_an_action_answers_the_paradox_two_sentences_away_but_not_three():
    given = [{"learning"}, set(), {"patching"}, set(), set(), {"synthesis"}, {"organising"}]
    assert count_answers(given, BOOK) == [0, 1, 1, 0]


def make(periods, lagged, seed):
    """Tensions of the second paradox follow answers to the first a period later."""
    random = np.random.default_rng(seed)
    answers, tensions = random.random((periods, 4)), random.random((periods, 4))
    if lagged:
        tensions[1:, 1] = answers[:-1, 0] + 0.1 * random.random(periods - 1)
    return UnitShares(answers, tensions)


def test_a_cascade_is_found_and_the_rest_is_chance():
    names = ["performing", "organising", "learning", "belonging"]
    found = find_cascades([make(14, True, seed) for seed in range(3)], names, draws=999, seed=1)
    assert (found[0]["answered"], found[0]["raised"]) == ("performing", "organising")
    assert found[0]["correlation"] > 0.9
    assert found[0]["q"] < 0.02
    assert len(found) == 12
    chance = [find_cascades([make(14, False, seed)], names, draws=99, seed=1)[0]["q"] for seed in range(20)]
    assert np.mean(np.array(chance) <= 0.1) <= 0.25


def test_rising_together_is_no_cascade():
    trend = np.linspace(0, 1, 20)[:, None] + np.random.default_rng(1).random((20, 4)) * 0.05
    [first, *_] = find_cascades([UnitShares(trend, trend)], ["a", "b", "c", "d"], draws=199, seed=1)
    assert first["q"] > 0.05


def test_short_units_say_nothing():
    assert find_cascades([make(7, True, 1)], ["a", "b", "c", "d"], draws=9, seed=1) == []
