"""Dates as people write and know them, partial ones included -> calendar spans."""

import datetime
from calendar import monthrange
from dataclasses import dataclass

import regex

from antinomy.cues.durations import Length

ISO = regex.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ]\d\d.{0,40})?")
YEAR = regex.compile(r"\d{4}")
YEARS = range(1000, 9000)  # so that the next or last period stays within the calendar of datetime
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
MONTHS = tuple("january february march april may june july august september october november december".split())
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        return "-".join(f"{part:0{size}}" for part, size in zip(self.parts, (4, 2, 2), strict=False))

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts that are known, largest first."""
        return tuple(part for part in (self.year, self.month, self.day) if part is not None)


@dataclass(frozen=True, slots=True)
class Span:
    """A period from its first to its last date, both included."""

    first: PartialDate
    last: PartialDate

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


def read_date(text: str | None) -> PartialDate | None:
    """Read an ISO 8601 date, month or year; anything else is no date."""
    match = ISO.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    date = PartialDate(*(int(part) for part in match.groups() if part))
    if date.year not in YEARS:
        return None
    try:
        datetime.date(date.year, date.month or 1, date.day or 1)
    except ValueError:
        return None
    return date


def shift_date(date: PartialDate, length: Length, *, back: bool = False) -> PartialDate | None:
    """Move a date by a length; None where it is not known precisely enough for that."""
    sign = -1 if back else 1
    if length.minutes:
        return None
    if length.days:
        if date.day is None or date.month is None:
            return None
        try:
            moved = datetime.date(date.year, date.month, date.day) + datetime.timedelta(days=sign * length.days)
        except OverflowError:
            return None
        return PartialDate(moved.year, moved.month, moved.day)
    if date.month is None and length.months % 12:
        return None
    year, month = divmod(date.year * 12 + (date.month or 1) - 1 + sign * length.months, 12)
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        return None
    if date.month is None:
        return PartialDate(year)
    day = None if date.day is None else min(date.day, monthrange(year, month + 1)[1])
    return PartialDate(year, month + 1, day)


def find_period(unit: str, date: PartialDate, *, step: int = 0) -> Span | None:
    """Return the calendar period of the unit that holds the date, or one ``step`` later."""
    if unit in ("day", "week"):
        if date.month is None or date.day is None:
            return None
        day = datetime.date(date.year, date.month, date.day) + datetime.timedelta(
            days=step * (7 if unit == "week" else 1)
        )
        monday = day - datetime.timedelta(days=day.weekday())
        return _span(day, day) if unit == "day" else _span(monday, monday + datetime.timedelta(days=6))
    if unit == "month" and date.month is not None:
        month = shift_date(PartialDate(date.year, date.month), Length(None, months=abs(step)), back=step < 0)
        return None if month is None else Span(month, month)
    if unit == "quarter" and date.month is not None:
        number = date.year * 4 + (date.month - 1) // 3 + step
        return _quarter(number // 4, number % 4 + 1)
    if unit == "year":
        return Span(PartialDate(date.year + step), PartialDate(date.year + step))
    if unit == "decade":
        return _decade(date.year // 10 * 10 + 10 * step)
    return None


def find_end(unit: str, date: PartialDate) -> PartialDate | None:
    """Return the last day of the calendar period of the unit that holds the date."""
    period = find_period(unit, date)
    if period is None:
        return None
    year, month = period.last.year, period.last.month or 12
    return PartialDate(year, month, period.last.day or monthrange(year, month)[1])


def find_coming(name: str, date: PartialDate) -> PartialDate | None:
    """Return the next weekday or month of this name; a season begins and ends differently in places."""
    name = name.lower()
    if name in WEEKDAYS and date.month is not None and date.day is not None:
        today = datetime.date(date.year, date.month, date.day)
        day = today + datetime.timedelta(days=(WEEKDAYS.index(name) - today.weekday() - 1) % 7 + 1)
        return PartialDate(day.year, day.month, day.day)
    if name in MONTHS and date.month is not None:
        month = MONTHS.index(name) + 1
        return PartialDate(date.year + (month < date.month), month)
    return None


def read_written_date(text: str) -> Span | None:
    """Read a date, month, quarter, half-year, season or year as written out, with its year.

    >>> str(read_written_date("Q3 2025"))
    '2025-07/2025-09'
    """
    words = regex.findall(r"[a-z]+|\d+", text.lower())
    years = YEAR.findall(text)
    if not years:
        return None
    if iso := read_date(text):
        return Span(iso, iso)
    year = int(years[-1])
    ordinal = next((ORDINALS[word] for word in words if word in ORDINALS), None)
    if match := regex.search(r"\bq([1-4])\b", text.lower()):
        return _quarter(year, int(match[1]))
    if ordinal and "quarter" in words:
        return _quarter(year, ordinal)
    if ordinal in (1, 2) and "half" in words:
        return Span(PartialDate(year, 1 + 6 * (ordinal - 1)), PartialDate(year, 6 * ordinal))
    month = next((MONTHS.index(word) + 1 for word in words if word in MONTHS), None)
    days = [int(word) for word in words if word.isdigit() and len(word) < 3]
    date = PartialDate(year, month, days[0] if days and month else None)
    if read_date(str(date)) is None:
        return None
    return Span(date, date)


def read_decade(text: str) -> Span | None:
    """Read a decade named by its first year, four digits long."""
    return _decade(int(text)) if YEAR.fullmatch(text) else None


def measure_distance(span: Span, date: PartialDate) -> int | None:
    """Return the months from a date to the end of a span, None if that is past.

    Both are compared as precisely as the vaguer of the two is known.
    """
    known = min(len(span.last.parts), len(date.parts))
    if span.last.parts[:known] < date.parts[:known]:
        return None
    months = (span.last.year - date.year) * 12
    if span.last.month is not None and date.month is not None:
        months += span.last.month - date.month
    return months


def _quarter(year: int, number: int) -> Span:
    return Span(PartialDate(year, 3 * number - 2), PartialDate(year, 3 * number))


def _decade(year: int) -> Span:
    return Span(PartialDate(year), PartialDate(year + 9))


def _span(first: datetime.date, last: datetime.date) -> Span:
    return Span(PartialDate(first.year, first.month, first.day), PartialDate(last.year, last.month, last.day))
