"""A run folder or a gold folder -> a ``datasets.Dataset``."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from antinomy.codebook import load_codebook
from antinomy.errors import InputError, MissingExtraError
from antinomy.gold_sets import find_gold_sets, open_gold_set

if TYPE_CHECKING:
    from datasets import Dataset


def open_run(folder: str | Path) -> "Dataset":
    """Open the sentences of a run: one row per sentence; no copy is left on disk.

    Raises:
        InputError: If the folder holds no finished run.
        MissingExtraError: If the extra ``train`` is not installed.
    """
    path = Path(folder) / "sentences.parquet"
    if not path.is_file():
        raise InputError("no finished run here", where=str(folder), fix="Run antinomy label with --out first.")
    datasets = _datasets()
    return datasets.Dataset(datasets.table.InMemoryTable(pq.read_table(path)))


def open_gold(
    folder: str | Path, *, sources: str | Path | None = None, codebook: str | Path | None = None
) -> "Dataset":
    """Open gold sets: one row per unit and coder, with the text rebuilt from the documents.

    Args:
        folder: A gold set, a folder of several, or a table with your own codes.
        sources: Local copies of documents that a set only refers to.
        codebook: The study's own codebook.

    Raises:
        GoldError: If a set is incoherent or a document is missing.
        MissingExtraError: If the extra ``train`` is not installed.
    """
    book = load_codebook(codebook)
    rows: list[dict[str, Any]] = []
    for source in find_gold_sets([Path(folder)]):
        gold = open_gold_set(source, book, sources=Path(sources) if sources else None)
        for _, text, units in gold.by_document():
            for unit in units:
                for coder, codes in unit.codings.items():
                    row: dict[str, Any] = {
                        "gold": gold.id,
                        "document": unit.document,
                        "id": unit.id,
                        "split": unit.split,
                        "coder": coder,
                    }
                    row |= {"start": unit.start, "end": unit.end, "text": text[unit.start : unit.end]}
                    for dimension in book.dimensions:
                        row[dimension.id] = [code.id for code in book.codes_of(dimension.id) if code.id in codes]
                    rows.append(row)
    return _datasets().Dataset.from_list(rows)


def _datasets() -> Any:  # noqa: ANN401 - a module
    try:
        import datasets
    except ModuleNotFoundError as error:
        raise MissingExtraError("opening a Dataset", "train", "datasets") from error
    return datasets
