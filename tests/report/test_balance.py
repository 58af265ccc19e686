from collections import Counter
from dataclasses import replace

import pytest

from antinomy.codebook import load_codebook
from antinomy.report.balance import find_balance, find_balances, place_corners
from antinomy.report.summary import Tally

CODEBOOK = load_codebook()
CORNERS = place_corners(CODEBOOK)


def tally(sentences=100, **codes):
    return Tally(sentences=sentences, codes=Counter(codes))


def test_corners_are_where_the_study_has_them():
    assert {corner.code.id: (corner.x, corner.y, corner.home) for corner in CORNERS} == {
        "dogma": (0, 0, "LPS-team"),
        "myopia": (1, 0, "Production"),
        "detached": (0, 1, "Senior management"),
        "technical_monuments": (1, 1, "SP-team"),
    }


def test_a_scheme_without_four_archetypes_has_no_corners():
    codes = tuple(code for code in CODEBOOK.codes if code.id != "dogma")
    assert place_corners(replace(CODEBOOK, codes=codes)) == ()


def test_other_homes_take_the_corners_in_order():
    codes = tuple(replace(code, home="external") if code.home else code for code in CODEBOOK.codes)
    corners = place_corners(replace(CODEBOOK, codes=codes))
    assert [corner.code.id for corner in corners] == ["myopia", "technical_monuments", "dogma", "detached"]


def test_the_balance_is_the_weighted_mean_of_the_corners():
    balance = find_balance("a", tally(myopia=6, technical_monuments=2, dogma=2), CORNERS)
    assert (balance.x, balance.y) == pytest.approx((0.8, 0.2))
    assert (balance.voiced, balance.strongest.id, balance.few) == (10, "myopia", False)
    assert balance.rates == {"dogma": 2, "myopia": 6, "detached": 0, "technical_monuments": 2}


def test_equal_voices_stand_in_the_middle_and_lean_nowhere():
    balance = find_balance("a", tally(myopia=1, technical_monuments=1, dogma=1, detached=1), CORNERS)
    assert (balance.x, balance.y, balance.strongest, balance.few) == (0.5, 0.5, None, True)


def test_silence_is_no_balance():
    balance = find_balance("a", tally(), CORNERS)
    assert (balance.voiced, balance.strongest) == (0, None)


def test_documents_stand_below_their_organisation_or_alone():
    documents = {"a": tally(myopia=3), "b": tally(dogma=1), "more/c.txt": tally(detached=9)}
    organisations = {"X/Y": tally(myopia=3, dogma=1)}
    balances = find_balances(documents, organisations, {"a": "X/Y", "b": "X/Y"}, CORNERS)
    assert [balance.label for balance in balances] == ["c.txt", "X/Y"]
    assert [(balance.name, [part.name for part in balance.parts]) for balance in balances] == [
        ("more/c.txt", []),
        ("X/Y", ["a", "b"]),
    ]
