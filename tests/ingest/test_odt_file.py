import io
import zipfile

import pytest

from antinomy.errors import InputError
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.odt_file import read_odt

SPACES = " ".join(f'xmlns:{prefix}="urn:{prefix}"' for prefix in ("office", "text", "table", "draw", "dc", "meta"))


def make_odt(body, parts=None):
    styles = "<office:automatic-styles><n:date xmlns:n='urn:n'><n:text>/</n:text></n:date></office:automatic-styles>"
    root = f"<office:document-content {SPACES}>{styles}<office:body><office:text>{body}</office:text></office:body>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{root}</office:document-content>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def read(body, parts=None):
    return read_odt(make_odt(body, parts), "a.odt", ReadOptions())


def texts(body):
    return [block.text for block in read(body).blocks]


def table(*rows):
    cells = ["".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row) for row in rows]
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells) + "</table:table>"


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("Ana:<text:tab/>One", ["Ana:\tOne"]),
        ('a<text:s text:c="3"/>b<text:s/>c', ["a   b c"]),
        ('a<text:s text:c="999999999"/>b', ["a" + " " * 100 + "b"]),
        ("Ana: One<text:line-break/>Bo: Two", ["Ana: One", "Bo: Two"]),
        ("wrapped\n     in the file", ["wrapped in the file"]),
        ("a <text:span>b <text:a>c</text:a></text:span> d", ["a b c d"]),
        ("said<office:annotation><text:p>really?</text:p></office:annotation>.", ["said."]),
        ("box:<draw:frame><draw:text-box><text:p>inside</text:p></draw:text-box></draw:frame>", ["box:", "inside"]),
    ],
)
def test_what_a_paragraph_shows(inside, shown):
    assert texts(f"<text:p>{inside}</text:p>") == shown


def test_headings_lists_sections_and_tables_come_in_order():
    body = (
        "<text:h>Title</text:h><text:section><text:p>Text.</text:p></text:section>"
        "<text:list><text:list-item><text:p>Item.</text:p></text:list-item></text:list>" + table(("a", "1"), ("b", "2"))
    )
    assert texts(body) == ["Title", "Text.", "Item.", "a | 1", "b | 2"]


def test_deleted_text_and_indexes_are_left_out():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:table-of-content><text:index-body><text:p>Start 4</text:p>"
        "</text:index-body></text:table-of-content><text:p>kept</text:p>"
    )
    assert texts(body) == ["kept"]


def test_footnotes_are_left_out_with_a_note():
    note = (
        '<text:note text:note-class="footnote"><text:note-body><text:p>See there.</text:p></text:note-body></text:note>'
    )
    reading = read(f"<text:p>Seen{note}.</text:p>")
    assert [block.text for block in reading.blocks] == ["Seen."]
    assert reading.notes == ("Footnotes left out: 1",)


def test_rows_of_turns_are_turns():
    rows = [
        ("Ana", "Who asked for this in the plant?"),
        ("Bo", "Nobody did, I think."),
        ("Ana", "Why is it here then?"),
    ]
    assert [block.speaker for block in read(table(*rows)).blocks] == ["Ana", "Bo", "Ana"]


def test_a_teams_transcript_is_recognised():
    body = "".join(
        f'<text:p>{name}<text:s text:c="3"/>0:0{second}<text:line-break/>Said at {second}.</text:p>'
        for second, name in enumerate(["Ana", "Bo", "Ana"])
    )
    assert [(block.speaker, block.start_time) for block in read(body).blocks] == [
        ("Ana", 0.0),
        ("Bo", 1.0),
        ("Ana", 2.0),
    ]


def test_properties_are_metadata():
    meta = (
        f"<office:document-meta {SPACES}><office:meta><dc:title>Talk 3</dc:title>"
        "<meta:initial-creator>Ana</meta:initial-creator><meta:creation-date>2022-05-06T07:08:09</meta:creation-date></office:meta></office:document-meta>"
    )
    assert read("<text:p>x</text:p>", {"meta.xml": meta}).metadata == {
        "title": "Talk 3",
        "author": "Ana",
        "created": "2022-05-06",
    }


def test_an_encrypted_file_is_refused_with_the_remedy():
    manifest = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(InputError, match=r"password-protected.*remove the password"):
        read("<text:p>x</text:p>", {"META-INF/manifest.xml": manifest})


def test_an_empty_file_is_refused():
    with pytest.raises(InputError, match="holds no text"):
        read("<text:p/>")


def test_another_open_document_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(
            "content.xml", "<o:document-content xmlns:o='urn:o'><o:body><o:spreadsheet/></o:body></o:document-content>"
        )
    with pytest.raises(InputError, match="no OpenDocument text"):
        read_odt(buffer.getvalue(), "a.odt", ReadOptions())
