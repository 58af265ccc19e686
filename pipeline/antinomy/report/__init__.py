"""The folder of a finished run -> a page to look at and a workbook to work with."""

from antinomy.report.build import build_report
from antinomy.report.workbook import write_workbook
from antinomy.run_tables import RunTables, load_run

__all__ = ["RunTables", "build_report", "load_run", "write_workbook"]
