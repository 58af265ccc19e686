"""A sidecar ``metadata.csv`` -> what is known about each file."""

import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from antinomy.errors import InputError, Problem
from antinomy.ingest.collect import SIDECAR, Found
from antinomy.ingest.decode import decode_text
from antinomy.ingest.header import parse_iso_date
from antinomy.ingest.printed_dates import parse_printed_date
from antinomy.ingest.table_file import find_delimiter

_FILE_COLUMNS = ("file", "filename", "document")


@dataclass(frozen=True, slots=True)
class _Sidecar:
    path: Path
    rows: tuple[tuple[int, dict[str, str]], ...]  # line number, column -> cell
    column: str  # the one that names files


def read_metadata(found: Sequence[Found], sidecar: Path | None = None) -> dict[str, dict[str, str]]:
    """Return document id -> column -> cell, from the sidecar of each folder or the one given.

    Keys are column names in lower case; empty cells have none. A row that also names a ``speaker`` says its
    cells of this speaker only: they go under ``column:speaker``, for example ``role:Ada``.

    Args:
        found: The files that are read.
        sidecar: The file to use; None: ``metadata.csv`` in the folder of each file or one above it.

    Raises:
        InputError: All that is wrong in the sidecars: unknown files, doubled rows, dates not in ISO 8601.
    """
    paths = [sidecar] if sidecar else find_sidecars(found)
    metadata: dict[str, dict[str, str]] = {}
    problems = list[Problem]()
    for path in paths:
        table = _read_sidecar(path)
        for file, cells in _match_rows(table, found, problems):
            # The sidecar of an inner folder comes later and speaks of fewer files, so it has the last word.
            metadata[file.id] = metadata.get(file.id, {}) | cells
    if problems:
        raise InputError.from_problems(problems)
    return metadata


def find_sidecars(found: Sequence[Found]) -> list[Path]:
    """Return the sidecars between each file and the folder that its id counts from, outer ones first."""
    folders = {folder for file in found for folder in file.path.parents[: max(1, file.id.count("/") + 1)]}
    candidates = (folder / SIDECAR for folder in sorted(folders, key=lambda folder: (len(folder.parts), folder)))
    return [path for path in candidates if path.is_file()]


def _read_sidecar(path: Path) -> _Sidecar:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        fix = "Check the path given with --metadata."
        raise InputError(f"the metadata cannot be read ({reason})", where=str(path), fix=fix) from error
    text, _ = decode_text(data, str(path))
    reader = csv.reader(io.StringIO(text), delimiter=find_delimiter(text))
    try:
        lines = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        where = f"{path}, line {reader.line_num}"
        raise InputError(
            f"the table cannot be read: {error}", where=where, fix="Correct the quotation marks."
        ) from error
    header = [cell.strip().lower() for cell in lines[0][1]] if lines else []
    column = next((name for name in _FILE_COLUMNS if name in header), None)
    if column is None:
        columns = ", ".join(header) or "none"
        fix = "Add a column 'file' with the files' names."
        raise InputError(f"no column 'file'; the columns are: {columns}", where=str(path), fix=fix)
    rows = ((line, dict(zip(header, map(str.strip, row), strict=False))) for line, row in lines[1:])
    return _Sidecar(path, tuple(rows), column)


def _match_rows(
    table: _Sidecar, found: Sequence[Found], problems: list[Problem]
) -> Iterator[tuple[Found, dict[str, str]]]:
    """Yield files with the cells about them; add to the problems what does not fit."""
    index = _index_files(found, table.path.parent)
    seen = dict[tuple[str, str], int]()
    for line, cells in table.rows:
        where = f"{table.path}, line {line}"
        named, speaker = cells.get(table.column, "").replace("\\", "/"), cells.get("speaker", "")
        files = index.get(named, [])
        known = bool(files) or (bool(named) and (table.path.parent / named).exists())
        first = seen.setdefault((files[0].id if files else named, speaker), line)
        problems += _check_files(named, files, known, where)
        problems += _check_date(cells.get("date", ""), where)
        if first != line:
            problems.append(
                Problem(f"a second row for '{named}'; the first is in line {first}", where, "Delete one of them.")
            )
        if len(files) == 1:
            given = {key: cell for key, cell in cells.items() if cell and key and key not in (table.column, "speaker")}
            yield files[0], {f"{key}:{speaker}": cell for key, cell in given.items()} if speaker else given


def _index_files(found: Sequence[Found], folder: Path) -> dict[str, list[Found]]:
    """Return what a row may call a file: its path from the table's folder, its id, name or name without ending."""
    index: dict[str, list[Found]] = {}
    for describe in (
        _relative_to(folder),
        lambda file: file.id,
        lambda file: file.path.name,
        lambda file: file.path.stem,
    ):
        level: dict[str, list[Found]] = {}
        for file in found:
            level.setdefault(describe(file), []).append(file)
        index = level | index
    return index


def _relative_to(folder: Path) -> Callable[[Found], str]:
    return lambda file: Path(os.path.relpath(file.path, folder)).as_posix()


def _check_files(named: str, files: list[Found], known: bool, where: str) -> Iterator[Problem]:
    if not known:
        yield Problem(f"there is no file '{named}'", where, "Correct the name, or delete the row.")
    elif len(files) > 1:
        ids = ", ".join(file.id for file in files)
        yield Problem(f"'{named}' may mean {ids}", where, "Write the file's path from the folder of this table.")


def _check_date(day: str, where: str) -> Iterator[Problem]:
    if day and parse_iso_date(day) is None:
        meant = parse_printed_date(day)
        fix = f"Write {meant}." if meant else "Write it as YYYY-MM-DD, YYYY-MM or YYYY."
        yield Problem(f"the date '{day}' is not in the form 2021-03-09", where, fix)
