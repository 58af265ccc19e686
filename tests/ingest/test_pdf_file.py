import pytest
from tests.support.pdf_writer import Text, measure, set_lines, write_pdf

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions, freeze
from antinomy.ingest.pdf_file import read_pdf

PROSE = [
    "The plant runs three shifts a day, and the people on the line see little of what is planned for",
    "them upstairs. When the new scheduling tool came, nobody had asked the planners whether the old",
    "one was in their way. It took until the autumn before the first of them trusted the figures.",
]


def read(*pages, **options):
    return read_pdf(write_pdf(pages, **options), "a.pdf", ReadOptions())


def texts(reading):
    return [block.text for block in reading.blocks]


def test_lines_become_paragraphs_where_the_gap_is_wide():
    reading = read(set_lines([*PROSE, "", *PROSE]))
    assert texts(reading) == [" ".join(PROSE)] * 2
    assert {block.page for block in reading.blocks} == {1}
    assert reading.metadata == {"title": "Test", "created": "2024-03-05"}
    assert reading.notes == ()


def test_a_short_last_line_ends_a_paragraph():
    reading = read(set_lines([*PROSE, "So it was late.", *PROSE]))
    assert texts(reading) == [" ".join([*PROSE, "So it was late."]), " ".join(PROSE)]


def test_an_indented_line_begins_a_paragraph():
    lines = set_lines([*PROSE, *PROSE])
    lines[3] = Text(lines[3].x + 20, lines[3].y, lines[3].text)
    assert texts(read(lines)) == [" ".join(PROSE)] * 2


def test_lines_keep_their_order_on_the_page_not_in_the_file():
    assert texts(read(set_lines(PROSE)[::-1])) == [" ".join(PROSE)]


def test_turns_begin_their_own_blocks():
    lines = [
        "Ana: Was it planned with you?",
        "Bo: No.",
        "Ana: And today?",
        f"Bo: {PROSE[0]}",
        *PROSE[1:],
        "Ana: I see.",
    ]
    found = texts(read(set_lines(lines)))
    assert found == [*lines[:3], f"Bo: {' '.join(PROSE)}", "Ana: I see."]


def test_a_label_inside_a_sentence_begins_no_block():
    lines = ["The tool was sold to us with a promise that we have heard on many occasions before from the", *PROSE]
    lines[1] = f"Office: {lines[1]}"
    assert len(texts(read(set_lines(lines)))) == 1


def test_timed_headers_stand_alone():
    lines = ["Ana Ruiz 0:03", "Was it planned with you?", "Bo Lind 0:09", "No.", "Ana Ruiz 0:12", "And now?"]
    assert texts(read(set_lines(lines))) == lines


def test_speakers_in_a_column_get_a_colon():
    rows = [("Ana", "Who looks after the robots in the second hall these days, would you say?")]
    rows.append(("Bo", "Maintenance does, as far as they have the time for it on a normal day."))
    page = [
        text
        for index in range(3)
        for place, (name, said) in enumerate(rows)
        for text in (Text(70, 700 - 30 * (2 * index + place), name), Text(160, 700 - 30 * (2 * index + place), said))
    ]
    assert texts(read(page)) == [f"{name}: {said}" for name, said in rows] * 3


@pytest.mark.parametrize(
    ("first", "second", "mended"),
    [
        ("we had a long inter-", "view about it with the whole team", "long interview about"),
        ("this is a well-", "known way to lose the trust of a team", "a well-known way"),
        ("the team for self-", "driving trucks has moved to another hall", "self-driving trucks"),
        ("we have both short-", "and long-term goals in the same plan here", "short- and long-term"),
        ("it was made in South-", "East Asia and brought here by ship last year", "South-East Asia"),
        ("it is a work-", "around, and each such workaround costs us", "is a workaround, and"),
        ("we see re-", "entry as a chance, and re-entry takes a while", "see re-entry as"),
    ],
)
def test_words_divided_at_line_ends(first, second, mended):
    lines = [*PROSE[:2], f"It goes on and on until somebody says so aloud to all of us, {first}", f"{second}.", *PROSE]
    assert mended in " ".join(texts(read(set_lines(lines, x=40))))


def test_hyphens_and_bullets_are_plain():
    reading = read([Text(70, 700, "• The team is cross\xadfunctional, they say.")])
    assert texts(reading) == ["The team is cross-functional, they say."]


def test_a_paragraph_continues_on_the_next_page():
    reading = read(set_lines(PROSE[:2], top=110), set_lines([PROSE[2], "", "Then it stopped."]))
    first, second, third = reading.blocks
    assert (first.page, second.page, third.page) == (1, 2, 2)
    assert (first.continues, second.continues, third.continues) == (None, " ", None)
    frozen = freeze(reading.blocks)
    assert frozen.text.startswith(" ".join(PROSE))
    assert [anchor.page for anchor in frozen.anchors] == [1, 2, 2]


def test_a_word_divided_by_the_page_break_is_mended():
    first = set_lines([PROSE[0], "them upstairs, which they would have seen had they asked for an inter-"], top=110)
    second = set_lines(["view with anyone who works there, at any time of the day or night they like."])
    reading = read(first, second)
    assert "an interview with" in freeze(reading.blocks).text
    assert reading.blocks[1].continues == ""


def with_furniture(number, lines):
    return [Text(70, 810, "Study of plants"), Text(280, 30, f"Page {number} of 4"), *set_lines(lines)]


