"""The folder of a finished run -> the files that a person asked for."""

import importlib
from collections.abc import Sequence
from pathlib import Path

# name -> what writes it; a new format is one line here and one function
EXPORTS = {
    "xlsx": "antinomy.report.workbook:write_workbook",
    "html": "antinomy.report.build:build_report",
    "csv": "antinomy.report.plain_tables:write_csv",
    "jsonl": "antinomy.report.plain_tables:write_jsonl",
}


def write_exports(folder: Path, names: Sequence[str]) -> list[Path]:
    """Write each format once, in the order of ``EXPORTS``; return the files.

    Raises:
        UserError: If the folder holds no finished run or cannot be written.
    """
    written = []
    for name in (name for name in EXPORTS if name in names):
        module, _, function = EXPORTS[name].partition(":")
        written.append(getattr(importlib.import_module(module), function)(folder))
    return written
