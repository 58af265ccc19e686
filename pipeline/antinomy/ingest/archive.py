"""Bytes of a zip-based document -> its members and XML trees, within bounds."""

import io
import re
import struct
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from antinomy.errors import InputError

MAX_TOTAL = 200_000_000
MAX_MEMBER = 100_000_000
MAX_MEMBERS = 10_000
MAX_RATIO = 200
RATIO_APPLIES_FROM = 1_000_000
MAX_FOLDERS = 20
MAX_ELEMENTS = 5_000_000
MAX_DEPTH = 200

_OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_UNSAFE_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0")
# What zipfile raises on damaged archives; RuntimeError covers unknown methods and encryption.
_DAMAGES = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError)
_RESAVE = "Open it in the program that wrote it and save it again"


class SafeArchive:
    """A zip archive whose members have been checked and are read within bounds."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self._name = name
        self._total = 0

    def names(self) -> tuple[str, ...]:
        """Return the members' names in the archive's order."""
        return tuple(self._archive.namelist())

    def read(self, member: str) -> bytes:
        """Return one member's bytes.

        Raises:
            InputError: The member is missing, damaged or larger than it may be.
        """
        try:
            with self._archive.open(member) as stream:
                data = stream.read(MAX_MEMBER + 1)
        except KeyError as error:
            raise _refuse(f"the part {member} is missing", self._name, f"{_RESAVE}.") from error
        except _DAMAGES as error:
            raise _refuse(f"the part {member} is damaged", self._name, f"{_RESAVE}, or fetch it again.") from error
        self._total += len(data)
        if len(data) > MAX_MEMBER or self._total > MAX_TOTAL:
            raise _refuse_bomb(f"the part {member} unpacks to too much data", self._name)
        return data


def open_archive(data: bytes, name: str) -> SafeArchive:
    """Check a zip archive and return it; nothing is ever written to disk.

    Raises:
        InputError: The bytes are no intact, unencrypted zip archive of sensible size.
    """
    if data.startswith(_OLE_MAGIC):
        raise _refuse_ole(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGES as error:
        raise _refuse_broken(data, name) from error
    members = archive.infolist()
    _check_sizes(members, name)
    for member in members:
        if member.flag_bits & 0x1:
            raise _refuse(f"the part {member.filename} is encrypted", name, "Save it without a password.")
        if _UNSAFE_NAME.search(member.filename) or member.filename.count("/") > MAX_FOLDERS:
            raise _refuse(f"the archive holds the unsafe path {member.filename!r}", name, f"{_RESAVE}.")
    if len({member.filename for member in members}) < len(members):
        raise _refuse("the archive holds two parts of the same name", name, f"{_RESAVE}.")
    return SafeArchive(archive, name)


def parse_xml(data: bytes, name: str) -> Element:
    """Return the root of an XML document that has no DTD and no entities of its own.

    Raises:
        InputError: The XML is malformed, declares a DTD or entities, or is too large or too deep.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    parser = DefusedXMLParser(target=_BoundedBuilder(name), forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        fix = f"No word processor writes this; {_RESAVE[0].lower()}{_RESAVE[1:]}."
        raise _refuse("the XML declares a DTD or entities", name, fix) from error
    except (ParseError, LookupError, ValueError) as error:
        raise _refuse(f"the XML is damaged ({error})", name, f"{_RESAVE}, or fetch it again.") from error
    return root


def local_name(element: Element) -> str:
    """Return an element's name without its namespace, which differs between versions of a standard."""
    return element.tag.rpartition("}")[2]


class _BoundedBuilder(TreeBuilder):
    """Stops where a document would exhaust memory or, through recursion, the stack."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._elements = 0
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._elements += 1
        self._depth += 1
        if self._elements > MAX_ELEMENTS or self._depth > MAX_DEPTH:
            raise _refuse_bomb("the XML has too many or too deeply nested elements", self._name)
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def _check_sizes(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise _refuse_bomb(f"the archive holds {len(members):,} parts", name)
    if sum(member.file_size for member in members) > MAX_TOTAL:
        raise _refuse_bomb(f"the archive unpacks to more than {MAX_TOTAL // 1_000_000} MB", name)
    for member in members:
        inflated = member.file_size > MAX_RATIO * member.compress_size
        if member.file_size > MAX_MEMBER or (inflated and member.file_size > RATIO_APPLIES_FROM):
            raise _refuse_bomb(f"the part {member.filename} unpacks to {member.file_size:,} bytes", name)


def _refuse_ole(data: bytes, name: str) -> InputError:
    suffix = "xlsx" if name.lower().endswith((".xls", ".xlsx")) else "docx"
    fix = f"Open it and save it as .{suffix} without a password."
    if _OLE_ENCRYPTED in data:
        return _refuse("the file is password-protected", name, fix)
    return _refuse("the file is password-protected or in an old Office format such as Word's .doc", name, fix)


def _refuse_broken(data: bytes, name: str) -> InputError:
    if not data:
        return _refuse("the file is empty", name, "Fetch it again, or leave it out.")
    suffix = name.rpartition(".")[2]
    if data.startswith(b"PK"):
        return _refuse(f"the file is truncated or damaged: not a complete .{suffix}", name, "Fetch or export it again.")
    return _refuse(f"the file is not a .{suffix}, whatever its name says", name, f"{_RESAVE} as .{suffix}.")


def _refuse_bomb(what: str, name: str) -> InputError:
    return _refuse(what, name, f"That is no ordinary document. If you trust it: {_RESAVE.lower()}, or save it as .txt.")


def _refuse(what: str, name: str, fix: str) -> InputError:
    return InputError(what, where=name, fix=fix)
