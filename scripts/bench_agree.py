"""How long agreement takes: antinomy beside a loop over scikit-learn and krippendorff, in one process.

``python scripts/bench_agree.py`` makes 100,000 units of 200 documents, five coders, 24 codes, a tenth of the codings
missing, and measures every coefficient with 2,000 draws of documents. The loop computes Cohen's kappa per pair and
alpha per code on drawn documents, for a few draws; its time for all draws is that of a draw times their number.
"""

import argparse
import time
import warnings
from itertools import combinations

import krippendorff
import numpy as np
from sklearn.metrics import cohen_kappa_score

from antinomy.agreement.assess import Settings, assess_agreement
from antinomy.agreement.codings import Codings, Columns
from antinomy.codebook import Codebook, load_codebook


def make_codings(book: Codebook, units: int, documents: int, coders: int) -> Codings:
    """Make codings of coders who mostly agree; codes are rare, and a tenth of the codings is missing."""
    random = np.random.default_rng(1)
    codes = len(book.codes)
    truth = random.random((units, 1, codes)) < np.linspace(0.002, 0.1, codes)
    ratings = (truth ^ (random.random((units, coders, codes)) < 0.01)).astype(np.int8)
    given = [
        ratings[:, :, [place for place, code in enumerate(book.codes) if code.dimension == dimension.id]].max(axis=2)
        for dimension in book.dimensions
    ]
    ratings = np.concatenate([ratings, np.stack(given, axis=2)], axis=2)
    ratings[random.random((units, coders)) < 0.1] = -1
    columns = Columns((*book.code_ids, *(dimension.id for dimension in book.dimensions)), codes)
    places = np.sort(random.integers(0, documents, units))
    names = tuple(f"talk_{number}" for number in range(documents))
    return Codings(tuple(f"coder_{number}" for number in range(coders)), columns, ratings, places, names)


def loop_once(codings: Codings, random: np.random.Generator) -> None:
    """Compute kappa and alpha of one draw of documents, as a script over the libraries does."""
    count = len(codings.names)
    places = [np.flatnonzero(codings.documents == number) for number in range(count)]
    drawn = np.concatenate([places[number] for number in random.integers(0, count, count)])
    for column in range(codings.columns.codes):
        table = codings.ratings[drawn, :, column]
        for one, other in combinations(table.T, 2):
            both = (one >= 0) & (other >= 0)
            cohen_kappa_score(one[both], other[both])
        krippendorff.alpha(np.where(table < 0, np.nan, table).T, level_of_measurement="nominal", value_domain=[0, 1])


def main() -> None:
    """Print both times and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--coders", type=int, default=5)
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--loops", type=int, default=2, help="draws that the loop is timed on")
    chosen = parser.parse_args()
    book = load_codebook()
    codings = make_codings(book, chosen.units, chosen.documents, chosen.coders)
    start = time.perf_counter()
    assess_agreement(codings, book, Settings(chosen.draws, 1))
    ours = time.perf_counter() - start
    random = np.random.default_rng(2)
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(chosen.loops):
            loop_once(codings, random)
    loop = (time.perf_counter() - start) / chosen.loops * chosen.draws
    print(f"{chosen.units:,} units, {chosen.coders} coders, {len(book.codes)} codes, {chosen.draws:,} draws")
    print(f"antinomy, all coefficients, both universes, sets and units:  {ours:,.0f} s")
    print(f"loop, kappa and alpha only, {chosen.loops} draws timed:  {loop:,.0f} s")
    print(f"ratio:  {loop / ours:,.0f}")


if __name__ == "__main__":
    main()
