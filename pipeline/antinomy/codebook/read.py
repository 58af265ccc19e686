"""Codebook file (TOML) -> Codebook, or all of its errors at once with their lines."""

import re
import tomllib
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from antinomy.codebook.model import Code, Codebook, Dimension, Horizon, Rule, Stakeholder
from antinomy.errors import CodebookError, Problem

ID = re.compile(r"[a-z][a-z0-9_]*")
MAX_BYTES = 1_000_000
TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "dimension": {"need": ("id", "name", "definition"), "may": ()},
    "code": {"need": ("id", "dimension", "name", "definition"), "may": ("parent", "poles", "home", "tilts")},
    "stakeholder": {"need": ("id", "name", "definition"), "may": ("terms",)},
    "horizon": {"need": ("id", "name", "definition"), "may": ("max_days",)},
    "rule": {"need": ("id", "text", "codes"), "may": ()},
}
HEAD = ("id", "version", "title", "unit", "extends")
LISTS = ("poles", "tilts", "terms", "codes")
BUILD: dict[str, Callable[..., Any]] = {
    "dimension": Dimension,
    "code": Code,
    "stakeholder": Stakeholder,
    "horizon": Horizon,
    "rule": Rule,
}
# a dimension is a column beside these, in a run's sentences and in opened gold sets; p_… are probabilities
COLUMNS = (
    *("document", "turn", "sentence", "start", "end", "page", "time", "speaker", "role", "status", "text"),
    *("gold", "id", "split", "coder"),
)
HORIZONS = ("past", "short", "medium", "long")


def default_source() -> str:
    """Return the text of the codebook that comes with antinomy."""
    return resources.files("antinomy.codebook").joinpath("default.toml").read_text(encoding="utf-8")


def load_codebook(path: str | Path | None = None) -> Codebook:
    """Read a codebook file, or the default one.

    A study's own file may say ``extends = "antinomy"``: its tables then add to the default ones, and a
    table with the id of a default one replaces it.

    Raises:
        CodebookError: With every problem of the file and the line of each.
    """
    if path is None:
        return parse_codebook(default_source(), "antinomy's own codebook")
    try:
        if Path(path).stat().st_size > MAX_BYTES:
            raise CodebookError("the file is too large for a codebook", where=str(path), fix="Is it the right file?")
        source = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CodebookError(
            f"the codebook cannot be read ({error.strerror})", where=str(path), fix="Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise CodebookError("the codebook is not UTF-8 text", where=str(path), fix="Save it as UTF-8.") from error
    return parse_codebook(source, str(path))


def parse_codebook(source: str, name: str) -> Codebook:
    """Parse codebook TOML; ``name`` is how errors call the file.

    Raises:
        CodebookError: With every problem found.
    """
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"not valid TOML: {error}", where=name, fix="Correct the line named.") from error
    lines = _Lines(source, name)
    problems = _check_form(data, lines)
    if problems:
        raise CodebookError.from_problems(problems)
    tables = {kind: [dict(row, _line=i) for i, row in enumerate(data.get(kind, []))] for kind in TABLES}
    if data.get("extends") is not None:
        tables = _extend(tables, tomllib.loads(default_source()))
    problems = _check_content(tables, lines)
    if problems:
        raise CodebookError.from_problems(problems)
    built = {kind: tuple(_build(kind, row) for row in rows) for kind, rows in tables.items()}
    default = tomllib.loads(default_source()) if data.get("extends") else {}
    return Codebook(
        id=data["id"],
        version=data["version"],
        title=data.get("title", default.get("title", data["id"])),
        unit=data.get("unit", default.get("unit", "A sentence in its context.")),
        dimensions=built["dimension"],
        codes=built["code"],
        stakeholders=built["stakeholder"],
        horizons=built["horizon"],
        rules=built["rule"],
    )