def test_running_headers_and_page_numbers_are_dropped():
    said = [*PROSE, "That is all."]
    found = texts(read(*(with_furniture(number, [line]) for number, line in enumerate(said, 1))))
    assert " ".join(found) == " ".join(said)


def test_first_lines_of_pages_are_no_headers_though_some_are_the_same():
    pages = [
        set_lines([f"Bo: {said}", *PROSE], top=790)
        for said in ["Yes.", "No.", "Yes.", "I would not say so.", "Perhaps.", "It is like that."]
    ]
    assert sum(text == "Bo: Yes." for text in texts(read(*pages))) == 2


def test_a_single_page_loses_its_number():
    assert texts(read([*set_lines(PROSE), Text(290, 30, "1/1")])) == [" ".join(PROSE)]


def test_line_numbers_beside_the_text_are_dropped():
    lines = set_lines(PROSE)
    numbers = [Text(30, line.y, str(index)) for index, line in enumerate(lines, 5)]
    assert texts(read([*lines, *numbers])) == [" ".join(PROSE)]


def test_years_in_the_text_are_no_line_numbers():
    reading = read(set_lines(["The line was built in the year", "2012", "", *PROSE]))
    assert "2012" in " ".join(texts(reading))


LEFT = [
    "The first column tells about the",
    "work on the line, where people",
    "have little time to learn what a",
    "new tool could do for them. They",
    "wait for help, and the help does",
    "not come.",
]
RIGHT = [
    "The second column is about the",
    "office, where the plan is made",
    "and where the tool was bought. It",
    "looks good there, since nobody",
    "has to stand beside it when it",
    "stops in the middle of a shift.",
]


def test_two_columns_are_read_one_after_the_other():
    title = Text(70, 800, "A title that runs across both of the columns of this page, as titles do", 14)
    page = [title, *(text for pair in zip(set_lines(LEFT), set_lines(RIGHT, x=330), strict=True) for text in pair)]
    assert texts(read(page)) == [title.text, f"{' '.join(LEFT)}", " ".join(RIGHT)]


def test_a_short_last_page_follows_the_columns_of_the_others():
    page = [*set_lines(LEFT, top=600), *set_lines(RIGHT, x=330, top=600)]
    last = [*set_lines(LEFT[:2], top=600), *set_lines(RIGHT[:2], x=330, top=600)]
    assert texts(read(page, last))[-1] == " ".join(LEFT[:2] + RIGHT[:2])


def test_footnotes_and_their_marks_are_dropped():
    lines = set_lines(PROSE)
    mark = Text(lines[1].x + measure(lines[1].text), lines[1].y + 4, "3", 5)
    note = set_lines(["3 See the plan of the year before, which said the same."], top=80, size=7)
    reading = read([*lines[:2], mark, lines[2], *note])
    assert texts(reading) == [" ".join(PROSE)]
    assert reading.notes == ("Footnotes left out: 1",)


def test_a_table_of_contents_is_dropped():
    assert texts(read(set_lines(["1 Introduction . . . . . . . . . . 3", "2 Method .......... 7", "", *PROSE]))) == [
        " ".join(PROSE)
    ]


def test_lines_printed_twice_by_a_page_break_count_once():
    reading = read(set_lines(PROSE[:2], top=60), set_lines(PROSE[1:], top=830))
    assert freeze(reading.blocks).text == " ".join(PROSE)


@pytest.mark.parametrize(("rotate", "matrix"), [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")])
def test_turned_pages_are_read_as_displayed(rotate, matrix):
    def place(line, index):
        x, y = {90: (100 + 12 * index, 70), 180: (525, 100 + 12 * index), 270: (500 - 12 * index, 770)}[rotate]
        return Text(x, y, line, 10, matrix)

    page = [place(line, index) for index, line in enumerate(PROSE)]
    assert texts(read(page, rotate=rotate)) == [" ".join(PROSE)]


def test_a_stamp_across_the_page_is_left_out():
    stamp = Text(100, 300, "DRAFT NOT FOR CIRCULATION", 40, "0.7 0.7 -0.7 0.7")
    assert texts(read([*set_lines(PROSE), stamp])) == [" ".join(PROSE)]


def test_text_outside_the_page_is_left_out():
    assert texts(read([*set_lines(PROSE), Text(20, -400, "17")])) == [" ".join(PROSE)]


def test_pages_without_text_are_noted():
    assert read(set_lines(PROSE), []).notes == ("Pages without text (pictures, or blank): 2",)


def test_a_scan_is_refused_with_the_remedy():
    with pytest.raises(InputError, match=r"no text layer.*OCR"):
        read([])


def test_a_password_is_refused_with_the_remedy():
    with pytest.raises(InputError, match=r"protected with a password.*without a password"):
        read(set_lines(PROSE), encrypted=True)


def test_a_truncated_pdf_is_refused():
    data = write_pdf([set_lines(PROSE)])
    with pytest.raises(InputError, match="truncated"):
        read_pdf(data[: len(data) // 2], "a.pdf", ReadOptions())


@pytest.mark.parametrize(
    ("data", "what"), [(b"", "not a PDF"), (b"Ana: Hello", "not a PDF"), (b"%PDF-1.4\nnothing\n%%EOF\n", "damaged")]
)
def test_other_bytes_are_refused(data, what):
    with pytest.raises(InputError, match=what):
        read_pdf(data, "a.pdf", ReadOptions())
