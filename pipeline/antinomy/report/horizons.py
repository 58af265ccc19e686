"""Holdings -> how often each stakeholder looks how far ahead."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from antinomy.codebook import Codebook
from antinomy.records import Cue
from antinomy.report.summary import SentenceKey


@dataclass(frozen=True, slots=True)
class HorizonCell:
    """One stakeholder and one bin of horizons.

    Attributes:
        count: Holdings that are not negated.
        placed: Those of them whose length or date is known.
        negated: Holdings that the sentence denies; not in ``count``.
        places: The sentences, those with a known length or date first; one of each document before the second of any.
    """

    count: int = 0
    placed: int = 0
    negated: int = 0
    places: tuple[SentenceKey, ...] = ()

    @property
    def unresolved(self) -> int:
        """Holdings that only words such as "the future" describe."""
        return self.count - self.placed


@dataclass(frozen=True, slots=True)
class HorizonRow:
    """One stakeholder; ``cells`` follow the codebook's horizons."""

    name: str
    cells: tuple[HorizonCell, ...]


def count_horizons(holdings: Iterable[Cue], codebook: Codebook) -> tuple[HorizonRow, ...]:
    """Return a row per stakeholder of the codebook, and one for holders that nobody names if there are any."""
    by_place: dict[tuple[str | None, str], list[Cue]] = {}
    for cue in holdings:
        by_place.setdefault((cue.holder, cue.code), []).append(cue)
    rows: list[tuple[str | None, str]] = [(entry.id, entry.name) for entry in codebook.stakeholders]
    known = {entry.id for entry in codebook.stakeholders}
    others = sorted({holder for holder, _ in by_place if holder is not None and holder not in known})
    rows += [(holder, holder.replace("_", " ")) for holder in others]
    if any(holder is None for holder, _ in by_place):
        rows.append((None, "Holder not known"))
    return tuple(
        HorizonRow(name, tuple(_count_cell(by_place.get((holder, bin_.id), [])) for bin_ in codebook.horizons))
        for holder, name in rows
    )


def _count_cell(cues: list[Cue]) -> HorizonCell:
    held = [cue for cue in cues if not cue.negated]
    placed = [cue for cue in held if cue.duration or cue.resolved]
    vague = [cue for cue in held if not (cue.duration or cue.resolved)]
    places = dict.fromkeys((cue.document, cue.sentence) for cue in placed + vague)
    rank = {place: order for order, place in _number_by_document(places)}
    return HorizonCell(len(held), len(placed), len(cues) - len(held), tuple(sorted(places, key=rank.__getitem__)))


def _number_by_document(places: Iterable[SentenceKey]) -> Iterator[tuple[int, SentenceKey]]:
    seen: Counter[str] = Counter()
    for place in places:
        yield seen[place[0]], place
        seen[place[0]] += 1
