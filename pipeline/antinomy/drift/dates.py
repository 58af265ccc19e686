"""When a document was written, and in which period that lies.

A date comes from the run's metadata (a sidecar, the document itself) or else from the file's name. Nothing is guessed:
a name with two dates that differ, or a year where quarters are wanted, leaves a document without a period, and it is
listed.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = [name.lower() for name in calendar.month_name]
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# As names of files have them; the longest first, and no digit on either side.
_PATTERNS = (
    re.compile(
        r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_. ]?(?P<month>0[1-9]|1[0-2])[-_. ]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_. ]?q(?P<quarter>[1-4])(?![a-z\d])"),
    re.compile(r"(?<![a-z\d])q(?P<quarter>[1-4])[-_. ]?(?P<year>(?:19|20)\d{2})(?!\d)"),
    re.compile(r"(?<![a-z])(?P<name>[a-z]{3,9})[-_. ]?(?P<year>(?:19|20)\d{2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_. ](?P<name>[a-z]{3,9})(?![a-z])"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-_. ](?P<month>0[1-9]|1[0-2])(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?!\d)"),
)
CALENDAR = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """First and last day that a date can mean."""

    first: date
    last: date


def read_date(text: str) -> Span | None:
    """Return the days that an ISO 8601 year, month or day can mean.

    >>> read_date("2024-02").last
    datetime.date(2024, 2, 29)
    """
    match = _ISO.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _make_span(year or 0, month, day)
    except ValueError:
        return None


def find_date_in_name(name: str) -> Span | None:
    """Return the days that the name of a file means; None if it has no date, or several that differ.

    >>> find_date_in_name("reports/2016_20160316.txt").first
    datetime.date(2016, 3, 16)
    >>> find_date_in_name("2016_august-2016.md").first, find_date_in_name("Q3_2021 plant.docx").last
    (datetime.date(2016, 8, 1), datetime.date(2021, 9, 30))
    >>> find_date_in_name("2019-05_and_2020-05.md") is None
    True
    """
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name.replace("\\", "/").rpartition("/")[2]).lower()
    for pattern in _PATTERNS:
        spans = set()
        for match in pattern.finditer(stem):
            span = _read_match(match.groupdict())
            if span:
                spans.add(span)
        if len(spans) == 1:
            [found] = spans
            years = {int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", stem)}
            return found if years <= {found.first.year} else None
        if spans:
            return None
    return None


def _read_match(parts: dict[str, str | None]) -> Span | None:
    year = int(parts["year"] or 0)
    if parts.get("quarter"):
        month = 3 * int(parts["quarter"] or 0)
        return Span(date(year, month - 2, 1), _make_span(year, month, None).last)
    name = parts.get("name")
    if name:
        months = [number for number, full in enumerate(_MONTHS) if number and full.startswith(name)]
        return _make_span(year, months[0], None) if len(months) == 1 else None
    known, day = (int(parts.get(key) or 0) or None for key in ("month", "day"))
    try:
        return _make_span(year, known, day)
    except ValueError:
        return None


def _make_span(year: int, month: int | None, day: int | None) -> Span:
    if day is not None and month is not None:
        return Span(date(year, month, day), date(year, month, day))
    first, last = month or 1, month or 12
    return Span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def find_period(span: Span, by: str) -> int | None:
    """Return the number of the calendar period that holds all days of a span; None if they lie in several.

    Args:
        span: What a date can mean.
        by: A key of ``CALENDAR``.
    """
    months = CALENDAR[by]
    first, last = ((day.year * 12 + day.month - 1) // months for day in (span.first, span.last))
    return first if first == last else None


def name_period(number: int, by: str) -> str:
    """Return the name of a calendar period.

    >>> name_period(2024 * 4 + 1, "quarter"), name_period(2024 * 12 + 8, "month"), name_period(2024 * 2, "half")
    ('2024 Q2', '2024-09', '2024 H1')
    """
    per_year = 12 // CALENDAR[by]
    year, part = divmod(number, per_year)
    return {"year": f"{year}", "half": f"{year} H{part + 1}", "quarter": f"{year} Q{part + 1}"}.get(
        by, f"{year}-{part + 1:02d}"
    )
