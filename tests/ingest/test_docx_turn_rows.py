"""Tables inside documents: which are turns."""

import pytest

from antinomy.ingest.turn_rows import is_spoken, rows_to_blocks

SAID = ["Who asked for this in the plant?", "Nobody did, as far as I know.", "So why is it here?", "Well, it came."]


def show(rows):
    return [(block.speaker, block.text, block.continues) for block in rows_to_blocks(rows)]


@pytest.mark.parametrize(
    "rows",
    [
        [("Ana", SAID[0]), ("Bo:", SAID[1]), ("Ana", SAID[2]), ("[Bo]", SAID[3])],
        [("1", "Ana", SAID[0]), ("2", "Bo", SAID[1]), ("3", "Ana", SAID[2]), ("4", "Bo", SAID[3])],
        [(SAID[0], "Ana"), (SAID[1], "Bo"), (SAID[2], "Ana"), (SAID[3], "Bo")],
        [("Name", "Utterance"), ("Ana", SAID[0]), ("Bo", SAID[1]), ("Ana", SAID[2]), ("Bo", SAID[3])],
    ],
)
def test_turns_are_found_by_content_or_header(rows):
    assert show(rows) == [(name, said, None) for name, said in zip(["Ana", "Bo"] * 2, SAID, strict=True)]
    assert is_spoken(rows_to_blocks(rows)) is True


def test_times_may_be_ranges():
    rows = [("00:01 - 00:04", SAID[0]), ("00:04 - 00:09", SAID[1]), ("00:09 - 00:20", SAID[2])]
    assert [(block.start_time, block.end_time) for block in rows_to_blocks(rows)] == [
        (1.0, 4.0),
        (4.0, 9.0),
        (9.0, 20.0),
    ]


def test_an_empty_speaker_goes_on_with_the_one_before():
    rows = [("Ana", SAID[0]), ("Bo", SAID[1]), ("", SAID[2]), ("Ana", SAID[3])]
    assert show(rows)[1:3] == [("Bo", SAID[1], None), ("Bo", SAID[2], " ")]


def test_questions_and_answers_have_roles():
    blocks = rows_to_blocks([("Question", "Answer"), ("Who asked?", "Nobody.\nI think.")])
    assert [(block.role, block.text) for block in blocks] == [
        ("interviewer", "Who asked?"),
        ("respondent", "Nobody."),
        ("respondent", "I think."),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("Theme", "Quotation"), ("Cost", SAID[0]), ("Cost", SAID[1]), ("Trust", SAID[2]), ("Trust", SAID[3])],
        [("North", SAID[0]), ("South", SAID[1]), ("East", SAID[2]), ("West", SAID[3])],
        [("Ana", SAID[0], "red"), ("Bo", SAID[1], "blue and a long remark"), ("Ana", SAID[2], "green")],
        [("Ana", "12"), ("Bo", "13"), ("Ana", "14")],
        [("Ana", SAID[0]), ("Bo", SAID[1])],
    ],
)
def test_other_tables_have_no_speakers(rows):
    assert {block.speaker for block in rows_to_blocks(rows)} == {None}
    assert is_spoken(rows_to_blocks(rows)) is None


def test_cells_with_sentences_are_paragraphs_and_labels_share_a_line():
    assert show([("North", "12", ""), ("South", "It closed.\nNobody knows why.", "")]) == [
        (None, "North | 12", None),
        (None, "South", None),
        (None, "It closed.", None),
        (None, "Nobody knows why.", None),
    ]


def test_an_empty_table_gives_nothing():
    assert rows_to_blocks([("", " "), ()]) == ()
