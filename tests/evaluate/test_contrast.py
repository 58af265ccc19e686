import pytest

from antinomy.contrast_sets import ContrastPair, Side
from antinomy.evaluate.contrast import assess_contrast, keeps_apart, rank_sides


@pytest.fixture
def pair(close):
    """A pair of one rule with the codes that the codebook wants on both sides."""

    def make(one, other, rule="myopia_or_dogma", codes=("myopia", "dogma")):
        return ContrastPair(rule, codes, tuple(Side("", "Said.", "", close(*wanted)) for wanted in (one, other)))

    return make


def test_both_sides_must_be_right_in_the_codes_that_differ(pair, say):
    hard = pair(["myopia"], ["dogma"])
    assert keeps_apart(hard, (say(myopia=0.9), say(dogma=0.9)))
    assert not keeps_apart(hard, (say(myopia=0.9), say()))
    assert not keeps_apart(hard, (say(myopia=0.9, dogma=0.9), say(dogma=0.9)))
    # what the rule is not about does not matter
    assert keeps_apart(hard, (say(myopia=0.9, patching=0.9), say(dogma=0.9, learning=0.9)))


def test_ranking_needs_no_threshold_and_a_tie_is_half(pair, say):
    hard = pair(["myopia"], ["dogma"])
    assert rank_sides(hard, (say(myopia=0.02, dogma=0.1), say(myopia=0.01, dogma=0.1))) == [1, 0.5]
    assert rank_sides(hard, (say(myopia=0.1), say(myopia=0.2))) == [0, 0.5]
    assert rank_sides(pair([], ["dogma"], codes=("dogma",)), (say(dogma=0.1), say(dogma=0.2))) == [1]


def test_rules_weigh_the_same_however_many_pairs_they_have(pair, say, codebook):
    right, wrong = (say(myopia=0.9), say(dogma=0.9)), (say(dogma=0.9), say(myopia=0.9))
    pairs = [pair(["myopia"], ["dogma"]) for _ in range(4)]
    pairs += [pair(["patching"], [], "patching_needs_two_groups", ("patching",))]
    predictions = [right, right, wrong, wrong, (say(patching=0.1), say())]
    measured = assess_contrast(pairs, predictions, codebook, draws=200, seed=1)
    by_rule = {rule["id"]: rule for rule in measured["rules"]}
    assert list(by_rule) == ["myopia_or_dogma", "patching_needs_two_groups"]
    assert by_rule["myopia_or_dogma"]["score"] == {"value": 0.5, "low": 0, "high": 1}
    assert by_rule["myopia_or_dogma"]["pairs"] == 4
    # a single pair cannot be drawn from
    assert by_rule["patching_needs_two_groups"]["score"] == {"value": 0, "low": None, "high": None}
    assert measured["score"] == {"value": 0.25, "low": 0, "high": 0.5}
    assert measured["ranking"]["value"] == 0.75
    assert by_rule["patching_needs_two_groups"]["text"].startswith("Patching needs two groups")


def test_draws_are_within_rules_and_seeded(pair, say, codebook):
    right, wrong = (say(myopia=0.9), say(dogma=0.9)), (say(), say())
    pairs = [pair(["myopia"], ["dogma"]) for _ in range(6)]
    pairs += [pair(["dogma"], [], "resistance", ("dogma",)) for _ in range(6)]
    predictions = [right] * 3 + [wrong] * 3 + [(say(dogma=0.9), say())] * 6
    first, again = (assess_contrast(pairs, predictions, codebook, draws=300, seed=3) for _ in range(2))
    assert first == again
    # the second rule is always right, so that no draw comes below one half
    assert first["score"]["value"] == 0.75
    assert 0.5 <= first["score"]["low"] < 0.75 < first["score"]["high"] <= 1
    assert assess_contrast(pairs, predictions, codebook, draws=0, seed=3)["score"]["low"] is None
