"""The sentences of a run -> codings.csv (for spreadsheets and R) or codings.jsonl (for programs)."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from antinomy.report.saving import save_through
from antinomy.report.workbook_cells import quote_formula
from antinomy.run_tables import load_run


def write_csv(folder: Path) -> Path:
    """Write all sentences with their codes joined by ``;``, UTF-8 with BOM so that spreadsheets read it.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """

    def save(unfinished: Path) -> None:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            writer: csv.DictWriter[str] | None = None
            for row in _iterate_rows(folder):
                if writer is None:
                    writer = csv.DictWriter(file, list(row))
                    writer.writeheader()
                writer.writerow({key: _flatten(value) for key, value in row.items()})

    return save_through(folder / "codings.csv", save)


def write_jsonl(folder: Path) -> Path:
    """Write one JSON object per sentence; codes are lists, missing values null."""

    def save(unfinished: Path) -> None:
        with unfinished.open("w", encoding="utf-8") as file:
            for row in _iterate_rows(folder):
                file.write(json.dumps(row, ensure_ascii=False) + "\n")

    return save_through(folder / "codings.jsonl", save)


def _iterate_rows(folder: Path) -> Iterator[dict[str, Any]]:
    load_run(folder)  # says what is missing before anything is written
    for batch in pq.ParquetFile(folder / "sentences.parquet").iter_batches():
        for row in batch.to_pylist():
            yield {key: round(value, 4) if isinstance(value, float) else value for key, value in row.items()}


def _flatten(value: object) -> object:
    if isinstance(value, list):
        return ";".join(map(str, value))
    return quote_formula(value) if isinstance(value, str) else value
