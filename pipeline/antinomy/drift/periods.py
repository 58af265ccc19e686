"""Dated documents of one unit -> periods that hold enough sentences to say something."""

from collections.abc import Sequence
from dataclasses import dataclass

from antinomy.drift.dates import find_period, name_period
from antinomy.drift.tallies import DocumentTally


@dataclass(frozen=True, slots=True)
class Period:
    """Documents of neighbouring times.

    Attributes:
        name: Such as ``2024 Q1``, or ``2024 Q1 to Q3`` where one period alone held too little.
        documents: In order of time.
    """

    name: str
    documents: tuple[DocumentTally, ...]

    @property
    def sentences(self) -> int:
        """Sentences of all documents."""
        return sum(document.sentences for document in self.documents)


def cut_periods(documents: Sequence[DocumentTally], by: str, least: int) -> tuple[list[Period], list[DocumentTally]]:
    """Cut a unit's documents into periods.

    A period with too few sentences is joined with the next one; the last is joined with the one before it.

    Args:
        documents: Of one unit.
        by: A key of ``dates.CALENDAR``, or how many documents make a period.
        least: Sentences that a period must hold.

    Returns:
        Periods in order of time, and the documents whose date does not tell the period.
    """
    left: list[DocumentTally] = []
    groups: dict[int, list[DocumentTally]] = {}
    ordered = sorted(documents, key=lambda document: (document.span, document.id))
    for place, document in enumerate(ordered):
        number = place // int(by) if by.isdecimal() else find_period(document.span, by)
        if number is None:
            left.append(document)
        else:
            groups.setdefault(number, []).append(document)
    joined: list[list[int]] = []
    held = least
    for number in sorted(groups):
        if held < least:
            joined[-1].append(number)
        else:
            joined.append([number])
            held = 0
        held += sum(document.sentences for document in groups[number])
    if held < least and len(joined) > 1:
        last = joined.pop()
        joined[-1] += last
    return [
        Period(_name(numbers, groups, by), tuple(document for number in numbers for document in groups[number]))
        for numbers in joined
    ], left


def find_empty(documents: Sequence[DocumentTally], by: str) -> list[str]:
    """Return the calendar periods between a unit's first and last document in which it has none."""
    if by.isdecimal():
        return []
    numbers = {number for document in documents if (number := find_period(document.span, by)) is not None}
    return [
        name_period(number, by)
        for number in range(min(numbers, default=0), max(numbers, default=0))
        if number not in numbers
    ]


def _name(numbers: Sequence[int], groups: dict[int, list[DocumentTally]], by: str) -> str:
    if by.isdecimal():
        days = [groups[numbers[0]][0].span.first, groups[numbers[-1]][-1].span.last]
        return " to ".join(dict.fromkeys(day.isoformat() for day in days))
    names = [name_period(number, by) for number in (numbers[0], numbers[-1])]
    return " to ".join(dict.fromkeys(names))
