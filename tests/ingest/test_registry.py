import io
import zipfile

import openpyxl
import pytest

from antinomy.errors import InputError
from antinomy.ingest import formats, registry
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.registry import load_reader, read_document
from antinomy.ingest.sniff import sniff_suffix

TALK = (
    "Interview 3\nDate: 9 March 2021\n\n"
    "I: Why did you stop?\n\nAda: Nobody asked us.\n\nI: And then?\n\nAda: We went on.\n"
)


def _read(tmp_path, name, content, **options):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_document(path, id=name, **options)


def _zip(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_a_transcript_becomes_turns_with_roles(tmp_path):
    document = _read(tmp_path, "a.txt", TALK)
    assert document.text.startswith("Interview 3\n\nDate: 9 March 2021\n\nI: Why did you stop?\n\nAda: Nobody")
    assert [(turn.speaker, turn.role, document.text[turn.start : turn.end]) for turn in document.turns][2:4] == [
        ("I", "interviewer", "Why did you stop?"),
        ("Ada", "respondent", "Nobody asked us."),
    ]
    assert [turn.role for turn in document.turns[:2]] == ["document", "document"]
    assert document.metadata == {"date": "2021-03-09"}
    assert (document.format, document.language, document.id) == ("text", "en", "a.txt")
    assert len(document.sha256) == 64
    assert any("before the first speaker" in note and note.endswith("2") for note in document.notes)


def test_a_report_has_no_speakers(tmp_path):
    document = _read(
        tmp_path, "a.txt", "Background: the hall is old.\n\nWe stopped the line.\n\nPublished: 3 May 2020\n"
    )
    assert {(turn.role, turn.speaker) for turn in document.turns} == {("document", None)}
    assert document.metadata == {"date": "2020-05-03"}


def test_the_sidecar_overrules_the_file_and_names_interviewers(tmp_path):
    talk = "Ada: Nobody asked us.\n\nBen: Why?\n\nAda: We went on.\n\nBen: So.\n"
    document = _read(tmp_path, "a.txt", talk, metadata={"date": "2020", "interviewer": "Ada Moss; Zoe"})
    assert document.metadata["date"] == "2020"
    assert {turn.speaker for turn in document.turns if turn.role == "interviewer"} == {"Ada"}
    document = _read(tmp_path, "a.txt", talk, metadata={"role:Ben": "Interviewer"})
    assert {turn.speaker for turn in document.turns if turn.role == "interviewer"} == {"Ben"}


def test_options_overrule_the_sidecar(tmp_path):
    options = ReadOptions(interviewers=("Ada",))
    document = _read(tmp_path, "a.txt", TALK, options=options, metadata={"interviewer": "I"})
    assert {turn.speaker for turn in document.turns if turn.role == "interviewer"} == {"Ada"}


def test_foreign_turns_are_marked_and_noted(tmp_path):
    german = "Wir haben das in der Halle immer schon so gemacht, und keiner hat uns jemals nach der Presse gefragt."
    english = "We have always done it like this in the hall and nobody has ever asked us about the old press."
    document = _read(tmp_path, "a.txt", f"I: Why?\n\nAda: {english}\n\nI: And?\n\nAda: {german}\n\nAda: {english}\n")
    assert [turn.language for turn in document.turns] == ["en", "en", "en", "de", "en"]
    assert "1 in 'de'" in document.notes[-1]
    english_says_the_person = _read(tmp_path, "a.txt", f"{german}\n", metadata={"language": "en"})
    assert {turn.language for turn in english_says_the_person.turns} == {"en"}


@pytest.mark.parametrize(
    ("name", "content", "format_name"),
    [
        ("a.txt", "<!-- x -->\n<!DOCTYPE html><html><body><p>We stop the line.</p></body></html>", "html"),
        ("a.txt", "\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\nWe stop.\n", "vtt"),
        ("a.vtt", "1\r\n00:00:01,000 --> 00:00:02,000\r\nWe stop.\r\n", "srt"),
        ("a.txt", '[{"speaker": "Ada", "text": "We stop."}]', "json"),
        ("a.doc", "{\\rtf1\\ansi We stop the line.}", "rtf"),
        ("a.docx", "We stop the line.", "text"),
        ("a.pdf", "We stop the line.", "text"),
        ("transcript", "We stop the line.", "text"),
    ],
)
def test_a_mislabelled_file_is_read_as_what_it_is(tmp_path, name, content, format_name):
    document = _read(tmp_path, name, content)
    assert document.format == format_name
    assert "We stop" in document.text
    assert "read as" in document.notes[0]


def test_a_mislabelled_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["speaker", "text"])
    book.active.append(["Ada", "We stop."])
    stream = io.BytesIO()
    book.save(stream)
    assert _read(tmp_path, "a.docx", stream.getvalue()).format == "xlsx"


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "save it as .docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "without a password"),
        ("a.pages", b"words", "Pages"),
        ("a.pages", _zip(readme="x"), "Pages"),
        ("a.mp3", b"ID3", "transcribed first"),
        ("a.xls", b"words", ".xlsx"),
        ("a.foo", b"words", ".docx, .odt"),
        ("a.txt", _zip(readme="x"), "Unpack it"),
        ("a.docx", b"PK\x03\x04broken", "export it again"),
        ("a.txt", b" \n\t\n", "leave it out"),
        ("a.txt", b"Transcribed by https://otter.ai\n", "text in it"),
        ("a.txt", b"bin\0ary", "export it as"),
    ],
)
def test_what_is_not_read_gets_a_remedy(tmp_path, name, content, part):
    with pytest.raises(InputError) as caught:
        _read(tmp_path, name, content)
    assert part in caught.value.problems[0].fix
    assert caught.value.problems[0].where.startswith(str(tmp_path / name))


def test_a_comment_maze_takes_no_time(tmp_path):
    assert _read(tmp_path, "a.txt", "<!---->" * 5_000 + " words").format == "text"


def test_missing_files_folders_and_large_files_are_refused(tmp_path, monkeypatch):
    for path in (tmp_path / "gone.txt", tmp_path):
        with pytest.raises(InputError, match="cannot be read"):
            read_document(path, id="x")
    monkeypatch.setattr(registry, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="more than"):
        _read(tmp_path, "a.txt", "more than ten bytes")


def test_whatever_a_reader_raises_becomes_an_error_about_the_file(tmp_path, monkeypatch):
    def fail(data, name, options):
        raise ZeroDivisionError("deep inside")

    monkeypatch.setattr(registry, "load_reader", lambda suffix: fail)
    with pytest.raises(InputError, match="deep inside") as caught:
        _read(tmp_path, "a.txt", "words")
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


@pytest.mark.parametrize("suffix", sorted(formats.READERS))
def test_every_reader_exists(suffix):
    assert callable(load_reader(suffix))


def test_paragraphs_that_are_lines_are_joined(tmp_path):
    lines = ["The council noted that the hall had been", "standing empty for most of the past year."] * 15
    document = _read(tmp_path, "a.txt", "\n\n".join(lines))
    assert len(document.turns) == 15


def test_the_main_part_of_a_word_file_may_be_numbered():
    data = _zip(**{"word/document2.xml": "<document/>", "word/documentary.xml": "<x/>"})
    assert sniff_suffix(data, "a.docx") == ".docx"
    with pytest.raises(InputError, match="no Word"):
        sniff_suffix(_zip(**{"word/documentary.xml": "<x/>"}), "a.docx")
