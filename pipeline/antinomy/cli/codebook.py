"""``antinomy codebook``: show, check or export a coding scheme."""

import csv
import io
import json
from pathlib import Path

import click

from antinomy.codebook import Codebook, load_codebook
from antinomy.codebook.read import default_source


@click.group(name="codebook")
def command() -> None:
    """Show, check or export a coding scheme."""


@command.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def show(file: Path | None) -> None:
    """Print the codes of FILE, or of antinomy's own codebook."""
    codebook = load_codebook(file)
    click.echo(f"{codebook.title}\n{codebook.id} {codebook.version}, sha256 {codebook.sha256}\n\n{codebook.unit}")
    for dimension in codebook.dimensions:
        click.echo(f"\n{dimension.name.upper()} ({dimension.id}): {dimension.definition}")
        for code in codebook.codes_of(dimension.id):
            parent = f" [with {code.parent}]" if code.parent else ""
            poles = f" Poles: {' ↔ '.join(code.poles)}." if code.poles else ""
            click.echo(f"  {code.id}{parent}: {code.definition}{poles}")
    click.echo("\nSTAKEHOLDERS")
    for stakeholder in codebook.stakeholders:
        click.echo(f"  {stakeholder.id}: {stakeholder.definition}")
    click.echo("\nTIME HORIZONS")
    for horizon in codebook.horizons:
        click.echo(f"  {horizon.id}: {horizon.definition}")


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Check a study's own codebook FILE; every error is named with its line."""
    codebook = load_codebook(file)
    click.echo(
        f"{file}: {len(codebook.codes)} codes in {len(codebook.dimensions)} dimensions, sha256 {codebook.sha256}"
    )


@command.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["toml", "json", "csv", "md"]), default="toml", show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="File to write; otherwise printed.")
def export(file: Path | None, form: str, out: Path | None) -> None:
    """Write FILE, or antinomy's own codebook, in another format; toml is the one to edit for a study."""
    codebook = load_codebook(file)
    if form == "toml":
        text = file.read_text("utf-8") if file else default_source()
    elif form == "json":
        text = json.dumps({**codebook.as_dict(), "sha256": codebook.sha256}, indent=2, ensure_ascii=False) + "\n"
    else:
        text = _csv(codebook) if form == "csv" else _markdown(codebook)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"wrote {out}")


def _csv(codebook: Codebook) -> str:
    from antinomy.report.workbook_cells import quote_formula

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["dimension", "code", "name", "parent", "definition", "poles"])
    for code in codebook.codes:
        cells = (code.dimension, code.id, code.name, code.parent or "", code.definition, " ↔ ".join(code.poles))
        writer.writerow(map(quote_formula, cells))
    return buffer.getvalue()


def _markdown(codebook: Codebook) -> str:
    lines = [f"# {codebook.title}", "", f"{codebook.id} {codebook.version}", "", codebook.unit]
    for dimension in codebook.dimensions:
        lines += ["", f"## {dimension.name}", "", dimension.definition, "", "| code | definition |", "|---|---|"]
        lines += [f"| `{code.id}` | {code.definition} |" for code in codebook.codes_of(dimension.id)]
    if codebook.rules:
        lines += ["", "## Boundary rules", "", *(f"- {rule.text}" for rule in codebook.rules)]
    return "\n".join(lines) + "\n"
