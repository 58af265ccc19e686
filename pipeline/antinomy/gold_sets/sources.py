"""Paths as a person gives them -> gold sets, whatever form they have."""

from collections.abc import Sequence
from pathlib import Path

from antinomy.codebook import Codebook
from antinomy.gold import GoldSet, find_gold, read_gold
from antinomy.gold_sets.assemble import assemble_gold
from antinomy.gold_sets.findings import Findings
from antinomy.gold_sets.sheets import READERS as TABLES
from antinomy.gold_sets.sheets import read_sheets
from antinomy.gold_sets.splits import divide_gold
from antinomy.gold_sets.tables import Table, read_tables

# The folder of one gold set, or the tables that make up one.
Source = tuple[Path, ...]


def find_gold_sets(paths: Sequence[Path]) -> list[Source]:
    """Return the gold sets behind paths: folders, folders of several, tables; all tables together are one set.

    Raises:
        GoldError: If there is none behind a path.
    """
    given = list(dict.fromkeys(paths))
    tables = tuple(path for path in given if is_table(path))
    folders = dict.fromkeys(folder for path in given if path not in tables for folder in find_gold(path))
    return [*((folder,) for folder in folders), *([tables] if tables else [])]


def open_gold_set(source: Source, codebook: Codebook, *, sources: Path | None = None, divided: bool = False) -> GoldSet:
    """Open one gold set.

    Args:
        source: One of those that ``find_gold_sets`` returns.
        codebook: The coding scheme that its codes must belong to.
        sources: Folder with local copies of documents that a gold folder only refers to.
        divided: Divide tables that name no split into train, calibration and test; otherwise all of them is test.

    Raises:
        GoldError: With every problem of the set.
        InputError: If a table cannot be read at all.
    """
    if not is_table(source[0]):
        return read_gold(source[0], codebook, sources=sources)
    tables, findings = open_tables(source, codebook)
    gold, has_splits = assemble_gold(source, tables, codebook, findings)
    return divide_gold(gold) if divided and not has_splits else gold


def is_table(path: Path) -> bool:
    """Whether a path is a person's own table, and no folder."""
    return path.suffix.lower() in TABLES and not path.is_dir()


def open_tables(paths: Sequence[Path], codebook: Codebook) -> tuple[list[Table], Findings]:
    """Read tables, and what is wrong or worth knowing so far.

    Raises:
        InputError: If a table cannot be read at all.
    """
    findings = Findings()
    sheets = [sheet for path in paths for sheet in read_sheets(path, findings)]
    return read_tables(sheets, codebook, findings), findings
