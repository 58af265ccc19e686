"""Puts what was measured around a training beside a model: ``python scripts/collect_studies.py MODEL …``.

Writes ``studies.json`` into the model's folder, from which ``antinomy evaluate`` draws it. It holds the table of
``compare_baselines.py`` for one gold set, the learning curve from the table of ``try_recipes.py`` (one recipe per share
of the documents, last epoch, mean over its folds) and, from the model's own ``metrics.json``, the sources in which no
document was learnt from. Each is left out where its input is not given.
"""

import argparse
import csv
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from antinomy.classify.artefact import METRICS, STUDIES, find_model, write_json
from antinomy.codebook import load_codebook
from antinomy.errors import UserError
from antinomy.gold import find_gold, read_gold


def main(request: argparse.Namespace) -> None:
    """Write ``studies.json``."""
    folder = find_model(request.model)
    studies: dict[str, Any] = {}
    if request.comparison:
        measured = json.loads(request.comparison.read_text("utf-8"))["sets"][request.set]
        studies["comparison"] = {
            "set": request.set,
            "sentences": measured["sentences"],
            "rows": measured["comparison"],
        }
    if request.curve:
        studies["learning_curve"] = list_curve(request.experiments, request.curve)
    groups = json.loads((folder / METRICS).read_text("utf-8"))["splits"]["test"][request.set]["groups"]
    studies["held_out"] = list_held_out(groups, find_learnt(request.gold, request.sources))
    write_json(folder / STUDIES, studies)


def list_curve(table: Path, recipes: Sequence[str]) -> list[dict[str, Any]]:
    """Return a point per recipe."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["by"] == "document"]
    points = []
    for recipe in recipes:
        last: dict[str, dict[str, str]] = {}
        for row in rows:
            if row["recipe"] == recipe:
                last[row["fold"]] = row
        columns: dict[str, list[float]] = defaultdict(list)
        for row in last.values():
            for name in ("sentences", "coded", "kappa_any", "f1_paradox"):
                columns[name].append(float(row[name]))
        point = {name: mean(values) for name, values in columns.items()}
        points.append(
            {
                "sentences": round(point["sentences"]),
                "coded": round(point["coded"]),
                "kappa": point["kappa_any"],
                "macro_f1": point["f1_paradox"],
            }
        )
    return points


def find_learnt(gold: Path, sources: Path | None) -> set[str]:
    """Return the sources of all documents of the splits train and calibration."""
    return {
        unit.document.split("/")[0]
        for folder in find_gold(gold)
        for unit in read_gold(folder, load_codebook(), sources=sources).units
        if unit.split in ("train", "calibration")
    }


def list_held_out(groups: Sequence[dict[str, Any]], learnt: set[str]) -> list[dict[str, Any]]:
    """Return a row per source that is new to the model."""
    return [
        {
            "group": group["group"],
            "sentences": group["sentences"],
            "kappa_any": group["scores"]["kappa_any"],
            "f1": group["scores"]["f1"],
        }
        for group in groups
        if group["attribute"] == "source" and group["group"] not in learnt
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = Path(__file__).parents[1]
    parser.add_argument("model", help="model folder or name")
    parser.add_argument("--set", default="real_gold", help="gold set that is shown")
    parser.add_argument("--gold", type=Path, default=here / "data" / "gold")
    parser.add_argument("--sources", type=Path, help="local copies of documents that gold only refers to")
    parser.add_argument("--comparison", type=Path, help="comparison.json")
    parser.add_argument("--experiments", type=Path, default=here / "models" / "experiments.csv")
    parser.add_argument("--curve", nargs="*", default=[], metavar="RECIPE", help="recipes that make the curve")
    try:
        main(parser.parse_args())
    except UserError as error:
        sys.exit(f"error: {error}")
