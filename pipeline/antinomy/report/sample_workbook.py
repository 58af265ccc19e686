"""Sentences that were drawn -> a workbook to code them in, which every command of antinomy reads back."""

from collections.abc import Sequence
from pathlib import Path

from antinomy.agreement.codings import CodedUnit
from antinomy.report.saving import save_through
from antinomy.report.workbook_cells import Column, Sheet, add_styles


def write_sample(units: Sequence[CodedUnit], path: Path) -> Path:
    """Write a row per sentence with an empty column ``codes``; what the model thinks of it is not shown.

    Raises:
        OutputError: If the file cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    add_styles(workbook)
    heads = (Column("id", 8), Column("document", 24), Column("context before", 30, wraps=True))
    texts = (Column("text", 60, wraps=True), Column("context after", 30, wraps=True))
    sheet = Sheet(workbook, "To code", (*heads, *texts, Column("coder", 12), Column("codes", 30, wraps=True)))
    for unit in units:
        sheet.append([unit.id, unit.document, unit.before, unit.text, unit.after, "person", None])
    sheet.finish()
    return save_through(path, workbook.save)
