"""A table of minimal pairs -> records: what the codebook wants on each side of a boundary rule.

The table (``data/contrast/pairs.csv``) has one row per side of a pair::

    rule      id of a boundary rule of the codebook
    pair      names the pair within its rule
    side      a or b
    before    the sentence before, or nothing
    sentence  what is coded
    after     the sentence after, or nothing
    codes     all codes of the sentence, ``|`` between them, or ``none``

The two sides of a pair differ in at least one code of the rule.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from antinomy.codebook import Codebook
from antinomy.errors import GoldError, Problem

NONE = "none"
SIDES = ("a", "b")
COLUMNS = ("rule", "pair", "side", "before", "sentence", "after", "codes")


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence of a pair; ``codes`` are those that the codebook wants, parents included."""

    before: str
    sentence: str
    after: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """Two sentences on the two sides of a boundary rule; ``codes`` are those of the rule in which they differ."""

    rule: str
    codes: tuple[str, ...]
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class _Row:
    where: str
    rule: str
    pair: str
    place: str
    side: Side


def read_contrast(path: Path, codebook: Codebook) -> list[ContrastPair]:
    """Read the pairs of a table, in its order.

    Raises:
        GoldError: With every problem of the table.
    """
    problems: list[Problem] = []
    grouped: dict[tuple[str, str], dict[str, _Row]] = {}
    for row in _read_sides(path, codebook, problems):
        sides = grouped.setdefault((row.rule, row.pair), {})
        if row.place in sides:
            fix = "Give every pair of a rule a name of its own."
            problems.append(Problem(f"a second side {row.place} of pair {row.pair!r}", row.where, fix))
        sides.setdefault(row.place, row)
    # a side that was left out because of its own problem must not be reported as missing too
    pairs = [] if problems else [_join_sides(sides, codebook, problems) for sides in grouped.values()]
    if not pairs and not problems:
        problems.append(Problem("no pair", str(path), "Add two rows per pair."))
    if problems:
        raise GoldError.from_problems(problems)
    return [pair for pair in pairs if pair]


def _join_sides(sides: dict[str, _Row], codebook: Codebook, problems: list[Problem]) -> ContrastPair | None:
    first = next(iter(sides.values()))
    missing = [place for place in SIDES if place not in sides]
    if missing:
        problems.append(Problem(f"pair {first.pair!r} has no side {missing[0]}", first.where, "Add a row for it."))
        return None
    one, other = (sides[place].side for place in SIDES)
    [rule] = [rule for rule in codebook.rules if rule.id == first.rule]
    differing = tuple(code for code in rule.codes if (code in one.codes) != (code in other.codes))
    if not differing:
        fix = f"They must differ in one of: {', '.join(rule.codes)}."
        problems.append(Problem(f"the sides of pair {first.pair!r} have the same codes of the rule", first.where, fix))
        return None
    return ContrastPair(rule.id, differing, (one, other))


def _read_sides(path: Path, codebook: Codebook, problems: list[Problem]) -> Iterator[_Row]:
    """Yield the rows without a problem of their own."""
    rules = {rule.id for rule in codebook.rules}
    for number, row in enumerate(_rows(path), start=2):
        where = f"{path}, row {number}"
        codes = [code.strip() for code in row["codes"].split("|")]
        unknown = [code for code in codes if code not in codebook.by_id and codes != [NONE]]
        if row["rule"] not in rules:
            fix = f"Known are: {', '.join(sorted(rules))}."
            problems.append(Problem(f"unknown rule {row['rule']!r}", where, fix))
        elif row["side"] not in SIDES:
            problems.append(Problem(f"the side is {row['side']!r}", where, "Write a or b."))
        elif not row["sentence"]:
            problems.append(Problem("no sentence", where, "Write the sentence that is coded."))
        elif unknown:
            fix = f"Use ids of the codebook with | between them, or {NONE!r} alone."
            problems.append(Problem(f"unknown code {unknown[0]!r}", where, fix))
        else:
            wanted = frozenset(codebook.close_upwards(set() if codes == [NONE] else set(codes)))
            side = Side(row["before"], row["sentence"], row["after"], wanted)
            yield _Row(where, row["rule"], row["pair"], row["side"], side)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    fix = f"It must be UTF-8, with the columns {', '.join(COLUMNS)}."
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise GoldError(f"lacks the column {', '.join(missing)}", where=f"{path}, row 1", fix=fix)
            for row in reader:
                yield {name: (row[name] or "").strip() for name in COLUMNS}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise GoldError("the minimal pairs cannot be read", where=str(path), fix=fix) from error
