"""Dated documents -> what changed in each unit, code by code, as JSON data.

Per unit::

    name, pooled, documents, sentences, periods (name, documents, sentences, first, last, shares: id -> share of
    sentences, codes first, then "any" of each dimension), text (kind -> change; see ``drift.instrument``), horizons
    (earlier and later half of the periods; see ``drift.horizons``), gap (between the two stakeholders furthest apart,
    in both halves; None where fewer than two are known), poles (per paradox, see ``drift.poles``, with q over all
    units and paradoxes)

and in ``rows`` one entry per unit and code::

    unit, code, change (period, until, before, after, p; None where it never varies), chart (see ``drift.charts``; None
    where there are too few periods), p, q (over all units and codes), lamp (what speaks against the instrument), state,
    dated (first periods after changes of level, see ``drift.retrospect``), corrected (shares before and after the
    change, see ``drift.correct``); both None for what is quiet, the second also where errors are not known

``state`` is ``quiet``, ``signal`` (an alarm, and the instrument's lamp is off), or ``check`` (an alarm, and it is on).
``cascades`` are over all units (``drift.cascade``).

An alarm is a q of ``RATE`` or less, where p is twice the smaller one of the scan over all stretches of time and of the
chart in the last period: either may find what the other misses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.stats import norm

from antinomy.codebook import Codebook
from antinomy.drift.cascade import UnitShares, find_cascades
from antinomy.drift.charts import LIMIT, Chart, Counts, draw_chart, find_onset
from antinomy.drift.correct import ErrorRates, correct_share
from antinomy.drift.horizons import compare_horizons, find_gap
from antinomy.drift.instrument import light_lamp, look_at_floor, scan_text
from antinomy.drift.periods import Period, cut_periods
from antinomy.drift.poles import compare_poles
from antinomy.drift.retrospect import date_changes
from antinomy.drift.scan import LEAST_PERIODS, Change, adjust, scan_closely
from antinomy.drift.tallies import PARADOX, TENSION, DocumentTally
from antinomy.resample import Ints

# Expected share of false alarms among alarms.
RATE = 0.10
# Periods that say what is usual, before a chart may raise an alarm.
BASELINE = (12, 20)
# Coded sentences per period of the baseline, on average: with fewer, a chart's limits are not what they say.
LEAST_CODED = 1.0
# Over the number of tests: a p that, alone among them all, is well below what an alarm needs.
LEAST_P = RATE / 4
POOLED = "(other units)"
QUIET, SIGNAL, CHECK = "quiet", "signal", "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How time is cut and chance is drawn.

    Attributes:
        by: A key of ``dates.CALENDAR``, or how many documents make a period.
        least: Sentences that a period must hold.
        draws: Random orders.
        seed: Decides them.
    """

    by: str = "quarter"
    least: int = 50
    draws: int = 2000
    seed: int = 1


@dataclass(frozen=True, slots=True)
class UnitSeries:
    """One unit over time.

    Attributes:
        name: Of the unit; ``POOLED`` for several that held too little each.
        pooled: Their names.
        periods: In order of time.
    """

    name: str
    pooled: tuple[str, ...]
    periods: tuple[Period, ...]

    @property
    def documents(self) -> list[DocumentTally]:
        """All documents, in order of time."""
        return [document for period in self.periods for document in period.documents]

    @property
    def numbers(self) -> Ints:
        """Number of the period of each document."""
        return np.repeat(np.arange(len(self.periods)), [len(period.documents) for period in self.periods])


def build_series(
    documents: Sequence[DocumentTally], settings: Settings
) -> tuple[list[UnitSeries], list[tuple[DocumentTally, str]]]:
    """Cut every unit into periods; units too small for four periods are pooled.

    Returns:
        Units in order of size, and the documents that are left out, with the reason.
    """
    by_unit: dict[str, list[DocumentTally]] = {}
    for document in documents:
        by_unit.setdefault(document.unit, []).append(document)
    series: list[UnitSeries] = []
    left: list[tuple[DocumentTally, str]] = []
    sparse: dict[str, list[DocumentTally]] = {}
    for name, own in by_unit.items():
        periods, unplaced = cut_periods(own, settings.by, settings.least)
        left += [(document, f"its date does not tell the {settings.by}") for document in unplaced]
        if len(periods) < 2 * LEAST_PERIODS:
            sparse[name] = [document for period in periods for document in period.documents]
        else:
            series.append(UnitSeries(name, (), tuple(periods)))
    periods, _ = cut_periods([one for own in sparse.values() for one in own], settings.by, settings.least)
    if len(periods) >= 2 * LEAST_PERIODS:
        names = tuple(sparse)
        series.append(UnitSeries(names[0] if len(names) == 1 else POOLED, names, tuple(periods)))
    else:
        why = (
            f"fewer than {2 * LEAST_PERIODS} periods of {settings.least} sentences in its unit, also with others pooled"
        )
        left += [(document, why) for own in sparse.values() for document in own]
    series.sort(key=lambda unit: -sum(period.sentences for period in unit.periods))
    return series, left


