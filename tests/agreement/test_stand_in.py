import numpy as np
import pytest

from antinomy.agreement.certificate import certify
from antinomy.agreement.codings import CodedUnit, arrange_codings
from antinomy.agreement.stand_in import Bar, assess_stand_in
from antinomy.codebook import load_codebook

BOOK = load_codebook()
NOTHING = frozenset()
ONE = frozenset({"patching"})
PEOPLE = ("kim", "lou", "ada")


def make_units(*, wrong, model_wrong=None, silent=False, people=PEOPLE, documents=30, size=40, rate=0.3):
    """People who mostly say what is true, and a model that errs as often as ``model_wrong`` says."""
    random = np.random.default_rng(5)
    units = []
    for number in range(documents * size):
        truth = random.random() < rate
        rows = {name: truth ^ (random.random() < wrong) for name in people}
        rows["model"] = not silent and truth ^ (random.random() < (model_wrong or 0))
        codings = {name: ONE if given else NOTHING for name, given in rows.items()}
        units.append(CodedUnit(f"talk_{number % documents}", str(number), f"unit {number}", codings))
    return units


def assess(units, id="patching", draws=300):
    found = assess_stand_in(arrange_codings(units, BOOK), "model", bar=Bar(), draws=draws, seed=1)
    return next(row for row in found["rows"] if row["id"] == id)


def test_a_model_as_good_as_people_may_stand_in():
    row = assess(make_units(wrong=0.03, model_wrong=0.03))
    assert row["certificate"]["decision"] == "unattended"
    assert row["ratio"]["low"] < 1 < row["ratio"]["high"]
    assert row["alt_test"]["given"]["winning_rate"] == 1
    assert all(swap["equivalent"] for swap in row["swaps"])


def test_a_model_that_errs_more_may_code_before_a_person():
    row = assess(make_units(wrong=0.03, model_wrong=0.15))
    assert row["certificate"]["decision"] == "pre_code"
    assert row["ratio"]["high"] < 1
    assert any("may lower α by more than .05" in reason for reason in row["certificate"]["reasons"])
    assert not any(swap["equivalent"] for swap in row["swaps"])


def test_a_model_that_guesses_may_not_be_used():
    assert assess(make_units(wrong=0.03, model_wrong=0.4))["certificate"]["decision"] == "not"


def test_a_silent_model_passes_the_plain_test_on_a_rare_code_and_is_caught():
    row = assess(make_units(wrong=0.01, silent=True, rate=0.03))
    assert row["alt_test"]["all"]["winning_rate"] == 1
    assert row["alt_test"]["given"]["winning_rate"] == 0
    assert row["certificate"]["decision"] == "not"
    assert "gave it to no unit" in row["certificate"]["reasons"][0]


def test_where_people_do_not_agree_nothing_runs_unattended():
    row = assess(make_units(wrong=0.15, model_wrong=0.0))
    assert row["ratio"]["low"] > 1
    assert row["certificate"]["decision"] == "pre_code"
    assert "People themselves do not surely agree" in " ".join(row["certificate"]["reasons"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people": ("kim",)}, "Only one person coded"),
        ({"documents": 4, "size": 7}, "two people coded: 28"),
        ({"rate": 0.0, "wrong": 0.0, "model_wrong": 0.1}, "people gave it: 0"),
        ({"documents": 1, "size": 100}, "too few documents"),
    ],
)
def test_too_little_to_tell(changes, words):
    certificate = assess(make_units(**{"wrong": 0.03, "model_wrong": 0.03} | changes))["certificate"]
    assert certificate["decision"] == "insufficient"
    assert words in certificate["reasons"][0]


def test_a_wide_interval_is_no_evidence():
    row = assess(make_units(wrong=0.03, model_wrong=0.03)) | {"with_model": {"value": 0.5, "low": 0.3, "high": 0.7}}
    row["people"] = {"value": 0.7, "low": 0.5, "high": 0.8}
    assert certify(row, margin=0.05).decision == "insufficient"


def test_only_units_that_model_and_two_people_coded_are_compared():
    units = make_units(wrong=0.03, model_wrong=0.03, documents=10)
    cut = [
        CodedUnit(unit.document, unit.id, unit.text, {k: v for k, v in unit.codings.items() if k not in gone})
        for unit, gone in zip(units, [("model",), ("lou", "ada"), ("ada",), ()] * 100, strict=True)
    ]
    row = assess(cut)
    assert row["units"] == 200
    assert {one["coder"]: one["units"] for one in row["alt_test"]["all"]["coders"]} == {
        "kim": 200,
        "lou": 200,
        "ada": 100,
    }
