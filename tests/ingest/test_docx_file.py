import io
import zipfile

import pytest

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.docx_file import read_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Target="{}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def make_docx(body, parts=None, main="word/document.xml"):
    spaces = f'xmlns:w="{W}" xmlns:mc="urn:mc" xmlns:v="urn:v" xmlns:m="urn:m"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(main, f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(*lines, style=""):
    breaks = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' for line in lines)
    return f"<w:p>{style}<w:r>{breaks}</w:r></w:p>"


def table(*rows):
    cells = ["".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def read(body, **options):
    return read_docx(make_docx(body, **options), "a.docx", ReadOptions())


def texts(body):
    return [block.text for block in read(body).blocks]


def test_paragraphs_lines_and_tables_come_in_order():
    body = paragraph("Ana: One", "Bo: Two") + table(("Plant", "2021"), ("North", "12")) + paragraph("Ana: Three")
    assert texts(body) == ["Ana: One", "Bo: Two", "Plant | 2021", "North | 12", "Ana: Three"]


def test_no_other_part_is_needed():
    reading = read(paragraph("Hello."))
    assert (reading.metadata, reading.notes, reading.spoken) == ({}, (), None)


def test_the_main_part_may_have_another_name():
    main = "word/document2.xml"
    assert (
        read(paragraph("Hello."), main=main, parts={"_rels/.rels": RELATIONS.format(main)}).blocks[0].text == "Hello."
    )


def test_core_properties_are_metadata():
    core = (
        '<c:p xmlns:c="urn:c" xmlns:d="urn:d"><d:title>Talk 3</d:title><d:creator>Ana Ruiz</d:creator>'
        "<d:created>2022-05-06T07:08:09Z</d:created></c:p>"
    )
    reading = read(paragraph("Hello."), parts={"docProps/core.xml": core})
    assert reading.metadata == {"title": "Talk 3", "author": "Ana Ruiz", "created": "2022-05-06"}


@pytest.mark.parametrize(
    ("runs", "shown"),
    [
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "new"),
        (
            "<w:moveFrom><w:r><w:t>here</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>there</w:t></w:r></w:moveTo>",
            "there",
        ),
        ("<w:hyperlink><w:r><w:t>the page</w:t></w:r></w:hyperlink>", "the page"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>open</w:t></w:r>", "open"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>open</w:t></w:r>', "open"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t><w:tab/><w:t>way</w:t></w:r>", "well-known\tway"),
        ('<w:r><w:t>before </w:t><w:sym w:font="Wingdings" w:char="F0E0"/><w:t> after</w:t></w:r>', "before → after"),
        ("<w:r><w:instrText>PAGE</w:instrText><w:t>4</w:t></w:r>", "4"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>chosen</w:t></w:r></w:sdtContent></w:sdt>", "chosen"),
        ("<w:r><w:t>a</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:r><w:t>Enter</w:t></w:r></w:sdt>", "a"),
        ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1"),
    ],
)
def test_what_a_paragraph_shows(runs, shown):
    assert texts(f"<w:p>{runs}</w:p>") == [shown]


def test_footnotes_are_left_out_with_a_note():
    reading = read("<w:p><w:r><w:t>Seen</w:t><w:footnoteReference/><w:t>.</w:t></w:r></w:p>")
    assert [block.text for block in reading.blocks] == ["Seen."]
    assert reading.notes == ("Footnotes left out: 1",)


def test_a_text_box_is_read_once_after_its_paragraph():
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    alternate = (
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )
    assert texts(f"<w:p><w:r>{alternate}<w:t>Around.</w:t></w:r></w:p>") == ["Around.", "In the box."]


def test_a_table_of_contents_is_left_out():
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('1 Start 4')}</w:sdtContent></w:sdt>"
    )
    styled = paragraph("2 End 9", style='<w:pPr><w:pStyle w:val="TOC2"/></w:pPr>')
    assert texts(control + styled + paragraph("Start.")) == ["Start."]


def test_a_frame_of_one_column_is_read_as_text():
    inner = table(("Ana", "Shall we begin with your work?"), ("Bo", "Yes."), ("Ana", "What do you do?"))
    framed = f"<w:tbl><w:tr><w:tc>{paragraph('Title')}{inner}</w:tc></w:tr></w:tbl>"
    assert [(block.speaker, block.text) for block in read(framed).blocks][:2] == [
        (None, "Title"),
        ("Ana", "Shall we begin with your work?"),
    ]


def test_deleted_rows_are_left_out():
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('x')}</w:tc><w:tc>{paragraph('y')}</w:tc></w:tr>"
    assert texts(table(("a", "b")).replace("</w:tbl>", f"{gone}</w:tbl>")) == ["a | b"]


def test_rows_of_turns_are_turns():
    rows = [
        ("0:03", "Ana:", "Who asked for it?"),
        ("0:09", "Bo:", "Nobody did, as far as I know."),
        ("0:20", "", "Really."),
    ]
    reading = read(table(("Time", "Speaker", "Text"), *rows))
    assert reading.spoken is True
    assert [(block.speaker, block.start_time, block.continues) for block in reading.blocks] == [
        ("Ana", 3.0, None),
        ("Bo", 9.0, None),
        ("Bo", 20.0, " "),
    ]


def test_times_alone_on_a_line_belong_to_what_follows():
    reading = read(
        paragraph("[00:10]") + paragraph("Ana: One") + paragraph("Bo: Two") + paragraph("00:01:20", "Ana: Three")
    )
    assert [(block.text, block.start_time) for block in reading.blocks] == [
        ("Ana: One", 10.0),
        ("Bo: Two", None),
        ("Ana: Three", 80.0),
    ]


def test_times_without_speech_are_refused():
    body = "".join(paragraph(f"00:0{minute}:00") for minute in range(5)) + paragraph("All that was said.")
    with pytest.raises(InputError, match=r"4 of 5 timecodes have no speech.*\.vtt"):
        read(body)


@pytest.mark.parametrize(
    ("parts", "main", "what"),
    [
        ({"xl/workbook.xml": "<a/>"}, "xl/x.xml", "not a Word document"),
        ({}, "word/document.xml", "holds no text"),
    ],
)
def test_archives_without_text_are_refused(parts, main, what):
    with pytest.raises(InputError, match=what):
        read("", parts=parts, main=main)


def test_entities_are_refused():
    data = make_docx(paragraph("x"), parts={"docProps/core.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"})
    with pytest.raises(InputError, match=r"a\.docx, docProps/core\.xml: the XML declares a DTD"):
        read_docx(data, "a.docx", ReadOptions())
