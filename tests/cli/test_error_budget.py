import csv
import json
import shutil

import openpyxl
import pytest

from antinomy.classify.artefact import CALIBRATION, MANIFEST
from antinomy.codebook import load_codebook

CODEBOOK = load_codebook()
WORDS = ("We get the sensors pushed on us and nobody on the line asked for them.", "I started here as an apprentice.")


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text("Interviewer: Well?\n\n" + "".join(f"Ann: {' '.join(WORDS)}\n\n" for _ in range(15)), "utf-8")
    return path


def read_states(out):
    return json.loads((out / "budget.json").read_text("utf-8"))


def test_what_stands_and_what_is_left(cli, talk, tiny_model, tmp_path):
    out = tmp_path / "run"
    done = cli("label", talk, "--out", out, "--model", tiny_model, "--format", "csv", "--error-budget", "0.2")
    assert done.returncode == 0, done.stderr
    data = read_states(out)
    assert sum(data["states"].values()) == data["sentences"] == 30
    assert data["calibration"]["source"] == "calibration split of tiny"
    assert f"{data['states']['queued']:,})" in done.stdout and "% for you" in done.stdout
    with (out / "accepted.csv").open(encoding="utf-8-sig", newline="") as file:
        stands = list(csv.DictReader(file))
    assert len(stands) == data["states"]["accepted"] + data["states"]["empty"]
    assert "accepted, of those that the model gives: " in done.stdout
    sheet = openpyxl.load_workbook(out / "to_code.xlsx").active
    assert sheet.max_row - 1 == data["states"]["queued"]
    cutoffs = {row["id"]: row["cutoff"] for row in data["codes"]}
    with (out / "codings.csv").open(encoding="utf-8-sig", newline="") as file:
        probabilities = {(row["document"], row["sentence"]): row for row in csv.DictReader(file)}
    for row in stands:
        said = probabilities[row["document"], row["id"]]
        for code in set(row["codes"].split(";")) - {"none"}:
            child = [
                other for other in cutoffs if cutoffs[other] and float(said[f"p_{other}"]) >= cutoffs[other] - 1e-4
            ]
            assert child, code


def test_both_tables_are_read_as_codings(cli, talk, tiny_model, tmp_path):
    out = tmp_path / "run"
    budget = ("--error-budget", "0.2")
    assert cli("label", talk, "--out", out, "--model", tiny_model, "--format", "csv", *budget).returncode == 0
    book = openpyxl.load_workbook(out / "to_code.xlsx")
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        row[titles.index("codes")].value = "none"
    book.save(tmp_path / "coded.xlsx")
    filled = [tmp_path / "coded.xlsx"] if sheet.max_row > 1 else []
    stands = [out / "accepted.csv"] if sum(read_states(out)["states"][state] for state in ("accepted", "empty")) else []
    for path in (*filled, *stands):
        done = cli("agree", path, out, "--out", tmp_path / path.stem, "--draws", "0")
        assert done.returncode == 0, done.stderr
        data = json.loads((tmp_path / path.stem / "agreement.json").read_text("utf-8"))
        assert data["alignment"]["matched"]["run"]["id"] == data["files"][0]["units"]
    assert filled or stands


def test_own_hand_coded_sentences(cli, talk, tiny_model, tiny_gold, tmp_path):
    out = tmp_path / "run"
    budget = ("--error-budget", "0.3", "--calibration", tiny_gold)
    done = cli("label", talk, "--out", out, "--model", tiny_model, "--format", "csv", *budget)
    assert done.returncode == 0, done.stderr
    assert read_states(out)["calibration"] == {"source": "tiny", "sentences": 144, "documents": 6}


def test_a_model_that_knows_nothing_of_its_errors(cli, talk, tiny_model, tmp_path):
    model = shutil.copytree(tiny_model, tmp_path / "model")
    (model / CALIBRATION).unlink()
    manifest = json.loads((model / MANIFEST).read_text("utf-8"))
    del manifest["files"][CALIBRATION]
    (model / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    done = cli("label", talk, "--out", tmp_path / "run", "--model", model, "--error-budget", "0.1")
    assert done.returncode == 2
    assert "says nothing of its errors" in done.stderr and "--calibration" in done.stderr
    assert not (tmp_path / "run" / "run.json").exists()


def test_too_few_hand_coded_sentences_accept_nothing(cli, talk, tiny_model, tmp_path):
    coded = tmp_path / "coded.csv"
    coded.write_text(f'id,document,text,codes\n1,other,"{WORDS[0]}",pull_vs_push\n2,other,"{WORDS[1]}",none\n', "utf-8")
    out = tmp_path / "run"
    budget = ("--error-budget", "0.05", "--calibration", coded)
    done = cli("label", talk, "--out", out, "--model", tiny_model, "--format", "csv", *budget)
    assert done.returncode == 0, done.stderr
    assert "With 2 hand-coded sentences no code is certain enough" in done.stdout
    assert read_states(out)["states"] == {"accepted": 0, "empty": 0, "queued": 30}


@pytest.mark.parametrize("share", ["0", "1", "10", "ten"])
def test_a_share_that_is_none(cli, talk, tiny_model, tmp_path, share):
    done = cli("label", talk, "--out", tmp_path / "run", "--model", tiny_model, "--error-budget", share)
    assert done.returncode == 2
    assert "--error-budget" in done.stderr
