"""The gold that lies in the repository: what trains never measures, and every rule has its pairs."""

import csv
from collections import Counter
from pathlib import Path

from antinomy.codebook import load_codebook
from antinomy.contrast_sets import read_contrast

DATA = Path(__file__).parents[1] / "data"


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_no_document_both_trains_and_measures():
    splits = {}
    for path in (DATA / "gold").glob("*/splits.csv"):
        for row in read(path):
            splits.setdefault(row["document"], set()).add(row["split"])
    used = {document: given - {"unused"} for document, given in splits.items()}
    assert not {document for document, given in used.items() if len(given) > 1}


def test_organisations_of_the_written_set_stay_in_one_split():
    splits = {row["document"]: row["split"] for row in read(DATA / "gold" / "written" / "splits.csv")}
    held = {}
    for row in read(DATA / "gold" / "written" / "metadata.csv"):
        held.setdefault(row["organisation"], set()).add(splits[Path(row["file"]).stem])
    assert len(held) >= 10
    assert all(len(given) == 1 for given in held.values())


def test_sources_kept_for_measuring_train_nothing():
    training = read(DATA / "gold" / "real_training" / "splits.csv")
    trained = {row["document"].split("/")[0] for row in training if row["split"] in ("train", "calibration")}
    measured = {row["document"].split("/")[0] for row in read(DATA / "gold" / "real_gold" / "documents.csv")}
    assert len(measured) >= 10
    assert len(measured - trained) >= 6


def test_every_adjudicated_unit_has_two_coders_and_the_decision():
    for name in ("written", "real_gold", "real_training"):
        coders = {}
        for row in read(DATA / "gold" / name / "codings.csv"):
            coders.setdefault(row["id"], set()).add(row["coder"].split("_")[0])
        assert all(given == {"first", "second", "adjudicated"} for given in coders.values()), name


def test_every_boundary_rule_has_its_minimal_pairs():
    codebook = load_codebook()
    counts = Counter(pair.rule for pair in read_contrast(DATA / "contrast" / "pairs.csv", codebook))
    assert set(counts) == {rule.id for rule in codebook.rules}
    assert min(counts.values()) >= 12
