"""``antinomy drift``: dated reports or interviews -> where an organisation tilts; its alarms -> a sample to code."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from antinomy.audit_flow import apply_audit, draw_audit
from antinomy.classify.artefact import write_json
from antinomy.cli import label
from antinomy.drift.assess import SIGNAL, Settings
from antinomy.drift.dates import CALENDAR
from antinomy.drift_flow import DriftRequest, list_undated, measure_drift
from antinomy.errors import InputError, UserError
from antinomy.report.drift import write_drift_page
from antinomy.report.drift_words import STATES
from antinomy.report.sample_workbook import write_sample
from antinomy.report.signals import CSV, PARQUET, list_signals, write_signals

FILE = "drift.json"
PAGE = "drift.html"
AUDIT = "audit.json"
SAMPLE = "to_code.xlsx"
RUN = "run"
SIGNALLED = 3
SHOWN = 10


def _check_by(_: click.Context, __: click.Parameter, value: str) -> str:
    if value not in CALENDAR and not (value.isdecimal() and int(value) > 0):
        raise click.BadParameter(f"name one of {', '.join(CALENDAR)}, or how many documents make a period")
    return value


class _ScanOrAudit(click.Group):
    """``drift PATHS …`` scans; ``drift audit …`` is the one word that means something else."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the name of the usual command."""
        return super().parse_args(ctx, args if args[:1] in ([], ["audit"]) else ["scan", *args])


@click.group(name="drift", cls=_ScanOrAudit)
def command() -> None:
    """Watch dated reports for a balance that slips (drift PATHS …), or check its alarms (drift audit DIR)."""


@command.command(name="scan")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write into.")
@click.option(
    "--by", default="quarter", show_default=True, callback=_check_by, help="month, quarter, half, year, or N."
)
@click.option("--unit", "unit_key", metavar="KEY", help="Metadata that name the unit; default: organisation and unit.")
@click.option("--least", type=click.IntRange(1), default=50, show_default=True, help="Sentences a period must hold.")
@click.option("--draws", type=click.IntRange(19, 100_000), default=2000, show_default=True, help="Random orders.")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--model", help="Model for files that are not labelled yet; 'fast' for the small one.")
@click.option("--metadata", type=click.Path(path_type=Path), help="Sidecar of such files: dates, organisations, units.")
@click.option("--audit", type=click.Path(path_type=Path), help="The sample of drift audit, coded.")
@click.pass_context
def scan(
    context: click.Context,
    paths: tuple[Path, ...],
    out: Path,
    by: str,
    unit_key: str | None,
    least: int,
    draws: int,
    seed: int,
    model: str | None,
    metadata: Path | None,
    audit: Path | None,
) -> None:
    """Watch dated reports or rounds of interviews for a balance that slips.

    PATHS are runs of antinomy label, or files and folders, which are labelled first, into a run inside the output
    folder; what was labelled there before is not labelled again. Exit code 0: quiet; 3: signals; 1: some files could
    not be read and nothing signals; 2: nothing could be compared.
    """
    runs = [path for path in paths if (path / "run.json").is_file()]
    files = [path for path in paths if path not in runs]
    failed = bool(files) and not _label(context, files, out / RUN, model, metadata)
    runs += [out / RUN] if files else []
    settings = Settings(by=by, least=least, draws=draws, seed=seed)
    done = measure_drift(DriftRequest(tuple(runs), unit_key, settings))
    notes = list(done.notes)
    if audit:
        notes += apply_audit(done.data, read_json(out / AUDIT), audit, done.codebook)
    out.mkdir(parents=True, exist_ok=True)
    write_json(out / FILE, done.data)
    rows = list_signals(done.data, done.codebook)
    write_signals(rows, out)
    write_drift_page(done.data, out / PAGE, codebook=done.codebook)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    _say(done.data, rows)
    for name in (FILE, CSV, PARQUET, PAGE):
        click.echo(f"  {out / name}")
    if any(row["state"] == SIGNAL for row in done.data["rows"]):
        sys.exit(SIGNALLED)
    if failed:
        sys.exit(1)


@command.command(name="audit")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--draw", "per_group", type=click.IntRange(1), default=8, show_default=True, help="From each of 4 groups."
)
@click.option("--seed", type=int, default=1, show_default=True)
def audit_alarms(folder: Path, per_group: int, seed: int) -> None:
    """Draw the sentences that decide whether alarms are real.

    FOLDER is what antinomy drift wrote. The sentences, from before and after each alarm, go into to_code.xlsx; code
    them, and give the file back: antinomy drift … --out FOLDER --audit FOLDER/to_code.xlsx.
    """
    data = read_json(folder / FILE)
    if (folder / SAMPLE).exists():
        # it may hold hours of somebody's work
        raise UserError("the sample is there already", where=str(folder / SAMPLE), fix="Move it, or code it.")
    drawn, units = draw_audit(data, per_group=per_group, seed=seed)
    write_json(folder / AUDIT, drawn)
    write_sample(units, folder / SAMPLE)
    click.echo(f"{len(units):,} sentences for {len(drawn['alarms']):,} alarms: code them in {folder / SAMPLE}, column")
    click.echo(f"codes (none: no code), then run antinomy drift again with --audit {folder / SAMPLE}")


def read_json(path: Path) -> dict[str, Any]:
    """Read what an earlier call wrote.

    Raises:
        InputError: If it is missing or damaged.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        fix = "Name the folder that antinomy drift wrote, after antinomy drift audit."
        raise InputError("the file cannot be read", where=str(path), fix=fix) from error
    return dict(data)


def _label(context: click.Context, files: list[Path], run: Path, model: str | None, metadata: Path | None) -> bool:
    """Label what is not labelled yet; say whether all files could be."""
    try:
        context.invoke(label.command, paths=tuple(map(str, files)), out=run, model=model, metadata=metadata, formats=())
    except SystemExit as stop:
        if stop.code == 1:
            return False
        raise
    return True


def _say(data: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    for problem in list_undated(data)[:SHOWN]:
        click.echo(f"note: {problem}", err=True)
    if len(data["left_out"]) > SHOWN:
        click.echo(f"note: {len(data['left_out']) - SHOWN:,} other documents are left out; {FILE} lists them", err=True)
    for unit in data["units"]:
        periods = unit["periods"]
        click.echo(
            f"{unit['name']}: {unit['sentences']:,} sentences of {unit['documents']:,} documents in {len(periods)} "
            f"periods, {periods[0]['name']} to {periods[-1]['name']}"
        )
    alarms = [row for row in rows if row["since"]]
    for row in alarms:
        mark, words = STATES[row["state"]]
        click.echo(f"{mark} {words}: {row['unit']}: {row['in_words']}")
    if not alarms:
        click.echo("quiet: no change that chance does not explain")
