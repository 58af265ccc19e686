"""Compares training recipes by cross-validation: ``python scripts/try_recipes.py NAME … --bases DIR --sources DIR``.

Only documents of the split train take part. Those of the set ``real_training`` are dealt into five folds by a hash of
their name (with ``--by source`` of their source's name); a recipe learns from four of them and all other train
documents, and is measured on the fifth. Writes a row per recipe, fold and epoch to ``--out`` (a fold that is there
already is not trained again) and prints them. κ and F1 are the best over all thresholds: they compare recipes, and
flatter each of them. Needs the extra ``train``.
"""

import argparse
import csv
import hashlib
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tqdm import tqdm

from antinomy.classify.artefact import TOKENIZER
from antinomy.classify.calibrate import best_threshold
from antinomy.classify.examples import Example, build_examples
from antinomy.classify.network import Network, load_encoder
from antinomy.classify.passages import FileTokenizer
from antinomy.classify.train import Epoch, TrainSettings, compute_logits, train_network
from antinomy.codebook import Codebook, load_codebook
from antinomy.coefficients.cells import Bools
from antinomy.errors import UserError
from antinomy.evaluate.scores import mean_defined, score_average_precision, score_f1, score_kappa
from antinomy.gold import GoldSet
from antinomy.gold_sets import find_gold_sets, open_gold_set
from antinomy.measure import read_sentences
from antinomy.resample import Floats

