"""The coding scheme as frozen records: the only source of label sets and their order."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Dimension:
    """A group of codes that are judged together, such as the paradoxes."""

    id: str
    name: str
    definition: str


@dataclass(frozen=True)
class Code:
    """One label.

    Attributes:
        dimension: ``Dimension.id``.
        parent: Code that always accompanies this one, such as the paradox of a tension.
        poles: The two poles of a tension.
        home: Stakeholder whose corner an archetype is.
        tilts: Paradoxes that an archetype mostly tilts.
    """

    id: str
    dimension: str
    name: str
    definition: str
    parent: str | None = None
    poles: tuple[str, ...] = ()
    home: str | None = None
    tilts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stakeholder:
    """A group of people; ``terms`` are words of the study's own that name it."""

    id: str
    name: str
    definition: str
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Horizon:
    """A bin of time horizons; ``max_days`` is its inclusive upper end, None for open or past bins."""

    id: str
    name: str
    definition: str
    max_days: int | None = None


@dataclass(frozen=True)
class Rule:
    """A boundary rule between codes that are easily confused."""

    id: str
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Codebook:
    """A complete coding scheme; the order of every tuple is the order of columns and rows everywhere."""

    id: str
    version: str
    title: str
    unit: str
    dimensions: tuple[Dimension, ...]
    codes: tuple[Code, ...]
    stakeholders: tuple[Stakeholder, ...]
    horizons: tuple[Horizon, ...]
    rules: tuple[Rule, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Hash of the content, independent of layout and comments of the file."""
        canonical = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def code_ids(self) -> tuple[str, ...]:
        """Ids of all codes in codebook order."""
        return tuple(code.id for code in self.codes)

    @cached_property
    def by_id(self) -> dict[str, Code]:
        """Code id -> code."""
        return {code.id: code for code in self.codes}

    def hash_codes(self) -> dict[str, str]:
        """Return code id -> hash of what the code means: dimension, parent, definition and poles."""
        meant = {code.id: [code.dimension, code.parent, code.definition, code.poles] for code in self.codes}
        return {code: hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16] for code, parts in meant.items()}

    def codes_of(self, dimension: str) -> tuple[Code, ...]:
        """Return the codes of one dimension, in order."""
        return tuple(code for code in self.codes if code.dimension == dimension)

    def close_upwards(self, codes: set[str]) -> tuple[str, ...]:
        """Add the parents of ``codes`` and return all in codebook order."""
        closed = set(codes)
        for code in codes:
            parent = self.by_id[code].parent
            while parent is not None and parent not in closed:
                closed.add(parent)
                parent = self.by_id[parent].parent
        return tuple(code for code in self.code_ids if code in closed)

    def as_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        return asdict(self)
