"""A comparison -> what is mixed up where a boundary rule of the codebook should keep it apart."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from antinomy.codebook import Rule
from antinomy.coefficients.cells import Bools
from antinomy.evaluate.comparison import Comparison
from antinomy.gold import NONE


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often gold says this code of a rule, or none, and the model says these."""

    gold: str
    model: tuple[str, ...]
    n: float


@dataclass(frozen=True, slots=True)
class RuleTable:
    """Sentences in which the model or gold uses a code of one boundary rule; means over the references.

    Attributes:
        rule: ``Rule.id``.
        codes: ``Rule.codes``.
        n: Sentences.
        agree: Those with the same codes of the rule on both sides.
        confused: Those with different codes of the rule on both sides: what the rule is about.
        missed: Those where only gold has a code of the rule.
        invented: Those where only the model has.
        share_of_errors: Part of all sentences with any wrong code that are wrong about this rule; None without any.
        table: From the most frequent; a sentence with two codes in gold is in two rows.
    """

    rule: str
    codes: tuple[str, ...]
    n: float
    agree: float
    confused: float
    missed: float
    invented: float
    share_of_errors: float | None
    table: tuple[Confusion, ...]


def tabulate_rules(comparison: Comparison) -> list[RuleTable]:
    """Return one table per boundary rule, in codebook order."""
    wrong = float((comparison.references != comparison.given).any(axis=-1).sum())
    return [_tabulate(comparison, rule, wrong) for rule in comparison.codebook.rules]


def _tabulate(comparison: Comparison, rule: Rule, wrong: float) -> RuleTable:
    codebook, count = comparison.codebook, len(comparison.references)
    places = [codebook.code_ids.index(code) for code in rule.codes]
    given = np.broadcast_to(comparison.given[:, places], (count, len(comparison.given), len(places)))
    gold = comparison.references[:, :, places]
    ours: Bools = np.any(given, axis=-1)
    theirs: Bools = np.any(gold, axis=-1)
    same: Bools = np.all(given == gold, axis=-1)

    def mean(cases: Bools) -> float:
        return float(cases.sum() / count)

    pairs = Counter[tuple[str, tuple[str, ...]]]()
    for model, reference in zip(given[ours | theirs], gold[ours | theirs], strict=True):
        said = _name(rule, model)
        pairs.update((code, said) for code in _name(rule, reference))
    differ = float((~same).sum())
    return RuleTable(
        rule=rule.id,
        codes=rule.codes,
        n=mean(ours | theirs),
        agree=mean((ours | theirs) & same),
        confused=mean(ours & theirs & ~same),
        missed=mean(theirs & ~ours),
        invented=mean(ours & ~theirs),
        share_of_errors=differ / wrong if wrong else None,
        table=tuple(Confusion(code, said, times / count) for (code, said), times in pairs.most_common()),
    )


def _name(rule: Rule, used: Bools) -> tuple[str, ...]:
    return tuple(code for code, yes in zip(rule.codes, used, strict=True) if yes) or (NONE,)
