import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from antinomy.agreement.codings import CodedUnit, arrange_codings
from antinomy.agreement.steadiness import assess_order, assess_recodings
from antinomy.codebook import load_codebook

BOOK = load_codebook()
NOTHING = frozenset()
ONE = frozenset({"patching"})


def make_units(given, *, documents=20):
    """Units from coder -> yes or no."""
    count = len(next(iter(given.values())))
    return [
        CodedUnit(
            f"talk_{number % documents}",
            str(number),
            f"unit {number}",
            {coder: ONE if values[number] else NOTHING for coder, values in given.items()},
        )
        for number in range(count)
    ]


def draw_truth(seed=1, size=600, rate=0.4):
    random = np.random.default_rng(seed)
    return random, random.random(size) < rate


def find(rows, id="patching"):
    return next(row for row in rows if row["id"] == id)


def test_a_coder_who_tires_is_found_and_the_other_order_shows_nothing():
    random, truth = draw_truth()
    tires = truth & (random.random(len(truth)) < np.where(np.arange(len(truth)) < 300, 1.0, 0.5))
    codings = arrange_codings(make_units({"kim": tires, "lou": truth}), BOOK)
    mixed = random.permutation(len(truth)).tolist()
    kim, lou = assess_order(codings, {"kim": range(len(truth)), "lou": mixed}, draws=300, seed=1)
    row = find(kim["rows"])
    assert row["first"]["value"] == 1
    assert row["change"]["high"] < -0.2
    assert row["lean"]["high"] < -0.1
    assert find(lou["rows"])["change"]["low"] < 0 < find(lou["rows"])["change"]["high"]


def test_halves_are_cohens_kappa():
    random, truth = draw_truth(2)
    other = truth ^ (random.random(len(truth)) < 0.2)
    codings = arrange_codings(make_units({"kim": truth, "lou": other}), BOOK)
    order = random.permutation(len(truth)).tolist()
    [kim, _] = assess_order(codings, {"kim": order, "lou": order}, draws=0, seed=1)
    row = find(kim["rows"])
    for key, part in (("first", order[:300]), ("second", order[300:])):
        assert row[key]["value"] == pytest.approx(cohen_kappa_score(truth[part], other[part]))
    assert row["change"]["value"] == pytest.approx(row["second"]["value"] - row["first"]["value"])


def test_a_short_order_says_nothing():
    codings = arrange_codings(make_units({"kim": [True] * 58, "lou": [True] * 58}), BOOK)
    assert assess_order(codings, {"kim": range(58), "lou": range(58)}, draws=0, seed=1) == []


def test_units_that_nobody_else_coded_do_not_move_the_middle():
    _, truth = draw_truth(3, size=200)
    units = make_units({"kim": truth, "lou": truth})
    alone = [CodedUnit("more", f"x{number}", "", {"kim": ONE if number % 2 else NOTHING}) for number in range(500)]
    codings = arrange_codings([*units, *alone], BOOK)
    found = assess_order(codings, {"kim": range(700), "lou": range(200)}, draws=0, seed=1)
    assert [one["units"] for one in found] == [200, 200]


def test_a_second_look():
    random, truth = draw_truth(4)
    again = truth ^ (random.random(len(truth)) < 0.1)
    codings = arrange_codings(make_units({"kim": truth, "kim (later.csv)": again, "lou": truth}), BOOK)
    [found] = assess_recodings(codings, {"kim (later.csv)": "kim"}, draws=100, seed=1)
    row = find(found["rows"])
    assert (found["coder"], found["units"]) == ("kim", 600)
    assert row["kappa"]["value"] == pytest.approx(cohen_kappa_score(truth, again))
    counted = (truth & again, truth & ~again, ~truth & again, ~truth & ~again)
    assert row["cells"] == [int(cell.sum()) for cell in counted]
    assert find(found["rows"], "myopia")["kappa"]["reason"]
