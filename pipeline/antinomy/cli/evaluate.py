"""``antinomy evaluate``: gold sets and a model -> ``metrics.json`` and a page."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from antinomy.classify.artefact import METRICS, write_json
from antinomy.classify.card import format_interval, format_score
from antinomy.codebook import Codebook, load_codebook
from antinomy.evaluate_flow import EvaluateRequest, evaluate_model
from antinomy.gold import SPLITS
from antinomy.measure import DRAWS, SEED

PAGE = "evaluation.html"


@click.command(name="evaluate")
@click.option(
    "--gold",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Gold set, a folder of several, or a table with your own codes (.xlsx, .csv, .jsonl); may be given several "
    "times. Tables given together are one set.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder to write into.")
@click.option(
    "--model", help="Model folder or name, or 'fast'; default: the more accurate one that comes with antinomy."
)
@click.option("--sources", type=click.Path(path_type=Path), help="Local copies of documents that gold only refers to.")
@click.option(
    "--contrast",
    type=click.Path(path_type=Path),
    help="Table of minimal pairs that test the codebook's boundary rules.",
)
@click.option("--codebook", type=click.Path(path_type=Path), help="The study's own codebook.")
@click.option(
    "--split",
    type=click.Choice(["all", *(split for split in SPLITS if split != "unused")]),
    default="test",
    show_default=True,
    help="Which part of gold to measure on.",
)
@click.option("--draws", type=click.IntRange(0, 100_000), default=DRAWS, show_default=True, help="For the intervals.")
@click.option("--seed", type=int, default=SEED, show_default=True)
def command(
    gold: tuple[Path, ...],
    out: Path,
    model: str | None,
    sources: Path | None,
    contrast: Path | None,
    codebook: Path | None,
    split: str,
    draws: int,
    seed: int,
) -> None:
    """Measure a classifier on gold data that it was not trained on.

    Writes metrics.json and evaluation.html. Exit code 0: all sets measured; 1: some failed; 2: nothing could be
    measured.
    """
    from antinomy.report.evaluation import write_evaluation_page

    book = load_codebook(codebook)
    request = EvaluateRequest(
        gold=gold, model=model, sources=sources, split=split, draws=draws, seed=seed, contrast=contrast
    )
    out.mkdir(parents=True, exist_ok=True)
    done = evaluate_model(request, book, track=_show_progress)
    write_json(out / METRICS, done.metrics)
    write_evaluation_page(done.metrics, out / PAGE, codebook=book)
    for note in done.notes:
        click.echo(f"note: {note}", err=True)
    for problem in done.problems:
        click.echo(f"error: {problem}", err=True)
    for name in done.skipped:
        click.echo(f"note: {name} has no sentence in the split {split}", err=True)
    for name, measured in done.metrics["sets"].items():
        _print_set(name, measured, book)
    if "contrast" in done.metrics:
        _print_contrast(done.metrics["contrast"])
    click.echo(f"  {out / METRICS}\n  {out / PAGE}")
    if done.problems:
        sys.exit(1)


def _show_progress(items: Sequence[Any], what: str) -> Iterable[Any]:
    return tqdm(items, desc=what, leave=False, disable=None)


def _print_contrast(measured: dict[str, Any]) -> None:
    count = sum(rule["pairs"] for rule in measured["rules"])
    click.echo(f"contrast: minimal pairs {count:,}, boundary rules {len(measured['rules'])}")
    click.echo(f"  both sides right        {format_interval(measured['score'])}")
    click.echo(f"  sides ranked right      {format_interval(measured['ranking'])} (chance .50)")


def _print_set(name: str, measured: dict[str, Any], codebook: Codebook) -> None:
    click.echo(f"{name}: {measured['sentences']:,} sentences of {measured['documents']} documents")
    click.echo(f"  {'':24}{'κ any':22}{'κ coders':22}{'macro F1':22}{'ECE'}")
    for dimension in codebook.dimensions:
        row = measured["dimensions"][dimension.id]
        cells = [
            format_interval(row["kappa_any"]),
            format_interval(row["kappa_any_coders"]),
            format_interval(row["macro_f1"]),
        ]
        click.echo(f"  {dimension.name:24}{''.join(f'{cell:22}' for cell in cells)}{format_score(row['ece']['value'])}")
    click.echo(f"  hierarchical F1         {format_interval(measured['hierarchical_f1'])}")
