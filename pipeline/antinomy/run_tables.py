"""A run's folder -> its documents, sentences and cues as records, read in batches."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antinomy.codebook import Code, Codebook, Dimension, Horizon, Rule, Stakeholder
from antinomy.errors import InputError, Problem
from antinomy.records import CodedSentence, Cue, Prediction, Sentence

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

FILES = ("run.json", "codebook.json", "documents.parquet", "sentences.parquet", "cues.parquet")
BATCH_ROWS = 8192
SENTENCE_COLUMNS = ("document", "turn", "sentence", "start", "end", "speaker", "role", "status", "text")
CUE_COLUMNS = ("document", "sentence", "kind", "code", "start", "end", "rule", "text")
CUE_EXTRAS = ("duration", "resolved", "negated", "hypothetical", "holder", "holder_start", "holder_end")
DOCUMENT_COLUMNS = ("document",)
DOCUMENT_EXTRAS = ("path", "format", "sha256", "language", "characters", "turns", "metadata", "notes")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """What a run says about one document, without its text."""

    id: str
    path: str = ""
    format: str = ""
    sha256: str = ""
    language: str = ""
    characters: int = 0
    turns: int = 0
    metadata: Mapping[str, str]
    notes: tuple[str, ...] = ()

    @property
    def organisation(self) -> str | None:
        """Name of the organisation, where the metadata give one."""
        return self.metadata.get("organisation") or self.metadata.get("organization") or None


@dataclass(frozen=True, slots=True)
class RunTables:
    """A run as far as it fits in memory; sentences and cues are iterated.

    Attributes:
        folder: Where the run lies.
        run: Content of ``run.json``.
        codebook: The codebook that the run was coded with.
        documents: One row per document, in the run's order.
    """

    folder: Path
    run: Mapping[str, Any]
    codebook: Codebook
    documents: tuple[DocumentRow, ...]


def load_run(folder: Path) -> RunTables:
    """Open the folder of a run.

    Raises:
        InputError: With every file that is missing, or the one that cannot be understood.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        fix = "Name the folder of a finished run, or run `antinomy label` again."
        raise InputError.from_problems([Problem("the file is missing", str(folder / name), fix) for name in missing])
    codebook = _build_codebook(folder / "codebook.json")
    documents = tuple(
        DocumentRow(
            id=row["document"],
            **{key: row[key] for key in DOCUMENT_EXTRAS[:-2] if row[key] is not None},
            metadata=_parse_metadata(row["metadata"]),
            notes=tuple(row["notes"] or ()),
        )
        for row in _iterate_rows(folder / "documents.parquet", DOCUMENT_COLUMNS, DOCUMENT_EXTRAS)
    )
    return RunTables(folder, _read_json(folder / "run.json"), codebook, documents)


def iterate_sentences(tables: RunTables, *, probabilities: bool = True) -> Iterator[CodedSentence]:
    """Yield the sentences in the file's order, without cues; 8,192 of them are in memory at a time.

    Raises:
        InputError: If a column is missing or a code is not in the codebook.
    """
    path = tables.folder / "sentences.parquet"
    dimensions = tuple(dimension.id for dimension in tables.codebook.dimensions)
    columns = {f"p_{code}": code for code in tables.codebook.code_ids} if probabilities else {}
    order = {code: place for place, code in enumerate(tables.codebook.code_ids)}
    for row in _iterate_rows(path, SENTENCE_COLUMNS + dimensions, ("page", "time", *columns)):
        sentence = Sentence(
            index=row["sentence"],
            page=row["page"],
            time=row["time"] if row["time"] is not None and isfinite(row["time"]) else None,
            **{key: row[key] for key in SENTENCE_COLUMNS if key != "sentence"},
        )
        if sentence.status != "coded":
            yield CodedSentence(sentence, None, ())
            continue
        codes = [code for dimension in dimensions for code in row[dimension] or ()]
        if unknown := [code for code in codes if code not in order]:
            fix = "The run's files do not belong together; run `antinomy label` again."
            raise InputError(f"code {unknown[0]!r} is not in codebook.json", where=str(path), fix=fix)
        known = {code: row[name] for name, code in columns.items() if row[name] is not None and isfinite(row[name])}
        yield CodedSentence(sentence, Prediction(known, tuple(sorted(codes, key=order.__getitem__))), ())


def iterate_cues(tables: RunTables) -> Iterator[Cue]:
    """Yield the cues in the file's order; 8,192 of them are in memory at a time."""
    for row in _iterate_rows(tables.folder / "cues.parquet", CUE_COLUMNS, CUE_EXTRAS):
        row["negated"], row["hypothetical"] = bool(row["negated"]), bool(row["hypothetical"])
        yield Cue(**row)


def _iterate_rows(path: Path, need: tuple[str, ...], may: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield rows with all of ``need`` and ``may``; what the file lacks of ``may`` is None."""
    import pyarrow

    file = _open_parquet(path)
    there = set(file.schema_arrow.names)
    if lacking := [column for column in need if column not in there]:
        fix = "The file was written by another version or another program; run `antinomy label` again."
        raise InputError(f"the column {lacking[0]!r} is missing", where=str(path), fix=fix)
    absent = dict.fromkeys(column for column in may if column not in there)
    try:
        for batch in file.iter_batches(BATCH_ROWS, columns=[column for column in need + may if column in there]):
            for row in batch.to_pylist():
                yield row | absent if absent else row
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError("the file is damaged", where=str(path), fix="Run `antinomy label` again.") from error
    finally:
        file.close()


def _open_parquet(path: Path) -> "ParquetFile":
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        fix = "Run `antinomy label` again."
        raise InputError("not a readable Parquet file", where=str(path), fix=fix) from error


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError("not readable as JSON", where=str(path), fix="Run `antinomy label` again.") from error
    if not isinstance(data, dict):
        raise InputError("not a JSON object", where=str(path), fix="Run `antinomy label` again.")
    return data


def _parse_metadata(text: str | None) -> dict[str, str]:
    """Parse a document's metadata; what is no JSON object says nothing about the document."""
    try:
        data = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(key): str(value) for key, value in data.items() if value not in (None, "")}


def _build_codebook(path: Path) -> Codebook:
    data = _read_json(path)
    try:
        return Codebook(
            id=data["id"],
            version=data["version"],
            title=data["title"],
            unit=data["unit"],
            dimensions=tuple(Dimension(**row) for row in data["dimensions"]),
            codes=tuple(Code(**_with_tuples(row)) for row in data["codes"]),
            stakeholders=tuple(Stakeholder(**_with_tuples(row)) for row in data["stakeholders"]),
            horizons=tuple(Horizon(**row) for row in data["horizons"]),
            rules=tuple(Rule(**_with_tuples(row)) for row in data.get("rules", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        fix = "Run `antinomy label` again."
        raise InputError(f"not a codebook ({error})", where=str(path), fix=fix) from error


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
