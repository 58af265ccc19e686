"""Print how often the drift scan cries wolf and how soon it sees a change, by simulation; no data needed.

    python scripts/simulate_drift.py [--quick] [--only TABLE]

Documents hold 20 or 25 sentences and sentences of one document are alike (intraclass correlation); a model finds
three in four codes and gives 3 % of the other sentences the code by mistake, unless said otherwise.
"""

import argparse
from collections.abc import Iterator

import numpy as np

from antinomy.drift.assess import LEAST_P, RATE
from antinomy.drift.charts import Counts, draw_chart
from antinomy.drift.instrument import FLOOR, look_at_floor
from antinomy.drift.scan import adjust, scan_changes, scan_closely
from antinomy.drift.tallies import AWAY, sum_floor
from antinomy.resample import Floats, Ints

FOUND, WRONG = 0.75, 0.03
# Where a normal score passes for a code: 3 % of sentences without it do, 6 % in a new template, 75 % with it.
CUT, LIFT, SHIFT = 1.881, 2.555, 0.326
# Share of sentences with the code, and after a change; how much likelier each of them makes its neighbours.
RARE, MORE, NEIGHBOUR = 0.05, {"doubling": 0.10, "fivefold": 0.25}, 0.3
MOST = 1500


def draw_codes(random: np.random.Generator, rate: Floats, size: int, likeness: float) -> Floats:
    """Draw how many sentences of each document carry the code."""
    if likeness == 0:
        return random.binomial(size, rate).astype(float)
    scale = (1 - likeness) / likeness
    return random.binomial(size, random.beta(rate * scale, (1 - rate) * scale)).astype(float)


def see(random: np.random.Generator, coded: Floats, size: int, found: float, wrong: float) -> Floats:
    """Let the model err."""
    return random.binomial(coded.astype(int), found) + random.binomial((size - coded).astype(int), wrong) * 1.0


def run_chart(random: np.random.Generator, likeness: float, *, perfect: bool, times: float, baseline: int) -> int:
    """Return the periods from the end of the baseline to the first alarm, MOST if there is none."""
    documents, size, rate = 5, 20, 0.05
    periods = np.repeat(np.arange(baseline + (MOST if times == 1 else 200)), documents)
    truth = np.where(periods < baseline, rate, rate * times)
    coded = draw_codes(random, truth, size, likeness)
    seen = coded if perfect else see(random, coded, size, FOUND, WRONG)
    chart = draw_chart(Counts(seen, np.full(len(seen), float(size)), periods), baseline)
    # in a monitored series the smoothed score begins anew after the baseline
    alarms = np.flatnonzero(chart.alarms) if chart else np.zeros(0)
    return int(alarms[0]) - baseline + 1 if len(alarms) else MOST


def run_naive(random: np.random.Generator, likeness: float) -> int:
    """Return the same for a p chart that takes sentences for independent."""
    documents, size, rate = 5, 20, 0.05
    coded = draw_codes(random, np.full(MOST * documents, rate), size, likeness).reshape(MOST, documents).sum(axis=1)
    share, total = coded / (documents * size), documents * size
    outside = np.flatnonzero(np.abs(share - rate) > 3 * np.sqrt(rate * (1 - rate) / total))
    return int(outside[0]) + 1 if len(outside) else MOST


