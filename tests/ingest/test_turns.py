import pytest

from antinomy.ingest.blocks import Block
from antinomy.ingest.marks import find_mark
from antinomy.ingest.turns import split_speakers


def _split(*paragraphs):
    return [(block.speaker, block.text) for block in split_speakers(tuple(Block(text=text) for text in paragraphs))]


@pytest.mark.parametrize(
    ("line", "label", "time", "rest"),
    [
        ("Ada: we stop", "Ada", None, "we stop"),
        ("ADA MOSS: we stop", "ADA MOSS", None, "we stop"),
        ("#Ada: we stop", "Ada", None, "we stop"),
        ("@Ada: we stop", "Ada", None, "we stop"),
        ("[Ada] we stop", "Ada", None, "we stop"),
        ("{Ada} we stop", "Ada", None, "we stop"),
        ("**Ada:** we stop", "Ada", None, "we stop"),
        ("**Ada**: we stop", "Ada", None, "we stop"),
        ("Ada (she/her): we stop", "Ada", None, "we stop"),
        ("Gupta, WUD: we stop", "Gupta, WUD", None, "we stop"),
        ("Dr. J. O'Neill-Roy, Psy.D: we stop", "Dr. J. O'Neill-Roy, Psy.D", None, "we stop"),
        ("SPEAKER_01: we stop", "SPEAKER_01", None, "we stop"),
        ("P3: we stop", "P3", None, "we stop"),
        ("Q. we stop", "Q", None, "we stop"),
        ("山田太郎: 止める", "山田太郎", None, "止める"),
        ("李明：停", "李明", None, "停"),
        ("[00:01:02] Ada: we stop", "Ada", 62.0, "we stop"),
        ("00:01:02 Ada: we stop", "Ada", 62.0, "we stop"),
        ("01:02 - Ada: we stop", "Ada", 62.0, "we stop"),
        ("Ada [01:02]: we stop", "Ada", 62.0, "we stop"),
        ("Ada: (01:02) we stop", "Ada", 62.0, "we stop"),
        ("Ada: \\[01:02\\] we stop", "Ada", 62.0, "we stop"),
        ("Ada Moss  1:01:02", "Ada Moss", 3662.0, ""),
        ("Ada Moss (01:02)", "Ada Moss", 62.0, ""),
        ("Ada Moss 0:0:2.0 --> 0:0:3.2", "Ada Moss", 2.0, ""),
        ("00:01:02.500 Ada Moss", "Ada Moss", 62.5, ""),
        ("01:02 // Ada  we stop", "Ada", 62.0, "we stop"),
    ],
)
def test_marks_that_people_and_tools_use(line, label, time, rest):
    mark = find_mark(line)
    assert (mark.label, mark.time, mark.rest) == (label, time, rest)


@pytest.mark.parametrize(
    "line",
    [
        "Honestly: it was hard",
        "Note: not all of them came",
        "Example: the press",
        "Date: 14 March 2021",
        "Interview date: yesterday",
        "Table 3: stops per shift",
        "Key Findings: stops went down",
        "https://example.org: the page",
        "We met at 10:30 in the hall.",
        "10:30 is when the shift begins",
        "The question is: who decides",
        "So there are three things: time, money, people",
        "He said: no",
        "Ratio 3:1 holds",
        "1: the first",
    ],
)
def test_what_is_no_mark(line):
    mark = find_mark(line)
    assert mark is None or mark.style == "alone"


def test_a_very_long_line_takes_no_time():
    for line in ("A " * 200_000, " " * 500_000, "[00:01] " * 100_000, "(" * 500_000, "Ada " * 100_000 + ":"):
        find_mark(line)


def test_turns_paragraphs_without_mark_and_headings():
    assert _split(
        "Interview at the plant",
        "Ada: We began with the old press.",
        "It stood in the way of everything.",
        "The new press",
        "Ben: That came later.",
        "Ada: Yes.",
    ) == [
        (None, "Interview at the plant"),
        ("Ada", "We began with the old press."),
        ("Ada", "It stood in the way of everything."),
        (None, "The new press"),
        ("Ben", "That came later."),
        ("Ada", "Yes."),
    ]


