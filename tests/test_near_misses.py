"""The near misses that the repository brings along: coherent, and none of them a copy of what measures."""

import csv
from pathlib import Path

import pytest

from antinomy.codebook import load_codebook
from antinomy.contrast_sets import read_contrast
from antinomy.gold_sets import find_gold_sets, open_gold_set

DATA = Path(__file__).parents[1] / "data"
BOOK = load_codebook()


@pytest.fixture(scope="module")
def gold():
    [source] = find_gold_sets([DATA / "near_misses" / "near_misses.csv"])
    return open_gold_set(source, BOOK)


def test_they_are_read_as_one_set_for_training(gold):
    assert gold.id == "near_misses"
    assert {unit.split for unit in gold.units} == {"train"}
    assert all("writer" in unit.codings for unit in gold.units)


def test_the_two_sides_of_a_pair_differ(gold):
    sides = {}
    for unit in gold.units:
        sides.setdefault(unit.document, []).append(unit.codings["writer"])
    assert all(len(pair) == 2 for pair in sides.values())
    assert all(one != other for one, other in sides.values())


def test_none_of_them_is_in_the_minimal_pairs_that_measure():
    def cut(text):
        words = text.casefold().split()
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    measured = set()
    for pair in read_contrast(DATA / "contrast" / "pairs.csv", BOOK):
        measured |= cut(pair.sides[0].sentence) | cut(pair.sides[1].sentence)
    with (DATA / "near_misses" / "near_misses.csv").open(encoding="utf-8", newline="") as file:
        assert not [row["id"] for row in csv.DictReader(file) if cut(row["text"]) & measured]


def test_the_card_counts_what_is_there(gold):
    card = (DATA / "near_misses" / "README.md").read_text("utf-8")
    twice = [unit for unit in gold.units if "blind" in unit.codings]
    same = sum(unit.codings["writer"] == unit.codings["blind"] for unit in twice)
    assert f"{len(gold.units):,} passages" in card
    assert f"{len(twice):,} were coded a second time" in card
    assert f"{100 * same / len(twice):.0f} %" in card
