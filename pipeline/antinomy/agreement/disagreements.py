"""Units that coders coded differently -> what they differ about, grouped by the boundary rules of the codebook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antinomy.agreement.codings import CodedUnit
from antinomy.codebook import Codebook

# Groups of disagreements that no rule is about.
SEEN_OR_NOT = "seen_or_not"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One unit on which coders differ.

    Attributes:
        codings: Coder -> codes, parents included, in codebook order.
        differing: Codes that some of its coders gave and others did not.
        group: Id of the boundary rule that it touches; ``seen_or_not`` where some gave a code and others none at all
            and no rule names it; otherwise ``other``.
    """

    unit: CodedUnit
    codings: Mapping[str, tuple[str, ...]]
    differing: tuple[str, ...]
    group: str


def find_disagreements(units: Sequence[CodedUnit], codebook: Codebook) -> list[Disagreement]:
    """Return the units on which coders differ, in their order."""
    found = []
    for unit in units:
        codings = {coder: codebook.close_upwards(set(codes)) for coder, codes in unit.codings.items()}
        sets: list[set[str]] = [set(codes) for codes in codings.values()]
        if len(sets) < 2 or all(codes == sets[0] for codes in sets):
            continue
        apart = {code for codes in sets for code in codes if any(code not in others for others in sets)}
        ordered = tuple(code for code in codebook.code_ids if code in apart)
        found.append(Disagreement(unit, _order(codings, codebook), ordered, _find_rule(sets, apart, codebook)))
    return found


def _order(codings: Mapping[str, Sequence[str] | set[str]], codebook: Codebook) -> dict[str, tuple[str, ...]]:
    return {coder: tuple(code for code in codebook.code_ids if code in codes) for coder, codes in codings.items()}


def _find_rule(sets: Sequence[set[str]], apart: set[str], codebook: Codebook) -> str:
    """Return the rule that tells the differing codes apart: the one that names most of them, two at least."""
    best, most = None, 1
    for rule in codebook.rules:
        touched = apart & set(rule.codes)
        # a parent differs wherever its child does: it alone does not make a rule fit
        own = {code for code in touched if not any(codebook.by_id[other].parent == code for other in touched)}
        if len(own) > most:
            best, most = rule.id, len(own)
    if best is not None:
        return best
    return SEEN_OR_NOT if any(not codes for codes in sets) else OTHER
