"""A file of any known format -> a Document."""

import hashlib
import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from antinomy.errors import InputError, UserError, escape_unprintable
from antinomy.ingest.assemble import build_document
from antinomy.ingest.blocks import Reading, ReadOptions
from antinomy.ingest.formats import READERS, REMEDIES, SELF_EVIDENT
from antinomy.ingest.sniff import sniff_suffix
from antinomy.records import Document

MAX_BYTES = 100_000_000

Reader = Callable[[bytes, str, ReadOptions], Reading]


def read_document(
    path: Path, *, id: str, options: ReadOptions | None = None, metadata: Mapping[str, str] | None = None
) -> Document:
    """Read one file of any known format.

    A file whose content is of another format than its name says is read as what it is, with a note.

    Args:
        path: The file.
        id: Name of the document within the run.
        options: What a person said about columns and interviewers.
        metadata: What the sidecar says of this file; it overrules what the file says of itself.

    Raises:
        InputError: The file cannot be read, is too large, of no known format, damaged, or holds no text.
    """
    name = escape_unprintable(str(path))
    data = read_bytes(path)
    try:
        suffix, notes = _choose_suffix(data, path)
        reading = load_reader(suffix)(data, name, options or ReadOptions())
        return build_document(
            replace(reading, notes=(*notes, *reading.notes)),
            id=id,
            path=name,
            format=READERS[suffix][0],
            sha256=hashlib.sha256(data).hexdigest(),
            interviewers=options.interviewers if options else (),
            sidecar=metadata or {},
        )
    except UserError:
        raise
    # Whatever a parsing library raises on a damaged file must not stop the other files.
    except Exception as error:
        raise InputError(
            f"the file cannot be read; it is damaged or of an unusual kind ({type(error).__name__}: {error})",
            where=name,
            fix="Open it in the program that wrote it and save it again, or save its text as .txt.",
        ) from error


def load_reader(suffix: str) -> Reader:
    """Return the reader for a suffix of ``READERS``."""
    module, _, function = READERS[suffix][1].partition(":")
    reader: Reader = getattr(importlib.import_module(f"antinomy.ingest.{module}"), function)
    return reader


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises:
        InputError: The file cannot be read, is empty or too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        fix = "Check the path and the permissions."
        raise InputError(f"the file cannot be read ({error.strerror})", where=str(path), fix=fix) from error
    if len(data) > MAX_BYTES:
        fix = "Split it, or leave out pictures and recordings."
        raise InputError(f"the file has more than {MAX_BYTES // 1_000_000} MB", where=str(path), fix=fix)
    if not data.strip():
        raise InputError("the file is empty", where=str(path), fix="Fetch it again, or leave it out.")
    return data


def _choose_suffix(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return the suffix to read the file by, and a note if that is not its own."""
    own = path.suffix.lower()
    try:
        shown = sniff_suffix(data, str(path))
    except InputError:
        if own not in REMEDIES:
            raise
        shown = None  # what to do about such a file is known better
    if own in READERS:
        format_name = READERS[own][0]
        if shown is None and format_name in SELF_EVIDENT:
            shown = ".txt"
        if shown is None or READERS[shown][1] == READERS[own][1]:
            return own, ()
        return shown, (f"The file's name says {format_name}, but it was read as what it is: {READERS[shown][0]}",)
    if shown:
        return shown, (f"The file was read as what it is: {READERS[shown][0]}",)
    if not own:
        return ".txt", ("The file's name has no ending; it was read as text",)
    raise InputError(
        f"files ending in {own} are not read",
        where=str(path),
        fix=REMEDIES.get(own, f"Save it in one of these formats: {', '.join(READERS)}."),
    )
