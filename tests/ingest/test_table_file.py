import io
import zipfile
from datetime import time

import openpyxl
import pytest

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.table_file import read_csv, read_xlsx


def _csv(text, **options):
    return read_csv(text.encode(), "a.csv", ReadOptions(**options))


def _xlsx(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _rows(reading):
    return [(block.speaker, block.text) for block in reading.blocks]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_and_columns_are_found_out(delimiter):
    rows = [
        ["nr", "speaker", "utterance"],
        ["1", "Ada", "We stopped the line"],
        ["2", "Ben", "Why"],
        ["3", "Ada", "So"],
    ]
    reading = _csv("\n".join(delimiter.join(row) for row in rows))
    assert _rows(reading) == [("Ada", "We stopped the line"), ("Ben", "Why"), ("Ada", "So")]
    assert reading.spoken is True


def test_quoted_cells_may_hold_delimiters_and_line_breaks():
    assert _rows(_csv('who,text\nAda,"We, the crew,\nstopped"\nBen,"""Why?"""\nAda,So\n'))[:2] == [
        ("Ada", "We, the crew,\nstopped"),
        ("Ben", '"Why?"'),
    ]


def test_a_survey_is_a_document_with_a_block_a_row():
    reading = _csv(
        "id,age,Why do you stay\n"
        "1,30,Because the crew is good and I like the work here\n2,41,\n3,50,The pay is fair and it is near\n"
    )
    assert _rows(reading) == [
        (None, "Because the crew is good and I like the work here"),
        (None, "The pay is fair and it is near"),
    ]
    assert reading.spoken is None


def test_columns_without_a_header():
    reading = _csv(
        "Ada,We began with two people in the old hall.\nBen,And then there were three of us.\nAda,Then ten.\n"
    )
    assert [speaker for speaker, _ in _rows(reading)] == ["Ada", "Ben", "Ada"]


def test_a_title_above_the_header_and_speakers_named_once():
    reading = _csv("Interview 3\n\nTime;Speaker;Text\n00:00:01;Ada;How?\n00:00:05;;And why?\n1:00:05;Ben;So.\n")
    assert _rows(reading) == [("Ada", "How?"), ("Ada", "And why?"), ("Ben", "So.")]
    assert [block.start_time for block in reading.blocks] == [1.0, 5.0, 3605.0]
    assert reading.notes == ("Rows without a speaker, given to the speaker of the row above: 1",)


def test_milliseconds_are_told_from_seconds():
    reading = _csv("start\tend\ttext\n0\t4200\tWe have the new press now.\n4200\t8000\tAnd it runs well.\n")
    assert [(block.start_time, block.end_time) for block in reading.blocks] == [(0.0, 4.2), (4.2, 8.0)]
    seconds = _csv("start,end,text\n0.0,4.2,We have the new press now.\n4.2,8.0,And it runs well.\n")
    assert [block.end_time for block in seconds.blocks] == [4.2, 8.0]


def test_a_role_column_says_who_asks():
    reading = _csv("speaker,role,text\nAda,Interviewer,Why?\nBen,operator,So.\nAda,Interviewer,And?\n")
    assert [block.role for block in reading.blocks] == ["interviewer", None, "interviewer"]


def test_named_columns_win():
    table = "text,original,person,voice\nx,We stopped the line,1,Ada\ny,Why,2,Ben\n"
    assert _rows(_csv(table, text_column="Original", speaker_column="voice"))[0] == ("Ada", "We stopped the line")


@pytest.mark.parametrize(
    ("table", "options", "option"),
    [
        ("id,a,b\n1,the crew is good,the crew is good\n2,the pay is low,the pay is low\n", {}, "--text-column"),
        ("a,b\n1,2\n", {}, "--text-column"),
        ("a,text\n1,words\n", {"text_column": "c"}, "--text-column"),
        ("a,text\n1,words\n", {"speaker_column": "c"}, "--speaker-column"),
    ],
)
def test_a_table_without_plain_columns_is_refused_with_the_option(table, options, option):
    with pytest.raises(InputError) as caught:
        _csv(table, **options)
    assert option in caught.value.problems[0].fix
    assert "columns are" in caught.value.problems[0].what


def test_an_open_quotation_mark_is_refused_with_its_line():
    with pytest.raises(InputError, match="quotation mark"):
        _csv('a,text\n1,"never closed\n' + "x\n" * 100_000)


def test_the_first_filled_sheet_is_read():
    data = _xlsx(
        ("empty", []),
        (
            "talk",
            [
                ["Speaker", "Text", "Start"],
                ["Ada", "We stop", time(0, 0, 5)],
                [None, "and look", 7.0],
                ["Ada", "So", 9],
            ],
        ),
        ("codes", [["x"]]),
    )
    reading = read_xlsx(data, "a.xlsx", ReadOptions())
    assert _rows(reading) == [("Ada", "We stop"), ("Ada", "and look"), ("Ada", "So")]
    assert [block.start_time for block in reading.blocks] == [5.0, 7.0, 9.0]
    assert reading.notes[0] == "Only the sheet 'talk' was read, not: codes"


def test_an_empty_workbook_and_an_empty_table_are_refused():
    with pytest.raises(InputError, match="no filled sheet"):
        read_xlsx(_xlsx(("empty", [])), "a.xlsx", ReadOptions())
    with pytest.raises(InputError, match="empty"):
        _csv("\n\n")


def test_a_workbook_that_is_a_bomb_or_something_else_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    with pytest.raises(InputError):
        read_xlsx(stream.getvalue(), "a.xlsx", ReadOptions())
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "words")
    with pytest.raises(InputError, match="no Excel workbook"):
        read_xlsx(other.getvalue(), "a.xlsx", ReadOptions())
