from antinomy.ingest.blocks import ReadOptions, freeze
from antinomy.ingest.text_file import read_text


def _paragraphs(text):
    reading = read_text(text.encode(), "a.txt", ReadOptions())
    return [turn for turn in freeze(reading.blocks).text.split("\n\n") if turn]


def test_blank_lines_part_paragraphs_also_with_white_space_on_them():
    assert _paragraphs("One here.\n \t\nTwo here.\n\n\n\nThree.\n") == ["One here.", "Two here.", "Three."]


def test_wrapped_lines_are_joined():
    text = (
        "The planners wanted a stable week, and the people on the line wanted\n"
        "a machine that could be changed over in ten minutes, so that nobody\n"
        "had to choose.\n\n"
        "That took two years and cost more than anybody had thought when it\n"
        "began.\n"
    )
    assert [paragraph.split()[-1] for paragraph in _paragraphs(text)] == ["choose.", "began."]


def test_list_items_in_wrapped_text_stay_apart():
    text = (
        "The planners wanted a stable week, and the people on the line wanted\n"
        "two things that they had never been given by anybody before, namely\n"
        "- a machine that could be changed over in less than ten minutes and\n"
        "  a table beside it\n"
        "- somebody to ask\n"
    )
    assert [paragraph[:9] for paragraph in _paragraphs(text)] == ["The plann", "- a machi", "- somebod"]


def test_long_lines_are_paragraphs_of_their_own():
    first = "We had always planned by the week. " * 8
    second = "Then the system came and planned by the hour. " * 6
    assert len(_paragraphs(f"{first}\n{second}\nShort one.")) == 3


def test_an_unusual_encoding_is_noted():
    assert read_text("Größe".encode("cp1252"), "a.txt", ReadOptions()).notes != ()
