"""The data of ``drift.json`` -> a table of what happened to every code of every unit, as CSV and Parquet."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from antinomy.codebook import Codebook
from antinomy.drift.assess import find_spell
from antinomy.report.drift_words import STATES, describe_row, find_tier
from antinomy.report.saving import save_file
from antinomy.report.workbook_cells import quote_formula

CSV, PARQUET = "signals.csv", "signals.parquet"


def list_signals(data: Mapping[str, Any], codebook: Codebook) -> list[dict[str, Any]]:
    """Return a row per unit and code, alarms first: what changed, since when and until when, how sure that is."""
    names = {unit["name"]: [period["name"] for period in unit["periods"]] for unit in data["units"]}
    order = list(STATES)
    rows = []
    for row in sorted(data["rows"], key=lambda row: (order.index(row["state"]), row["q"])):
        change = row["change"] or {"before": None, "after": None}
        since, until = find_spell(row) if row["evidence"] else (None, None)
        rows.append(
            {
                "unit": row["unit"],
                "code": row["code"],
                "state": row["state"],
                "tier": find_tier(row) if row["evidence"] else "descriptive",
                "since": None if since is None else names[row["unit"]][since],
                "until": None if until is None else names[row["unit"]][until - 1],
                "before": change["before"],
                "after": change["after"],
                "p": row["p"],
                "q": row["q"],
                "instrument": " ".join(row["lamp"]),
                "in_words": describe_row(row, names[row["unit"]], codebook),
            }
        )
    return rows


def write_signals(rows: list[dict[str, Any]], folder: Path) -> None:
    """Write both tables; what a spreadsheet would take for a formula is text in the CSV.

    Raises:
        OutputError: If one of them cannot be written.
    """
    import pyarrow
    from pyarrow import parquet

    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(rows[0])
    writer.writerows([quote_formula(cell) if isinstance(cell, str) else cell for cell in row.values()] for row in rows)
    save_file(folder / CSV, text.getvalue().encode("utf-8-sig", "replace"))
    kinds = {"before": pyarrow.float64(), "after": pyarrow.float64(), "p": pyarrow.float64(), "q": pyarrow.float64()}
    schema = pyarrow.schema([(name, kinds.get(name, pyarrow.string())) for name in rows[0]])
    buffer = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), buffer)
    save_file(folder / PARQUET, buffer.getvalue().to_pybytes())