def run_family(random: np.random.Generator, changed: float, periods: int) -> tuple[float, float, int]:
    """Return the share of false alarms, the share of changes found and the alarms, over 20 units and 24 codes."""
    chances, truth = [], []
    for unit in range(20):
        when = np.repeat(np.arange(periods), 4)
        moves = random.random(24) < changed
        rate = np.where((when[:, None] >= periods // 2) & moves, 0.15, 0.05)
        seen = see(random, draw_codes(random, rate, 25, 0.05), 25, FOUND, WRONG)
        least = LEAST_P / (20 * 24)
        found = scan_closely(seen, np.full(len(when), 25.0), when, draws=999, seed=unit, least=least)
        chances += [min(1.0, 2 * change.p) if change else 1.0 for change in found]
        truth += moves.tolist()
    alarms, moved = np.array(adjust(chances)) <= RATE, np.array(truth)
    return (
        float((alarms & ~moved).sum() / max(1, alarms.sum())),
        float((alarms & moved).sum() / max(1, moved.sum())),
        int(alarms.sum()),
    )


def run_lamp(random: np.random.Generator, kind: str, periods: int) -> tuple[bool, bool]:
    """Return whether the code's share gives alarm, and whether the floor lights the lamp."""
    when: Ints = np.repeat(np.arange(periods), 4)
    size, late = 25, when >= periods // 2
    near = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) <= AWAY
    seen, floors = np.zeros(len(when)), np.zeros((len(when), 3))
    for place, later in enumerate(late):
        carries = random.random(size) < (MORE.get(kind, RARE) if later else RARE)
        scores = random.normal(0, 1, size) + random.normal(0, np.sqrt(0.02)) + LIFT * carries
        # a model that reads sentences together thinks the code likelier where talk about it is dense
        scores += NEIGHBOUR * (near @ (carries - RARE))
        scores += SHIFT * (kind == "template" and later)
        given = scores > CUT
        away = scores[~(near @ given)]
        seen[place] = given.sum()
        floors[place] = sum_floor(away.tolist())
    [code] = scan_changes(seen[:, None], np.full(len(when), float(size)), when, draws=499, seed=1)
    if code is None:
        return False, False
    lit = look_at_floor(floors, when, (code.period, code.until), draws=499, seed=1)
    return code.p <= 0.01, FLOOR in lit


def list_charts(random: np.random.Generator, times: int) -> Iterator[str]:
    """Yield the table of charts."""
    heads = (
        "likeness",
        "naive p chart",
        "periods to a false alarm",
        "model errs",
        "median delay, 5 to 10 %",
        "model errs",
    )
    yield f"| {' | '.join(heads)} |"
    yield "|---|--:|--:|--:|--:|--:|"
    for likeness in (0.0, 0.01, 0.02, 0.05):
        naive = np.mean([run_naive(random, likeness) for _ in range(times)])
        cells = [f"{likeness:g}", f"{naive:.0f}"]
        for change in (1.0, 2.0):
            for perfect in (True, False):
                runs = [run_chart(random, likeness, perfect=perfect, times=change, baseline=20) for _ in range(times)]
                cells.append(f"{np.mean(runs):.0f}" if change == 1 else f"{np.median(runs):.0f}")
        yield f"| {' | '.join(cells)} |"


def list_families(random: np.random.Generator, times: int) -> Iterator[str]:
    """Yield the table of false alarms over units and codes."""
    yield "| 20 units x 24 codes, rates that triple | periods | false among alarms | changes found | alarms |"
    yield "|---|--:|--:|--:|--:|"
    for changed in (0.0, 0.1, 0.3):
        for periods in (12, 24):
            found = np.array([run_family(random, changed, periods) for _ in range(max(2, times // 20))]).mean(axis=0)
            yield f"| {changed:.0%} of them | {periods} | {found[0]:.2f} | {found[1]:.2f} | {found[2]:.1f} |"


def list_lamps(random: np.random.Generator, times: int) -> Iterator[str]:
    """Yield the table of the instrument's lamp."""
    yield "| what happened | periods | alarm for the code (p ≤ .01) | lamp lit | lamp lit, of alarms |"
    yield "|---|--:|--:|--:|--:|"
    for kind in ("nothing", "doubling", "fivefold", "template"):
        for periods in (12, 24):
            found = np.array([run_lamp(random, kind, periods) for _ in range(times)])
            alarms = found[:, 0]
            lit = f"{found[alarms, 1].mean():.2f}" if alarms.any() else "–"
            yield f"| {kind} | {periods} | {alarms.mean():.2f} | {found[:, 1].mean():.2f} | {lit} |"


TABLES = {"charts": list_charts, "families": list_families, "lamps": list_lamps}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer repetitions")
    parser.add_argument("--only", choices=list(TABLES), help="one table")
    request = parser.parse_args()
    times = 40 if request.quick else 400
    for name in [request.only] if request.only else TABLES:
        # each table has its own chance, so that it is the same alone
        for line in TABLES[name](np.random.default_rng(1), times):
            print(line, flush=True)
        print()


if __name__ == "__main__":
    main()
