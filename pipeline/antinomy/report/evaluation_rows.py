"""Parts of ``metrics.json`` -> the rows of the evaluation page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from antinomy.codebook import Codebook
from antinomy.report.evaluation_words import Score, take_score

NONE = "none"
MAX_GROUPS = 40
MAX_CONFUSIONS = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """Models side by side; every row of ``scores`` follows ``columns``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Score, ...]], ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """The groups of one attribute; ``left`` are not shown."""

    name: str
    groups: tuple[dict[str, Any], ...]
    left: int


def take_comparison(models: Sequence[Mapping[str, Any]]) -> Comparison:
    """Return one row per model, and a column for every score that any of them has."""
    columns = tuple(dict.fromkeys(key for model in models for key in model if key != "name"))
    rows = tuple((str(model["name"]), tuple(take_score(model.get(key)) for key in columns)) for model in models)
    return Comparison(columns, rows)


def take_scores(rows: Sequence[Mapping[str, Any]], *keys: str) -> list[dict[str, Any]]:
    """Return rows in which the values of ``keys`` are scores."""
    return [{**row, **{key: take_score(row.get(key)) for key in keys}} for row in rows]


def cut_groups(groups: Sequence[dict[str, Any]]) -> list[Attribute]:
    """Return the attributes in their order, each with its largest groups and all that stand out."""
    result = []
    for name in dict.fromkeys(group["attribute"] for group in groups):
        inside = [group for group in groups if group["attribute"] == name]
        shown = tuple(group for place, group in enumerate(inside) if place < MAX_GROUPS or group["stands_out"])
        result.append(Attribute(name, shown, len(inside) - len(shown)))
    return result


def group_rules(rules: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return rules about the same codes together, for their figures are the same; those of most sentences first."""
    alike: dict[frozenset[str], list[dict[str, Any]]] = {}
    for rule in sorted(rules, key=lambda rule: -rule["n"]):
        alike.setdefault(frozenset(rule["codes"]), []).append(rule)
    return list(alike.values())


def list_confusions(rule: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the most frequent cases in which the model does not give the code that gold gives."""
    return [row for row in rule["table"] if row["gold"] not in row["model"]][:MAX_CONFUSIONS]


def name_code(code: str, codebook: Codebook) -> str:
    """Return a code's name; ``none`` stands for no code of a rule."""
    return "none" if code == NONE else codebook.by_id[code].name