def test_several_speakers_in_one_paragraph():
    assert _split("Ada: First line\nthat goes on.\nBen: Second. Ada: Third.\nBen: Fourth.") == [
        ("Ada", "First line\nthat goes on."),
        ("Ben", "Second."),
        ("Ada", "Third."),
        ("Ben", "Fourth."),
    ]


def test_header_lines_of_a_form_are_no_turns():
    assert _split("Interviewer: Ada Moss", "Respondent: Ben Hill", "I: Why?", "R: So.", "I: And?", "R: No.")[:3] == [
        (None, "Interviewer: Ada Moss"),
        (None, "Respondent: Ben Hill"),
        ("I", "Why?"),
    ]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Background: the plant is old.", "Method: ten people.", "Results: fine.", "We thank all."),
        ("Strength: good people.", "Weakness: slow.", "Strength: fast.", "Weakness: dear."),
        ("One claim is made here: we must act.", "Anna: she said so once.", *["Much more text follows."] * 30),
        ("Agenda: budget", "Time: 10:30", "Place: Room 5", "See you there."),
        ("0:00 Introduction", "1:30 The press", "4:10 The line"),
        tuple(f"The point is made in word number {number}" for number in range(9)),
    ],
)
def test_a_report_stays_a_document(paragraphs):
    assert _split(*paragraphs) == [(None, text) for text in paragraphs]


def test_ordinary_words_before_a_colon_are_no_speakers_in_a_transcript():
    turns = _split(
        "Ada: We stop.", "Remember: never alone.", "Stop: that is the word to stop with.", "Ben: So.", "Ada: Yes."
    )
    assert {speaker for speaker, _ in turns} == {"Ada", "Ben"}


def test_somebody_who_speaks_once_is_a_speaker():
    turns = _split("Ada: We stop.", "Ben: No.", "Ada: Why?", "Carla Diaz: May I?", "Ben: Yes.")
    assert ("Carla Diaz", "May I?") in turns


def test_names_without_colon_count_only_where_they_come_back():
    names = ["Ada Moss", "Ben Hill"] * 4
    assert _split(*(f"{name}\nWe said number {index}." for index, name in enumerate(names)))[:2] == [
        ("Ada Moss", "We said number 0."),
        ("Ben Hill", "We said number 1."),
    ]


def test_bracketed_names_and_sounds():
    assert _split("[Ada] One.", "[laughter]", "[Ben] Two [sic].", "[Ada] Three.", "[Ben] Four.") == [
        ("Ada", "One."),
        ("Ben", "Two [sic]."),
        ("Ada", "Three."),
        ("Ben", "Four."),
    ]


def test_a_parenthesis_tells_speakers_apart_or_is_dropped():
    told = _split(
        "Operator (line 2): a.", "Operator (line 3): b.", "Chair: c.", "Chair (Ada): d.", "Operator (line 2): e."
    )
    assert [speaker for speaker, _ in told] == [
        "Operator (line 2)",
        "Operator (line 3)",
        "Chair",
        "Chair",
        "Operator (line 2)",
    ]


def test_times_in_header_lines_alone_and_inside_a_turn():
    blocks = split_speakers(
        tuple(
            Block(text=text)
            for text in ("Ada  0:00", "We began.", "Ben  1:05", "Right [1:10] and then more.", "01:15", "Ada: Yes.")
        )
    )
    assert [(block.speaker, block.start_time, block.continues) for block in blocks] == [
        ("Ada", 0.0, None),
        ("Ben", 65.0, None),
        ("Ben", 70.0, " "),
        ("Ada", 75.0, None),
    ]


def test_trailers_of_tools_are_dropped():
    turns = _split("Ada  0:00\nWe stop.", "Ben  0:04\nYes.", "Ada  0:09\nGood.", "Transcribed by https://otter.ai")
    assert turns == [("Ada", "We stop."), ("Ben", "Yes."), ("Ada", "Good.")]


def test_a_block_broken_by_a_page_goes_on():
    blocks = split_speakers(
        (
            Block(text="Ada: We stopped the", page=1),
            Block(text="line twice.", page=2, continues=" "),
            Block(text="Ben: Why?", page=2),
            Block(text="Ada: So.", page=2),
        )
    )
    assert [(block.speaker, block.page, block.continues) for block in blocks][:2] == [("Ada", 1, None), ("Ada", 2, " ")]
