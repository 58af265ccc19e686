"""Transcripts as meeting software writes them into .docx."""

import time

import pytest

from antinomy.errors import InputError
from antinomy.ingest.meetings import read_meeting


def show(reading):
    return [(block.speaker, block.start_time, block.text) for block in reading.blocks]


TEAMS = [
    ("Weekly line meeting-20240305_1000",),
    ("March 5, 2024, 9:00AM",),
    ("● Ana Ruiz started transcription",),
    ("Ana Ruiz   0:03", "Shall we begin?", "I think so."),
    ("Berg, Bo (External)   0:09", "Yes, please."),
    ("Berg, Bo (External)   1:02:10", "And one more thing."),
    ("Ana Ruiz   1:02:15", "Yes?"),
]


@pytest.mark.parametrize(
    "trailer",
    [
        "● Ana Ruiz stopped transcription",
        "Ana Ruiz hat die Transkription beendet",
        "Ana Ruiz a arrêté la transcription",
        "Ana Ruiz ha detenido la transcripción",
        "Ana Ruiz stoppade transkriberingen",
        "Ana Ruiz ha interrotto la trascrizione",
    ],
)
def test_teams(trailer):
    reading = read_meeting([*TEAMS, (trailer,)], "a.docx")
    assert show(reading) == [
        ("Ana Ruiz", 3.0, "Shall we begin? I think so."),
        ("Berg, Bo (External)", 9.0, "Yes, please."),
        ("Berg, Bo (External)", 3730.0, "And one more thing."),
        ("Ana Ruiz", 3735.0, "Yes?"),
    ]
    assert [block.continues for block in reading.blocks] == [None, None, " ", None]
    assert reading.spoken is True
    assert reading.metadata == {"title": "Weekly line meeting-20240305_1000", "date": "2024-03-05"}
    assert reading.notes == ("Lines before the first turn (title, date, attendees) left out: 2",)


def test_teams_with_speech_in_the_next_paragraph():
    reading = read_meeting([("Ana   0:03",), ("Shall we?",), ("Bo   0:05",), ("Yes.",)], "a.docx")
    assert show(reading) == [("Ana", 3.0, "Shall we?"), ("Bo", 5.0, "Yes.")]


@pytest.mark.parametrize(
    "paragraphs",
    [
        [("Ana 0:0:0.0 --> 0:0:3.2", "Shall we?"), ("Bo 0:0:3.5 --> 0:0:4.0", "Yes.")],
        [("0:0:0.0 --> 0:0:3.2", "Ana", "Shall we?"), ("0:0:3.5 --> 0:0:4.0", "Bo", "Yes.")],
    ],
)
def test_older_teams(paragraphs):
    blocks = read_meeting(paragraphs, "a.docx").blocks
    assert [(block.speaker, block.start_time, block.end_time, block.text) for block in blocks] == [
        ("Ana", 0.0, 3.2, "Shall we?"),
        ("Bo", 3.5, 4.0, "Yes."),
    ]


def test_talk_about_transcription_is_no_trailer():
    reading = read_meeting([("Ana   0:03", "The transcription is poor."), ("Ana   0:09", "Ana says so.")], "a.docx")
    assert [block.text for block in reading.blocks] == ["The transcription is poor.", "Ana says so."]


def test_headers_apart_from_speech_are_refused():
    headers = [(f"{name}   0:0{second}",) for second, name in enumerate(["Ana", "Bo", "Ana", "Bo"])]
    with pytest.raises(InputError, match=r"3 of 4 timecodes have no speech"):
        read_meeting([*headers, ("All of what they said.",)], "a.docx")


def test_an_agenda_is_no_transcript():
    assert read_meeting([("Welcome   09:00",), ("Lunch   12:30",), ("We met in spring.",)], "a.docx") is None


MEET = [
    ("Line meeting (2024-03-05 10:00) - Transcript",),
    ("Attendees",),
    ("Ana Ruiz, Bo Berg",),
    ("00:00:00",),
    ("Ana Ruiz: Shall we begin?",),
    ("Bo Berg: Yes.", "At last."),
    ("Ana Ruiz: Good.",),
    ("00:05:00",),
    ("Ana Ruiz: One more thing.",),
    ("Bo Berg: Yes?",),
]


def test_meet():
    reading = read_meeting(
        [*MEET, ("Transcription ended after 00:06:10",), ("This editable transcript was ...",)], "a.docx"
    )
    assert show(reading) == [
        ("Ana Ruiz", 0.0, "Shall we begin?"),
        ("Bo Berg", None, "Yes. At last."),
        ("Ana Ruiz", None, "Good."),
        ("Ana Ruiz", 300.0, "One more thing."),
        ("Bo Berg", None, "Yes?"),
    ]
    assert reading.blocks[3].continues == " "
    assert reading.metadata["date"] == "2024-03-05"


def test_a_summary_around_the_transcript_is_left_out():
    summary = [("Summary",), ("Decision: they will begin.",), ("Details",), ("Ana Ruiz asked (00:00:00).",)]
    reading = read_meeting([*summary, *MEET, ("They agreed to begin.",)], "a.docx")
    assert [block.text for block in reading.blocks] == [
        "Shall we begin?",
        "Yes. At last.",
        "Good.",
        "One more thing.",
        "Yes?",
    ]
    assert reading.notes == (
        "Lines before the first turn (title, date, attendees) left out: 7",
        "Lines beside the timecoded speech left out: 1",
    )


def test_paragraphs_without_a_name_go_on_where_that_is_the_habit():
    paragraphs = [("00:00:00",), ("Ana: One.",), ("Two.",), ("Bo: Three.",), ("00:01:00",), ("Four.",)]
    assert show(read_meeting(paragraphs, "a.docx")) == [
        ("Ana", 0.0, "One."),
        ("Ana", None, "Two."),
        ("Bo", None, "Three."),
        ("Bo", 60.0, "Four."),
    ]


def test_turns_before_the_first_time_are_not_lost():
    assert read_meeting([("Ana: Hello.",), ("00:05:00",), ("Bo: Hello.",)], "a.docx") is None


def test_long_white_space_takes_no_time():
    start = time.perf_counter()
    assert read_meeting([("Ana" + " " * 200_000 + "0:03x",), (f"{' ' * 200_000}: x",)], "a.docx") is None
    # linear time is far below
    assert time.perf_counter() - start < 20


def test_ordinary_paragraphs_are_no_meeting():
    assert read_meeting([("Ana: Hello.",), ("Bo: It was at 10:30.",)], "a.docx") is None
