"""How a table without splits is divided for training."""

import hashlib
import random
from pathlib import Path

import pytest

from antinomy.gold import GoldSet, Unit
from antinomy.gold_sets.splits import divide_gold


def build(documents, *, size=10, coded=None, metadata=None):
    """A set of documents of equal size; the first two sentences of each coded document carry a code."""
    units = [
        Unit(
            id=f"{document}-{n}",
            document=document,
            start=n,
            end=n + 1,
            sha256="",
            sample="",
            split="test",
            codings={"ann": frozenset({"dogma"} if n < 2 and (coded is None or document in coded) else ())},
        )
        for document in documents
        for n in range(size)
    ]
    return GoldSet("mine", Path("mine.csv"), None, "Mine.", {}, tuple(units), metadata=metadata or {})


def splits_by(gold, key):
    found = {}
    for unit in gold.units:
        found.setdefault(key(unit), set()).add(unit.split)
    return found


def test_documents_are_not_cut_and_shares_are_near_70_15_15():
    gold = divide_gold(build([f"talk {n}" for n in range(40)]))
    assert all(len(names) == 1 for names in splits_by(gold, lambda unit: unit.document).values())
    counts = {name: sum(unit.split == name for unit in gold.units) for name in ("train", "test", "calibration")}
    assert counts == {"train": 280, "test": 60, "calibration": 60}
    assert gold.notes[-1] == (
        "mine names no splits, so it was divided by document: train 280, calibration 60, test 60 sentences"
    )
    assert gold.about == "Mine. Divided by document."


def test_the_order_of_documents_does_not_matter():
    names = [f"talk {n}" for n in range(20)]
    one = divide_gold(build(names))
    random.Random(1).shuffle(names)
    assert {unit.id: unit.split for unit in one.units} == {
        unit.id: unit.split for unit in divide_gold(build(names)).units
    }
    assert {u.id: u.split for u in divide_gold(build(names), seed=2).units} != {u.id: u.split for u in one.units}


@pytest.mark.parametrize("documents", [3, 4, 7, 30])
def test_each_split_has_coded_sentences_where_three_documents_do(documents):
    names = [f"talk {n}" for n in range(documents)]
    gold = divide_gold(build(names, coded=sorted(names, key=lambda n: hashlib.md5(n.encode()).digest())[:3]))
    assert {unit.split for unit in gold.units if any(unit.codings.values())} == {"train", "test", "calibration"}


def test_six_organisations_are_not_cut_but_five_are():
    names = [f"talk {n}" for n in range(24)]

    def divide(organisations):
        metadata = {name: {"organisation": f"firm {n % organisations}"} for n, name in enumerate(names)}
        gold = divide_gold(build(names, metadata=metadata))
        return gold, splits_by(gold, lambda unit: metadata[unit.document]["organisation"])

    gold, found = divide(6)
    assert all(len(splits) == 1 for splits in found.values())
    assert "divided by organisation" in gold.notes[-1]
    gold, found = divide(5)
    assert any(len(splits) > 1 for splits in found.values())
    assert "divided by document" in gold.notes[-1]


def test_one_document_is_cut_into_stretches_and_the_set_says_so():
    gold = build(["talk"], size=200)
    coded = tuple(
        Unit(**{name: getattr(unit, name) for name in unit.__slots__} | {"codings": {"ann": frozenset({"dogma"})}})
        for unit in gold.units
    )
    gold = divide_gold(GoldSet("mine", Path("mine.csv"), None, "", {}, coded))
    splits = [unit.split for unit in gold.units]
    assert sum(one != other for one, other in zip(splits, splits[1:], strict=False)) <= 19
    assert (splits.count("train"), splits.count("test"), splits.count("calibration")) == (140, 30, 30)
    assert "scores will look better than on new documents" in gold.notes[-1]
