"""A table is measured, trained on and opened like a gold folder."""

import json
import re
from pathlib import Path

import pytest

import antinomy
from antinomy.codebook import load_codebook
from antinomy.errors import GoldError
from antinomy.evaluate_flow import EvaluateRequest, evaluate_model
from antinomy.gold import read_gold
from antinomy.gold_sets import find_gold_sets, open_gold_set
from antinomy.measure import read_sentences


@pytest.fixture(scope="module")
def tiny_table(tiny_gold, tmp_path_factory):
    """The tiny gold set as one workbook: a row for every sentence, coded twice."""
    from openpyxl import Workbook

    gold = read_gold(tiny_gold, load_codebook())
    given = {(unit.document, unit.start): unit for unit in gold.units}
    book = Workbook()
    book.active.append(["id", "document", "speaker", "coder", "split", "text", "organising", "pull_vs_push"])
    for document, path in gold.files.items():
        for sentence in read_sentences(path)[1]:
            unit = given.get((document, sentence.start))
            for coder, codes in unit.codings.items() if unit else [("", frozenset())]:
                marks = ["x" if code in codes else "" for code in ("organising", "pull_vs_push")]
                known = [sentence.index, document, sentence.speaker, coder, unit.split if unit else ""]
                book.active.append([*known, sentence.text, *marks])
    path = tmp_path_factory.mktemp("table") / "coded.xlsx"
    book.save(path)
    return path


def drop_split(table, path):
    from openpyxl import load_workbook

    book = load_workbook(table)
    book.active.delete_cols(5)
    book.save(path)
    return path


def test_a_table_is_measured_like_the_folder_with_the_same_codes(tiny_table, tiny_gold, tiny_model):
    def measure(gold):
        request = EvaluateRequest(gold=(gold,), model=str(tiny_model), draws=20)
        [measured] = evaluate_model(request, load_codebook()).metrics["sets"].values()
        return {**measured, "groups": [group for group in measured["groups"] if group["attribute"] != "sample"]}

    assert measure(tiny_table) == measure(tiny_gold)


def test_evaluate_measures_a_workbook_without_splits_as_a_whole(cli, tiny_table, tiny_model, tmp_path):
    table = drop_split(tiny_table, tmp_path / "coded.xlsx")
    done = cli("evaluate", "--gold", table, "--model", tiny_model, "--out", tmp_path / "out", "--draws", "10")
    assert done.returncode == 0, done.stderr
    assert "coded: 144 sentences of 6 documents" in done.stdout
    assert "note: sentences of interviewers, taken as context: 6" in done.stderr
    metrics = json.loads((tmp_path / "out" / "metrics.json").read_text("utf-8"))
    assert metrics["sets"]["coded"]["codes"]["pull_vs_push"]["kappa"]["value"] == 1
    assert metrics["sets"]["coded"]["coders"] == 2


def test_a_wrong_table_is_refused_with_its_cell(cli, tiny_model, tmp_path):
    (tmp_path / "a.csv").write_text("text,dogma\nWe always did it so.,perhaps\n", encoding="utf-8")
    done = cli("evaluate", "--gold", tmp_path / "a.csv", "--model", tiny_model, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "a.csv, line 2, column 'dogma': 'perhaps' is no mark" in done.stderr


def test_train_divides_a_table_and_says_so(cli, tiny_table, tiny_base, tmp_path):
    table = drop_split(tiny_table, tmp_path / "coded.xlsx")
    done = cli("train", table, "--base", tiny_base, "--out", tmp_path / "mine", "--epochs", "1")
    assert done.returncode == 0, done.stderr
    said = "coded names no splits, so it was divided by document: train 96, calibration 24, test 24 sentences"
    assert said in done.stdout
    config = json.loads((tmp_path / "mine" / "config.json").read_text("utf-8"))
    assert config["gold"] == [
        {
            "id": "coded",
            "about": "Tables of the user's own, coded by 2. Divided by document.",
            "units": {"train": 96, "calibration": 24, "test": 24},
            "documents": 6,
        }
    ]


def test_a_table_opens_as_a_dataset(tiny_table):
    rows = antinomy.open_gold(tiny_table)
    assert len(rows) == 288
    assert set(rows["document"]) == {f"talk_{n}" for n in range(6)}
    assert rows[0]["text"].startswith("We get the sensors") and rows[0]["tension"] == ["pull_vs_push"]


def test_columns_about_documents_make_groups(tiny_model, tmp_path):
    rows = [
        f"{n},talk {n % 2},{'Fjell' if n % 2 else 'Skog'},operator,Nobody asked for number {n}.,0" for n in range(8)
    ]
    (tmp_path / "a.csv").write_text("\n".join(["id,document,organisation,role,text,dogma", *rows]), encoding="utf-8")
    request = EvaluateRequest(gold=(tmp_path / "a.csv",), model=str(tiny_model), draws=0)
    groups = evaluate_model(request, load_codebook()).metrics["sets"]["a"]["groups"]
    found = {(group["attribute"], group["group"]): group["sentences"] for group in groups}
    assert found[("source", "Fjell")] == found[("source", "Skog")] == 4


def test_tables_together_are_one_set_beside_folders(tiny_gold, tmp_path):
    tables = [tmp_path / "a.csv", tmp_path / "b.XLSX"]
    assert find_gold_sets([tables[0], tiny_gold, tables[1], tables[0]]) == [(tiny_gold,), tuple(tables)]
    with pytest.raises(GoldError, match="no gold set here"):
        find_gold_sets([tmp_path])


@pytest.mark.parametrize(("fence", "coders"), [("csv", 1), ("csv", 2), ("json", 1)])
def test_the_tables_of_the_documentation_are_read(fence, coders, tmp_path):
    page = (Path(__file__).parents[2] / "data" / "gold" / "README.md").read_text("utf-8")
    blocks = re.findall(rf"```{fence}\n(.*?)```", page, flags=re.DOTALL)
    table = tmp_path / ("coded.csv" if fence == "csv" else "coded.jsonl")
    table.write_text(blocks[coders - 1], encoding="utf-8")
    [source] = find_gold_sets([table])
    gold = open_gold_set(source, load_codebook())
    assert all(len(unit.codings) == coders for unit in gold.units)
    assert "pull_vs_push" in next(iter(gold.units[0].codings.values()))
