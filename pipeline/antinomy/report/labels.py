"""A point and what is drawn already -> the place for a label that covers least of it."""

from collections.abc import Sequence
from dataclasses import dataclass

# share of a label that may lie on something else before it is left out
TOLERATED = 0.15


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y runs downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, x: float, y: float, radius: float) -> "Box":
        """Return the square around a circle."""
        return cls(x - radius, y - radius, x + radius, y + radius)

    def overlap(self, other: "Box") -> float:
        """Return the common area.

        >>> Box(0, 0, 4, 4).overlap(Box(2, 3, 9, 9))
        2
        """
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.right - self.left) * (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Label:
    """Where a text starts (or ends, or has its middle), and the room that it takes."""

    x: float
    y: float
    anchor: str
    box: Box


def place_label(
    x: float, y: float, gap: float, width: float, height: float, taken: Sequence[Box], bounds: Box
) -> Label | None:
    """Return the place around a point that overlaps ``taken`` least; None where no place is free enough.

    A free place right of the point wins, then left, below, above and the slanting ones; what would lie outside
    ``bounds`` counts as overlap.
    """
    candidates = [
        _set_label(x + across * gap, y + down * (gap + height / 2), across, width, height)
        for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
    ]

    def cost(label: Label) -> float:
        outside = label.box.area - label.box.overlap(bounds)
        return outside + sum(label.box.overlap(box) for box in taken)

    best = min(candidates, key=cost)
    return best if cost(best) <= TOLERATED * best.box.area else None


def _set_label(x: float, y: float, across: int, width: float, height: float) -> Label:
    """Set a text beginning (1), ending (-1) or centred (0) at x, around y."""
    left = x - width * (1 - across) / 2
    anchor = {1: "start", 0: "middle", -1: "end"}[across]
    return Label(x, y + 0.32 * height, anchor, Box(left, y - height / 2, left + width, y + height / 2))
