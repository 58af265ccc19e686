"""Words that name a group of people -> stakeholder of the codebook."""

from collections.abc import Iterator
from itertools import count

import regex

from antinomy.codebook import Codebook, Stakeholder
from antinomy.cues.match import Matcher
from antinomy.cues.vocabulary import Rule, load_rules
from antinomy.errors import CodebookError

ACRONYM_LENGTH = 4


def build_rules(codebook: Codebook) -> tuple[Rule, ...]:
    """Return the rules for the codebook's stakeholders, those for the study's own words first.

    Raises:
        CodebookError: If one of these words has no letters.
    """
    known = {stakeholder.id for stakeholder in codebook.stakeholders}
    own = (rule for stakeholder in codebook.stakeholders for rule in _build_terms(stakeholder))
    return (*own, *(rule for rule in load_rules("stakeholder") if rule.code is None or rule.code in known))


def build_mention_rules(codebook: Codebook) -> tuple[Rule, ...]:
    """Return the rules that hold in running text."""
    return tuple(rule for rule in build_rules(codebook) if not rule.options.get("role"))


def find_role(matcher: Matcher, label: str) -> str | None:
    """Return the stakeholder that a role or speaker label names first.

    Args:
        matcher: Built of ``build_rules``.
        label: For example ``Head of Digitalisation``.
    """
    hits = matcher.find(label)["stakeholder"]
    return hits[0].rule.code if hits else None


def _build_terms(stakeholder: Stakeholder) -> Iterator[Rule]:
    for number, term in zip(count(1), stakeholder.terms):
        words = regex.findall(r"\w+", term)
        if not words:
            raise CodebookError(
                f"the term {term!r} of stakeholder {stakeholder.id!r} has no letters",
                where="codebook",
                fix="Write the words that name the group.",
            )
        acronym = len(words) == 1 and words[0].isupper() and len(words[0]) <= ACRONYM_LENGTH
        source = r"[\s/&’'‐‑–.-]{0,3}".join(regex.escape(word) for word in words) + "(?:['’]?e?s)?"
        yield Rule(
            f"stakeholder.{stakeholder.id}.term{number}",
            "stakeholder",
            stakeholder.id,
            regex.compile(rf"\b{source}(?!\w)", 0 if acronym else regex.IGNORECASE),
        )
