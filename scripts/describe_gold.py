"""Prints base rates and agreement per code of a gold set: ``python scripts/describe_gold.py data/gold/written``."""

import sys
from itertools import combinations
from pathlib import Path

import numpy as np

from antinomy.codebook import load_codebook
from antinomy.evaluate.scores import mean_defined, score_kappa
from antinomy.gold import read_gold


def main(folder: Path, sources: Path | None) -> None:
    """Print one row per dimension and code, over the coders other than the adjudicator."""
    codebook = load_codebook()
    gold = read_gold(folder, codebook, sources=sources)
    passes = [[codes for coder, codes in unit.codings.items() if coder != gold.adjudicator] for unit in gold.units]
    print(f"{gold.id}: {len(gold.units)} units, {len(gold.files)} documents\n")
    print("| code | " + " | ".join(f"coder {i + 1}" for i in range(len(passes[0]))) + " | adjudicated | κ |")
    print("|---|" + "--:|" * (len(passes[0]) + 2))
    rows = [(f"any {d.name.lower()}", {c.id for c in codebook.codes_of(d.id)}) for d in codebook.dimensions]
    rows = [("any code", set(codebook.code_ids)), *rows, *((f"`{code}`", {code}) for code in codebook.code_ids)]
    for name, codes in rows:
        used = np.array([[bool(codes & given) for given in unit] for unit in passes])
        kappas = [score_kappa(used[:, a], used[:, b]) for a, b in combinations(range(used.shape[1]), 2)]
        kappa = mean_defined(kappas)
        decided = [bool(codes & unit.codings.get(gold.adjudicator or "", frozenset())) for unit in gold.units]
        cells = [name, *map(str, used.sum(axis=0)), str(sum(decided)) if gold.adjudicator else "–"]
        print(f"| {' | '.join(cells)} | {'–' if kappa is None else f'{kappa:.2f}'} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
