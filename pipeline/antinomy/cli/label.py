"""``antinomy label``: files, folders and globs -> a run folder."""

import sys
from pathlib import Path

import click

from antinomy.batch.progress import Progress
from antinomy.batch.run_folder import prepare_folder, run_labelling
from antinomy.flow import Labeller, LabelSettings
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.collect import collect_files
from antinomy.ingest.metadata import read_metadata
from antinomy.report.exports import EXPORTS, write_exports


@click.command(name="label")
@click.argument("paths", nargs=-1, required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Run folder; start again to go on.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(list(EXPORTS)),
    default=("xlsx", "html"),
    show_default=True,
    help="What to write besides the parquet files; may be given several times.",
)
@click.option(
    "--interviewer", "interviewers", multiple=True, help="Name of an interviewer; may be given several times."
)
@click.option("--text-column", help="Column with the words, in tables.")
@click.option("--speaker-column", help="Column with the speaker, in tables.")
@click.option("--metadata", type=click.Path(path_type=Path), help="Table: file, date, organisation, unit, role, …")
@click.option("--codebook", type=click.Path(path_type=Path), help="The study's own codebook.")
@click.option("--model", help="Model folder or name; default: the one that comes with antinomy.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
def command(
    paths: tuple[str, ...],
    out: Path,
    formats: tuple[str, ...],
    interviewers: tuple[str, ...],
    text_column: str | None,
    speaker_column: str | None,
    metadata: Path | None,
    codebook: Path | None,
    model: str | None,
    quiet: bool,
) -> None:
    """Code the sentences of transcripts and documents (PATHS: files, folders, globs) into a run folder.

    Exit code 0: all files labelled; 1: some failed; 2: nothing could be labelled.
    """
    read = ReadOptions(text_column=text_column, speaker_column=speaker_column, interviewers=interviewers)
    settings = LabelSettings(codebook=codebook, model=model, read=read, metadata=metadata)
    collected = collect_files(paths, skip=[metadata] if metadata else [])
    described = read_metadata(collected.found, metadata)
    prepare_folder(out)
    for problem in collected.problems:
        click.echo(f"not labelled: {problem}", err=True)
    if not collected.found:
        click.echo("error: no file to label", err=True)
        sys.exit(2)
    labeller = Labeller(settings)
    sizes = [file.path.stat().st_size if file.path.is_file() else 0 for file in collected.found]
    with Progress(len(sizes), sum(sizes), quiet=quiet) as progress:
        result = run_labelling(
            collected.found,
            described,
            out,
            labeller=labeller,
            problems=collected.problems,
            notes=collected.notes,
            progress=progress,
        )
    written = write_exports(out, formats)
    if not quiet:
        counts = result.counts
        click.echo(
            f"{counts['documents']} documents, {counts['sentences']:,} sentences, {counts['with_code']:,} with a code; "
            f"{len(result.failures)} problems"
        )
        for path in written:
            click.echo(f"  {path}")
    if result.failures:
        sys.exit(1 if result.labelled else 2)
