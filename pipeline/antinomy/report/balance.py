"""Counts by document and organisation -> where each stands between the four corners of imbalance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antinomy.codebook import Code, Codebook
from antinomy.report.summary import Tally

HOMES = ("lps_team", "production", "senior_management", "sp_team")
PLACES = ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))
FEW = 10


@dataclass(frozen=True, slots=True)
class Corner:
    """An archetype and its place; x runs to the right and y downwards, from 0 to 1."""

    code: Code
    home: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Where one document or organisation stands.

    Attributes:
        name: Document id or organisation.
        sentences: Sentences that were to be coded.
        voiced: Archetype codes given to them; a sentence with two counts twice.
        rates: Archetype id -> sentences per 100.
        x: Weighted mean of the corners, from 0 to 1.
        y: The same, downwards.
        strongest: The archetype voiced most; None where two or more share the first place.
        parts: The documents of an organisation.
    """

    name: str
    sentences: int
    voiced: int
    rates: Mapping[str, float]
    x: float
    y: float
    strongest: Code | None
    parts: tuple["Balance", ...] = ()

    @property
    def label(self) -> str:
        """Name of an organisation, or of a document without its folders."""
        return self.name if self.parts else self.name.rpartition("/")[2]

    @property
    def few(self) -> bool:
        """Whether the place rests on too few sentences to mean much."""
        return self.voiced < FEW


def place_corners(codebook: Codebook) -> tuple[Corner, ...]:
    """Return the four archetypes at the corners of their stakeholders, or nothing if they are not four.

    The study's homes have fixed corners (lean top left, production top right, senior management bottom left,
    smart production bottom right); other homes take the corners in codebook order.
    """
    archetypes = [code for code in codebook.codes if code.dimension == "archetype"]
    if len(archetypes) != len(PLACES):
        return ()
    if {code.home for code in archetypes} == set(HOMES):
        archetypes.sort(key=lambda code: HOMES.index(code.home or ""))
    names = {stakeholder.id: stakeholder.name for stakeholder in codebook.stakeholders}
    return tuple(
        Corner(code, names.get(code.home or "", ""), x, y) for code, (x, y) in zip(archetypes, PLACES, strict=True)
    )


def find_balance(name: str, tally: Tally, corners: Sequence[Corner], parts: tuple[Balance, ...] = ()) -> Balance:
    """Return the barycentre of the corners, weighted by how often each archetype is voiced.

    Where nothing is voiced the place is the centre, and ``voiced`` says that it means nothing.
    """
    weights = [tally.codes[corner.code.id] for corner in corners]
    voiced = sum(weights)
    leaders = [corner.code for corner, weight in zip(corners, weights, strict=True) if weight == max(weights)]
    return Balance(
        name=name,
        sentences=tally.sentences,
        voiced=voiced,
        rates={corner.code.id: tally.rate(corner.code.id) for corner in corners},
        x=sum(corner.x * weight for corner, weight in zip(corners, weights, strict=True)) / voiced if voiced else 0.5,
        y=sum(corner.y * weight for corner, weight in zip(corners, weights, strict=True)) / voiced if voiced else 0.5,
        strongest=leaders[0] if voiced and len(leaders) == 1 else None,
        parts=parts,
    )


def find_balances(
    by_document: Mapping[str, Tally],
    by_organisation: Mapping[str, Tally],
    organisation_of: Mapping[str, str | None],
    corners: Sequence[Corner],
) -> tuple[Balance, ...]:
    """Return one balance per organisation with its documents; without organisations, one per document."""
    parts: dict[str | None, list[Balance]] = {}
    for document, tally in by_document.items():
        parts.setdefault(organisation_of.get(document), []).append(find_balance(document, tally, corners))
    named = [find_balance(name, tally, corners, tuple(parts.get(name, ()))) for name, tally in by_organisation.items()]
    balances = [*named, *parts.get(None, ())]
    return tuple(sorted(balances, key=lambda balance: -balance.voiced))
