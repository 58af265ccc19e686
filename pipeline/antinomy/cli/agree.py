"""``antinomy agree``: codings of several coders -> ``agreement.json``, a page and two workbooks."""

import sys
from pathlib import Path
from typing import Any

import click

from antinomy.agree_flow import Agreed, AgreeRequest, measure_agreement
from antinomy.agreement.stand_in import Bar
from antinomy.classify.artefact import write_json
from antinomy.classify.card import format_interval, format_score
from antinomy.codebook import Codebook, load_codebook
from antinomy.report.agreement_words import CERTIFICATES

FILE = "agreement.json"
PAGE = "agreement.html"
FIGURES = "agreement.xlsx"
DECISIONS = "to_decide.xlsx"
COLUMNS = ("alpha", "cohen", "ac1", "percent", "positive")
TITLES = {"alpha": "α", "cohen": "κ", "ac1": "AC1", "percent": "agree", "positive": "on yes"}


@click.command(name="agree")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write into.")
@click.option("--codebook", type=click.Path(path_type=Path), help="The study's own codebook.")
@click.option("--sources", type=click.Path(path_type=Path), help="Local copies of documents that gold only refers to.")
@click.option(
    "--segments",
    multiple=True,
    metavar="TABLE",
    type=click.Path(path_type=Path),
    help="Segments that coders cut themselves: document, start, end, code, coder; needs a run of the same texts.",
)
@click.option("--model", "models", multiple=True, metavar="CODER", help="This coder of a table is a model.")
@click.option(
    "--epsilon",
    type=click.FloatRange(0, 1),
    default=Bar().epsilon,
    show_default=True,
    help="How much worse than a person a model may do: .20 beside experts, .15 skilled people, .10 a crowd.",
)
@click.option("--draws", type=click.IntRange(0, 100_000), default=2000, show_default=True, help="For the intervals.")
@click.option("--seed", type=int, default=1, show_default=True)
def command(
    paths: tuple[Path, ...],
    out: Path,
    codebook: Path | None,
    sources: Path | None,
    segments: tuple[Path, ...],
    models: tuple[str, ...],
    epsilon: float,
    draws: int,
    seed: int,
) -> None:
    """Measure how far coders agree.

    PATHS are tables of codes (.xlsx, .csv, .tsv, .jsonl), gold folders, or runs of antinomy label, whose model is a
    coder like any other. Exit code 0: all files read; 1: some could not be; 2: nothing could be compared.
    """
    from antinomy.report.agreement import write_agreement_page
    from antinomy.report.agreement_workbook import write_agreement_workbook, write_decisions

    book = load_codebook(codebook)
    done = measure_agreement(AgreeRequest(paths, sources, models, segments, Bar(epsilon), draws, seed), book)
    out.mkdir(parents=True, exist_ok=True)
    write_json(out / FILE, done.data)
    write_agreement_page(done.data, done.disagreements, out / PAGE, codebook=book)
    write_agreement_workbook(done.data, out / FIGURES, codebook=book)
    write_decisions(done.disagreements, out / DECISIONS, codebook=book)
    _say(done, book)
    for name in (FILE, PAGE, FIGURES, DECISIONS):
        click.echo(f"  {out / name}")
    if done.problems:
        sys.exit(1)


def _say(done: Agreed, book: Codebook) -> None:
    for note in done.notes:
        click.echo(f"note: {note}", err=True)
    for problem in done.problems:
        click.echo(f"error: {problem}", err=True)
    for name, count in done.alignment.left.items():
        if count:
            click.echo(f"note: {name}: {count:,} units have no partner in the files before it", err=True)
    for (name, coder), renamed in done.alignment.renamed.items():
        words = f"'{coder}' coded the same units in another file: taken as a second look, called '{renamed}'"
        click.echo(f"note: {name}: {words}; if these are two people, give them two names", err=True)
    coders = ", ".join(f"{name} ({row['units']:,})" for name, row in done.data["coders"].items())
    click.echo(f"coders (units): {coders}")
    universe = done.data["universes"]["all"]
    click.echo(f"{universe['units']:,} units of {universe['documents']:,} documents")
    click.echo(f"  {'':30}{'given':>7}  {'α':22}" + "".join(f"{TITLES[name]:>8}" for name in COLUMNS[1:]) + "  verdict")
    rows = {row["id"]: row for row in universe["rows"]}
    for dimension in book.dimensions:
        _say_row(f"any {dimension.name.lower()}", rows[dimension.id])
        for code in book.codes_of(dimension.id):
            _say_row(f"  {code.name}", rows[code.id])
    _say_more(done.data, book)


def _say_more(data: dict[str, Any], book: Codebook) -> None:
    for found in data["stand_ins"]:
        _say_stand_in(found, book)
    if data["segments"]:
        _say_segments(data["segments"], book)
    for found in data["recodings"]:
        click.echo(f"{found['coder']} twice, {found['units']:,} units:")
        for row in found["rows"]:
            if row["id"] not in book.by_id:
                click.echo(f"  any {row['id']:20} κ {format_interval(row['kappa'])}")
    _say_order(data["order"], book)


def _say_segments(found: dict[str, Any], book: Codebook) -> None:
    """Say how segments became sentences, and how far coders agree on where the codes of each dimension lie."""
    for coder, count in found["mapping"].items():
        several = f"{count['spread']:,} several, {count['held']:,} less than half of any, {count['dropped']:,} none"
        click.echo(f"{coder}: of {count['segments']:,} segments {count['whole']:,} cover one sentence, {several}")
    rows = {row["id"]: row for row in found["rows"]}
    if rows:
        click.echo(f"  {'segments':30}{'given':>7}  {'unitizing α':22}{'α by character':>16}{'F1 at .5':>10}")
    for dimension in book.dimensions if rows else ():
        row = rows[dimension.id]
        numbers = f"{format_score(row['character']['value']):>16}{format_score(row['f1'][0]['value']):>10}"
        name = f"any {dimension.name.lower()}"[:29]
        given = sum(row["given"].values())
        click.echo(f"  {name:30}{given:>7,}  {format_interval(row['unitizing']):22}{numbers}")


def _say_order(order: list[dict[str, Any]], book: Codebook) -> None:
    """Name the changes that the units can show, by dimension."""
    for found in order:
        for row in found["rows"]:
            change = row["change"]
            if row["id"] in book.by_id or change["low"] is None or change["low"] <= 0 <= change["high"]:
                continue
            halves = f"{format_score(row['first']['value'])} -> {format_score(row['second']['value'])}"
            click.echo(f"{found['coder']}: κ for any {row['id']} changed over the file: {halves}", err=True)


def _say_stand_in(found: dict[str, Any], book: Codebook) -> None:
    click.echo(f"{found['model']} beside {', '.join(found['people']) or 'nobody'}, {found['units']:,} units:")
    for decision, (mark, words) in CERTIFICATES.items():
        given = [row["id"] for row in found["rows"] if row["certificate"]["decision"] == decision]
        names = [book.by_id[id].name if id in book.by_id else f"any {id}" for id in given]
        if names:
            click.echo(f"  {mark} {words}: {', '.join(names)}")


def _say_row(name: str, row: dict[str, Any]) -> None:
    found = row["coefficients"]
    numbers = "".join(f"{format_score(found[column]['value']):>8}" for column in COLUMNS[1:])
    verdict = row["verdict"]["reading"]
    given = sum(row["given"].values())
    click.echo(f"  {name[:29]:30}{given:>7,}  {format_interval(found['alpha']):22}{numbers}  {verdict}")
