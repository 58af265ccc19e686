"""Hits of horizon patterns -> horizon cues with bin, duration and what they resolve to."""

from collections.abc import Callable, Mapping

from antinomy.codebook import Horizon
from antinomy.cues.dates import (
    PartialDate,
    Span,
    find_coming,
    find_end,
    find_period,
    measure_distance,
    read_decade,
    read_written_date,
    shift_date,
)
from antinomy.cues.durations import Length, read_length
from antinomy.cues.match import Hit, make_cue
from antinomy.records import Cue, Sentence

NAMED_DAYS = {"today": "day", "tomorrow": "day", "yesterday": "day"}
UNSAID = ("end", "part")  # where the unit names a period, not a length
Groups = Mapping[str, str]
Meaning = Span | PartialDate | None


def read_horizon(hit: Hit, sentence: Sentence, *, date: PartialDate | None, bins: tuple[Horizon, ...]) -> Cue | None:
    """Build the cue of a hit; None where only the document's date could tell the bin.

    Args:
        hit: Offsets within the sentence.
        sentence: The sentence.
        date: The document's date, as far as known.
        bins: The codebook's horizons.
    """
    groups = {name: text for name, text in hit.match.groupdict().items() if text}
    means = hit.rule.options.get("means", "")
    length = _find_length(groups)
    span = _find_span(groups)
    code = hit.rule.code
    if code == "by_date":
        code = _choose_bin_of_date(span, date, bins) or hit.rule.options.get("otherwise")
    elif code == "by_length":
        code = None if length is None else choose_bin(length, bins)
    if code is None:
        return None
    meaning = span if means == "date" else _resolve(means, groups, length, date)
    duration = None if length is None or means in UNSAID else length.iso
    return make_cue(
        hit, sentence, "horizon", code, duration=duration, resolved=None if meaning is None else str(meaning)
    )


def choose_bin(length: Length, bins: tuple[Horizon, ...]) -> str:
    """Return the id of the shortest bin that holds a length ahead; the open one holds the rest."""
    bounded = [(horizon.max_days, horizon.id) for horizon in bins if horizon.max_days is not None]
    return next((name for days, name in sorted(bounded) if length.total_days <= days), "long")


def _choose_bin_of_date(span: Span | None, date: PartialDate | None, bins: tuple[Horizon, ...]) -> str | None:
    if span is None or date is None:
        return None
    months = measure_distance(span, date)
    return "past" if months is None else choose_bin(Length(None, months=months), bins)


def _find_length(groups: Groups) -> Length | None:
    if "unit" in groups:
        return read_length(f"one {_unit(groups)}")
    return read_length(groups["length"]) if "length" in groups else None


def _find_span(groups: Groups) -> Span | None:
    if "decade" in groups:
        return read_decade(groups["decade"])
    return read_written_date(groups["date"]) if "date" in groups else None


def _unit(groups: Groups) -> str:
    unit = groups["unit"].lower()
    return NAMED_DAYS.get(unit, unit)


def _resolve(means: str, groups: Groups, length: Length | None, date: PartialDate | None) -> Meaning:
    if date is None or means not in MEANINGS:
        return None
    return MEANINGS[means](groups, length, date)


def _ahead(_: Groups, length: Length | None, date: PartialDate) -> Meaning:
    end = None if length is None or length.iso is None else shift_date(date, length)
    return None if end is None else Span(date, end)


def _behind(_: Groups, length: Length | None, date: PartialDate) -> Meaning:
    start = None if length is None or length.iso is None else shift_date(date, length, back=True)
    return None if start is None else Span(start, date)


def _ago(_: Groups, length: Length | None, date: PartialDate) -> Meaning:
    point = None if length is None or length.iso is None else shift_date(date, length, back=True)
    if point is None or length is None or length.days:
        return point
    return PartialDate(point.year, point.month if length.months % 12 else None)


def _period(step: int) -> Callable[[Groups, Length | None, PartialDate], Meaning]:
    return lambda groups, _, date: find_period(_unit(groups), date, step=step) if "unit" in groups else None


MEANINGS: Mapping[str, Callable[[Groups, Length | None, PartialDate], Meaning]] = {
    "ahead": _ahead,
    "behind": _behind,
    "ago": _ago,
    "this": _period(0),
    "part": _period(0),
    "next": _period(1),
    "last": _period(-1),
    "coming": lambda groups, _, date: find_coming(groups["name"], date) if "name" in groups else None,
    "end": lambda groups, _, date: find_end(_unit(groups), date),
}
