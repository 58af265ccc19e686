"""Gold sets -> the files they refer to, put into a folder and checked by hash."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from antinomy.errors import InputError, OutputError, Problem

COLUMNS = ("file", "repository", "commit", "path", "sha256")


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A text that a gold set was coded on, with where it comes from."""

    file: str
    repository: str
    commit: str
    path: str
    sha256: str


def read_gold_files(gold: Path) -> list[GoldFile]:
    """Return every file that a ``real_*/documents.csv`` in ``gold`` names, once.

    Raises:
        InputError: If there is no such table, or one cannot be read.
    """
    found: dict[GoldFile, None] = {}
    tables = sorted(gold.glob("real_*/documents.csv"))
    if not tables:
        raise InputError("no gold set of real text here", where=str(gold), fix="Name the folder with real_*.")
    for table in tables:
        try:
            with table.open(encoding="utf-8", newline="") as lines:
                rows = [[row[column] or "" for column in COLUMNS] for row in csv.DictReader(lines)]
        except (OSError, ValueError, LookupError, csv.Error) as error:
            fix = f"It needs the columns {', '.join(COLUMNS)}."
            raise InputError("the table cannot be read", where=str(table), fix=fix) from error
        found |= {GoldFile(*row): None for row in rows}
    return list(found)


def place_file(gold_file: GoldFile, out: Path, prepared: Path | None) -> Problem | None:
    """Make sure that a file is in ``out``, copied from ``prepared`` if need be; else say what to fetch.

    Raises:
        OutputError: If it would lie outside of ``out`` or cannot be written.
    """
    path = find_inside(out, gold_file.file)
    if _fits(path, gold_file):
        return None
    if prepared and _fits(prepared / gold_file.file, gold_file):
        write_inside(out, gold_file.file, (prepared / gold_file.file).read_bytes())
        return None
    what = "it is not the text that was coded" if path.exists() else "it is missing"
    fix = f"Fetch {gold_file.repository} at {gold_file.commit}: {gold_file.path}"
    return Problem(what, gold_file.file, fix)


def write_inside(root: Path, name: str, content: bytes) -> None:
    """Write a file into ``root``.

    Raises:
        OutputError: If it would lie elsewhere or cannot be written.
    """
    path = find_inside(root, name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise OutputError("it cannot be written", where=str(path), fix="Choose another folder.") from error


def find_inside(root: Path, name: str) -> Path:
    """Return the path of ``name`` in ``root``.

    Raises:
        OutputError: If it would lie elsewhere, by its name or by a link.
    """
    path = root / name
    # asked first: what is not printable may be no path at all
    inside = name.isprintable() and ".." not in path.parts and path.resolve().is_relative_to(root.resolve())
    if not inside:
        raise OutputError("it would not lie in the folder", where=str(path), fix="Give a path within it.")
    return path


def _fits(path: Path, gold_file: GoldFile) -> bool:
    """Say whether a file is there and is the text that was coded."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == gold_file.sha256
    except OSError:
        return False
