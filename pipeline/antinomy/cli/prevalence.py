"""``antinomy prevalence``: a run and a hand-coded random sample -> how often each code occurs, with intervals."""

import sys
from pathlib import Path
from typing import Any

import click

from antinomy.classify.artefact import write_json
from antinomy.codebook import Codebook
from antinomy.coded_sources import take_sentences
from antinomy.errors import UserError
from antinomy.prevalence_flow import WITHIN, draw_sample, measure_prevalence
from antinomy.records import CodedSentence
from antinomy.report.prevalence import show_share, write_prevalence_page, write_prevalence_workbook
from antinomy.report.sample_workbook import write_sample
from antinomy.run_tables import RunTables, iterate_sentences, load_run

FILE = "prevalence.json"
PAGE = "prevalence.html"
FIGURES = "prevalence.xlsx"
SAMPLE = "to_code.xlsx"


@click.command(name="prevalence")
@click.argument("run", type=click.Path(path_type=Path))
@click.argument("gold", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write into.")
@click.option("--draw", type=click.IntRange(1), help="Draw so many sentences of the run at random, to code by hand.")
@click.option("--within", type=click.FloatRange(0, 1, min_open=True, max_open=True), multiple=True, default=WITHIN)
@click.option("--sources", type=click.Path(path_type=Path), help="Local copies of documents that gold only refers to.")
@click.option("--seed", type=int, default=1, show_default=True)
def command(
    run: Path,
    gold: tuple[Path, ...],
    out: Path,
    draw: int | None,
    within: tuple[float, ...],
    sources: Path | None,
    seed: int,
) -> None:
    """Estimate how often codes occur in RUN, corrected by sentences of it that people coded (GOLD).

    The sentences must have been drawn at random: --draw does so. Without GOLD, it says how many to code for intervals
    of ± --within (a share: 0.02). Exit code 0: all files read; 1: some could not be; 2: nothing could be estimated.
    """
    tables = load_run(run)
    out.mkdir(parents=True, exist_ok=True)
    if draw:
        _draw(tables, out / SAMPLE, draw, seed)
    done = measure_prevalence(tables, gold, sources=sources, within=within)
    for note in done.notes:
        click.echo(f"note: {note}", err=True)
    for problem in done.problems:
        click.echo(f"error: {problem}", err=True)
    write_json(out / FILE, done.data)
    write_prevalence_page(done.data, out / PAGE, codebook=tables.codebook)
    write_prevalence_workbook(done.data, out / FIGURES, codebook=tables.codebook)
    _say(done.data, tables.codebook)
    for name in (FILE, PAGE, FIGURES):
        click.echo(f"  {out / name}")
    if done.problems:
        sys.exit(1)


def _draw(tables: RunTables, path: Path, size: int, seed: int) -> None:
    if path.exists():
        # it may hold hours of somebody's work
        raise UserError("the sample is there already", where=str(path), fix="Name another folder with --out.")
    sentences: list[CodedSentence] = [item for item in iterate_sentences(tables) if item.prediction is not None]
    units = take_sentences(sentences, "model")
    places = draw_sample(units, size, seed=seed)
    write_sample([units[place] for place in places], path)
    click.echo(f"{len(places):,} of {len(units):,} sentences drawn: code them in {path}, column codes (none: no code)")


def _say(data: dict[str, Any], book: Codebook) -> None:
    click.echo(
        f"{data['sentences']:,} sentences of {data['documents']:,} documents; {data['coded_by_hand']:,} of them, "
        f"in {data['documents_coded']:,} documents, coded by hand"
    )
    if data["unmatched"]:
        click.echo(f"note: {data['unmatched']:,} hand-coded sentences are not in the run: left out", err=True)
    click.echo(f"  {'':30}{'model alone':>18}{'corrected':>22}{'people alone':>22}")
    rows = {row["id"]: row for row in data["rows"]}
    for dimension in book.dimensions:
        for id in (dimension.id, *(code.id for code in book.codes_of(dimension.id))):
            name = f"  {book.by_id[id].name}" if id in book.by_id else f"any {dimension.name.lower()}"
            shown = [show_share(rows[id][key]) for key in ("naive", "corrected", "people")]
            click.echo(f"  {name[:29]:30}{shown[0]:>18}{shown[1]:>22}{shown[2]:>22}")
