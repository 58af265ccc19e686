"""Paths, folders and globs as a person gives them -> the files to read, each with its id."""

import glob
import hashlib
import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from antinomy.errors import Problem
from antinomy.ingest.formats import READERS, REMEDIES

SIDECAR = "metadata.csv"
# a README speaks about the files beside it
_SKIPPED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "readme.md", "readme.txt"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read and its id, unique within the run: a path with forward slashes."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class Collected:
    """What the paths came to: files in order, paths that lead nowhere, what a person should know."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Search:
    """Files met so far, with the folder that their ids count from."""

    files: dict[str, tuple[Path, Path]]
    problems: list[Problem]
    unread: Counter[str]
    linked: int = 0

    def add(self, path: Path, root: Path) -> None:
        self.files.setdefault(os.path.realpath(path), (path, root))


def collect_files(paths: Sequence[str | Path], *, skip: Collection[Path] = ()) -> Collected:
    """Return the files behind paths, folders (with all that is in them) and globs.

    A file met twice is taken once. Hidden files, lock files, sidecars (``metadata.csv``) and, inside folders,
    files of no readable kind and links that lead out of the folder are left out. Ids count from the folder
    given, or are file names; where two would be equal, as many folders are put before both as it takes.

    Args:
        paths: Files, folders, or globs such as ``interviews/**/*.docx``.
        skip: Files that are no input, such as a sidecar of another name.
    """
    search = _Search({}, [], Counter())
    for given in paths:
        _search_path(given, search)
    skipped = {os.path.realpath(path) for path in skip}
    files = [pair for real, pair in search.files.items() if real not in skipped]
    return Collected(tuple(_name_files(files)), tuple(search.problems), tuple(_take_notes(files, search)))


def _search_path(given: str | Path, search: _Search) -> None:
    path = Path(given)
    if path.is_dir():
        _search_folder(path, search)
    elif path.is_file():
        search.add(path, path.parent)
    elif glob.has_magic(str(given)):
        matches = [Path(match) for match in sorted(glob.glob(str(given), recursive=True))]
        files = [match for match in matches if match.is_file() and not _is_aside(match.name)]
        for match in files:
            search.add(match, match.parent)
        if not files:
            fix = "Check the pattern; ** stands for any folders, * for any name."
            search.problems.append(Problem("no file matches", str(given), fix))
    else:
        search.problems.append(Problem("there is no such file or folder", str(given), "Check the path."))


def _search_folder(root: Path, search: _Search) -> None:
    def report(error: OSError) -> None:
        what = f"the folder cannot be read ({error.strerror})"
        search.problems.append(Problem(what, str(error.filename), "Check its permissions."))

    home = Path(os.path.realpath(root))
    for folder, folders, names in os.walk(root, onerror=report):
        folders[:] = sorted(name for name in folders if not _is_aside(name))
        for name in sorted(names):
            path = Path(folder, name)
            if _is_aside(name) or not path.is_file():
                continue
            if not Path(os.path.realpath(path)).is_relative_to(home):
                search.linked += 1
            elif path.suffix.lower() in READERS or path.suffix.lower() in REMEDIES:
                search.add(path, root)
            else:
                search.unread[path.suffix.lower() or "no ending"] += 1


def _is_aside(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _SKIPPED_NAMES or name.lower() == SIDECAR


def _name_files(files: list[tuple[Path, Path]]) -> Iterator[Found]:
    full = [Path(os.path.realpath(root), path.relative_to(root)).parts for path, root in files]
    lengths = [len(path.relative_to(root).parts) for path, root in files]
    ids = [_join_tail(parts, length) for parts, length in zip(full, lengths, strict=True)]
    while len(set(ids)) < len(ids) and max(lengths) < max(map(len, full)):
        counts = Counter(ids)
        lengths = [length + (counts[name] > 1) for name, length in zip(ids, lengths, strict=True)]
        ids = [_join_tail(parts, length) for parts, length in zip(full, lengths, strict=True)]
    for (path, _), name in zip(files, ids, strict=True):
        yield Found(path, name)


def _join_tail(parts: Sequence[str], length: int) -> str:
    return unicodedata.normalize("NFC", "/".join(parts[-length:]))


def _take_notes(files: list[tuple[Path, Path]], search: _Search) -> Iterator[str]:
    if search.unread:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(search.unread.items()))
        yield f"Files of a kind that is not read were left out: {kinds}"
    if search.linked:
        yield f"Links that lead out of the folder were not followed: {search.linked}"
    for same in _find_copies(path for path, _ in files):
        yield f"Files with the same content: {', '.join(map(str, same))}"


def _find_copies(paths: Iterable[Path]) -> list[list[Path]]:
    """Return groups of files with equal bytes; only files of equal size are opened."""
    sizes: dict[int, list[Path]] = defaultdict(list)
    for path in paths:
        try:
            sizes[path.stat().st_size].append(path)
        except OSError:  # reading the file will say so
            continue
    copies: dict[str, list[Path]] = defaultdict(list)
    for size, same in sizes.items():
        for path in same if size and len(same) > 1 else []:
            try:
                with path.open("rb") as file:
                    copies[hashlib.file_digest(file, "sha256").hexdigest()].append(path)
            except OSError:
                continue
    return [same for same in copies.values() if len(same) > 1]
