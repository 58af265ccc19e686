"""A gold folder -> units of text with the codes that each coder gave them.

A gold set is a folder that holds codes, never copied text::

    set.json      id, codebook version, where the documents lie, the adjudicating coder, in one sentence
                  who wrote and who coded the texts (the model card prints it), and where coders took turns,
                  how the ids of those in one role begin (``roles``, beginning -> role)
    documents.csv document, file, sha256 (and, for text of others: repository, commit, path, licence)
    units.csv     id, document, start, end, sha256 of the words, sample
    codings.csv   id, coder, dimension, code; ``none`` for a unit that a coder read and left uncoded
    splits.csv    document, split (train, calibration, test, unused)

Offsets are code points, half-open, over the document's file read as UTF-8. A set made of a person's own
tables (``antinomy.gold_sets``) has no files: it holds the text itself, already cut into sentences.
"""

import csv
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from antinomy.codebook import Codebook
from antinomy.errors import GoldError, Problem
from antinomy.records import Document, Sentence

NONE = "none"
COLUMNS = {
    "documents.csv": ("document", "file", "sha256"),
    "units.csv": ("id", "document", "start", "end", "sha256", "sample"),
    "codings.csv": ("id", "coder", "code"),
    "splits.csv": ("document", "split"),
}
SPLITS = ("train", "calibration", "test", "unused")


@dataclass(frozen=True, slots=True)
class Unit:
    """One coded stretch of text.

    Attributes:
        codings: Coder -> the codes given, in the order of the passes.
        read_in: Name of the text that it is read in, where that is not the whole document.
    """

    id: str
    document: str
    start: int
    end: int
    sha256: str
    sample: str
    split: str
    codings: dict[str, frozenset[str]]
    read_in: str | None = None


