import csv
import json

import openpyxl
import pytest

TALK = (
    "Interviewer: How did it begin?\n\n"
    "Ann: We waited for the tablets. Nobody had asked us. Then they trained the older ones.\n"
)


def write(path, rows, head=("document", "start", "end", "code", "text")):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def mark(words, code):
    return ("talk", TALK.index(words), TALK.index(words) + len(words), code, words)


@pytest.fixture
def run(cli, tiny_model, tmp_path):
    talk = tmp_path / "talk.txt"
    talk.write_text(TALK, encoding="utf-8")
    labelled = cli("label", talk, "--out", tmp_path / "run", "--model", tiny_model, "--format", "csv")
    assert labelled.returncode == 0, labelled.stderr
    return tmp_path / "run"


@pytest.fixture
def tables(tmp_path):
    kim = [mark("Nobody had asked us.", "detached"), mark("they trained the older ones", "Empowering")]
    lou = [mark("asked us.", "detached"), mark("How did it begin?", "learning")]
    return write(tmp_path / "kim.csv", kim), write(tmp_path / "lou.csv", lou)


def agree(cli, run, tables, out):
    options = [word for table in tables for word in ("--segments", table)]
    return cli("agree", run, *options, "--out", out, "--draws", "0")


def test_segments_become_sentences_and_are_compared_as_they_are(cli, run, tables, tmp_path):
    done = agree(cli, run, tables, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert {coder: data["coders"][coder] for coder in ("kim", "lou")} == {
        "kim": {"units": 3, "coded": 2},
        "lou": {"units": 3, "coded": 1},
    }
    found = data["segments"]
    assert found["mapping"]["lou"] == {
        **{"segments": 2, "whole": 0, "spread": 0, "held": 1, "dropped": 1, "misquoted": 0},
        **{"sentences": 3, "coded": 1},
    }
    rows = {row["id"]: row for row in found["rows"]}
    assert rows["detached"]["given"] == {"kim": 1, "lou": 1}
    # nine of twenty characters are shared: no match at one half
    assert [score["value"] for score in rows["detached"]["f1"]] == [0, 0, 0]
    assert rows["empowering"]["f1"][0]["value"] == 0
    assert rows["myopia"]["reason"].startswith("nobody marked it")
    sentences = {row["id"]: row for row in data["universes"]["all"]["rows"]}
    assert sentences["detached"]["coefficients"]["percent"]["value"] == 1
    assert "kim: of 2 segments 2 cover one sentence" in done.stdout
    page = (tmp_path / "out" / "agreement.html").read_text("utf-8")
    assert "Segments as coders cut them" in page
    book = openpyxl.load_workbook(tmp_path / "out" / "agreement.xlsx")
    assert [cell.value for cell in book["Segments to sentences"][3]][:2] == ["lou", 2]
    assert {row[0].value for row in book["Segments"].iter_rows(min_row=2)} >= {"Detached", "Any archetype"}


def test_what_is_wrong_with_a_table_is_said_and_the_rest_goes_on(cli, run, tables, tmp_path):
    bad = [mark("Nobody had asked us.", "detahced"), ("talk", 9, 4, "detached", ""), ("talk", 1, 2, "", "")]
    write(tmp_path / "max.csv", bad)
    beyond = [("talk", 0, 9999, "detached", ""), ("other", 0, 5, "detached", ""), mark("asked us.", "detached")]
    write(tmp_path / "zoe.csv", beyond)
    done = agree(cli, run, (*tables, tmp_path / "max.csv", tmp_path / "zoe.csv"), tmp_path / "out")
    assert done.returncode == 1
    for words in (
        "unknown code 'detahced'",
        "Did you mean detached?",
        "start and end are '9' and '4'",
        "no code",
        "the segment ends after the text of 'talk.txt', which has",
        "no text of 'other', 1 rows are left out",
    ):
        assert words in done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert set(data["segments"]["coders"]) == {"kim", "lou", "zoe"}


def test_offsets_of_another_text_are_noticed(cli, run, tables, tmp_path):
    start = TALK.index("Nobody") + 11
    write(tmp_path / "max.csv", [("talk.txt", start, start + 20, "detached", "Nobody had asked us.")])
    done = agree(cli, run, (*tables, tmp_path / "max.csv"), tmp_path / "out")
    assert done.returncode == 0
    assert "max: 1 segments quote other words than those there: left out" in done.stderr


def test_sentences_are_needed(cli, tables, tmp_path):
    write(
        tmp_path / "units.csv", [("1", "talk", "Nobody had asked us.", "detached")], ("id", "document", "text", "codes")
    )
    done = agree(cli, tmp_path / "units.csv", tables, tmp_path / "out")
    assert done.returncode == 2
    assert "antinomy label" in done.stderr


def test_several_coders_in_one_workbook(cli, run, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Segments of the pilot"])
    book.active.append(["Document name", "Begin", "End", "Code", "Coder"])
    for coder in ("kim", "lou"):
        book.active.append([*mark("Nobody had asked us.", "detached; empowering")[:4], coder])
    book.active.append(["talk", None, None, "none", "max"])
    book.save(tmp_path / "all.xlsx")
    done = agree(cli, run, (tmp_path / "all.xlsx",), tmp_path / "out")
    assert done.returncode == 0, done.stderr
    data = json.loads((tmp_path / "out" / "agreement.json").read_text("utf-8"))
    assert data["segments"]["coders"] == {
        "kim": {"documents": 1, "segments": 1},
        "lou": {"documents": 1, "segments": 1},
        "max": {"documents": 1, "segments": 0},
    }
