"""Units with the codes of each coder -> arrays that every coefficient is counted from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from antinomy.codebook import Codebook
from antinomy.coefficients.cells import Bools
from antinomy.coefficients.tallies import Ratings
from antinomy.resample import Ints


@dataclass(frozen=True, slots=True)
class CodedUnit:
    """One unit of text and what each coder who read it gave it.

    Attributes:
        codings: Coder -> codes, none for "read, and no code applies"; a coder who is not there did not code it.
        place: First character and end in the document's text, where that is known.
    """

    document: str
    id: str
    text: str
    codings: Mapping[str, frozenset[str]]
    before: str = ""
    after: str = ""
    place: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """What agreement is counted for: every code, and for every dimension whether any of its codes was given.

    Attributes:
        ids: Code ids in codebook order, then dimension ids.
        codes: How many of them are codes.
    """

    ids: tuple[str, ...]
    codes: int


@dataclass(frozen=True, slots=True)
class Codings:
    """Codes as arrays.

    Attributes:
        coders: Their names.
        columns: See ``Columns``.
        ratings: 1 given, 0 not given, -1 not coded; shape (units, coders, columns).
        documents: Number of the document of each unit, (units,).
        names: Of the documents.
    """

    coders: tuple[str, ...]
    columns: Columns
    ratings: Ratings
    documents: Ints
    names: tuple[str, ...]

    def find_coded(self, seats: Sequence[int]) -> Bools:
        """Say which units any of these coders gave any code, (units,)."""
        return np.asarray((self.ratings[:, seats, : self.columns.codes] == 1).any(axis=(1, 2)), dtype=bool)

    def choose(self, units: Bools) -> "Codings":
        """Return some units only, by a mask; documents keep their numbers."""
        return Codings(self.coders, self.columns, self.ratings[units], self.documents[units], self.names)

    def leave_out(self, coders: Sequence[str]) -> "Codings":
        """Return the codings of all other coders."""
        kept = [place for place, coder in enumerate(self.coders) if coder not in coders]
        names = tuple(self.coders[place] for place in kept)
        return Codings(names, self.columns, self.ratings[:, kept], self.documents, self.names)


def arrange_codings(units: Sequence[CodedUnit], codebook: Codebook) -> Codings:
    """Put units into arrays; parents are added to their codes.

    Args:
        units: Of all documents.
        codebook: Decides which columns there are, used or not.
    """
    coders = tuple(dict.fromkeys(coder for unit in units for coder in unit.codings))
    names = tuple(dict.fromkeys(unit.document for unit in units))
    columns = Columns((*codebook.code_ids, *(dimension.id for dimension in codebook.dimensions)), len(codebook.codes))
    place = {name: number for number, name in enumerate(columns.ids[: columns.codes])}
    row_of: dict[frozenset[str], Ratings] = {}
    ratings = np.full((len(units), len(coders), len(columns.ids)), -1, dtype=np.int8)
    seat = {coder: number for number, coder in enumerate(coders)}
    for number, unit in enumerate(units):
        for coder, codes in unit.codings.items():
            if codes not in row_of:
                row_of[codes] = _mark(codes, codebook, place, len(columns.ids))
            ratings[number, seat[coder]] = row_of[codes]
    number_of = {name: number for number, name in enumerate(names)}
    documents = np.array([number_of[unit.document] for unit in units], dtype=np.int64)
    return Codings(coders, columns, ratings, documents, names)


def _mark(codes: frozenset[str], codebook: Codebook, place: Mapping[str, int], width: int) -> Ratings:
    row = np.zeros(width, dtype=np.int8)
    closed = codebook.close_upwards(set(codes))
    row[[place[code] for code in closed]] = 1
    for number, dimension in enumerate(codebook.dimensions, start=len(place)):
        row[number] = any(codebook.by_id[code].dimension == dimension.id for code in closed)
    return row
