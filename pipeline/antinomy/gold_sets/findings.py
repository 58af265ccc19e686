"""What is wrong or worth knowing in tables, row by row -> problems and notes, equal ones of many rows as one."""

from dataclasses import dataclass, field

from antinomy.errors import GoldError, Problem

_SHOWN_ROWS = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the table, the kind of counting (row or line), and the number there."""

    table: str
    word: str
    number: int

    def __str__(self) -> str:
        return f"{self.table}, {self.word} {self.number}"


@dataclass(slots=True)
class Findings:
    """Collects problems and notes while tables are read."""

    _problems: dict[tuple[str, str, str, str], list[Place]] = field(default_factory=dict)
    _notes: dict[str, None] = field(default_factory=dict)

    def add(self, what: str, place: Place, fix: str, *, column: str = "") -> None:
        """Add a problem of one row."""
        self._problems.setdefault((what, place.table, column, fix), []).append(place)

    def add_table(self, what: str, table: str, fix: str) -> None:
        """Add a problem of a whole table."""
        self._problems.setdefault((what, table, "", fix), [])

    def note(self, note: str) -> None:
        """Add what a person should know."""
        self._notes[note] = None

    @property
    def has_problems(self) -> bool:
        """Whether anything is wrong so far."""
        return bool(self._problems)

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes, each once, in the order in which they were made."""
        return tuple(self._notes)

    def check(self) -> None:
        """Stop if something is wrong.

        Raises:
            GoldError: With every problem.
        """
        problems = [
            Problem(what, _join(table, places, column), fix)
            for (what, table, column, fix), places in self._problems.items()
        ]
        if problems:
            raise GoldError.from_problems(problems)


def _join(table: str, places: list[Place], column: str) -> str:
    """Say where: the table, the first rows, the column."""
    rows = list(dict.fromkeys(place.number for place in places))
    if rows:
        others = f" and {len(rows) - _SHOWN_ROWS:,} others" if len(rows) > _SHOWN_ROWS else ""
        table += f", {places[0].word}{'s' * (len(rows) > 1)} {', '.join(map(str, rows[:_SHOWN_ROWS]))}{others}"
    return f"{table}, column '{column}'" if column else table
