"""Counts by group -> the shades of a heat table."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antinomy.codebook import Code
from antinomy.report.summary import Tally

# below this a shade would make a single sentence look like a finding
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One group and one code; ``shade`` runs from 0 to 1."""

    count: int
    rate: float
    shade: float


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One document or group; ``cells`` follow the codes."""

    name: str
    tally: Tally
    cells: tuple[HeatCell, ...]

    @property
    def few(self) -> bool:
        """Whether the rates rest on too few sentences to mean much."""
        return self.tally.sentences < ENOUGH


def shade_rows(tallies: Mapping[str, Tally], codes: Sequence[Code]) -> tuple[HeatRow, ...]:
    """Shade all cells on one scale, up to the highest rate that a group with enough sentences has.

    Shades follow the square root, so that rare codes can still be told from absent ones.
    """
    solid = [tally for tally in tallies.values() if tally.sentences >= ENOUGH] or list(tallies.values())
    highest = max((tally.rate(code.id) for tally in solid for code in codes), default=0.0)

    def shade(tally: Tally, code: Code) -> HeatCell:
        rate = tally.rate(code.id)
        return HeatCell(tally.codes[code.id], rate, min(1.0, math.sqrt(rate / highest)) if highest else 0.0)

    return tuple(HeatRow(name, tally, tuple(shade(tally, code) for code in codes)) for name, tally in tallies.items())