def assess_drift(
    series: Sequence[UnitSeries], codebook: Codebook, settings: Settings, rates: Mapping[str, ErrorRates] | None = None
) -> dict[str, Any]:
    """Say what changed in which unit.

    Args:
        series: Units with their periods.
        codebook: Names codes and dimensions, in the order of the tallies.
        settings: See ``Settings``.
        rates: Code -> how the model errs; shares of other codes are not corrected.

    Returns:
        What the module says.
    """
    rows: list[dict[str, Any]] = []
    units = []
    for unit in series:
        text = scan_text(unit.documents, unit.numbers, draws=settings.draws, seed=settings.seed)
        rows += _assess_unit(unit, text, codebook, settings, tests=len(series) * len(codebook.codes))
        units.append(_describe_unit(unit, text, codebook, settings))
    tested = [pole for unit in units for pole in unit["poles"] if pole["change"]]
    for pole, q in zip(tested, adjust([pole["change"]["p"] for pole in tested]), strict=True):
        pole["q"] = q
    for row, q in zip(rows, adjust([row["p"] for row in rows]), strict=True):
        row["q"] = q
        row["state"] = QUIET
        row["dated"] = row["corrected"] = None
        if q <= RATE:
            _look_back(row, series, codebook, settings, (rates or {}).get(row["code"]))
            row["state"] = CHECK if row["lamp"] else SIGNAL
    cascades = find_cascades(
        [_share_answers(unit, codebook) for unit in series],
        [code.id for code in codebook.codes_of(PARADOX)],
        draws=settings.draws,
        seed=settings.seed,
    )
    return {"settings": asdict(settings), "units": units, "rows": rows, "cascades": cascades}


def _look_back(
    row: dict[str, Any], series: Sequence[UnitSeries], codebook: Codebook, settings: Settings, rates: ErrorRates | None
) -> None:
    """Look at the instrument in the time that an alarm is about, date its changes of level, correct its shares."""
    [unit] = [unit for unit in series if unit.name == row["unit"]]
    place = codebook.code_ids.index(row["code"])
    coded = np.array([document.codes[place] for document in unit.documents])
    sentences = np.array([document.sentences for document in unit.documents], dtype=float)
    row["dated"] = date_changes(Counts(coded, sentences, unit.numbers))
    spell = find_spell(row)
    floors = np.array([document.floors[:, place] for document in unit.documents])
    row["lamp"] += look_at_floor(floors, unit.numbers, spell, draws=settings.draws, seed=settings.seed)
    late = np.array([find_side(spell, int(number)) == "after" for number in unit.numbers])
    if rates:
        before, after = (
            correct_share(coded[side], sentences[side], rates, seed=settings.seed) for side in (~late, late)
        )
        if before and after:
            row["corrected"] = {"before": asdict(before), "after": asdict(after)}


def _share_answers(unit: UnitSeries, codebook: Codebook) -> UnitShares:
    """Return shares of sentences per period: actions near each paradox, and tensions of each."""
    paradoxes = [code.id for code in codebook.codes_of(PARADOX)]
    place = {code: number for number, code in enumerate(codebook.code_ids)}
    answers = [sum(document.answered for document in period.documents) / period.sentences for period in unit.periods]
    tensions = [
        [
            sum(
                document.codes[place[code.id]]
                for document in period.documents
                for code in codebook.codes_of(TENSION)
                if code.parent == paradox
            )
            / period.sentences
            for paradox in paradoxes
        ]
        for period in unit.periods
    ]
    return UnitShares(np.array(answers), np.array(tensions))