FOLDS = 5
HELD_OUT = "real_training"
DIMENSIONS = ("paradox", "tension", "archetype", "action", "strategy")
COLUMNS = (
    *("recipe", "by", "fold", "epoch", "sentences", "coded", "held_out", "kappa_any", "ap_any", "f1_paradox"),
    *(f"ap_{name}" for name in DIMENSIONS),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is tried; ``share`` is the share of the documents to learn from."""

    name: str
    about: str
    base: str
    sets: Sequence[str] = (HELD_OUT, "written", "near_misses")
    share: float = 1.0
    settings: dict[str, Any] = field(default_factory=dict)


def main(request: argparse.Namespace) -> None:
    """Train every recipe on every fold that is asked for."""
    recipes = {row["name"]: Recipe(**row) for row in tomllib.loads(request.recipes.read_text("utf-8"))["recipe"]}
    codebook = load_codebook()
    golds = [open_gold_set(found, codebook, sources=request.sources) for found in find_gold_sets(request.gold)]
    read = cache(read_sentences)
    done = read_rows(request.out)
    for name in request.names or recipes:
        for fold in request.folds:
            rows = [row for row in done if (row["recipe"], row["by"], row["fold"]) == (name, request.by, str(fold))]
            for row in rows:
                print(*row.values(), sep="\t")
            if not rows:
                deal = Deal(request.by, fold)
                append_rows(request.out, try_recipe(recipes[name], deal, golds, codebook, request.bases, read))


@dataclass(frozen=True, slots=True)
class Deal:
    """Which documents are held out: one fold of five, dealt by document or by source."""

    by: str
    fold: int

    def holds_out(self, example: Example) -> bool:
        """Whether an example is measured on, not learnt from."""
        name = example.units[0].document
        return (
            example.gold == HELD_OUT
            and hash_name(name.split("/")[0] if self.by == "source" else name) % FOLDS == self.fold
        )


def try_recipe(
    recipe: Recipe, deal: Deal, golds: Sequence[GoldSet], codebook: Codebook, bases: Path, read: Callable[..., Any]
) -> list[dict[str, Any]]:
    """Return a row per epoch."""
    settings = TrainSettings(**{"patience": 99, **recipe.settings})
    folder = bases / recipe.base
    tokenizer = FileTokenizer(str(folder / TOKENIZER))
    examples = [
        example
        for gold in golds
        if gold.id in recipe.sets
        for example in build_examples(gold, codebook.code_ids, tokenizer, read)
        if example.units[0].split == "train"
    ]
    held = [e for e in examples if deal.holds_out(e)]
    rest = [e for e in examples if not deal.holds_out(e)]
    train = [e for e in rest if hash_name(e.units[0].document) // FOLDS % 1000 < 1000 * recipe.share]
    truth = np.concatenate([e.targets for e in held]) > 0.5
    size = {
        "sentences": sum(len(e.units) for e in train),
        "coded": sum(int(e.targets.any(axis=1).sum()) for e in train),
        "held_out": len(truth),
    }
    rows: list[dict[str, Any]] = []

    def judge(network: Network) -> float:
        logits = compute_logits(network, [e.passage for e in held], tokenizer.padding)
        figures = score(logits, truth, codebook)
        made = {"recipe": recipe.name, "by": deal.by, "fold": deal.fold, "epoch": len(rows) + 1}
        rows.append(row := {**made, **size, **figures})
        print(*row.values(), sep="\t", flush=True)
        return figures["ap_paradox"] or 0.0

    torch.manual_seed(settings.seed)
    network = Network(
        load_encoder(folder, layers=settings.layers), len(codebook.code_ids), dropout=settings.dropout
    ).to("cuda" if torch.cuda.is_available() else "cpu")
    train_network(network, train, judge, settings, padding=tokenizer.padding, report=forget, progress=show)
    return rows


def score(logits: Floats, truth: Bools, codebook: Codebook) -> dict[str, Any]:
    """Return the figures of one epoch."""
    of = {name: [place for place, code in enumerate(codebook.codes) if code.dimension == name] for name in DIMENSIONS}
    probabilities = 1 / (1 + np.exp(-logits))
    # as if the codes were independent: one number per sentence for "a paradox, whichever"
    any_paradox = 1 - np.prod(1 - probabilities[:, of["paradox"]], axis=1)
    gold = np.asarray(truth[:, of["paradox"]].any(axis=1))
    cuts = np.quantile(any_paradox, np.linspace(0.5, 0.995, 100))
    figures = {
        "kappa_any": max(score_kappa(any_paradox >= cut, gold) or 0.0 for cut in cuts),
        "ap_any": score_average_precision(any_paradox, gold),
        "f1_paradox": mean_defined([find_best_f1(probabilities[:, i], truth[:, i]) for i in of["paradox"]]),
    }
    for name, places in of.items():
        each = [score_average_precision(probabilities[:, place], truth[:, place]) for place in places]
        figures[f"ap_{name}"] = mean_defined(each)
    return {name: None if value is None else round(value, 4) for name, value in figures.items()}


def find_best_f1(probabilities: Floats, truth: Bools) -> float | None:
    """Return the highest F1 that any threshold gives; None if gold has no code."""
    return score_f1(probabilities >= best_threshold(probabilities, truth.astype(float)), truth) if truth.any() else None


def hash_name(name: str) -> int:
    """Return a number that depends on a name only."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def show(batches: Sequence[list[int]]) -> Iterator[list[int]]:
    """Show a bar where somebody looks."""
    yield from tqdm(batches, disable=None, leave=False)


def forget(_: Epoch) -> None:
    """Every epoch was printed when it was judged."""


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read what was measured before."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def append_rows(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows to the table."""
    fresh = not path.is_file()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if fresh:
            writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).parents[1]
    parser.add_argument("names", nargs="*", metavar="NAME", help="recipes; default: all")
    parser.add_argument("--recipes", type=Path, default=Path(__file__).with_name("recipes.toml"))
    parser.add_argument(
        "--gold", type=Path, nargs="+", default=[here / "data" / "gold"], help="as antinomy train takes"
    )
    parser.add_argument("--sources", type=Path, help="local copies of documents that gold only refers to")
    parser.add_argument("--bases", type=Path, required=True, help="folder of the encoders' folders")
    parser.add_argument("--folds", type=int, nargs="+", default=[0], choices=range(FOLDS))
    parser.add_argument("--by", choices=("document", "source"), default="document", help="what is dealt into folds")
    parser.add_argument("--out", type=Path, default=here / "models" / "experiments.csv")
    try:
        main(parser.parse_args())
    except UserError as error:
        sys.exit(f"error: {error}")
