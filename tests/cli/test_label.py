"""The main command as people use it: real processes, real files, the model that ships."""

import csv
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook

from antinomy.codebook import load_codebook

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


@pytest.fixture(scope="module")
def run(cli, tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "samples"
    done = cli(
        "label", SAMPLES, "--out", out, "--format", "xlsx", "--format", "html", "--format", "csv", "--format", "jsonl"
    )
    assert done.returncode == 0, done.stderr
    return out


def rows_of(path):
    return pq.read_table(path).to_pylist()


def test_every_format_of_the_samples_is_labelled(run):
    rows = rows_of(run / "documents.parquet")
    assert {row["format"] for row in rows} >= {
        "docx", "odt", "vtt", "text", "html", "pdf", "csv", "json", "xlsx", "rtf", "srt", "markdown"
    }  # fmt: skip
    assert len(rows) == 16
    assert json.loads(next(r["metadata"] for r in rows if r["document"].endswith("memo.pdf")))["organisation"]


def test_each_sentence_is_exactly_where_it_says(run):
    texts = {row["document"]: row["text"] for row in rows_of(run / "documents.parquet")}
    sentences = rows_of(run / "sentences.parquet")
    assert len(sentences) > 300
    assert all(texts[s["document"]][s["start"] : s["end"]] == s["text"] for s in sentences)
    cues = rows_of(run / "cues.parquet")
    assert len(cues) > 100
    assert all(texts[c["document"]][c["start"] : c["end"]] == c["text"] for c in cues)


def test_columns_follow_the_codebook_and_carry_their_hashes(run):
    codebook = load_codebook()
    file = pq.ParquetFile(run / "sentences.parquet")
    names = file.schema_arrow.names
    assert names[-24:] == [f"p_{code}" for code in codebook.code_ids]
    assert names[-29:-24] == ["paradox", "tension", "archetype", "action", "strategy"]
    facts = json.loads((run / "run.json").read_text("utf-8"))
    assert file.schema_arrow.metadata[b"antinomy.codebook_sha256"].decode() == codebook.sha256
    assert facts["codebook"]["sha256"] == codebook.sha256
    assert file.schema_arrow.metadata[b"antinomy.model_sha256"].decode() == facts["model"]["sha256"]


def test_inputs_are_named_with_their_hashes(run):
    for given in json.loads((run / "run.json").read_text("utf-8"))["inputs"]:
        assert given["sha256"] == hashlib.sha256(Path(given["path"]).read_bytes()).hexdigest()


def test_interviewers_and_foreign_text_are_left_uncoded(run):
    sentences = rows_of(run / "sentences.parquet")
    left = [s for s in sentences if s["status"] != "coded"]
    assert {s["status"] for s in left} == {"interviewer", "not_english"}
    assert all(s["p_myopia"] is None and not s["paradox"] for s in left)
    swedish = [s for s in sentences if s["document"].endswith("protokoll.txt")]
    assert {s["status"] for s in swedish} == {"not_english"}
    facts = json.loads((run / "run.json").read_text("utf-8"))
    assert any("protokoll.txt" in line for line in facts["warnings"])


def test_tensions_stand_with_their_paradox_and_something_is_found(run):
    codebook = load_codebook()
    coded = [s for s in rows_of(run / "sentences.parquet") if s["status"] == "coded"]
    assert all(codebook.by_id[t].parent in s["paradox"] for s in coded for t in s["tension"])
    share = sum(bool(s["paradox"] or s["archetype"] or s["action"] or s["strategy"]) for s in coded) / len(coded)
    assert 0.05 < share < 0.7
    assert all(0 <= s["p_learning"] <= 1 for s in coded)


def test_tables_for_people_hold_the_same_codes(run):
    sentences = rows_of(run / "sentences.parquet")
    with (run / "codings.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["paradox"] for row in table] == [";".join(s["paradox"]) for s in sentences]
    lines = [json.loads(line) for line in (run / "codings.jsonl").read_text("utf-8").splitlines()]
    assert [line["text"] for line in lines] == [s["text"] for s in sentences]
    with_code = sum(bool(s["paradox"] or s["archetype"] or s["action"] or s["strategy"]) for s in sentences)
    sheet = load_workbook(run / "codings.xlsx", read_only=True)["Codings"]
    assert sum(1 for _ in sheet.iter_rows(min_row=2)) == with_code


def start(out, *options):
    command = [sys.executable, "-m", "antinomy", "label", str(SAMPLES), "--out", str(out), "--format", "html", *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_killed_at_any_moment_it_goes_on_to_the_same_bytes(run, cli, tmp_path):
    out = tmp_path / "killed"
    kills = 0
    for parts in (1, 4, 9):
        process = start(out)
        deadline = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < deadline:
            if len(list((out / ".parts").glob("*.document.parquet"))) >= parts:
                os.kill(process.pid, signal.SIGKILL)
                kills += 1
                break
            time.sleep(0.005)
        process.wait(timeout=120)
    assert kills == 3
    done = cli("label", SAMPLES, "--out", out)
    assert done.returncode == 0, done.stderr
    assert (out / "sentences.parquet").read_bytes() == (run / "sentences.parquet").read_bytes()
    assert (out / "cues.parquet").read_bytes() == (run / "cues.parquet").read_bytes()


def test_report_can_be_written_again(run, cli):
    before = (run / "report.html").read_bytes()
    (run / "report.html").unlink()
    done = cli("report", run)
    assert done.returncode == 0, done.stderr
    assert (run / "report.html").read_bytes() == before


def test_bad_files_are_named_and_the_rest_goes_on(cli, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Interviewer: Why?\n\nEva: The line always wins over the new sensors.\n")
    (folder / "empty.txt").write_text("")
    (folder / "cut.docx").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4\nnot a pdf")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (folder / "numbers.csv").write_text("a,b\n1,2\n3,4\n")
    (folder / "pound.rtf").write_text(r"{\rtf1 never closed")
    with zipfile.ZipFile(folder / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 120_000_000)
    with zipfile.ZipFile(folder / "entities.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY e "boom">]><a>&e;</a>')
    out = tmp_path / "out"
    done = cli("label", folder, tmp_path / "nowhere.txt", "--out", out)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    failed = json.loads((out / "run.json").read_text("utf-8"))["failures"]
    named = {Path(f["where"].split(",")[0].split(":")[0]).name for f in failed}
    bad = {"empty.txt", "cut.docx", "scan.pdf", "old.doc", "numbers.csv", "pound.rtf", "bomb.docx", "entities.odt"}
    assert named >= bad | {"nowhere.txt"}
    assert all(f["fix"] and f["what"] for f in failed)
    assert {s["document"] for s in rows_of(out / "sentences.parquet")} == {"good.txt"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], "there is no such file"),
        ([SAMPLES, "--model", "nothing"], "is not installed"),
        ([SAMPLES, "--codebook", "nothing.toml"], "cannot be read"),
        ([SAMPLES, "--metadata", "nothing.csv"], "cannot be read"),
    ],
)
def test_when_nothing_can_run_the_exit_code_is_two(cli, tmp_path, arguments, message):
    done = cli("label", *arguments, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_of_other_files_is_not_written_to(cli, tmp_path):
    (tmp_path / "thesis.docx").write_text("precious")
    done = cli("label", SAMPLES, "--out", tmp_path)
    assert done.returncode == 2
    assert "holds other files" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_place_that_cannot_be_written_is_named(cli, tmp_path):
    (tmp_path / "file").write_text("x")
    done = cli("label", SAMPLES, "--out", tmp_path / "file" / "run")
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_a_study_brings_its_own_codebook(cli, tmp_path):
    book = tmp_path / "mine.toml"
    book.write_text(
        'id = "mine"\nversion = "1"\nextends = "antinomy"\n'
        '[[code]]\nid = "irony"\ndimension = "strategy"\nname = "Irony"\ndefinition = "Said the other way round."\n'
        '[[stakeholder]]\nid = "union"\nname = "Union"\ndefinition = "d"\nterms = ["works council", "shop steward"]\n'
    )
    talk = tmp_path / "talk.txt"
    talk.write_text("Interviewer: And?\n\nEva: The works council wants a plan for the next five years.\n")
    out = tmp_path / "out"
    done = cli("label", talk, "--out", out, "--codebook", book)
    assert done.returncode == 0, done.stderr
    assert "p_irony" in pq.read_schema(out / "sentences.parquet").names
    assert {"union", "long"} <= {cue["code"] for cue in rows_of(out / "cues.parquet")}
    assert any("irony" in line for line in json.loads((out / "run.json").read_text("utf-8"))["warnings"])


def test_the_fast_model_goes_by_that_name(cli, tmp_path):
    (tmp_path / "talk.txt").write_text("There is no time for the pilot, the shift eats every hour we have.\n", "utf-8")
    done = cli("label", tmp_path / "talk.txt", "--out", tmp_path / "out", "--model", "fast")
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["model"]["name"].startswith(
        "antinomy-minilm-"
    )