def _assess_unit(
    unit: UnitSeries, text: Mapping[str, Change | None], codebook: Codebook, settings: Settings, *, tests: int
) -> list[dict[str, Any]]:
    documents, numbers = unit.documents, unit.numbers
    coded = np.array([document.codes for document in documents])
    sentences = np.array([document.sentences for document in documents], dtype=float)
    own = coded[:, : len(codebook.codes)]
    changes = scan_closely(own, sentences, numbers, draws=settings.draws, seed=settings.seed, least=LEAST_P / tests)
    rows = []
    for place, code in enumerate(codebook.code_ids):
        chart = _chart(Counts(coded[:, place], sentences, numbers))
        change = changes[place]
        found = [change.p if change else 1.0, find_chart_p(chart) if chart else 1.0]
        rows.append(
            {
                "unit": unit.name,
                "code": code,
                "change": asdict(change) if change else None,
                "chart": describe_chart(chart) if chart else None,
                "p": min(1.0, 2 * min(found)),
                "lamp": light_lamp(text),
            }
        )
    return rows


def _chart(counts: Counts) -> Chart | None:
    """Draw a chart where there are periods enough for a baseline, and coded sentences in them."""
    periods = len(counts.sum_periods()[0])
    baseline = min(BASELINE[1], max(BASELINE[0], periods // 2))
    if periods <= baseline or counts.choose(baseline).coded.sum() < LEAST_CODED * baseline:
        return None
    return draw_chart(counts, baseline)


def find_chart_p(chart: Chart) -> float:
    """Return how often chance takes the smoothed score as far out in one period, from the last one."""
    return float(2 * norm.sf(abs(chart.smooth[-1]) / (chart.reach[-1] / LIMIT)))


def find_spell(row: Mapping[str, Any]) -> tuple[int, int | None]:
    """Return the first period of the change that an alarm is about, and the first after it; None if it lasts.

    What has passed is dated by the scan; what lasts, by the chart's cumulative sum where there is one.
    """
    chart, change = row["chart"], row["change"]
    if change["until"] is not None and 2 * change["p"] <= row["p"]:
        return int(change["period"]), int(change["until"])
    if chart and chart["onset"] is not None:
        return int(chart["onset"]), None
    return int(change["period"]), None


def find_side(spell: tuple[int, int | None], number: int) -> str:
    """Return ``after`` for a period within the change that an alarm is about, else ``before``.

    >>> [find_side((2, 4), number) for number in (1, 2, 4)], find_side((2, None), 9)
    (['before', 'after', 'before'], 'after')
    """
    first, end = spell
    return "after" if number >= first and (end is None or number < end) else "before"


def describe_chart(chart: Chart) -> dict[str, Any]:
    """Return a chart as JSON data; ``onset`` is the period in which what ends in the last alarm began."""
    low, high = chart.limits
    alarms = np.flatnonzero(chart.alarms)
    onset = None
    if len(alarms):
        last = int(alarms[-1])
        onset = find_onset(chart.rising if chart.smooth[last] > 0 else chart.falling, last)
    arrays = {
        **{"share": chart.share, "low": low, "high": high, "smooth": chart.smooth, "reach": chart.reach},
        **{"rising": chart.rising, "falling": chart.falling},
    }
    return {
        "centre": chart.centre,
        "sigma_z": chart.sigma_z,
        **{name: [float(value) for value in array] for name, array in arrays.items()},
        "alarms": [int(alarm) for alarm in alarms],
        "onset": onset,
    }


def _describe_unit(
    unit: UnitSeries, text: Mapping[str, Change | None], codebook: Codebook, settings: Settings
) -> dict[str, Any]:
    ids = [*codebook.code_ids, *(dimension.id for dimension in codebook.dimensions)]
    half = len(unit.periods) // 2
    horizons = compare_horizons(
        [
            [document.horizons for period in part for document in period.documents]
            for part in (unit.periods[:half], unit.periods[half:])
        ]
    )
    return {
        "name": unit.name,
        "pooled": list(unit.pooled),
        "documents": len(unit.documents),
        "sentences": sum(period.sentences for period in unit.periods),
        "periods": [
            {
                "name": period.name,
                "documents": [document.id for document in period.documents],
                "sentences": period.sentences,
                "first": min(document.span.first for document in period.documents).isoformat(),
                "last": max(document.span.last for document in period.documents).isoformat(),
                "shares": {
                    id: float(sum(document.codes[place] for document in period.documents) / max(1, period.sentences))
                    for place, id in enumerate(ids)
                },
            }
            for period in unit.periods
        ],
        "text": {kind: asdict(change) if change else None for kind, change in text.items()},
        "horizons": horizons,
        "gap": find_gap(horizons),
        "poles": compare_poles(unit.documents, unit.numbers, codebook, draws=settings.draws, seed=settings.seed),
    }
