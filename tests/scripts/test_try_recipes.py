import argparse
import csv

import pytest

import try_recipes

RECIPES = """
[[recipe]]
name = "all"
about = "a tiny encoder"
base = "tiny"
sets = ["tiny"]
settings = { epochs = 2, learning_rate = 3e-3, head_rate = 3e-2, decay = 1.0 }
"""


@pytest.fixture
def request_(tiny_gold, tiny_base, tmp_path, monkeypatch):
    """Two train documents, of which one is held out."""
    monkeypatch.setattr(try_recipes, "HELD_OUT", "tiny")
    monkeypatch.setattr(try_recipes, "FOLDS", 2)
    monkeypatch.setattr(try_recipes, "hash_name", lambda name: int(name[-1]))
    (tmp_path / "tiny").symlink_to(tiny_base, target_is_directory=True)
    (tmp_path / "recipes.toml").write_text(RECIPES, encoding="utf-8")
    return argparse.Namespace(
        names=[],
        recipes=tmp_path / "recipes.toml",
        gold=[tiny_gold],
        sources=None,
        bases=tmp_path,
        folds=[0],
        by="document",
        out=tmp_path / "experiments.csv",
    )


def test_a_recipe_is_measured_on_what_it_did_not_learn_from(request_, capsys):
    try_recipes.main(request_)
    with request_.out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["epoch"] for row in rows] == ["1", "2"]
    assert all((row["sentences"], row["held_out"]) == ("24", "24") for row in rows)
    assert 0 <= float(rows[-1]["ap_any"]) <= 1
    written = request_.out.read_bytes()
    capsys.readouterr()
    # what is there is shown, not trained again
    try_recipes.main(request_)
    assert request_.out.read_bytes() == written
    assert capsys.readouterr().out.count("all\tdocument") == 2
