"""A printed date -> ISO 8601, where it can mean one day only."""

import re
from datetime import date

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_WRITTEN = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})\b"),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
)
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")


def parse_printed_date(text: str) -> str | None:
    """Return the first date in a text as ``YYYY-MM-DD`` or ``YYYY-MM``; None for none or an ambiguous one.

    >>> parse_printed_date("Recorded on 3rd of March, 2021 in Graz")
    '2021-03-03'
    >>> parse_printed_date("2020-02-29T10:00:00Z"), parse_printed_date("Thu 14.03.2024")
    ('2020-02-29', '2024-03-14')
    >>> parse_printed_date("03/04/2021") is None
    True
    """
    if match := _ISO.search(text):
        year, month, day = match.groups()
        return _to_iso(int(year), int(month), int(day or 1), precise=day is not None)
    for pattern in _WRITTEN:
        for match in pattern.finditer(text):
            month_number = _find_month(match["month"])
            if month_number:
                return _to_iso(int(match["year"]), month_number, int(match["day"]))
    if match := _DOTTED.search(text):
        return _to_iso(int(match[3]), int(match[2]), int(match[1]))
    return None


def _find_month(word: str) -> int | None:
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())), None)


def _to_iso(year: int, month: int, day: int, *, precise: bool = True) -> str | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if precise else found.isoformat()[:7]
