import io
import struct
import zipfile

import pytest

from antinomy.errors import InputError
from antinomy.ingest import archive as limits
from antinomy.ingest.archive import local_name, open_archive, parse_xml


def make_zip(members, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def test_members_are_listed_and_read():
    archive = open_archive(make_zip([("a.xml", "<a/>"), ("b/c.xml", "<c/>")]), "f.docx")
    assert archive.names() == ("a.xml", "b/c.xml")
    assert archive.read("b/c.xml") == b"<c/>"


def test_a_missing_part_is_named():
    with pytest.raises(InputError, match=r"f\.docx: the part x\.xml is missing"):
        open_archive(make_zip([("a.xml", "")]), "f.docx").read("x.xml")


@pytest.mark.parametrize(
    "member", ["../a.xml", "/a.xml", "C:/a.xml", "a/../../b.xml", "..\\a.xml", "d/" * 30 + "a.xml"]
)
def test_unsafe_paths_are_refused(member):
    with pytest.raises(InputError, match="unsafe path"):
        open_archive(make_zip([(member, "x")]), "f.docx")


def test_a_part_that_inflates_a_thousandfold_is_refused():
    with pytest.raises(InputError, match=r"unpacks to 5,000,000 bytes"):
        open_archive(make_zip([("a.xml", b"0" * 5_000_000)]), "f.docx")


def test_small_repetitive_parts_are_no_bomb():
    assert len(open_archive(make_zip([("a.xml", b"0" * 900_000)]), "f.docx").read("a.xml")) == 900_000


def test_declared_sizes_are_summed(monkeypatch):
    monkeypatch.setattr(limits, "MAX_TOTAL", 1_000)
    with pytest.raises(InputError, match="unpacks to more than"):
        open_archive(make_zip([("a", "x" * 600), ("b", "y" * 600)], zipfile.ZIP_STORED), "f.docx")


def test_sizes_are_counted_while_reading(monkeypatch):
    archive = open_archive(make_zip([("a", "x" * 600)]), "f.docx")
    monkeypatch.setattr(limits, "MAX_MEMBER", 100)
    with pytest.raises(InputError, match="too much data"):
        archive.read("a")


def test_a_part_larger_than_it_declares_is_refused():
    data = bytearray(make_zip([("a.xml", b"ab" * 1_000)]))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = struct.pack("<I", 10)
    with pytest.raises(InputError, match="damaged"):
        open_archive(bytes(data), "f.docx").read("a.xml")


def test_too_many_parts_are_refused():
    with pytest.raises(InputError, match="10,001 parts"):
        open_archive(make_zip([(f"{number}", "") for number in range(10_001)], zipfile.ZIP_STORED), "f.docx")


def test_two_parts_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = make_zip([("a.xml", "one"), ("a.xml", "two")])
    with pytest.raises(InputError, match="two parts of the same name"):
        open_archive(data, "f.docx")


def test_encrypted_parts_are_refused_with_the_remedy():
    data = bytearray(make_zip([("a.xml", "<a/>")]))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match=r"encrypted.*without a password"):
        open_archive(bytes(data), "f.docx")


def test_a_truncated_file_says_so():
    data = make_zip([("a.xml", "<a>" + "b" * 1000 + "</a>")], zipfile.ZIP_STORED)
    with pytest.raises(InputError, match=r"truncated or damaged"):
        open_archive(data[:500], "f.docx")


def test_a_damaged_part_says_so():
    data = bytearray(make_zip([("a.xml", "abcdefgh")], zipfile.ZIP_STORED))
    data[data.index(b"abcdefgh")] = ord("X")
    with pytest.raises(InputError, match=r"a\.xml is damaged"):
        open_archive(bytes(data), "f.docx").read("a.xml")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b"Ana: Hello", "is not a .docx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 100, "password-protected or in an old Office format"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            r"is password-protected\. Open it and save it as \.docx without a password",
        ),
    ],
)
def test_other_files_are_refused_with_the_reason(data, what):
    with pytest.raises(InputError, match=what):
        open_archive(data, "f.docx")


def test_xml_is_parsed():
    root = parse_xml(b"<w:a xmlns:w='urn:x'><w:b/></w:a>", "f.xml")
    assert [local_name(element) for element in root.iter()] == ["a", "b"]


@pytest.mark.parametrize(
    "declaration",
    [
        b"<!DOCTYPE a>",
        b"<!DOCTYPE a SYSTEM 'http://localhost/x.dtd'>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>",
    ],
)
def test_declarations_in_xml_are_refused(declaration):
    with pytest.raises(InputError, match="DTD or entities"):
        parse_xml(declaration + b"<a/>", "f.docx, word/document.xml")


@pytest.mark.parametrize(
    "data", [b"", b"<a>", b"<a></b>", b"<a>&b;</a>", b"<?xml version='1.0' encoding='x-none'?><a/>"]
)
def test_damaged_xml_is_refused(data):
    with pytest.raises(InputError, match="XML is damaged"):
        parse_xml(data, "f.xml")


def test_deep_xml_is_refused():
    with pytest.raises(InputError, match="deeply nested"):
        parse_xml(b"<a>" * 5_000 + b"</a>" * 5_000, "f.xml")


def test_endless_xml_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ELEMENTS", 100)
    with pytest.raises(InputError, match="too many"):
        parse_xml(b"<a>" + b"<b/>" * 200 + b"</a>", "f.xml")
