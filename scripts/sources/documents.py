"""``documents.toml`` -> what to read, from where and how."""

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from antinomy.errors import InputError
from sources.formats import FORMATS

DOCUMENTS = Path(__file__).with_name("documents.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """One file of a public repository, or a part of it.

    Attributes:
        source: Folder of the text.
        name: File name of the text, without suffix.
        repository: ``owner/name``.
        commit: The version, 40 hexadecimal digits.
        path: Path in the repository.
        format: Key of ``FORMATS``.
        words: No more than so many words are taken.
        date: When it was said, as far as that is known: ``2017``, ``2017-12``, ``2017-12-08``.
        start: The words begin behind the first place with this string.
        stop: And end before the next one with this.
    """

    source: str
    name: str
    repository: str
    commit: str
    path: str
    format: str
    words: int
    date: str | None = None
    start: str | None = None
    stop: str | None = None

    @property
    def file(self) -> str:
        """Where a gold set expects the text."""
        return f"newtext/{self.source}/{self.name}.txt"


def read_documents(path: Path = DOCUMENTS) -> list[SourceDocument]:
    """Read the list; a document has what its source says, or its own.

    Raises:
        InputError: If the list cannot be read or an entry does not fit.
    """
    try:
        entries = [
            {"source": source, **{key: value for key, value in common.items() if key != "documents"}, **entry}
            for source, common in tomllib.loads(path.read_text("utf-8")).items()
            for entry in common["documents"]
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("the list of documents cannot be read", where=str(path), fix="See its first lines.") from error
    return [_read_entry(entry, str(path)) for entry in entries]


def _read_entry(entry: dict[str, Any], where: str) -> SourceDocument:
    where = f"{where}, {entry.get('source')}, {entry.get('name')}"
    known = {field.name for field in fields(SourceDocument)}
    texts = [value for key, value in entry.items() if key != "words"]
    need = known - {"date", "start", "stop"}
    if not need <= set(entry) <= known or not all(isinstance(value, str) for value in texts):
        raise InputError("the entry does not fit", where=where, fix=f"It needs {', '.join(sorted(need))}.")
    if type(entry["words"]) is not int or entry["words"] < 1:
        raise InputError("words is not a number", where=where, fix="Say how many words are taken at most.")
    if not re.fullmatch("[0-9a-f]{40}", entry["commit"]):
        raise InputError(f"{entry['commit']!r} is no commit", where=where, fix="Give all 40 hexadecimal digits.")
    if not entry["path"].isprintable():
        raise InputError("its path is not printable", where=where, fix="Give the path in the repository.")
    if not re.fullmatch(r"[\w-][\w.-]*/[\w-][\w.-]*", entry["repository"], re.ASCII):
        raise InputError(f"{entry['repository']!r} is no repository", where=where, fix="Give owner/name.")
    if entry["format"] not in FORMATS:
        raise InputError(f"unknown format {entry['format']!r}", where=where, fix=f"Known are {', '.join(FORMATS)}.")
    return SourceDocument(**entry)
