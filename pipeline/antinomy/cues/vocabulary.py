"""Pattern files (TOML) -> rules with compiled patterns."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import regex

ATOM = regex.compile(r"\{([a-z_]+)\}")
SIGN = regex.compile(r"\[[^\]]*\]| \?|[ ~’]")
SIGNS = {" ": r"\s{1,3}", " ?": r"\s{0,3}", "~": r"(?:\s{1,2}|\s?[-‐‑–]\s?)?", "’": "['’]"}
UNBOUNDED = regex.compile(r"(?<!\\)[*+]|,\}")
OPTIONS = ("means", "otherwise", "role")
KEYS = frozenset({"id", "code", "pattern", "not", "if", "unless", *OPTIONS})
MAX_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a pattern file.

    Attributes:
        id: Family and id of the entry, such as ``stakeholder.operators``.
        family: Name of the pattern file.
        code: What a match says; None for phrases that only look like a cue.
        pattern: Matches at the first letter of a word.
        requires: What the surrounding clause must hold for a match to count.
        unless: What the surrounding clause must not hold.
        options: Further entries that one family alone understands.
    """

    id: str
    family: str
    code: str | None
    pattern: "regex.Pattern[str]"
    requires: "regex.Pattern[str] | None" = None
    unless: "regex.Pattern[str] | None" = None
    options: Mapping[str, Any] = field(default_factory=dict)


@cache
def load_table(name: str) -> Mapping[str, Any]:
    """Return the content of one file of the folder ``patterns``."""
    source = resources.files("antinomy.cues").joinpath("patterns", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


@cache
def load_rules(family: str) -> tuple[Rule, ...]:
    """Return the rules of one family, with the phrases that only look like them.

    Raises:
        ValueError: If an entry is malformed.
    """
    entries = load_table(family)["pattern"]
    lookalikes = [
        *load_table("lookalikes").get(family, ()),
        *(text for entry in entries for text in entry.get("not", ())),
    ]
    return (
        *(Rule(f"{family}.not", family, None, compile_anchored(text)) for text in lookalikes),
        *(rule for entry in entries for rule in _read_entry(family, entry)),
    )


def compile_anchored(pattern: str) -> "regex.Pattern[str]":
    """Compile a pattern of whole words.

    Raises:
        ValueError: If a repeat has no bound, so that a match could run away.
    """
    source = expand(pattern)
    if UNBOUNDED.search(source):
        raise ValueError(f"unbounded repeat in pattern: {pattern}")
    return regex.compile(rf"\b(?:{source})(?!\w)", regex.IGNORECASE)


def expand(pattern: str) -> str:
    """Write out the atoms and signs of a pattern.

    >>> expand("shop~floor").startswith("shop(?:")
    True
    """
    for _ in range(MAX_DEPTH):
        written = ATOM.sub(lambda match: f"(?:{atoms()[match[1]]})", pattern)
        if written == pattern:
            break
        pattern = written
    return SIGN.sub(lambda match: SIGNS.get(match[0], match[0].replace("’", "'’")), pattern)


@cache
def atoms() -> Mapping[str, str]:
    """Return the named building blocks, with those made from the words for numbers and units."""
    words = load_table("durations")
    tens = "|".join(word for word, value in words["numbers"].items() if value in range(20, 100, 10))
    ones = "|".join(word for word, value in words["numbers"].items() if value < 10)
    counted = "|".join((*words["numbers"], *words["vague"]))
    forms = {name: f"{name}|{unit.get('plural', name + 's')}" for name, unit in words["units"].items()}
    return {
        **load_table("atoms")["atoms"],
        "count": rf"[0-9]{{1,4}}(?:[.,][0-9])?|(?:{tens})~(?:{ones})|(?:an? |one )?(?:{counted})(?: more)?(?: of)?",
        "unit": "|".join(form for name, form in forms.items() if "minutes" not in words["units"][name]),
        "clock": "|".join(form for name, form in forms.items() if "minutes" in words["units"][name]),
    }


def _read_entry(family: str, entry: Mapping[str, Any]) -> Iterator[Rule]:
    if unknown := entry.keys() - KEYS:
        raise ValueError(f"{family}.{entry['id']}: unknown keys {sorted(unknown)}")
    patterns = [entry["pattern"]] if isinstance(entry["pattern"], str) else entry["pattern"]
    for pattern in patterns:
        yield Rule(
            f"{family}.{entry['id']}",
            family,
            entry["code"],
            compile_anchored(pattern),
            _compile_condition(entry.get("if")),
            _compile_condition(entry.get("unless")),
            {key: entry[key] for key in OPTIONS if key in entry},
        )


def _compile_condition(pattern: str | None) -> "regex.Pattern[str] | None":
    return None if pattern is None else regex.compile(rf"(?:^|\b)(?:{expand(pattern)})", regex.IGNORECASE)
