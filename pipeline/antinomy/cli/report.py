"""``antinomy report``: a run folder -> its report and workbook, written anew."""

from pathlib import Path

import click

from antinomy.report.exports import write_exports


@click.command(name="report")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write report.html and codings.xlsx of the run in FOLDER again."""
    for path in write_exports(folder, ("xlsx", "html")):
        click.echo(path)
