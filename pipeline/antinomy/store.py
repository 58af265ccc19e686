"""Records <-> Arrow tables: the columns of a run's parquet files."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from antinomy.codebook import Codebook
from antinomy.records import CodedSentence, Cue, Document

SCHEMA_VERSION = "1"
# Rows gathered before a row group is written: fixed, so that the same rows give the same bytes.
ROW_GROUP = 16_384
# A document's row holds its whole text.
DOCUMENT_GROUP = 32

SENTENCE_COLUMNS: tuple[tuple[str, pa.DataType], ...] = (
    ("document", pa.string()),
    ("turn", pa.int32()),
    ("sentence", pa.int32()),
    ("start", pa.int32()),
    ("end", pa.int32()),
    ("page", pa.int32()),
    ("time", pa.float64()),
    ("speaker", pa.string()),
    ("role", pa.string()),
    ("status", pa.string()),
    ("text", pa.string()),
)

CUE_SCHEMA = pa.schema(
    [
        ("document", pa.string()),
        ("sentence", pa.int32()),
        ("kind", pa.string()),
        ("code", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("rule", pa.string()),
        ("text", pa.string()),
        ("duration", pa.string()),
        ("resolved", pa.string()),
        ("negated", pa.bool_()),
        ("hypothetical", pa.bool_()),
        ("holder", pa.string()),
        ("holder_start", pa.int32()),
        ("holder_end", pa.int32()),
    ],
    metadata={"antinomy.schema": SCHEMA_VERSION},
)

DOCUMENT_SCHEMA = pa.schema(
    [
        ("document", pa.string()),
        ("path", pa.string()),
        ("format", pa.string()),
        ("sha256", pa.string()),
        ("language", pa.string()),
        ("characters", pa.int64()),
        ("turns", pa.int64()),
        ("text", pa.string()),
        ("metadata", pa.string()),
        ("notes", pa.list_(pa.string())),
    ],
    metadata={"antinomy.schema": SCHEMA_VERSION},
)


def sentence_schema(codebook: Codebook, provenance: dict[str, str]) -> pa.Schema:
    """Return the columns of ``sentences.parquet``: a list per dimension, a probability per code.

    Args:
        codebook: Decides the columns and their order.
        provenance: Hashes of model and codebook, kept in the file itself.
    """
    columns = [pa.field(name, kind) for name, kind in SENTENCE_COLUMNS]
    columns += [pa.field(dimension.id, pa.list_(pa.string())) for dimension in codebook.dimensions]
    columns += [pa.field(f"p_{code}", pa.float32()) for code in codebook.code_ids]
    tags = {f"antinomy.{key}": value for key, value in {"schema": SCHEMA_VERSION, **provenance}.items()}
    return pa.schema(columns, metadata=tags)


def sentence_table(coded: Sequence[CodedSentence], codebook: Codebook, schema: pa.Schema) -> pa.Table:
    """Return one row per sentence; codes and probabilities of an uncoded one are empty and null."""
    columns: dict[str, list[object]] = {name: [] for name in schema.names}
    members = {dimension.id: [c.id for c in codebook.codes_of(dimension.id)] for dimension in codebook.dimensions}
    for item in coded:
        sentence, prediction = item.sentence, item.prediction
        for name, _ in SENTENCE_COLUMNS:
            columns[name].append(getattr(sentence, "index" if name == "sentence" else name))
        codes = frozenset(prediction.codes) if prediction else frozenset()
        for dimension, ids in members.items():
            columns[dimension].append([code for code in ids if code in codes])
        for code in codebook.code_ids:
            columns[f"p_{code}"].append(prediction.probabilities.get(code) if prediction else None)
    return pa.table(columns, schema=schema)


def cue_table(cues: Iterable[Cue]) -> pa.Table:
    """Return one row per cue."""
    rows = [{field.name: getattr(cue, field.name) for field in fields(Cue)} for cue in cues]
    return pa.Table.from_pylist(rows, schema=CUE_SCHEMA)


def document_table(documents: Sequence[Document]) -> pa.Table:
    """Return one row per document, with its frozen text: offsets can be checked against it."""
    rows = []
    for document in documents:
        row = {name: value for name, value in asdict(document).items() if name in DOCUMENT_SCHEMA.names}
        row |= {
            "document": document.id,
            "characters": len(document.text),
            "turns": len(document.turns),
            "metadata": json.dumps(dict(document.metadata), ensure_ascii=False, sort_keys=True),
            "notes": list(document.notes),
        }
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=DOCUMENT_SCHEMA)


def write_table(table: pa.Table, path: Path) -> None:
    """Write one small table."""
    pq.write_table(table, path, compression="zstd")


def concat_tables(parts: Iterable[Path], target: Path, schema: pa.Schema, *, rows_per_group: int = ROW_GROUP) -> int:
    """Lay parquet files one after the other into ``target``; return the number of rows.

    Row groups are cut at fixed counts, so the bytes depend on the rows alone; at no time is more
    than one row group and one part's row group in memory.
    """
    total = 0
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        waiting: list[pa.Table] = []
        rows = 0
        for part in parts:
            file = pq.ParquetFile(part)
            for group in range(file.num_row_groups):
                table = file.read_row_group(group).cast(schema)
                while table.num_rows:
                    piece = table.slice(0, rows_per_group - rows)
                    waiting.append(piece)
                    rows += piece.num_rows
                    total += piece.num_rows
                    table = table.slice(piece.num_rows)
                    if rows == rows_per_group:
                        _write_group(writer, waiting)
                        waiting, rows = [], 0
            file.close()
        if waiting:
            _write_group(writer, waiting)
    return total


def _write_group(writer: pq.ParquetWriter, tables: list[pa.Table]) -> None:
    # one chunk per column: how the rows were cut before must not show in the pages
    table = pa.concat_tables(tables).combine_chunks()
    writer.write_table(table, row_group_size=table.num_rows)
