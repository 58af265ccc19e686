"""``antinomy train``: gold sets -> model folder."""

from pathlib import Path

import click
from tqdm import tqdm

from antinomy.classify.base import find_base_encoder
from antinomy.codebook import load_codebook


@click.command(name="train")
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Model folder to write.")
@click.option("--sources", type=click.Path(path_type=Path), help="Local copies of documents that gold only refers to.")
@click.option("--base", type=click.Path(path_type=Path), help="Encoder to start from; default: all-MiniLM-L6-v2.")
@click.option("--codebook", type=click.Path(path_type=Path), help="The study's own codebook.")
@click.option("--version", default="1", show_default=True, help="Version to write into the model.")
@click.option("--epochs", type=click.IntRange(1, 100), help="Epochs at most; training stops early by itself.")
@click.option("--patience", type=click.IntRange(1, 1000), help="Epochs without gain after which training stops.")
@click.option("--layers", type=click.IntRange(min=1), help="Layers of the encoder to keep, from below; default: all.")
@click.option("--frozen", type=click.IntRange(min=0), help="Layers, from below, that training leaves as they are.")
@click.option("--seed", type=int, default=1, show_default=True)
def command(
    gold: tuple[Path, ...],
    out: Path,
    sources: Path | None,
    base: Path | None,
    codebook: Path | None,
    version: str,
    epochs: int | None,
    patience: int | None,
    layers: int | None,
    frozen: int | None,
    seed: int,
) -> None:
    """Train a classifier on GOLD: gold sets, folders of several, or tables with your own codes.

    A table (.xlsx, .csv, .jsonl) has a row a sentence and a column per code, or a row per code; several tables are one
    set. Where it names no split, documents are divided into train, calibration and test.
    """
    from antinomy.train_flow import TrainRequest, train_model

    request = TrainRequest(
        gold=gold, sources=sources, base=base or find_base_encoder(), out=out, name=out.name, version=version
    )
    chosen = {"epochs": epochs, "patience": patience, "layers": layers, "frozen": frozen, "seed": seed}
    settings = {name: value for name, value in chosen.items() if value is not None}
    folder = train_model(
        request,
        load_codebook(codebook),
        settings=settings,
        say=click.echo,
        progress=lambda batches: tqdm(batches, unit="batch", leave=False, disable=None),
    )
    click.echo(f"model: {folder}\ncard:  {folder / 'README.md'}")
