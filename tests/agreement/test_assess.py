import numpy as np
import pytest

from antinomy.agreement.assess import Settings, assess_agreement
from antinomy.agreement.codings import CodedUnit, arrange_codings
from antinomy.codebook import load_codebook
from antinomy.coefficients.cells import mean_kappa

BOOK = load_codebook()
NOTHING = frozenset()
ONE = frozenset({"patching"})


def make_units(rows, *, documents=10):
    """Units coded by kim and lou, dealt into documents in turn."""
    return [
        CodedUnit(f"talk_{number % documents}", str(number), f"unit {number}", {"kim": kim, "lou": lou})
        for number, (kim, lou) in enumerate(rows)
    ]


def measure(units, draws=200):
    return assess_agreement(arrange_codings(units, BOOK), BOOK, Settings(draws, 1))


def find(rows, id):
    return next(row for row in rows if row["id"] == id)


@pytest.fixture(scope="module")
def rare():
    """Both give a code twice, each alone four times, neither ninety times."""
    rows = [(ONE, ONE)] * 2 + [(ONE, NOTHING)] * 4 + [(NOTHING, ONE)] * 4 + [(NOTHING, NOTHING)] * 90
    return measure(make_units(rows))


def test_a_rare_code(rare):
    row = find(rare["universes"]["all"]["rows"], "patching")
    values = {name: found["value"] for name, found in row["coefficients"].items()}
    wanted = {"percent": 0.92, "cohen": 0.291, "alpha": 0.294, "ac1": 0.910, "pabak": 0.84}
    wanted |= {"positive": 1 / 3, "negative": 0.957, "prevalence": 0.06}
    assert {name: values[name] for name in wanted} == pytest.approx(wanted, abs=5e-4)
    assert row["pairs"][0]["cells"] == [2, 4, 4, 90]
    assert row["pairs"][0]["prevalence_index"] == pytest.approx(0.88)
    assert row["given"] == {"kim": 6, "lou": 6}


def test_units_that_anyone_coded(rare):
    coded = rare["universes"]["coded"]
    assert (rare["universes"]["all"]["units"], coded["units"]) == (100, 10)
    assert find(coded["rows"], "patching")["pairs"][0]["cells"] == [2, 4, 4, 0]
    assert find(coded["rows"], "patching")["coefficients"]["cohen"]["value"] < 0


def test_every_code_and_dimension_has_a_row_and_unused_ones_say_why(rare):
    rows = rare["universes"]["all"]["rows"]
    assert [row["id"] for row in rows] == [*BOOK.code_ids, *(dimension.id for dimension in BOOK.dimensions)]
    unused = find(rows, "myopia")
    assert unused["coefficients"]["alpha"]["value"] is None
    assert "nobody gave this code" in unused["coefficients"]["alpha"]["reason"]
    assert unused["coefficients"]["percent"]["value"] == 1
    assert unused["verdict"]["reading"] == "undefined"


def test_parents_are_added():
    result = measure(make_units([(frozenset({"pull_vs_push"}), frozenset({"organising"})), (NOTHING, NOTHING)]))
    row = find(result["universes"]["all"]["rows"], "organising")
    assert row["coefficients"]["alpha"]["value"] == 1
    assert find(result["universes"]["all"]["rows"], "paradox")["given"] == {"kim": 1, "lou": 1}


def test_units_of_one_document_are_alike():
    """Coders who agree in some documents and not in others: drawing units pretends to know more than it does."""
    random = np.random.default_rng(3)
    units = []
    for document in range(12):
        flip = 0.02 if document % 2 else 0.5
        for number in range(40):
            kim = random.random() < 0.4
            lou = kim ^ (random.random() < flip)
            given = {"kim": ONE if kim else NOTHING, "lou": ONE if lou else NOTHING}
            units.append(CodedUnit(f"talk_{document}", f"{document}-{number}", "", given))
    alpha = find(measure(units, draws=1000)["universes"]["all"]["rows"], "patching")["coefficients"]["alpha"]
    assert alpha["low"] < alpha["units_low"] < alpha["value"] < alpha["units_high"] < alpha["high"]


