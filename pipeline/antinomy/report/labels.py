"""A point and what is drawn already -> the place for a label that covers least of it."""

from collections.abc import Sequence
from dataclasses import dataclass


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
) -> Label:
    """Return the place right, left, below or above the point that overlaps ``taken`` least and stays in ``bounds``."""
    half = width / 2
    candidates = (
        Label(x + gap, y + height / 3, "start", Box(x + gap, y - height / 2, x + gap + width, y + height / 2)),
        Label(x - gap, y + height / 3, "end", Box(x - gap - width, y - height / 2, x - gap, y + height / 2)),
        Label(x, y + gap + height * 0.7, "middle", Box(x - half, y + gap, x + half, y + gap + height)),
        Label(x, y - gap - height * 0.2, "middle", Box(x - half, y - gap - height, x + half, y - gap)),
    )

    def cost(label: Label) -> float:
        outside = label.box.area - label.box.overlap(bounds)
        return 3 * outside + sum(label.box.overlap(box) for box in taken)

    return min(candidates, key=cost)
