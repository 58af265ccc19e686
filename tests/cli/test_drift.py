"""``antinomy drift`` as people run it: files and runs, dates in odd places, too little of everything."""

import csv
import json

import pytest

SENTENCES = [
    "We shipped the orders of the north line on time.",
    "The pilot waits because nobody can leave the shift.",
    "Scrap was two per cent and the auditors were friendly.",
    "Maria trained three people on the new cell.",
    "We had a long talk about next year's plan.",
]


def write_reports(folder, months, *, unit="halm", more=""):
    folder.mkdir(exist_ok=True)
    for number in months:
        year, month = 2022 + number // 12, number % 12 + 1
        text = (
            " ".join(SENTENCES[(number + place) % 5] for place in range(12))
            + f" This was {unit}, month {number}."
            + more
        )
        (folder / f"{unit}_{year}-{month:02d}.txt").write_text(text + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def drift(cli, tiny_model, tmp_path):
    def run(*paths, out="out", **options):
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        return cli("drift", *paths, "--out", tmp_path / out, "--model", tiny_model, "--draws", "19", *words)

    return run


def test_files_are_labelled_once_and_new_ones_are_added(drift, tmp_path):
    folder = write_reports(tmp_path / "reports", range(12))
    first = drift(folder, least=30)
    assert first.returncode in (0, 3), first.stderr
    data = json.loads((tmp_path / "out" / "drift.json").read_text("utf-8"))
    assert [len(unit["periods"]) for unit in data["units"]] == [4]
    assert data["dated_by"] == {"name of the file": 12}
    write_reports(folder, range(12, 15))
    again = drift(folder, least=30)
    assert again.returncode in (0, 3), again.stderr
    run = json.loads((tmp_path / "out" / "run" / "run.json").read_text("utf-8"))
    assert run["counts"]["documents"] == 15
    data = json.loads((tmp_path / "out" / "drift.json").read_text("utf-8"))
    assert [period["name"] for period in data["units"][0]["periods"]][-1] == "2023 Q1"
    with (tmp_path / "out" / "signals.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 24
    assert {row["state"] for row in rows} <= {"quiet", "signal", "check"}
    signals = any(row["state"] == "signal" for row in rows)
    assert again.returncode == (3 if signals else 0)


def test_what_cannot_be_dated_is_listed_never_guessed(drift, tmp_path):
    folder = write_reports(tmp_path / "reports", range(12))
    (folder / "notes.txt").write_text(" ".join(SENTENCES), encoding="utf-8")
    (folder / "plan 2020-2025.txt").write_text(" ".join(SENTENCES), encoding="utf-8")
    done = drift(folder, least=30)
    assert done.returncode in (0, 3), done.stderr
    assert "notes.txt: left out: no date in its metadata, and none or several in its name" in done.stderr
    data = json.loads((tmp_path / "out" / "drift.json").read_text("utf-8"))
    assert {entry["document"] for entry in data["left_out"]} == {"notes.txt", "plan 2020-2025.txt"}
    assert "notes.txt" in (tmp_path / "out" / "drift.html").read_text("utf-8")


def test_odd_dates_twins_gaps_and_new_names_are_said(drift, tmp_path):
    folder = write_reports(tmp_path / "reports", [*range(6), *range(9, 15)])
    write_reports(folder, range(18, 24), unit="halm works")
    (folder / "halm_2099-01.txt").write_text(" ".join(SENTENCES), encoding="utf-8")
    (folder / "copy_2022-08.txt").write_bytes((folder / "halm_2022-01.txt").read_bytes())
    rows = [["file", "unit"], *([path.name, path.name.rpartition("_")[0]] for path in sorted(folder.iterdir()))]
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    done = drift(folder, least=30)
    assert done.returncode in (0, 3), done.stderr
    for words in (
        "halm: no document in 2022 Q3",
        "halm ends before halm works begins: if it was renamed",
        "halm_2099-01.txt: left out: its date, 2099-01-01, lies in the future",
        "halm_2022-01.txt: left out: the same file as copy_2022-08.txt",
    ):
        assert words in done.stderr


@pytest.mark.parametrize(
    ("months", "words"), [(range(3), "fewer than 4 periods of 30 sentences"), (range(0), "no file to label")]
)
def test_too_little_to_compare(drift, tmp_path, months, words):
    folder = write_reports(tmp_path / "reports", months)
    done = drift(folder, least=30)
    assert done.returncode == 2
    assert words in done.stderr


def test_an_unknown_period_is_refused(drift, tmp_path):
    done = drift(write_reports(tmp_path / "reports", range(2)), by="fortnight")
    assert done.returncode == 2
    assert "month, quarter, half, year" in done.stderr


def test_runs_of_different_models_do_not_mix(cli, tiny_model, tmp_path):
    folders = [write_reports(tmp_path / name, range(12), unit=name) for name in ("one", "two")]
    for folder in folders:
        done = cli("label", folder, "--out", tmp_path / f"run_{folder.name}", "--model", tiny_model, "--format", "csv")
        assert done.returncode == 0, done.stderr
    path = tmp_path / "run_two" / "run.json"
    run = json.loads(path.read_text("utf-8"))
    run["model"]["sha256"] = "0" * 64
    path.write_text(json.dumps(run), encoding="utf-8")
    done = cli("drift", tmp_path / "run_one", tmp_path / "run_two", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "another model than in" in done.stderr


def test_hostile_names_stay_text(drift, tmp_path):
    evil = "=cmd<script>alert(1)<"
    folder = write_reports(tmp_path / "reports", range(12))
    rows = [["file", "unit"], *([f"reports/{path.name}", evil] for path in folder.iterdir())]
    sidecar = tmp_path / "who.csv"
    with sidecar.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    done = drift(folder, least=30, metadata=sidecar)
    assert done.returncode in (0, 3), done.stderr
    assert "<script" not in (tmp_path / "out" / "drift.html").read_text("utf-8")
    assert (tmp_path / "out" / "signals.csv").read_text("utf-8-sig").splitlines()[1].startswith("'=cmd")
