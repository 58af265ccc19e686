"""Tables as people really have them: each fault is named with file, row and remedy, and the rest goes on."""

import csv

import openpyxl
import pytest

TEXTS = ["We waited for the tablets.", "Nobody had asked us.", "Then they trained the older ones."]


def write_csv(path, rows, head=("id", "document", "text", "codes")):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@pytest.fixture
def good(tmp_path):
    """Two files that agree with each other."""
    rows = [[number, "talk", text, "none"] for number, text in enumerate(TEXTS)]
    return [write_csv(tmp_path / f"{name}.csv", rows) for name in ("kim", "lou")]


def write_merged(path):
    book = openpyxl.Workbook()
    for row in (["id", "document", "text", "codes"], [0, "talk", TEXTS[0], "patching"], [1, "talk", TEXTS[1], None]):
        book.active.append(row)
    book.active.merge_cells("D2:D3")
    book.save(path)


def write_empty_sheet(path):
    book = openpyxl.Workbook()
    book.save(path)


FAULTS = {
    "merged cells": (write_merged, ["merged cells: D2:D3", "Unmerge them"]),
    "an empty workbook": (write_empty_sheet, ["the table is empty"]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_workbooks(cli, good, tmp_path, fault):
    write, wanted = FAULTS[fault]
    write(tmp_path / "ada.xlsx")
    done = cli("agree", *good, tmp_path / "ada.xlsx", "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 1
    assert all(words in done.stderr for words in ("ada.xlsx", *wanted)), done.stderr
    assert (tmp_path / "out" / "agreement.json").is_file()


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([[0, "talk", TEXTS[0], "patchwork"]], ["unknown code 'patchwork'", "line 2"]),
        ([[0, "talk", TEXTS[0], "none"], [0, "talk", TEXTS[0], "patching"]], ["line 3", "coded twice"]),
        ([[0, "talk", "", "none"]], ["line 2"]),
    ],
)
def test_rows(cli, good, tmp_path, rows, wanted):
    write_csv(tmp_path / "ada.csv", rows)
    done = cli("agree", *good, tmp_path / "ada.csv", "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 1
    assert all(words in done.stderr for words in ("ada.csv", *wanted)), done.stderr
    assert (tmp_path / "out" / "agreement.json").is_file()


def test_texts_that_differ_are_counted_and_shown(cli, good, tmp_path):
    """The same ids on other words: the coders did not code the same text, whatever the ids say."""
    rows = [[0, "talk", TEXTS[0], "patching"], [1, "talk", "Somebody had asked us, though.", "patching"]]
    write_csv(tmp_path / "ada.csv", rows)
    done = cli("agree", *good, tmp_path / "ada.csv", "--out", tmp_path / "out", "--draws", "0")
    assert done.returncode == 0, done.stderr
    assert "ada.csv: 1 units have no partner in the files before it" in done.stderr
    assert "same id, other words" in (tmp_path / "out" / "agreement.json").read_text("utf-8")


def test_coders_without_any_overlap(cli, good, tmp_path):
    write_csv(tmp_path / "ada.csv", [[9, "another talk", "Quite other words.", "patching"]])
    done = cli("agree", good[0], tmp_path / "ada.csv", "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "no unit was coded by two coders" in done.stderr and "matched by id and words" in done.stderr
    assert not (tmp_path / "out").exists()
