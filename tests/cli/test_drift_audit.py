"""Alarms, a sample of sentences, people's codes, and what stands of the alarms: with a run made for it."""

import json

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest


@pytest.fixture
def tilting(cli, tiny_model, tmp_path):
    """A run over 24 dated documents in whose second half the model gives 'myopia' to one sentence in four."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(24):
        text = " ".join(f"In month {number} the line {place} ran as planned for us." for place in range(40))
        (folder / f"{2022 + number // 12}-{number % 12 + 1:02d}.txt").write_text(text, encoding="utf-8")
    run = tmp_path / "run"
    done = cli("label", folder, "--out", run, "--model", tiny_model, "--format", "csv")
    assert done.returncode == 0, done.stderr
    schema = pq.read_schema(run / "sentences.parquet")
    rows = pq.read_table(run / "sentences.parquet").to_pylist()
    for row in rows:
        row["archetype"] = ["myopia"] if carries(row["document"], row["sentence"]) else []
        row["p_myopia"] = 0.8 if row["archetype"] else 0.01
        for dimension in ("paradox", "tension", "action", "strategy"):
            row[dimension] = []
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), run / "sentences.parquet")
    return run


def carries(document, number):
    """Two sentences of forty, then ten in a row."""
    return number < 10 if document >= "2023" else number % 20 == 0


def code(path, decide):
    book = openpyxl.load_workbook(path)
    titles = [cell.value for cell in book.active[1]]
    for row in book.active.iter_rows(min_row=2):
        row[titles.index("codes")].value = decide(row[titles.index("document")].value, row[titles.index("id")].value)
    book.save(path.with_name("coded.xlsx"))
    return path.with_name("coded.xlsx")


@pytest.mark.parametrize(
    ("decide", "state", "status", "words"),
    [
        (lambda document, id: "myopia" if carries(document, int(id)) else "none", "signal", 3, "people confirm it"),
        (lambda document, id: "myopia" if document < "2023" else "none", "refuted", 0, "people refute it"),
        (lambda document, id: None, "signal", 3, "leaves it open"),
    ],
)
def test_people_have_the_last_word(cli, tilting, tmp_path, decide, state, status, words):
    out = tmp_path / "out"
    found = cli("drift", tilting, "--out", out, "--draws", "199", "--least", "40")
    assert found.returncode == 3, found.stderr
    assert "signal: everything: Myopia went from 5.0 % of sentences to 25 % from 2023 Q1 on" in found.stdout
    drawn = cli("drift", "audit", out, "--draw", "10")
    assert drawn.returncode == 0, drawn.stderr
    sheet = openpyxl.load_workbook(out / "to_code.xlsx").active
    assert "model" not in {cell.value for row in sheet for cell in row}
    coded = code(out / "to_code.xlsx", decide)
    again = cli("drift", tilting, "--out", out, "--draws", "199", "--least", "40", "--audit", coded)
    assert again.returncode == status, again.stderr
    data = json.loads((out / "drift.json").read_text("utf-8"))
    [row] = [row for row in data["rows"] if row["code"] == "myopia"]
    assert row["state"] == state
    assert words in again.stdout
    assert words in (out / "drift.html").read_text("utf-8")


def test_a_sample_that_may_be_half_coded_is_not_written_over(cli, tilting, tmp_path):
    out = tmp_path / "out"
    assert cli("drift", tilting, "--out", out, "--draws", "199", "--least", "40").returncode == 3
    assert cli("drift", "audit", out).returncode == 0
    again = cli("drift", "audit", out)
    assert again.returncode == 2
    assert "the sample is there already" in again.stderr
    nowhere = cli("drift", "audit", tmp_path / "nowhere")
    assert nowhere.returncode == 2
    assert "the file cannot be read" in nowhere.stderr
