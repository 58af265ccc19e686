"""Printed times such as ``1:02:03.5`` -> seconds."""

import re
from collections.abc import Sequence

# Minutes may pass 59 where hours are not printed (75:10); video editors append frames (00:01:02:15).
CLOCK = r"(?:\d{1,3}:[0-5]?\d:[0-5]?\d(?:[.,:]\d{1,3})?|\d{1,3}:[0-5]\d(?:[.,]\d{1,3})?)(?!\d|:\d)"
_PARTS = re.compile(r"(?:(\d{1,3}):(?=\d+:))?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3})|:\d{1,3})?")


def parse_clock(text: str) -> float | None:
    """Return seconds for ``mm:ss``, ``h:mm:ss`` and either with a fraction; None for anything else.

    >>> parse_clock("1:02:03,500")
    3723.5
    >>> parse_clock("75:10")
    4510.0
    >>> parse_clock("10:75") is None
    True
    """
    text = text.strip()
    match = _PARTS.fullmatch(text) if re.fullmatch(CLOCK, text) else None
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{fraction or 0}")


def parse_times(values: Sequence[object], words: int) -> list[float | None]:
    """Return seconds for the times of a table or JSON file: printed times, numbers, or numbers as text.

    Bare numbers are milliseconds where, as seconds, nobody would speak that slowly.

    Args:
        values: The times, in any order; what is none becomes None.
        words: How many words are spoken between them.

    >>> parse_times(["00:01:30", "2.5", 7, "noon", None], 500)
    [90.0, 2.5, 7.0, None, None]
    >>> parse_times([0, 4200, 9800], 30)
    [0.0, 4.2, 9.8]
    """
    clocks = [parse_clock(value) if isinstance(value, str) else None for value in values]
    numbers = [_parse_number(value) for value in values]
    known = [number for number in numbers if number is not None]
    slow = bool(known) and words < (max(known) - min(known)) / 20
    divisor = 1000 if slow and all(number.is_integer() for number in known) else 1
    return [
        clock if clock is not None else None if number is None else number / divisor
        for clock, number in zip(clocks, numbers, strict=True)
    ]


def _parse_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number < 1e12 else None
