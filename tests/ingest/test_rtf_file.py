import time

import pytest

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.rtf_file import read_rtf

HEAD = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}{\*\generator Writer;}"
)


def read(body):
    return read_rtf(HEAD + body + b"}", "a.rtf", ReadOptions())


def texts(body):
    return [block.text for block in read(body).blocks]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (rb"Ana: One\par Bo: Two\line Three\par", ["Ana: One", "Bo: Two", "Three"]),
        (rb"caf\'e9 \'84quoted\'93\par", ["café „quoted“"]),
        (rb"{\f1 \'e8}esk\par", ["česk"]),
        (rb"dash \u8212\'97 and \u8364?\par", ["dash — and €"]),
        (rb"\u-10179?\u-8704?\par", ["\U0001f600"]),
        (b"raw caf\xe9\\par", ["raw café"]),
        (rb"\{braces\} and \\\par", ["{braces} and \\"]),
        (rb"a{\pict\pngblip 89504e47}b\par", ["ab"]),
        (b"a{\\pict\\bin6 }{}}\\{x}b\\par", ["ab"]),
        (rb"{\header head\par}{\footerr foot\par}text\par", ["text"]),
        (rb"{\field{\*\fldinst{HYPERLINK " + b'"http://localhost/a"' + rb"}}{\fldrslt{the page}}}\par", ["the page"]),
        (rb"{\deleted old }new\par", ["new"]),
        (rb"said{\*\atnid A}{\chatn{\*\annotation really?}}.\par", ["said."]),
    ],
)
def test_what_is_shown(body, shown):
    assert texts(body) == shown


def test_other_code_pages_are_read():
    data = rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0 Arial;}}" + "Да".encode("cp1251") + b" \\'c4\\'e0\\par}"
    assert [block.text for block in read_rtf(data, "a.rtf", ReadOptions()).blocks] == ["Да Да"]


def test_footnotes_are_left_out_with_a_note():
    reading = read(rb"Seen{\footnote\pard See there.}.\par")
    assert [block.text for block in reading.blocks] == ["Seen."]
    assert reading.notes == ("Footnotes left out: 1",)


def row(*cells):
    return rb"\trowd\cellx1000\cellx2000\pard\intbl " + b"".join(cell + rb"\cell " for cell in cells) + rb"\trowd\row "


def test_rows_of_turns_are_turns():
    rows = [
        (b"Ana", b"Who asked for it?"),
        (b"Bo", rb"Nobody did,\u8212\'97 or did they?"),
        (b"Ana", b"So why is it here?"),
    ]
    reading = read(rb"Before.\par " + b"".join(row(*cells) for cells in rows) + rb"\pard After.\par")
    assert [(block.speaker, block.text) for block in reading.blocks] == [
        (None, "Before."),
        ("Ana", "Who asked for it?"),
        ("Bo", "Nobody did,— or did they?"),
        ("Ana", "So why is it here?"),
        (None, "After."),
    ]


def test_rows_of_figures_are_lines():
    assert texts(row(b"Plant", b"2021") + row(b"North", b"12")) == ["Plant | 2021", "North | 12"]


@pytest.mark.parametrize("cut", [1, 20, 60])
def test_a_truncated_file_is_refused(cut):
    data = HEAD + rb"Ana: All that she said about it.\par {\b Bo: Yes.}\par}"
    with pytest.raises(InputError, match="truncated"):
        read_rtf(data[:-cut], "a.rtf", ReadOptions())


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"Ana: Hello", "not Rich Text"),
        (HEAD + rb"\par}", "holds no text"),
        (HEAD + rb"\uc x}", "control words are damaged"),
        (HEAD + b"{" * 1_000, "nested too deeply"),
        (HEAD + b"x" * 20_000_001 + b"}", "more text or fonts"),
        (rb"{\rtf1{\fonttbl" + rb"{\f1" * 50 + b"f" * 200_000 + b"}" * 52, "more text or fonts"),
    ],
)
def test_what_cannot_be_read_is_refused(data, what):
    with pytest.raises(InputError, match=what):
        read_rtf(data, "a.rtf", ReadOptions())


def test_large_pictures_and_many_links_take_no_time():
    link = rb"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt y}}"
    start = time.perf_counter()
    assert len(texts(rb"{\pict " + b"8950" * 1_000_000 + b"}" + link * 5_000 + rb"\par")) == 1
    assert time.perf_counter() - start < 5