class _Lines:
    """Where tables and keys stand in the file."""

    def __init__(self, source: str, name: str) -> None:
        self.name = name
        self.rows = source.splitlines()
        self.starts: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            if match := re.match(r"\s*\[\[\s*(\w+)\s*\]\]", row):
                self.starts.setdefault(match[1], []).append(number)

    def at(self, table: str | None = None, index: int | None = None, key: str | None = None) -> str:
        """Return ``file:line`` of a key, or of its table where the key is missing."""
        start = self.starts[table][index] if table is not None and index is not None else 0
        for number in range(start, len(self.rows)):
            if key is None or (number > start and self.rows[number].lstrip().startswith("[")):
                break
            if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", self.rows[number]):
                return f"{self.name}:{number + 1}"
        return f"{self.name}:{start + 1}"


def _check_form(data: dict[str, Any], lines: _Lines) -> list[Problem]:
    problems = []
    for key in data:
        if key not in HEAD and key not in TABLES:
            known = ", ".join((*HEAD, *(f"[[{table}]]" for table in TABLES)))
            where = lines.at(key, 0) if key in lines.starts else lines.at(key=key)
            problems.append(Problem(f"unknown entry {key!r}", where, f"Known are: {known}."))
    for key in ("id", "version"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            problems.append(Problem(f"{key!r} is missing or no text", lines.at(key=key), f'Add {key} = "…" on top.'))
    if data.get("extends") not in (None, "antinomy"):
        fix = 'Only extends = "antinomy" is known.'
        problems.append(Problem("unknown base codebook", lines.at(key="extends"), fix))
    for table, keys in TABLES.items():
        rows = data.get(table, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            problems.append(Problem(f"{table!r} is no list of tables", lines.at(key=table), f"Write [[{table}]]."))
            continue
        if not rows and not data.get("extends") and table != "rule":
            problems.append(Problem(f"no [[{table}]]", lines.at(), 'Add them, or extends = "antinomy" on top.'))
        for index, row in enumerate(rows):
            problems += _check_row(table, index, row, keys, lines)
    return problems


def _check_row(
    table: str, index: int, row: dict[str, Any], keys: dict[str, tuple[str, ...]], lines: _Lines
) -> list[Problem]:
    problems = []
    for key in keys["need"]:
        if key not in row:
            problems.append(Problem(f"[[{table}]] lacks {key!r}", lines.at(table, index), f"Add {key} = …"))
    for key, value in row.items():
        where = lines.at(table, index, key)
        if key not in keys["need"] + keys["may"]:
            known = ", ".join(keys["need"] + keys["may"])
            problems.append(Problem(f"unknown key {key!r} in [[{table}]]", where, f"Known are: {known}."))
        elif key in LISTS:
            if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
                problems.append(Problem(f"{key!r} is no list of texts", where, f'Write {key} = ["…", "…"].'))
        elif key == "max_days":
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                problems.append(Problem("max_days is no positive whole number", where, "Write days, such as 365."))
        elif not isinstance(value, str) or not value.strip():
            problems.append(Problem(f"{key!r} is empty or no text", where, f'Write {key} = "…".'))
        elif key == "id" and not ID.fullmatch(value):
            fix = "Use a-z, 0-9 and _, beginning with a letter."
            problems.append(Problem(f"id {value!r} is malformed", where, fix))
    return problems


def _extend(tables: dict[str, list[dict[str, Any]]], base: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    merged = {}
    for kind, rows in tables.items():
        own = {row["id"]: row for row in rows}
        kept = [own.pop(row["id"], row) for row in base.get(kind, [])]
        # duplicates within the study's own file stay visible to the check that follows
        added = [row for row in rows if row["id"] in own]
        merged[kind] = kept + added
    return merged


def _check_content(tables: dict[str, list[dict[str, Any]]], lines: _Lines) -> list[Problem]:
    report = _Report(lines)
    for kind, rows in tables.items():
        seen: set[str] = set()
        for row in rows:
            if row["id"] in seen:
                report.add(kind, row, "id", f"{kind} {row['id']!r} is there twice", "Rename or remove one.")
            seen.add(row["id"])
    _check_codes(tables, report)
    codes = {row["id"] for row in tables["code"]}
    for kind, key in (("code", "tilts"), ("rule", "codes")):
        for row in tables[kind]:
            for code in row.get(key, []):
                if code not in codes:
                    report.add(kind, row, key, f"unknown code {code!r}", "Name ids of codes.")
    _check_horizons(tables["horizon"], report)
    return report.problems


class _Report:
    """Problems of content, placed at their line; rows of the base codebook have none."""

    def __init__(self, lines: _Lines) -> None:
        self.lines = lines
        self.problems: list[Problem] = []

    def add(self, kind: str, row: dict[str, Any], key: str, what: str, fix: str) -> None:
        where = self.lines.at(kind, row["_line"], key) if "_line" in row else self.lines.name
        self.problems.append(Problem(what, where, fix))


def _check_codes(tables: dict[str, list[dict[str, Any]]], report: _Report) -> None:
    dimensions = [row["id"] for row in tables["dimension"]]
    stakeholders = [row["id"] for row in tables["stakeholder"]]
    parent_of = {row["id"]: row.get("parent") for row in tables["code"]}
    for row in tables["dimension"]:
        if row["id"] in COLUMNS or row["id"].startswith("p_"):
            fix = f"Choose another id; taken are p_… and {', '.join(COLUMNS)}."
            report.add("dimension", row, "id", f"{row['id']!r} is the name of another column of the tables", fix)
    above = set[str]()
    for row in tables["code"]:
        above.add(row["id"])
        if row["dimension"] not in dimensions:
            fix = f"Known are: {', '.join(dimensions)}."
            report.add("code", row, "dimension", f"unknown dimension {row['dimension']!r}", fix)
        parent = row.get("parent")
        if parent is not None and parent not in parent_of:
            report.add("code", row, "parent", f"unknown parent {parent!r}", "Name the id of another code.")
        elif parent is not None and _circular(row["id"], parent_of):
            report.add("code", row, "parent", f"{row['id']!r} is its own ancestor", "Break the circle.")
        elif parent is not None and parent not in above:
            fix = f"Move {parent!r} above it; codes that a study adds come after antinomy's own."
            report.add("code", row, "parent", f"the parent {parent!r} stands below {row['id']!r}", fix)
        if row.get("poles") is not None and len(row["poles"]) != 2:
            report.add("code", row, "poles", "poles must be two", 'Write poles = ["one", "other"].')
        if row.get("home") is not None and row["home"] not in stakeholders:
            fix = f"Known are: {', '.join(stakeholders)}."
            report.add("code", row, "home", f"unknown stakeholder {row['home']!r}", fix)


def _check_horizons(rows: list[dict[str, Any]], report: _Report) -> None:
    bounds = {row["id"]: row.get("max_days") for row in rows}
    for row in rows:
        if row["id"] not in HORIZONS:
            report.add("horizon", row, "id", f"unknown horizon {row['id']!r}", f"Bins are: {', '.join(HORIZONS)}.")
    for name in HORIZONS:
        if name not in bounds:
            fix = "Add it: the cue rules need all four."
            report.problems.append(Problem(f"horizon {name!r} is missing", report.lines.name, fix))
    if not (bounds.get("short") or 0) < (bounds.get("medium") or 0):
        fix = "Give both max_days, the shorter one the smaller."
        report.problems.append(Problem("horizons short and medium overlap", report.lines.name, fix))


def _circular(code: str, parent_of: dict[str, str | None]) -> bool:
    current, steps = parent_of[code], 0
    while current is not None and current != code and steps <= len(parent_of):
        current, steps = parent_of.get(current), steps + 1
    return current is not None


def _build(kind: str, row: dict[str, Any]) -> Any:  # noqa: ANN401 - one of five record types
    fields = {key: tuple(value) if key in LISTS else value for key, value in row.items() if key != "_line"}
    return BUILD[kind](**fields)
