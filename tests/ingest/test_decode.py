import pytest

from antinomy.errors import InputError
from antinomy.ingest.decode import decode_text, describe_encoding

SENTENCE = "Die Schicht läuft – „ganz gut“, sagt Frau Größl."


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_encodings_of_western_text_are_recognised(encoding, named):
    assert decode_text(SENTENCE.encode(encoding), "a.txt") == (SENTENCE, named)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Мы работаем на этом заводе десять лет, и линия стоит каждый день."),
        ("cp1250", "Gdzie są części? Zażółć gęślą jaźń, mówi brygadzista z drugiej zmiany."),
        ("shift_jis", "私たちは毎日この工場で働いています。新しい機械は難しいです。"),
    ],
)
def test_other_encodings_are_guessed(encoding, text):
    assert decode_text(text.encode(encoding), "a.txt")[0] == text


def test_newlines_become_line_feeds():
    assert decode_text("a\r\nb\rc\u2028d".encode(), "a.txt")[0] == "a\nb\nc\nd"


def test_a_damaged_byte_in_utf8_does_not_turn_the_file_into_another_encoding():
    data = "“Quotes” – and café, naïve, “more” – “words” ’’’’".encode() + b"\xe9"
    text, encoding = decode_text(data, "a.txt")
    assert text.startswith("“Quotes” – and café")
    assert describe_encoding(text, encoding) == ("1 characters could not be decoded and are shown as \ufffd",)


def test_only_unusual_encodings_are_noted():
    assert describe_encoding("plain", "utf-8") == ()
    assert describe_encoding("plain", "utf-16-le") == ()
    assert "cp1252" in describe_encoding("é", "cp1252")[0]


@pytest.mark.parametrize("data", [b"words\0words", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\x01\x02\x03\x04" * 50])
def test_binary_data_is_refused(data):
    with pytest.raises(InputError, match="binary data"):
        decode_text(data, "a.txt")


def test_a_damaged_utf16_file_is_refused():
    with pytest.raises(InputError, match="does not fit"):
        decode_text(b"\xff\xfea\0b", "a.txt")


def test_a_line_without_end_is_refused_by_its_number():
    with pytest.raises(InputError) as caught:
        decode_text(b"short\n" + b"x" * 50, "a.txt", max_line=40)
    assert caught.value.problems[0].where == "a.txt, line 2"
    assert decode_text(b"short\n" + b"x" * 50, "a.txt", max_line=None)[0].endswith("x")
