import csv
import json

import pytest

from antinomy.report.plain_tables import write_csv, write_jsonl

RISKY = [
    "=1+1",
    "  =1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t1",
    "\r1",
    "\n=1",
    "\u00a0=1",
    " \u00a0\n=1",
    "\ufeff=1",
    "＝1",
    "＋1",
    "－1",
    "＠1",
]


@pytest.mark.parametrize("text", RISKY)
def test_no_text_becomes_a_formula(make_run, said, spoken, text):
    folder = make_run([spoken("a.txt", [said(text, speaker=text)])])
    with write_csv(folder).open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["text"], row["speaker"]) == (f"'{text}", f"'{text}")
    assert json.loads(write_jsonl(folder).read_text("utf-8"))["text"] == text


@pytest.mark.parametrize("text", ["a = b", "#hashtag", "it's", "(-1)"])
def test_ordinary_text_stays_as_it_was_said(make_run, said, spoken, text):
    folder = make_run([spoken("a.txt", [said(text)])])
    with write_csv(folder).open(encoding="utf-8-sig", newline="") as file:
        assert [row["text"] for row in csv.DictReader(file)] == [text]
