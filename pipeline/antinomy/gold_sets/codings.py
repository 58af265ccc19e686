"""The cells of one row -> the codes that it gives, by coder."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from antinomy.codebook import Codebook
from antinomy.gold import NONE
from antinomy.gold_sets.columns import MARKED, UNMARKED, CodeNames, Columns
from antinomy.gold_sets.findings import Findings, Place

_SEPARATORS = re.compile(r"[;|\n]")
_SHOWN = 40

# Coder, or None for the coder of the row -> codes; nothing where a row does not speak of codes.
Given = dict[str | None, set[str]]


@dataclass(frozen=True, slots=True)
class CodingReader:
    """Reads the codes of rows that have the same columns."""

    columns: Columns
    codebook: Codebook
    names: CodeNames
    findings: Findings

    def read(self, place: Place, row: Sequence[object]) -> Given:
        """Return the codes that a row gives, with their parents left to others."""
        given: Given = {}
        for number, code in self.columns.marks.items():
            marked = self._is_marked(get_cell(row, number), place, number)
            given.setdefault(None, set()).update({code} if marked else ())
        for number, dimension in self.columns.lists.items():
            self._add(given, None, get_cell(row, number), place, number, dimension)
        for field in {"code", "codes"} & set(self.columns.fields):
            number = self.columns.fields[field]
            cell = get_cell(row, number)
            for coder, listed in cell.items() if isinstance(cell, dict) else [(None, cell)]:
                self._add(given, coder, listed, place, number, self._name_dimension(place, row))
        return given

    def _is_marked(self, cell: object, place: Place, number: int) -> bool:
        mark = "" if cell is None else str(cell).strip().casefold()
        if mark not in MARKED | UNMARKED:
            fix = "Write 1 or 0, x or nothing, yes or no."
            self.findings.add(f"{_cut(mark)} is no mark", place, fix, column=self.columns.titles[number])
        return mark in MARKED

    def _add(
        self, given: Given, coder: str | None, cell: object, place: Place, number: int, dimension: str | None
    ) -> None:
        """Add the codes that a cell lists; None lists nothing, not even that there is no code."""
        if cell is None:
            return
        title = self.columns.titles[number]
        listed = cell if isinstance(cell, list) else _SEPARATORS.split(str(cell))
        words = [str(word).strip() for word in listed if str(word).strip()]
        codes = given.setdefault(coder, set())
        if not words and number == self.columns.fields.get("code"):
            self.findings.add("no code", place, f"Write '{NONE}' where the coder gave none.", column=title)
        if len(words) > 1 and NONE in map(str.casefold, words):
            self.findings.add(f"'{NONE}' beside a code", place, f"Delete '{NONE}' or the code.", column=title)
        for word in words:
            code = self.names.find(word)
            if code is not None and dimension in (None, self.codebook.by_id[code].dimension):
                codes.add(code)
            elif code is not None:
                own = self.codebook.by_id[code].dimension
                fix = f"'{code}' belongs to '{own}'."
                self.findings.add(f"'{code}' is no code of '{dimension}'", place, fix, column=title)
            elif word.casefold() != NONE:
                self.findings.add(f"unknown code {_cut(word)}", place, self.names.suggest(word), column=title)

    def _name_dimension(self, place: Place, row: Sequence[object]) -> str | None:
        """Return the dimension that a row of a long table names, if any."""
        number = self.columns.fields.get("dimension")
        word = str(get_cell(row, number) or "").strip() if number is not None else ""
        dimension = self.names.find_dimension(word)
        if word and dimension is None:
            fix = f"Known are: {', '.join(entry.id for entry in self.codebook.dimensions)}."
            self.findings.add(f"unknown dimension {_cut(word)}", place, fix, column="dimension")
        return dimension


def get_cell(row: Sequence[object], number: int) -> object:
    """Return a cell; rows may end before their last columns."""
    return row[number] if number < len(row) else ""


def _cut(word: str) -> str:
    return repr(word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…")
