import json
from datetime import datetime
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from antinomy.report import workbook_cells, write_workbook
from antinomy.report.workbook_archive import parse_moment
from antinomy.report.workbook_cells import MAX_CHARACTERS, clean_cell_text

FORMULAS = [
    '=HYPERLINK("http://evil.example","click")',
    "  =1+1",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\u00a0=1",
    "#N/A",
    "＝1",
]


def read_sheet(path, name):
    """Return the rows of a sheet as dictionaries."""
    rows = load_workbook(path)[name].iter_rows(values_only=True)
    head = next(rows)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_sheets_are_ready_to_work_with(rich_run):
    book = load_workbook(write_workbook(rich_run))
    assert book.sheetnames == ["Codings", "Counts", "Codebook", "Cues", "About"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold
    assert book["Codings"]["F2"].alignment.wrap_text
    assert book["Codings"].column_dimensions["F"].width == 70


def test_codings_have_one_row_per_coded_sentence(make_run, said, spoken):
    sentences = [
        said("Why is that?", speaker="Ida", role="interviewer", status="interviewer"),
        said("{s:production|The line} waits, {m:contrast|but} we hurry.", {"pull_vs_push": 0.7, "dogma": 0.9}, "Ann"),
        said("Well.", speaker="Ann"),
    ]
    sentences[1].time, sentences[1].page = 65.0, 2
    (row,) = read_sheet(write_workbook(make_run([spoken("a.txt", sentences)])), "Codings")
    assert row == {
        "Document": "a.txt",
        "Page": 2,
        "Time": "0:01:05",
        "Speaker": "Ann",
        "Role": "respondent",
        "Quote": "The line waits, but we hurry.",
        "Before": "Ida: Why is that?",
        "After": "Well.",
        "Paradox": "Organising",
        "Tension": "Pull vs. push",
        "Imbalance archetype": "Dogma",
        "Rebalancing action": None,
        "Resolution strategy": None,
        "Highest probability": 0.9,
        "Cues": "stakeholder: Production “The line”; marker: contrast “but”",
        "Sentence": 1,
        "Start": 14,
        "End": 43,
    }


def test_counts_are_those_of_the_run(rich_run):
    rows = read_sheet(write_workbook(rich_run), "Counts")
    total, expected, *documents = rows
    assert len(documents) == 15
    for name in ("Sentences", "With a code", "Myopia", "Patching"):
        assert total[name] == sum(row[name] for row in documents) > 0
    assert 30 < expected["Myopia"] < 50
    codings = read_sheet(rich_run / "codings.xlsx", "Codings")
    assert total["With a code"] == len(codings)
    assert total["Myopia"] == sum("Myopia" in (row["Imbalance archetype"] or "") for row in codings)


def test_codebook_and_cues_are_complete(rich_run):
    path = write_workbook(rich_run)
    kinds = [row["Kind"] for row in read_sheet(path, "Codebook")]
    assert (kinds.count("Tension"), kinds.count("Stakeholder"), kinds.count("Time horizon")) == (8, 6, 4)
    cues = read_sheet(path, "Cues")
    held = next(row for row in cues if row["Kind"] == "holding" and row["Holder start"] is not None)
    assert (held["Holder"], held["Code"]) in {("Production", "Short"), ("Production", "Long"), ("LPS-team", "Past")}


def test_about_tells_versions_failures_and_inputs(rich_run):
    facts = read_sheet(write_workbook(rich_run), "About")
    told = {(fact["Topic"], fact["Item"]): fact["Value"] for fact in facts}
    assert told["run", "antinomy"] == "0.1.0"
    assert told["model", "sha256"] == "ab" * 32
    assert "Save a copy without a password." in told["failure", "varde/board minutes.pdf"]
    assert "3 tables were read as text." in told["note", "alder/annual report 2023.pdf"]
    assert f"sha256 {0:064x}" in told["input", "northgate/01_mara.docx"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(make_run, said, spoken, text):
    document = spoken(text, [said(text, {"dogma": 0.9}, text)], {"organisation": text, "date": text}, [text])
    failures = [{"path": text, "what": text, "where": text, "fix": text}]
    path = write_workbook(make_run([document], failures=failures, model={text: text}))
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    risky = [cell for cell in cells if isinstance(cell.value, str) and cell.value.strip() == text.strip()]
    assert len(risky) >= 10
    assert all(cell.quotePrefix for cell in risky)
    with ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in sheet or b"<f " in sheet or b'="e"' in sheet for sheet in sheets)


def test_ordinary_text_carries_no_mark(make_run, said, spoken):
    path = write_workbook(make_run([spoken("a.txt", [said("a = b - c @ d", {"dogma": 0.9})])]))
    assert not load_workbook(path)["Codings"]["F2"].quotePrefix


def test_characters_that_xml_forbids_are_removed(make_run, said, spoken):
    text = "a\x00b\x0bc\ufffed 🏭 <&>\"' עברית"
    (row,) = read_sheet(write_workbook(make_run([spoken("a", [said(text, {"dogma": 0.9})])])), "Codings")
    assert row["Quote"] == "abcd 🏭 <&>\"' עברית"


def test_what_excel_reads_as_an_escape_is_escaped():
    assert clean_cell_text("_x0041_ and _x41_") == "_x005F_x0041_ and _x41_"


@pytest.mark.parametrize("letter", ["a", "🏭"])
def test_cells_end_at_excels_limit(letter):
    text = clean_cell_text(letter * 40_000)
    assert len(text.encode("utf-16-le")) // 2 in (MAX_CHARACTERS, MAX_CHARACTERS - 1)
    assert text.endswith("…")
    assert clean_cell_text("a" * MAX_CHARACTERS) == "a" * MAX_CHARACTERS


def test_rows_end_at_excels_limit_and_about_says_so(make_run, said, spoken, monkeypatch):
    monkeypatch.setattr(workbook_cells, "MAX_ROWS", 40)
    sentences = [said("{m:contrast|But} no.", {"dogma": 0.9}) for _ in range(50)]
    path = write_workbook(make_run([spoken("a", sentences)]))
    assert len(read_sheet(path, "Codings")) == 39
    told = [fact["Value"] for fact in read_sheet(path, "About") if fact["Item"] == "Codings"]
    assert told == ["11 rows did not fit on the sheet; they are in the run's Parquet files."]


def test_equal_runs_give_equal_bytes(rich_run, monkeypatch):
    first = write_workbook(rich_run).read_bytes()
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write_workbook(rich_run).read_bytes() == first
    assert sorted(path.name for path in rich_run.iterdir() if path.name.startswith(".")) == []


def test_the_only_time_is_that_of_the_run(rich_run):
    path = write_workbook(rich_run)
    finished = datetime(2024, 3, 5, 9, 4, 30)
    properties = load_workbook(path).properties
    assert (properties.created, properties.modified) == (finished, finished)
    with ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2024, 3, 5, 9, 4, 30)}


@pytest.mark.parametrize("text", [None, "", "yesterday", "1066-10-14", {}])
def test_a_run_without_a_usable_time_has_a_fixed_one(text):
    assert parse_moment(text).isoformat() == "1980-01-01T00:00:00+00:00"


def test_a_run_in_which_nothing_was_coded(make_run):
    path = write_workbook(make_run([], finished=None))
    assert read_sheet(path, "Codings") == []
    assert read_sheet(path, "Counts")[0]["Sentences"] == 0


def test_lone_surrogates_in_the_runs_words_do_no_harm(make_run, said, spoken):
    folder = make_run([spoken("a", [said("One.")])])
    run = json.loads((folder / "run.json").read_text()) | {"warnings": ["bad \ud800 name"]}
    (folder / "run.json").write_text(json.dumps(run))
    told = [fact["Value"] for fact in read_sheet(write_workbook(folder), "About") if fact["Topic"] == "warning"]
    assert told == ["bad  name"]