@dataclass(frozen=True, slots=True)
class GoldSet:
    """All units of one gold set, with the files of its documents or with their text.

    Attributes:
        folder: Where it lies; for tables the first of them.
        files: Document -> its file.
        units: In the order of the set.
        texts: Document, or ``Unit.read_in`` -> text and sentences, in a set that holds its own text.
        metadata: Document -> what the tables say of it, in such a set.
        notes: What a person should know about how the set was read.
        roles: How ids of coders begin -> the role that they took turns in.
    """

    id: str
    folder: Path
    adjudicator: str | None
    about: str
    files: dict[str, Path]
    units: tuple[Unit, ...]
    texts: Mapping[str, tuple[Document, list[Sentence]]] = field(default_factory=dict)
    metadata: Mapping[str, dict[str, str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)

    def by_document(self) -> Iterator[tuple[str, str, list[Unit]]]:
        """Yield the key of a document in ``files`` or ``texts``, its text and its units in order of ``start``.

        Raises:
            GoldError: If a text is not the one that was coded.
        """
        grouped: dict[str, list[Unit]] = {}
        for unit in self.units:
            grouped.setdefault(unit.read_in or unit.document, []).append(unit)
        for name, units in grouped.items():
            if name in self.texts:
                text = self.texts[name][0].text
            else:
                text = self.files[name].read_bytes().decode("utf-8")
            for unit in units:
                words = text[unit.start : unit.end]
                if hashlib.sha256(words.encode()).hexdigest() != unit.sha256:
                    raise GoldError(
                        f"unit {unit.id} is not the text that was coded",
                        where=str(self.files.get(name, self.folder)),
                        fix="Use the version of the document that documents.csv names.",
                    )
            yield name, text, sorted(units, key=lambda unit: unit.start)


def read_gold(folder: Path, codebook: Codebook, *, sources: Path | None = None) -> GoldSet:
    """Read one gold folder.

    Args:
        folder: The gold set.
        codebook: The coding scheme that its codes must belong to.
        sources: Folder with local copies of documents that the set only refers to.

    Raises:
        GoldError: With every problem of the set.
    """
    head = _read_head(folder / "set.json")
    splits = {row["document"]: row["split"] for row in _rows(folder / "splits.csv")}
    problems = [
        Problem(f"unknown split {split!r}", f"{folder / 'splits.csv'}, {document}", f"Known are: {', '.join(SPLITS)}.")
        for document, split in splits.items()
        if split not in SPLITS
    ]
    files = _find_files(folder, head, sources, problems)
    codings = _read_codings(folder / "codings.csv", codebook, problems)
    units: list[Unit] = []
    seen: set[str] = set()
    for row in _rows(folder / "units.csv"):
        where = f"{folder / 'units.csv'}, unit {row['id']}"
        offsets = (row["start"], row["end"])
        problem = check_coders(codings.get(row["id"], {}), head.get("adjudicator"))
        if row["id"] in seen:
            problems.append(Problem("the id is there twice", where, "Give every unit an id of its own."))
        elif not all(offset.isdecimal() for offset in offsets) or int(offsets[0]) >= int(offsets[1]):
            problems.append(Problem(f"start and end are {offsets[0]!r} and {offsets[1]!r}", where, "Give offsets."))
        elif row["document"] not in files:
            problems.append(Problem(f"unknown document {row['document']!r}", where, "Add it to documents.csv."))
        elif row["document"] not in splits:
            problems.append(Problem(f"{row['document']!r} has no split", where, "Add it to splits.csv."))
        elif problem:
            problems.append(Problem(problem, where, f"Add codings, or {NONE!r} for a unit without code."))
        else:
            units.append(
                Unit(
                    id=row["id"],
                    document=row["document"],
                    start=int(row["start"]),
                    end=int(row["end"]),
                    sha256=row["sha256"],
                    sample=row["sample"],
                    split=splits[row["document"]],
                    codings=codings[row["id"]],
                )
            )
        seen.add(row["id"])
    if problems:
        raise GoldError.from_problems(problems)
    return GoldSet(
        head["id"],
        folder,
        head.get("adjudicator"),
        head.get("about", ""),
        files,
        tuple(units),
        roles=head.get("roles", {}),
    )


def find_gold(folder: Path) -> list[Path]:
    """Return the gold sets in a folder: itself, or its subfolders that hold a ``set.json``.

    Raises:
        GoldError: If there is none.
    """
    found = [folder] if (folder / "set.json").is_file() else sorted(path.parent for path in folder.glob("*/set.json"))
    if not found:
        raise GoldError(
            "no gold set here",
            where=str(folder),
            fix="Name a folder with set.json, its parent, or a table (.xlsx, .csv, .tsv, .jsonl).",
        )
    return found


def _read_head(path: Path) -> dict[str, Any]:
    try:
        head = json.loads(path.read_text("utf-8"))
        missing = [key for key in ("id", "documents") if not isinstance(head.get(key), str)]
    except (OSError, ValueError, AttributeError) as error:
        raise GoldError("set.json cannot be read", where=str(path), fix="See data/gold/README.md.") from error
    if missing:
        raise GoldError(f"set.json lacks {', '.join(missing)}", where=str(path), fix="See data/gold/README.md.")
    return dict(head)


def check_coders(codings: Mapping[str, Collection[str]], adjudicator: str | None) -> str | None:
    """Say what is missing: independent coders, or the adjudicator where the set has one."""
    if not set(codings) - {adjudicator}:
        return "nobody coded it"
    return f"{adjudicator!r} did not decide on it" if adjudicator and adjudicator not in codings else None


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table of the set, with all columns that the set needs."""
    need = COLUMNS[path.name]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in need if name not in (reader.fieldnames or ())]
            if missing:
                raise GoldError(
                    f"lacks the column {', '.join(missing)}", where=str(path), fix="See data/gold/README.md."
                )
            for row in reader:
                yield {name: row[name] or "" for name in need}
    except FileNotFoundError as error:
        raise GoldError(f"{path.name} is missing", where=str(path.parent), fix="See data/gold/README.md.") from error
    except UnicodeDecodeError as error:
        raise GoldError("the table is not UTF-8", where=str(path), fix="Save it as UTF-8.") from error


def _find_files(folder: Path, head: dict[str, Any], sources: Path | None, problems: list[Problem]) -> dict[str, Path]:
    root = folder if head["documents"] == "here" else sources
    if root is None:
        # said once, not of every unit
        fix = "Say where the local copies are: --sources FOLDER."
        raise GoldError("its documents are not part of this repository", where=str(folder), fix=fix)
    files: dict[str, Path] = {}
    for row in _rows(folder / "documents.csv"):
        path = root / row["file"]
        if not path.is_file():
            problems.append(Problem("document not found", str(path), "Fetch it: documents.csv says from where."))
        elif hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
            problems.append(Problem("document was altered", str(path), "Fetch the version in documents.csv."))
        else:
            files[row["document"]] = path
    return files


def _read_codings(path: Path, codebook: Codebook, problems: list[Problem]) -> dict[str, dict[str, frozenset[str]]]:
    sets: dict[str, dict[str, set[str]]] = {}
    for number, row in enumerate(_rows(path), start=2):
        codes = sets.setdefault(row["id"], {}).setdefault(row["coder"], set())
        if row["code"] == NONE:
            continue
        if row["code"] not in codebook.by_id:
            problems.append(Problem(f"unknown code {row['code']!r}", f"{path}:{number}", "Use ids of the codebook."))
        else:
            codes.add(row["code"])
    return {
        unit: {coder: frozenset(codebook.close_upwards(codes)) for coder, codes in coders.items()}
        for unit, coders in sets.items()
    }
