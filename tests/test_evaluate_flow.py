import csv
import json
import shutil

import pytest

from antinomy.codebook import load_codebook
from antinomy.contrast_sets import COLUMNS
from antinomy.errors import GoldError
from antinomy.evaluate_flow import EvaluateRequest, evaluate_model


@pytest.fixture
def evaluate(tiny_model):
    def run(*gold, **chosen):
        request = EvaluateRequest(gold=gold, model=str(tiny_model), **chosen)
        return evaluate_model(request, load_codebook(), track=lambda items, what: items)

    return run


def edit_head(folder, **changes):
    head = json.loads((folder / "set.json").read_text("utf-8"))
    (folder / "set.json").write_text(json.dumps(head | changes), encoding="utf-8")


def test_evaluation_and_training_measure_the_same(evaluate, tiny_gold, tiny_model):
    done = evaluate(tiny_gold)
    trained = json.loads((tiny_model / "metrics.json").read_text("utf-8"))
    assert json.loads(json.dumps(done.metrics["sets"])) == trained["splits"]["test"]
    assert done.metrics["model"] == {"name": "tiny-1", "version": "1", "sha256": trained["sha256"]}
    assert done.metrics["settings"] == {"draws": 1000, "seed": 1, "split": "test"}
    assert (done.problems, done.skipped) == ((), ())


def test_what_was_measured_around_the_training_comes_along(tiny_gold, tiny_model, tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(tiny_model, folder)
    studies = {"learning_curve": [{"sentences": 10, "coded": 2, "kappa": 0.1, "macro_f1": 0.2}]}
    (folder / "studies.json").write_text(json.dumps(studies), encoding="utf-8")
    request = EvaluateRequest(gold=(tiny_gold,), model=str(folder), draws=0)
    assert evaluate_model(request, load_codebook()).metrics["studies"] == studies


def test_a_split_or_all_of_it(evaluate, tiny_gold):
    [table] = evaluate(tiny_gold, split="all", draws=0).metrics["sets"].values()
    assert (table["sentences"], table["documents"]) == (144, 6)
    assert table["codes"]["pull_vs_push"]["kappa"] == {"value": 1.0, "low": None, "high": None}
    with pytest.raises(GoldError, match="no sentence in the split 'unused'"):
        evaluate(tiny_gold, split="unused")


def test_one_set_that_cannot_be_read_costs_no_other(evaluate, tiny_gold, tmp_path):
    shutil.copytree(tiny_gold, tmp_path / "a")
    edit_head(shutil.copytree(tiny_gold, tmp_path / "b"), id="elsewhere", documents="sources")
    edit_head(shutil.copytree(tiny_gold, tmp_path / "c"), id="tiny")
    trained = shutil.copytree(tiny_gold, tmp_path / "d")
    edit_head(trained, id="trained")
    (trained / "splits.csv").write_text((trained / "splits.csv").read_text().replace("test", "train"))
    done = evaluate(tmp_path, draws=0)
    assert list(done.metrics["sets"]) == ["tiny"]
    assert [problem.what for problem in done.problems] == [
        "its documents are not part of this repository",
        "a second gold set 'tiny'",
    ]
    assert done.skipped == ("trained",)
    with pytest.raises(GoldError, match="Say where the local copies are"):
        evaluate(tmp_path / "b")


def test_adjudicated_codes_are_the_reference_and_metadata_makes_groups(evaluate, tiny_gold, tmp_path):
    gold = shutil.copytree(tiny_gold, tmp_path / "gold")
    edit_head(gold, adjudicator="judge")
    lines = (gold / "codings.csv").read_text("utf-8").splitlines()
    # the judge finds the code nowhere
    judged = {f"{line.split(',')[0]},judge,,none" for line in lines[1:]}
    (gold / "codings.csv").write_text("\n".join([*lines, *sorted(judged)]) + "\n", encoding="utf-8")
    rows = [f"documents/talk_{n}.txt,{'Fjell' if n % 2 else 'Skog'},operator" for n in range(6)]
    (gold / "metadata.csv").write_text("\n".join(["file,organisation,role", *rows]) + "\n", encoding="utf-8")
    [table] = evaluate(gold, draws=0).metrics["sets"].values()
    assert table["reference"] == "judge"
    row = table["codes"]["pull_vs_push"]
    assert (row["positives"], row["given"], row["precision"]["value"]) == (0, 24, 0)
    assert row["kappa_coders"]["value"] == 1
    groups = {(group["attribute"], group["group"]): group["sentences"] for group in table["groups"]}
    assert groups == {
        ("source", "Fjell"): 24,
        ("source", "Skog"): 24,
        ("length", "11–20 words"): 24,
        ("length", "1–10 words"): 24,
    }


def write_pairs(path, wanted):
    coded = "We get the sensors pushed on us and nobody on the line asked for them."
    plain = "I started here as an apprentice in the tool shop."
    # each side with the other before it: whoever mixes up the places is wrong about both
    rows = [
        ["imposed_method_or_order", "1", "a", plain, coded, "", wanted],
        ["imposed_method_or_order", "1", "b", coded, plain, "", "none"],
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


def test_minimal_pairs_are_measured_too(evaluate, tiny_gold, tmp_path):
    path = write_pairs(tmp_path / "pairs.csv", "pull_vs_push")
    done = evaluate(tiny_gold, draws=10, contrast=path)
    [rule] = done.metrics["contrast"]["rules"]
    assert (rule["id"], rule["pairs"]) == ("imposed_method_or_order", 1)
    assert done.metrics["contrast"]["score"] == {"value": 1, "low": None, "high": None}
    # the model gives another code of the rule than this one
    write_pairs(path, "lean_principles_vs_new_technology")
    assert evaluate(tiny_gold, draws=10, contrast=path).metrics["contrast"]["score"]["value"] == 0
    assert "contrast" not in evaluate(tiny_gold, draws=10).metrics