def test_missing_codings_and_unequal_numbers():
    units = [
        CodedUnit("a", "1", "", {"kim": ONE, "lou": ONE, "ada": ONE}),
        CodedUnit("a", "2", "", {"kim": ONE, "lou": NOTHING}),
        CodedUnit("b", "3", "", {"kim": NOTHING, "ada": NOTHING}),
        CodedUnit("b", "4", "", {"kim": ONE}),
    ]
    result = measure(units)
    row = find(result["universes"]["all"]["rows"], "patching")
    assert row["units"] == 3
    assert "differ in how many coders" in row["coefficients"]["fleiss"]["reason"]
    assert [pair["cells"] for pair in row["pairs"]] == [[1, 1, 0, 0], [1, 0, 0, 1], [1, 0, 0, 0]]
    assert result["coders"] == {
        "kim": {"units": 4, "coded": 3},
        "lou": {"units": 2, "coded": 1},
        "ada": {"units": 2, "coded": 1},
    }


def test_one_coder_alone_and_coders_who_never_met():
    alone = measure([CodedUnit("a", "1", "", {"kim": ONE}), CodedUnit("b", "2", "", {"kim": NOTHING})])
    apart = measure([CodedUnit("a", "1", "", {"kim": ONE}), CodedUnit("b", "2", "", {"lou": ONE})])
    for result in (alone, apart):
        row = find(result["universes"]["all"]["rows"], "patching")
        assert all(row["coefficients"][name]["value"] is None for name in ("percent", "alpha", "cohen", "fleiss"))
        assert "no unit was coded by two coders" in row["coefficients"]["alpha"]["reason"]


def test_one_document_has_no_interval():
    result = measure(make_units([(ONE, ONE), (NOTHING, ONE), (NOTHING, NOTHING)], documents=1))
    row = find(result["universes"]["all"]["rows"], "patching")
    assert row["coefficients"]["alpha"]["low"] is None
    assert row["verdict"]["reading"] == "open"


def test_a_pair_that_hardly_met_hardly_counts():
    perfect, chance, unmet = [40.0, 0, 0, 50], [2.0, 3, 2, 3], [0.0, 0, 0, 7]
    assert mean_kappa(np.array([[perfect], [chance], [unmet]])) == pytest.approx([0.9 * 1 + 0.1 * 0])
    assert np.isnan(mean_kappa(np.array([[unmet]]))).all()
    assert np.isnan(mean_kappa(np.zeros((0, 1, 4)))).all()


def test_a_model_beside_people_does_not_lower_their_agreement():
    codes = {"kim": ONE, "lou": ONE, "model": NOTHING}
    units = [CodedUnit(f"talk_{number}", "1", "", codes) for number in range(6)]
    units += [CodedUnit("talk_1", f"x{number}", "", dict.fromkeys(codes, NOTHING)) for number in range(6)]
    units += [CodedUnit("other", "1", "", {"model": ONE})]
    result = assess_agreement(arrange_codings(units, BOOK), BOOK, Settings(50, 1), ["model"])
    row = find(result["universes"]["all"]["rows"], "patching")
    assert result["measured"] == ["kim", "lou"]
    assert result["universes"]["all"]["units"] == 12
    assert (row["coefficients"]["alpha"]["value"], row["given"]) == (1, {"kim": 6, "lou": 6})
    assert [pair["cells"] for pair in row["pairs"]] == [[6, 0, 0, 6], [0, 6, 0, 6], [0, 6, 0, 6]]
    assert result["coders"]["model"] == {"units": 13, "coded": 1}


def test_one_person_and_a_model_are_two_coders():
    units = [CodedUnit("talk", str(number), "", {"kim": ONE, "model": ONE}) for number in range(3)]
    result = assess_agreement(arrange_codings(units, BOOK), BOOK, Settings(0, 1), ["model"])
    assert result["measured"] == ["kim", "model"]
    assert find(result["universes"]["all"]["rows"], "patching")["coefficients"]["percent"]["value"] == 1
