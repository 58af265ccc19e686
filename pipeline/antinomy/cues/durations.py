"""Words for a length of time ("three to five years") -> Length with its ISO 8601 duration."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

import regex

from antinomy.cues.vocabulary import load_table

PART = regex.compile(r"[0-9]+(?:[.,][0-9]+)?|[a-z]+")
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in calendar months, days and minutes, of which one is not zero.

    Attributes:
        iso: ISO 8601 duration; None where nobody counted ("a few years").
    """

    iso: str | None
    months: int = 0
    days: int = 0
    minutes: int = 0

    @property
    def total_days(self) -> int:
        """Days on average, to tell bins apart; never used for calendar dates."""
        return self.months * 365 // 12 + self.days + (self.minutes > 0)


def read_length(text: str) -> Length | None:
    """Read a length; of a range the upper end counts, as the horizon reaches up to there.

    >>> read_length("three to five years").iso
    'P5Y'
    >>> read_length("a year and a half").iso
    'P18M'
    """
    parts = PART.findall(text.lower())
    unit = next((name for part in parts if (name := _unit_names().get(part))), None)
    if unit is None:
        return None
    amounts, vague = _read_amounts(parts)
    if not amounts and parts[-1] in _plurals():
        amounts, vague = [Fraction(load_table("durations")["vague"]["few"])], True
    amount = max(amounts, default=Fraction(1))
    if "half" in parts:
        amount = amount + HALF if "and" in parts else HALF
    return _build_length(unit, amount, vague)


def _read_amounts(parts: list[str]) -> tuple[list[Fraction], bool]:
    words = load_table("durations")
    amounts: list[Fraction] = []
    vague = False
    before = ""
    for part in parts:
        value = words["numbers"].get(part, words["vague"].get(part))
        vague = vague or part in words["vague"]
        if part[0].isdigit():
            amounts.append(Fraction(part.replace(",", ".")))
        elif value is not None and value < 10 and words["numbers"].get(before, 0) in range(20, 100, 10):
            amounts[-1] += value
        elif value is not None:
            amounts.append(Fraction(value))
        before = part
    return amounts, vague


def _build_length(name: str, amount: Fraction, vague: bool) -> Length:
    units: dict[str, dict[str, Any]] = load_table("durations")["units"]
    unit = units[name]
    number = amount * unit.get("per", 1)
    while number.denominator > 1 and "smaller" in unit:
        number *= unit["smaller"]["times"]
        unit = units[unit["smaller"]["unit"]]
    count = ceil(number)
    base = {key: count * unit[key] // unit.get("per", 1) for key in ("months", "days", "minutes") if key in unit}
    return Length(None if vague else unit["iso"].format(count), **base)


def _unit_names() -> dict[str, str]:
    units = load_table("durations")["units"]
    return {form: name for name, unit in units.items() for form in (name, unit.get("plural", f"{name}s"))}


def _plurals() -> set[str]:
    return {unit.get("plural", f"{name}s") for name, unit in load_table("durations")["units"].items()}
