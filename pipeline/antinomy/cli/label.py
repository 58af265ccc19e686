"""``antinomy label``: files, folders and globs -> a run folder."""

import sys
from dataclasses import asdict
from pathlib import Path

import click

from antinomy.accept_flow import Accepted, accept_run, read_scores
from antinomy.batch.progress import Progress
from antinomy.batch.run_folder import RunResult, hash_input, prepare_folder, run_labelling
from antinomy.classify.artefact import write_json
from antinomy.errors import InputError, Problem
from antinomy.flow import Labeller, LabelSettings
from antinomy.ingest.blocks import ReadOptions
from antinomy.ingest.collect import collect_files
from antinomy.ingest.metadata import find_sidecars, read_metadata
from antinomy.report.acceptance import write_accepted, write_queue
from antinomy.report.exports import EXPORTS, write_exports

WARNINGS = 12
BUDGET = "budget.json"


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
@click.option(
    "--model", help="Model folder or name, or 'fast'; default: the more accurate one that comes with antinomy."
)
@click.option(
    "--error-budget",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    metavar="SHARE",
    help="Let stand what is expected to be wrong in at most this share (0.10), and queue the rest for a person.",
)
@click.option(
    "--calibration",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Sentences coded by hand that say how often the model errs; default: those that it brings.",
)
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
    error_budget: float | None,
    calibration: tuple[Path, ...],
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
    if not collected.found:
        raise InputError.from_problems(
            [*collected.problems] or [Problem("no file to label", ", ".join(paths), "Name files of a known kind.")]
        )
    labeller = Labeller(settings)
    # what stands in the way of a budget should be known before the work, not after it
    scores = read_scores(labeller.artefact, labeller.codebook, gold=calibration) if error_budget else None
    sizes = [file.path.stat().st_size if file.path.is_file() else 0 for file in collected.found]
    with Progress(len(sizes), sum(sizes), quiet=quiet) as progress:
        for problem in collected.problems:
            progress.fail(problem)
        result = run_labelling(
            collected.found,
            described,
            out,
            labeller=labeller,
            settings={
                "codebook": str(codebook) if codebook else None,
                "model": model,
                # file -> sha256: a sidecar decides about dates and roles
                "metadata": {
                    str(path): hash_input(path) for path in ([metadata] if metadata else find_sidecars(collected.found))
                },
                "formats": list(formats),
                **asdict(read),
            },
            problems=collected.problems,
            notes=collected.notes,
            progress=progress,
        )
    written = write_exports(out, formats)
    accepted = accept_run(out, labeller.artefact, scores, budget=error_budget) if scores and error_budget else None
    if accepted:
        written += _write_accepted(accepted, out)
    if not quiet:
        _summarise(result, written)
        if accepted:
            _say_budget(accepted)
    if result.failures:
        sys.exit(1 if result.labelled else 2)


def _write_accepted(accepted: Accepted, out: Path) -> list[Path]:
    write_json(out / BUDGET, accepted.data)
    model = accepted.data["model"]["name"]
    return [
        write_accepted(accepted.sentences, accepted.decisions, out / "accepted.csv", model=model),
        write_queue(accepted.sentences, accepted.decisions, out / "to_code.xlsx"),
        out / BUDGET,
    ]


def _say_budget(accepted: Accepted) -> None:
    data = accepted.data
    states, total = data["states"], max(1, data["sentences"])
    share = {state: round(100 * count / total) for state, count in states.items()}
    click.echo(
        f"{share['accepted'] + share['empty']} % coded ({states['accepted']:,} sentences with a code, "
        f"{states['empty']:,} without), {share['queued']} % for you ({states['queued']:,})"
    )
    stands = [f"{row['id']} {row['accepted']:,} of {row['given']:,}" for row in data["codes"] if row["accepted"]]
    click.echo(f"  accepted, of those that the model gives: {', '.join(stands) or 'none'}")
    if not stands:
        known = data["calibration"]["sentences"]
        click.echo(f"  With {known:,} hand-coded sentences no code is certain enough: code more, or allow more errors.")
    for words in data["promise"]:
        click.echo(f"  {words}")


def _summarise(result: RunResult, written: list[Path]) -> None:
    for warning in result.warnings[:WARNINGS]:
        click.echo(f"note: {warning}", err=True)
    if len(result.warnings) > WARNINGS:
        click.echo(f"note: {len(result.warnings) - WARNINGS} more in run.json", err=True)
    counts = result.counts
    click.echo(
        f"{counts['documents']} documents, {counts['sentences']:,} sentences, {counts['coded']:,} to be coded, "
        f"{counts['with_code']:,} with a code, {len(result.failures)} failures"
    )
    for path in written:
        click.echo(f"  {path}")
