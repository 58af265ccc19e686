"""Paths, folders and globs as a person gives them -> the files to read, each with its id."""

import glob
import hashlib
import os
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from antinomy.errors import Problem, escape_unprintable
from antinomy.ingest.formats import READERS, REMEDIES

SIDECAR = "metadata.csv"
# a README speaks about the files beside it
_SKIPPED_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx", "readme.md", "readme.txt"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read and its id, unique within the run: a printable path with forward slashes."""

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
    runs: list[Path] = field(default_factory=list)

    def add(self, path: Path, root: Path) -> None:
        self.files.setdefault(os.path.realpath(path), (path, root))


def collect_files(paths: str | Path | Sequence[str | Path], *, skip: Collection[Path] = ()) -> Collected:
    """Return the files behind paths, folders (with all that is in them) and globs.

    A file met twice is taken once. Hidden files, lock files, sidecars (``metadata.csv``), the run folders of
    earlier labellings and, inside folders, files of no readable kind and links that lead out of the folder are
    left out. Ids count from the folder
    given, or are file names; where two would be equal, as many folders are put before both as it
    takes.

    Args:
        paths: Files, folders, or globs (or one of them), such as ``interviews/**/*.docx``.
        skip: Files that are no input, such as a sidecar of another name.
    """
    search = _Search({}, [], Counter())
    for given in [paths] if isinstance(paths, str | Path) else paths:
        _search_path(given, search)
    skipped = {os.path.realpath(path) for path in skip}
    files = [pair for real, pair in search.files.items() if real not in skipped]
    return Collected(tuple(_name_files(files)), tuple(search.problems), tuple(_take_notes(files, search)))


def _search_path(given: str | Path, search: _Search) -> None:
    path = Path(given)
    if path.is_dir() and _is_run(path):
        fix = "Name the folder of the texts; `antinomy report` writes the tables of a run again."
        search.problems.append(Problem("the folder holds the results of a run, not texts", str(given), fix))
    elif path.is_dir():
        _search_folder(path, search)
    elif path.is_file():
        search.add(path, path.parent)
    elif glob.has_magic(str(given)):
        matches = [Path(match) for match in sorted(glob.glob(str(given), recursive=True))]
        files = [match for match in matches if match.is_file() and not _is_aside(match.name)]
        runs = {folder for folder in {match.parent for match in files} if _is_run(folder)}
        search.runs += sorted(runs)
        texts = [match for match in files if match.parent not in runs]
        for match in texts:
            search.add(match, match.parent)
        if not texts:
            what = "nothing but the results of a run matches" if runs else "no file matches"
            fix = "Check the pattern; ** stands for any folders, * for any name."
            search.problems.append(Problem(what, str(given), fix))
    else:
        search.problems.append(Problem("there is no such file or folder", str(given), "Check the path."))


def _search_folder(root: Path, search: _Search) -> None:
    def report(error: OSError) -> None:
        what = f"the folder cannot be read ({error.strerror})"
        search.problems.append(Problem(what, str(error.filename), "Check its permissions."))

    home = Path(os.path.realpath(root))
    for folder, folders, names in os.walk(root, onerror=report):
        inner = sorted(name for name in folders if not _is_aside(name))
        runs = [name for name in inner if _is_run(Path(folder, name))]
        search.runs += (Path(folder, name) for name in runs)
        folders[:] = [name for name in inner if name not in runs]
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


def _is_run(folder: Path) -> bool:
    """Whether a labelling writes, or wrote, into the folder: what it holds are results and no inputs."""
    return (folder / ".parts").is_dir() or all((folder / name).is_file() for name in ("run.json", "sentences.parquet"))


def _name_files(files: list[tuple[Path, Path]]) -> Iterator[Found]:
    full = [Path(os.path.realpath(root), path.relative_to(root)).parts for path, root in files]
    lengths = [len(path.relative_to(root).parts) for path, root in files]
    ids = [_join_tail(parts, length) for parts, length in zip(full, lengths, strict=True)]
    whole = [_join_tail(parts, len(parts)) for parts in full]
    while shared := _find_shared(ids, whole):
        lengths = [length + (name in shared) for name, length in zip(ids, lengths, strict=True)]
        ids = [_join_tail(parts, length) for parts, length in zip(full, lengths, strict=True)]
    taken = set[str]()
    for (path, _), name in zip(files, ids, strict=True):
        # names in one folder that differ only in how they are encoded
        numbered = (f"{name} ({number})" for number in count(2))
        unique = next(candidate for candidate in chain([name], numbered) if candidate not in taken)
        taken.add(unique)
        yield Found(path, unique)


def _find_shared(ids: list[str], whole: list[str]) -> set[str]:
    """Return the ids that files share whose whole paths differ."""
    counts = Counter(name for name, _ in set(zip(ids, whole, strict=True)))
    return {name for name, number in counts.items() if number > 1}


def _join_tail(parts: Sequence[str], length: int) -> str:
    return escape_unprintable(unicodedata.normalize("NFC", "/".join(parts[-length:])))


def _take_notes(files: list[tuple[Path, Path]], search: _Search) -> Iterator[str]:
    if search.unread:
        kinds = ", ".join(f"{number} {suffix}" for suffix, number in sorted(search.unread.items()))
        yield f"Files of a kind that is not read were left out: {escape_unprintable(kinds)}"
    if search.linked:
        yield f"Links that lead out of the folder were not followed: {search.linked}"
    if search.runs:
        yield f"Run folders, which hold results, were left out: {_join_paths(search.runs)}"
    for same in _find_copies(path for path, _ in files):
        yield f"Files with the same content: {_join_paths(same)}"


def _join_paths(paths: Iterable[Path]) -> str:
    return escape_unprintable(", ".join(map(str, paths)))


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
